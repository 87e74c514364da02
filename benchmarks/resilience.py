"""What an absence map costs: ``python -m benchmarks.resilience [ROSTER]``.

Judges every single absence of the sample roster of that name in `outputs/sample`, and
prints seconds, the processors' seconds, and how many absences end how.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from pathlib import Path

from scheduler.domain.resilience import Outcome, Resilience
from scheduler.executors import cores, local
from scheduler.resilience import resilience
from scheduler.roster_files import read_roster

ROSTERS = Path(__file__).resolve().parent.parent / "outputs" / "sample"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="?", default="sakura", metavar="ROSTER")
    parser.add_argument("--processes", type=int, default=cores())
    given = parser.parse_args()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{cores()} cores, {given.processes} processes, load before: {load}")
    file = read_roster(next(ROSTERS.glob(f"{given.name}-*.xlsx")))
    began = time.monotonic()
    with local(given.processes) as workers:
        found = resilience(
            file.problem,
            file.plan,
            file.roster,
            workers,
            first=file.problem.period.first,
        )
    seconds = time.monotonic() - began
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{seconds:.0f} s, of processors {spent.ru_utime + spent.ru_stime:.0f} s")
    print(describe(found))


def describe(found: Resilience) -> str:
    """Return counts and score."""
    counts = ", ".join(f"{one.value} {found.count(one)}" for one in Outcome)
    least = sum(one.is_least for one in found.dropouts)
    return (
        f"{len(found.dropouts)} absences: {counts}; fewest people proven {least}; "
        f"score {found.score:.1f}"
    )


if __name__ == "__main__":
    main()
