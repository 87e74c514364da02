"""Measure solving the sample offices: ``python -m benchmarks.offices [NAME ...]``.

Each office is read, solved, audited and written in a process of its own, so that peak
memory is its own.  Prints the seconds of each step and, for each level, value, bound
and seconds.  ``--help`` is timed too, the best of five runs.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

ROOT = Path(__file__).resolve().parent.parent
INPUTS = ROOT / "inputs"
OFFICES = ("sakura", "small", "tight", "short")
HELP_RUNS = 5
CALL = "from scheduler.cli.app import main; main()"


def main() -> None:
    """Measure the offices named, or all, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=OFFICES, metavar="NAME")
    parser.add_argument("--seconds", type=float, default=300, help="limit of a search")
    parser.add_argument("--workers", type=int, default=8, help="threads of a search")
    parser.add_argument(
        "--repeatable", action="store_true", help="let the threads take turns"
    )
    parser.add_argument(
        "--wishes",
        type=int,
        default=0,
        metavar="N",
        help="draw the dates of the wishes anew, N times, and tell the median",
    )
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.names[0], given)))
        return
    print(f"{os.cpu_count()} cores, {given.workers} workers")
    print(f"shotaki --help: {help_seconds():.2f} s")
    for name in given.names:
        if not given.wishes:
            show(in_own_process(name, given))
            continue
        runs = []
        for seed in range(1, given.wishes + 1):
            runs.append(in_own_process(name, given, seed))
            show(runs[-1])
        solved = sorted(proven_after(run) for run in runs)
        print(f"\n{name}: all levels proven after, by seed of wishes:", end=" ")
        print(", ".join(f"{one:.0f}" for one in solved), end=" s; ")
        print(f"median {statistics.median(solved):.0f} s")


def in_own_process(
    name: str, given: argparse.Namespace, wishes: int = 0
) -> dict[str, Any]:
    """Return the measurements of an office made in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.offices", name, "--one"]
    limits = ["--seconds", str(given.seconds), "--workers", str(given.workers)]
    limits += ["--wishes", str(wishes), *["--repeatable"][: given.repeatable]]
    done = subprocess.run(
        [*command, *limits], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def measure(name: str, given: argparse.Namespace) -> dict[str, Any]:
    """Read, solve, audit and write one office; return the measurements."""
    begun = time.perf_counter()
    from scheduler.audit import audit
    from scheduler.domain.finding import Stance
    from scheduler.files.problems import read_problem
    from scheduler.files.workbook.roster import read_roster, write_roster
    from scheduler.solver.search import SearchLimits
    from scheduler.solver.solve import Progress, solve

    watch = _Watch(begun)
    took = {"import": watch.lap()}
    problem = read_problem(next(INPUTS.glob(f"{name}-*.xlsx")))
    if given.wishes:
        problem = with_other_wishes(problem, given.wishes)
    took["read"] = watch.lap()
    first: dict[str, float] = {}

    def listen(progress: Progress) -> None:
        if progress.value is None:
            return
        first.setdefault("any", progress.seconds)
        past_law = progress.level not in (Stance.STATUTORY, Stance.MUST)
        if past_law or (progress.level is Stance.MUST and progress.value == 0):
            first.setdefault("legal", progress.seconds)

    limits = SearchLimits(given.seconds, given.workers, repeatable=given.repeatable)
    solution = solve(problem, limits, listen)
    took["solve"] = watch.lap()
    findings = audit(problem, solution.roster)
    took["audit"] = watch.lap()
    with tempfile.TemporaryDirectory() as folder:
        path = write_roster(
            problem, solution.roster, findings, Path(folder) / "roster.xlsx"
        )
        took["write"] = watch.lap()
        read_roster(path)
        took["read back"] = watch.lap()
    return {
        "name": name,
        "seconds": took,
        "first": first,
        "legal": solution.is_legal,
        "levels": [outcome.model_dump(mode="json") for outcome in solution.outcomes],
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        // (1024 * 1024 if sys.platform == "darwin" else 1024),
    }


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


def proven_after(measured: dict[str, Any]) -> float:
    """Return the seconds until all levels were proven; infinite if one was not."""
    levels = measured["levels"]
    if not all(is_proven(level) for level in levels):
        return math.inf
    return float(sum(level["seconds"] for level in levels))


def is_proven(level: dict[str, Any]) -> bool:
    """Tell whether a level is proven: value equal to a bound confirmed or zero."""
    certain = level["confirmed"] or not level["bound"]
    return bool(level["value"] == level["bound"] and certain)


class _Watch:
    """A stopwatch whose `lap` returns the seconds since the last call."""

    def __init__(self, begun: float) -> None:
        self._last = begun

    def lap(self) -> float:
        before, self._last = self._last, time.perf_counter()
        return round(self._last - before, 3)


def help_seconds() -> float:
    """Return the least seconds of ``shotaki --help`` over `HELP_RUNS` processes."""
    runs = []
    for _ in range(HELP_RUNS):
        begun = time.perf_counter()
        command = [sys.executable, "-c", CALL, "--help"]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        runs.append(time.perf_counter() - begun)
    return min(runs)


def show(measured: dict[str, Any]) -> None:
    """Print the measurements of one office."""
    first = measured["first"]
    legal = f"{first['legal']:.1f} s" if measured["legal"] else "none"
    print(f"\n{measured['name']}: first legal roster {legal}", end="")
    print(f", first of all {first['any']:.1f} s, peak {measured['megabytes']} MB")
    took = measured["seconds"].items()
    print("  " + ", ".join(f"{step} {seconds:.2f}" for step, seconds in took))
    for level in measured["levels"]:
        best = "proven" if is_proven(level) else "not proven"
        figures = f"{level['value']:>7} {level['bound']:>7} {level['seconds']:>7.1f} s"
        print(f"  {level['level']:<10}{figures}  {best}", flush=True)


if __name__ == "__main__":
    main()
