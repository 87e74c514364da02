"""Measure the time of what-ifs: ``python -m benchmarks.whatif [ROSTER.xlsx ...]``.

Draws absences, and shifts that need a substitute, from finished rosters, and runs the
commands as processes, as a manager would; without rosters, those of `OFFICES` are made
first.  Prints the seconds from the start of the process to the first plan, the last
plan and the end, or, for substitutes, to the first answers and to the end; then median
and 90th percentile, and for how many absences the first plan is proven to disturb
least.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.measuring import machine, spread
from benchmarks.months import problem_named
from scheduler.files.rosters import read_roster
from scheduler.files.workbook.write_input import write_input

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.domain.shifts import Duty

OFFICES = ("sakura", "small", "tight", "2")
"""Offices whose rosters are measured, as `benchmarks.months` names them."""

LENGTHS = (1, 1, 1, 2, 3, 5)
"""Days of an absence to draw from; most people are ill for a day."""

PLAN = re.compile(r"Plan \d+: ")
"""Beginning of the line that a command prints for a plan."""

ABLE = "Can take it as is: "
"""Beginning of the line with the first answers, and of that with all of them."""

LEAST = "no plan that keeps as much disturbs fewer"
"""What is printed of a plan that is proven to disturb least."""


class Timed(NamedTuple):
    """The lines a process printed and its end, with the seconds since its start."""

    lines: tuple[tuple[float, str], ...]
    ended: float


@dataclass
class Times:
    """The seconds of all cases, and how many first plans are proven least."""

    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    substitutes: list[float] = field(default_factory=list)
    absences: int = 0
    least: int = 0

    def show(self) -> None:
        """Print median and 90th percentile, and the shares."""
        without = self.absences - len(self.first)
        print(f"\n{self.absences} absences, {without} without a plan")
        print(f"  proven to disturb least: {self.least}")
        for name in ("first", "last", "ended", "answers", "substitutes"):
            seconds: list[float] = getattr(self, name)
            if seconds:
                print(f"  {name:<12}{spread(seconds)} s")


def main() -> None:
    """Measure and print the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rosters", nargs="*", type=Path, metavar="ROSTER")
    parser.add_argument("--cases", type=int, default=40, help="absences in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seconds", type=float, default=120, help="limit of making a roster"
    )
    given = parser.parse_args()
    print(machine())
    draw, times = random.Random(given.seed), Times()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = given.rosters or list(rosters(folder, given.seconds))
        for path in paths:
            print(f"\n{path.name}", flush=True)
            copy = folder / "roster.xlsx"
            shutil.copy(path, copy)
            file = read_roster(path)
            worked = [d for d in file.roster.duties if d.shift is not None]
            cases = [draw.choice(worked) for _ in range(given.cases // len(paths))]
            absences(copy, cases, file.problem.period.last, draw, times)
            substitutes(copy, cases, times)
    times.show()


def rosters(folder: Path, seconds: float) -> Iterator[Path]:
    """Make the rosters of `OFFICES` in a folder."""
    for name in OFFICES:
        source, target = folder / f"input-{name}.xlsx", folder / f"{name}.xlsx"
        write_input(problem_named(name), source)
        limits = ("--time-limit", str(seconds), "--no-advice")
        made = run("roster", str(source), "-o", str(target), *limits)
        print(f"roster of {name} made in {made.ended:.0f} s", flush=True)
        yield target


def absences(
    path: Path,
    cases: Sequence[Duty],
    last: dt.date,
    draw: random.Random,
    times: Times,
) -> None:
    """Measure `whatif` for absences that begin with the given shifts.

    Parameters
    ----------
    last
        Last date of the month, on which an absence ends at the latest.
    """
    print("whatif --absent: first plan, last plan, end")
    for duty in cases:
        until = min(last, duty.date + dt.timedelta(days=draw.choice(LENGTHS) - 1))
        told = f"{duty.staff}={duty.date}..{until}"
        timed = run("whatif", str(path), "--no-advice", "--absent", told)
        plans = [(at, line) for at, line in timed.lines if PLAN.match(line)]
        times.absences += 1
        if not plans:
            print(f"  {told}: no plan: {timed.lines}")
            continue
        times.first.append(plans[0][0])
        times.last.append(plans[-1][0])
        times.ended.append(timed.ended)
        times.least += any(LEAST in line for _, line in timed.lines)
        print(f"  {plans[0][0]:5.1f} {plans[-1][0]:5.1f} {timed.ended:5.1f} s  {told}")
        for _, line in plans:
            print(f"{'':23}{line}", flush=True)


def substitutes(path: Path, cases: Sequence[Duty], times: Times) -> None:
    """Measure `substitutes` for the given shifts."""
    print("substitutes")
    for duty in cases:
        told = (str(duty.date), str(duty.shift), "--for", duty.staff)
        timed = run("substitutes", str(path), *told)
        told_at = (second for second, line in timed.lines if line.startswith(ABLE))
        times.answers.append(next(told_at, timed.ended))
        times.substitutes.append(timed.ended)
        print(
            f"  {times.answers[-1]:5.1f} {timed.ended:5.1f} s  {' '.join(told)}",
            flush=True,
        )


def run(*arguments: str) -> Timed:
    """Run a command in a process, and return its lines with their times."""
    began = time.perf_counter()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "scheduler.cli", "--lang", "en", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        lines = tuple(
            (time.perf_counter() - began, line.rstrip()) for line in process.stdout
        )
    return Timed(lines, time.perf_counter() - began)


if __name__ == "__main__":
    main()
