"""Measure the time of what-ifs: ``python -m benchmarks.whatif [ROSTER.xlsx]``.

Draws absences, and shifts that need a substitute, from a finished roster, and runs the
commands as processes, as a manager would.  Prints the seconds from the start of the
process to the first plan, the last plan and the end, or, for substitutes, to the end;
then their median and maximum.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scheduler.files.rosters import read_roster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.shifts import Duty

SAMPLE = Path(__file__).parents[1] / "outputs" / "sample" / "sakura-2027-01.xlsx"

LENGTHS = (1, 1, 1, 2, 3, 5)
"""Days of an absence to draw from; most people are ill for a day."""

MAIN = "import sys; from scheduler.cli.app import main; sys.exit(main())"

PLAN = re.compile(r"Plan \d+: ")
"""Beginning of the line that a command prints for a plan."""


class Timed(NamedTuple):
    """The lines a process printed and its end, with the seconds since its start."""

    lines: tuple[tuple[float, str], ...]
    ended: float


def main() -> None:
    """Measure and print the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("roster", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--cases", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, {given.roster.name}")
    roster = read_roster(given.roster).roster
    draw = random.Random(given.seed)
    worked = [duty for duty in roster.duties if duty.shift is not None]
    cases = [draw.choice(worked) for _ in range(given.cases)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        shutil.copy(given.roster, path)
        absences(path, cases, draw)
        substitutes(path, cases)


def absences(path: Path, cases: Sequence[Duty], draw: random.Random) -> None:
    """Measure `whatif` for absences that begin with the given shifts."""
    first, last, ends = [], [], []
    print("\nwhatif --absent: first plan, last plan, end")
    for duty in cases:
        until = duty.date + dt.timedelta(days=draw.choice(LENGTHS) - 1)
        told = f"{duty.staff}={duty.date}..{until}"
        timed = run("whatif", str(path), "--no-advice", "--absent", told)
        plans = [(at, line) for at, line in timed.lines if PLAN.match(line)]
        if not plans:
            print(f"  {told}: no plan: {timed.lines}")
            continue
        first.append(plans[0][0])
        last.append(plans[-1][0])
        ends.append(timed.ended)
        print(f"  {first[-1]:5.1f} {last[-1]:5.1f} {ends[-1]:5.1f} s  {told}")
        for _, line in plans:
            print(f"{'':23}{line}")
    for name, times in (("first plan", first), ("last", last), ("end", ends)):
        print(f"  {name}: {summary(times)}")


def substitutes(path: Path, cases: Sequence[Duty]) -> None:
    """Measure `substitutes` for the given shifts."""
    times = []
    print("\nsubstitutes")
    for duty in cases:
        told = (str(duty.date), str(duty.shift), "--for", duty.staff)
        timed = run("substitutes", str(path), *told)
        times.append(timed.ended)
        print(f"  {timed.ended:5.1f} s  {' '.join(told)}")
    print(f"  {summary(times)}")


def run(*arguments: str) -> Timed:
    """Run a command in a process, and return its lines with their times."""
    began = time.perf_counter()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, "--lang", "en", *arguments],
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


def summary(times: Sequence[float]) -> str:
    """Return median and maximum as text."""
    if not times:
        return "nothing measured"
    return f"median {statistics.median(times):.1f} s, worst {max(times):.1f} s"


if __name__ == "__main__":
    main()
