"""Measure making rosters: ``python -m benchmarks.months [NAME ...]``.

A name is a sample office, a number for the generated office of that seed (``7``, or
``7x60`` for one of 60 people), or an input workbook; without names, the samples and
``--count`` generated offices.  Each month is made in a process of its own, so that peak
memory is its own.  Prints, from the start of the process, the seconds to the first
legal roster and to the proof of all levels; value, bound and seconds of each level;
where a month cannot be legal, the seconds to causes and repairs; then median and 90th
percentile.  ``--out`` writes the results, ``--against`` compares with earlier ones.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.generator import office
from benchmarks.measuring import (
    ROOT,
    Effort,
    Measured,
    in_own_process,
    is_proven,
    machine,
    seconds_of,
    spread,
)
from scheduler.files.problems import read_problem
from scheduler.files.workbook.write_input import write_input

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.domain.problem import Problem

INPUTS = ROOT / "inputs"
OFFICES = ("sakura", "small", "tight", "short")
IMPORTS = "import scheduler.cli.roster"
HELP = "from scheduler.cli.app import main; main()"

ENOUGH_REPAIRS = "repair 3"


def main() -> None:
    """Measure the months named, or all, and print the results."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--only", choices=("samples", "generated"))
    parser.add_argument("--count", type=int, default=30, help="generated offices")
    parser.add_argument("--seed", type=int, default=0, help="of the first of them")
    parser.add_argument("--seconds", type=float, default=300, help="limit of a month")
    parser.add_argument("--workers", type=int, default=8, help="threads of a search")
    parser.add_argument("--repeatable", action="store_true")
    parser.add_argument("--no-advice", action="store_true")
    parser.add_argument("--out", type=Path, metavar="FILE", help="JSON to write")
    parser.add_argument("--against", type=Path, nargs="*", default=[], metavar="FILE")
    parser.add_argument(
        "--wishes",
        type=int,
        default=0,
        metavar="N",
        help="draw the dates of the wishes anew, N times",
    )
    given = parser.parse_args()
    effort = Effort(given.seconds, given.workers, given.repeatable, not given.no_advice)
    print(machine(f"{given.workers} workers"))
    print(f"shotaki --help: {seconds_of(HELP, '--help'):.2f} s", end=", ")
    print(f"imports of shotaki roster: {seconds_of(IMPORTS):.2f} s")
    known = [json.loads(path.read_text()) for path in given.against]
    months: dict[str, Measured] = {}
    for name, problem in named(given):
        months[name] = measured(problem, effort)
        show(name, months[name], [run["months"].get(name) for run in known])
        if given.out:
            run = {"effort": vars(effort), "version": version(), "months": months}
            given.out.write_text(json.dumps(run, ensure_ascii=False, indent=1))
    summarise(months.values())
    for path, run in zip(given.against, known, strict=True):
        compare(months, run["months"], path.name)


def named(given: argparse.Namespace) -> Iterator[tuple[str, Problem]]:
    """Yield the months to measure, with their names."""
    names = list(given.names)
    if not names and given.only != "generated":
        names += OFFICES
    if not given.names and given.only != "samples":
        names += [str(given.seed + number) for number in range(given.count)]
    for name in names:
        problem = problem_named(name)
        if not given.wishes:
            yield name, problem
        for seed in range(1, given.wishes + 1):
            yield f"{name}, wishes {seed}", with_other_wishes(problem, seed)


def problem_named(name: str) -> Problem:
    """Return the problem of a sample, a generated office, or a workbook."""
    if name in OFFICES:
        return read_problem(next(INPUTS.glob(f"{name}-*.xlsx")))
    seed, _, people = name.partition("x")
    if seed.isdigit():
        return office(int(seed), people=int(people) if people else None)
    return read_problem(Path(name))


def with_other_wishes(problem: Problem, seed: int) -> Problem:
    """Return the problem with every wish moved to a random workday of its person."""
    rnd = random.Random(seed)
    moved = {}
    for request in problem.requests:
        weekdays = problem.member_by_name[request.staff].contract.weekdays
        dates = [d for d in problem.period.dates if d.weekday() in weekdays]
        date = rnd.choice(dates)
        moved[request.staff, date] = request.model_copy(update={"date": date})
    return problem.model_copy(update={"requests": tuple(moved.values())})


def measured(problem: Problem, effort: Effort) -> Measured:
    """Write the problem as an input workbook, as an office has it, and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "input.xlsx"
        write_input(problem, path)
        return in_own_process(path, effort)


def version() -> str:
    """Return the commit of the tree that is measured, if it has one."""
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def show(name: str, month: Measured, known: Sequence[Measured | None]) -> None:
    """Print the measurements of one month, beside what is known of it."""
    if "error" in month:
        print(f"\n{name}: {month['error']}", flush=True)
        return
    print(f"\n{name}: {month['people']} people, {month['dates']} dates", end="")
    print(f", model {month['model']:.1f} s, peak {month['megabytes']} MB")
    moments = (f"{what} {second:.1f}" for what, second in month["at"].items())
    print(f"  {', '.join(moments)} s")
    for place, level in enumerate(month["levels"]):
        figures = f"{level['value']:>7} {level['bound']:>7} {level['seconds']:>7.1f} s"
        end = "proven" if is_proven(level) else f"open{gap_text(month, known, place)}"
        print(f"  {level['level']:<10}{figures}  {end}", flush=True)
    if not month["legal"] or month["causes"] or month["repairs"]:
        print(f"  {month['causes']} causes, {month['repairs']} repairs", end="")
        print(f", {month.get('settings', 0)} settings")


def gap_text(month: Measured, known: Sequence[Measured | None], place: int) -> str:
    """Return how far a level's value is from the best known, if any is known."""
    gap = gap_of(month, known, place)
    return "" if gap is None else f", {gap:.0%} above the best known"


def gap_of(
    month: Measured, known: Sequence[Measured | None], place: int
) -> float | None:
    """Return the distance from the best known value, as a part of it.

    Only months with the same values on all levels above are comparable.
    """
    own = values(month)
    others = [values(one) for one in known if one and "error" not in one]
    best = [one[place] for one in others if one[:place] == own[:place]]
    if not best:
        return None
    least = min(*best, own[place])
    if own[place] == least:
        return 0.0
    return (own[place] - least) / least if least else math.inf


def values(month: Measured) -> list[int]:
    """Return the values of a month's levels, in order."""
    return [level["value"] for level in month["levels"]]


def summarise(months: Iterable[Measured]) -> None:
    """Print median and 90th percentile over all months."""
    done = [month for month in months if "error" not in month]
    legal = [month for month in done if month["legal"]]
    broken = [m for m in done if not m["legal"] or m["causes"] or m["repairs"]]
    print(f"\n{len(done)} months, {len(legal)} of them legal")
    rows: tuple[tuple[str, list[float]], ...] = (
        ("imports", moments_of(done, "imported")),
        ("first legal roster", moments_of(legal, "legal")),
        ("all levels proven", moments_of(done, "proven")),
        ("causes, from the start", moments_of(broken, "causes")),
        ("causes and three repairs", [after_solving(month) for month in broken]),
    )
    for name, seconds in rows:
        if seconds:
            print(f"  {name:<26}{spread(seconds)} s")
    if done:
        print(f"  {'peak memory':<26}{spread([m['megabytes'] for m in done])} MB")
    levels = [level for month in done for level in month["levels"]]
    open_levels = [level["level"] for level in levels if not is_proven(level)]
    counts = ", ".join(
        f"{name} {open_levels.count(name)}" for name in dict.fromkeys(open_levels)
    )
    print(f"  levels not proven: {len(open_levels)} of {len(levels)} ({counts or '-'})")


def moments_of(months: Iterable[Measured], what: str) -> list[float]:
    """Return the seconds to a moment, infinite where it did not come."""
    return [month["at"].get(what, math.inf) for month in months]


def after_solving(month: Measured) -> float:
    """Return the seconds from the end of the levels to the third repair.

    Where there are fewer, to the end of the advice; infinite where none was found.
    """
    if not month["repairs"]:
        return math.inf
    at = month["at"]
    last = at.get(ENOUGH_REPAIRS, at.get("advice", at["solved"]))
    levels = sum(level["seconds"] for level in month["levels"])
    return float(last - at["read"] - month["model"] - levels)


def compare(new: dict[str, Measured], old: dict[str, Measured], name: str) -> None:
    """Print, month by month, how the results differ from those of another run."""
    print(f"\nagainst {name}: seconds to the proof before, now, ratio")
    ratios = []
    for month, now in new.items():
        before = old.get(month)
        if before is None or "error" in before or "error" in now:
            continue
        seconds = [one["at"].get("proven", math.inf) for one in (before, now)]
        ratio = seconds[1] / seconds[0] if math.inf not in seconds else math.nan
        if not math.isnan(ratio):
            ratios.append(ratio)
        told = f"{seconds[0]:8.1f} {seconds[1]:8.1f} {ratio:6.2f}"
        print(f"  {month:<12}{told}  {difference(before, now)}")
    if ratios:
        mean = statistics.geometric_mean(ratios)
        print(f"  geometric mean of {len(ratios)} ratios: {mean:.2f}")


def difference(before: Measured, now: Measured) -> str:
    """Return the first level whose value differs, if any does, as text."""
    for old, new in zip(before["levels"], now["levels"], strict=True):
        if old["value"] != new["value"]:
            word = "better" if new["value"] < old["value"] else "worse"
            return f"{word}: {new['level']} {old['value']} -> {new['value']}"
    return "same values"


if __name__ == "__main__":
    main()
