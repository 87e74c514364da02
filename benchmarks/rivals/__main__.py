"""The product beside other solvers: ``python -m benchmarks.rivals FILE ...``.

A file is the month of an office (an input workbook) or a public instance (``.txt``).
The product goes first.  Then each rival has the same time, on the same cores, one after
another, to reach the product's values: it minimises the same levels of the same model,
each until it has the product's value, which it is told, so that it loses no time on
proofs.  Timefold has a model of its own, of public instances only: it searches with a
score and not with the rows of a model, so for the months of an office the whole
rulebook would have to be written once more in Java, and a part of it is no fair rival.

Each run is a process of its own, and its seconds, the limit too, count from the start
of the process that solves: Python's with its imports, for Timefold Java's.  A run ends
with the table that started it.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.public.__main__ import solve as solve_public
from benchmarks.public.instance import BadFile, Instance, read_instance
from benchmarks.rivals.solvers import SOLVERS
from benchmarks.rivals.tasks import COST, is_public, read_task
from benchmarks.rivals.timefold import Missing, improvements
from scheduler.files.problems import read_problem
from scheduler.solver.solve import Progress, SearchLimits, solve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PRODUCT, TIMEFOLD = "product", "Timefold"
RIVALS = (*SOLVERS, TIMEFOLD)

GRACE = 30.0
"""Seconds after its limit at which a solver that does not end is ended."""


@dataclass(frozen=True)
class Reached:
    """How far a run has come: seconds, and the values of its levels so far.

    ``note`` says why nothing was run, if so.
    """

    seconds: float = 0.0
    values: Mapping[str, int] | None = None
    note: str = ""


def main() -> None:
    """Run the product and its rivals on all files and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--minutes", type=float, default=5, help="limit of each run")
    parser.add_argument("--workers", type=int, default=8, help="the product's threads")
    parser.add_argument("--rivals", nargs="*", choices=RIVALS, default=RIVALS)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--wanted", type=json.loads, help=argparse.SUPPRESS)
    parser.add_argument("--began", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        end_with_the_table()
        for reached in run(given.one, given.files[0], given):
            print(json.dumps(vars(reached)), flush=True)
        return
    for line in set_up(given):
        print(line)
    print(f"\n| file | {PRODUCT} | {' | '.join(given.rivals)} |")
    print("|---|" + "---|" * (1 + len(given.rivals)))
    for file in given.files:
        ours = in_own_process(PRODUCT, file, given, {})
        wanted = ours.values or {}
        figures = ", ".join(f"{level} {one}" for level, one in wanted.items() if one)
        cells = [file.stem, f"{shown(ours, wanted)} ({figures or 'all 0'})"]
        for rival in given.rivals if wanted else ():
            theirs = in_own_process(rival, file, given, wanted)
            cells.append(shown(theirs, wanted))
        print(f"| {' | '.join(cells)} |", flush=True)


def set_up(given: argparse.Namespace) -> Iterator[str]:
    """Yield what the figures were made with."""
    try:
        timefold = importlib.metadata.version("timefold")
    except importlib.metadata.PackageNotFoundError:
        timefold = "not installed"
    yield f"{os.cpu_count()} cores, {given.minutes:g} minutes a run"
    ortools = importlib.metadata.version("ortools")
    yield (
        f"Python {platform.python_version()}, OR-Tools {ortools} with its own HiGHS "
        f"and SCIP, Timefold {timefold}"
    )


def in_own_process(
    name: str, file: Path, given: argparse.Namespace, wanted: Mapping[str, int]
) -> Reached:
    """Run a solver in a process of its own and return how far it came."""
    command = [sys.executable, "-m", "benchmarks.rivals", str(file), "--one", name]
    command += ["--minutes", str(given.minutes), "--workers", str(given.workers)]
    command += ["--wanted", json.dumps(dict(wanted))]
    # All processes of a machine read the same monotonic clock.
    command += ["--began", str(time.monotonic())]
    last = Reached()
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        ending = threading.Timer(given.minutes * 60 + GRACE, process.kill)
        ending.start()
        for line in process.stdout or ():
            # Solvers print too.
            if line.startswith("{"):
                last = Reached(**json.loads(line))
        ending.cancel()
    if process.returncode > 0:
        return Reached(note="failed")
    return last


def end_with_the_table() -> None:
    """End this process when the one that started it has closed its input."""

    def wait() -> None:
        os.read(0, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def run(name: str, file: Path, given: argparse.Namespace) -> Iterator[Reached]:
    """Run the product or a rival on a file; yield how far it has come."""
    limit, began = given.minutes * 60, given.began
    try:
        if name == PRODUCT:
            yield product_on(file, limit, given.workers, began)
        elif name == TIMEFOLD:
            yield from timefold_on(file, limit, given.wanted)
        else:
            yield from rival_on(name, file, limit, given.wanted, began)
    except BadFile as error:
        sys.exit(str(error))


def product_on(file: Path, limit: float, workers: int, began: float) -> Reached:
    """Solve a file with the product."""
    contents = read_instance(file) if is_public(file) else read_problem(file)
    before = time.monotonic() - began
    limits = SearchLimits(limit - before, workers)
    if isinstance(contents, Instance):
        found = solve_public(contents, limits)
        if found.value is None:
            return Reached(note="none")
        return Reached(before + found.best_after, {COST: found.value})
    first: dict[tuple[str, int], float] = {}

    def told(progress: Progress) -> None:
        if progress.level is not None and progress.value is not None:
            reached = progress.level.value, progress.value
            first.setdefault(reached, before + progress.seconds)

    solution = solve(contents, limits, told)
    values = {one.level.value: one.value for one in solution.outcomes}
    return Reached(max(first.get(one, 0.0) for one in values.items()), values)


def rival_on(
    name: str, file: Path, limit: float, wanted: Mapping[str, int], began: float
) -> Iterator[Reached]:
    """Let a rival minimise the levels of a file, each to the value wanted."""
    task = read_task(file)
    # The product names levels too that the model has nothing of.
    nothing = {level: 0 for level in wanted if level not in task.levels}
    reached: dict[str, int] = {}
    values: tuple[int, ...] = ()
    for level in task.levels:
        left = began + limit - time.monotonic()
        if left <= 0:
            return
        cp = task.stage(tuple(reached.values()), values)
        best = SOLVERS[name](cp, left, wanted[level])
        if best is None:
            return
        reached[level], values = best
        yield Reached(time.monotonic() - began, {**nothing, **reached})
        if best.value != wanted[level]:
            # Above it the time is over; below it the roster is better already.
            return


def timefold_on(
    file: Path, limit: float, wanted: Mapping[str, int]
) -> Iterator[Reached]:
    """Run Timefold on a public instance."""
    if not is_public(file):
        yield Reached(note="not modelled")
        return
    try:
        for after, cost in improvements(read_instance(file), limit, wanted[COST]):
            yield Reached(after, {COST: cost})
    except Missing as error:
        yield Reached(note=f"not run: {error}")


def shown(run: Reached, wanted: Mapping[str, int]) -> str:
    """Return a run as text: the seconds to the values wanted, or where it ended."""
    if not run.values:
        return run.note or "never: no roster"
    for level, value in wanted.items():
        reached = run.values.get(level)
        if reached is None:
            return f"never: no {level}"
        if reached > value:
            return f"never: {level} {reached}, not {value}"
        if reached < value:
            return f"{run.seconds:.0f} s, and better: {level} {reached}, not {value}"
    return f"{run.seconds:.0f} s"


if __name__ == "__main__":
    main()
