"""Measure the time of an absence map: ``python -m benchmarks.resilience [ROSTER]``.

Judges every single absence of the sample roster of that name in `outputs/sample`, and
prints seconds, CPU seconds, and the number of absences by outcome.  With ``--robust``
the sample input of that name is solved instead, without and with the search for people
in reserve, and both rosters are judged.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import machine
from scheduler.domain.absences import Outcome, ReserveGapKind, Resilience
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster
from scheduler.solver.executors import cores, local
from scheduler.solver.reserve_gaps import reserve_gaps
from scheduler.solver.solve import SearchLimits, solve
from scheduler.whatif.resilience import Absences, resilience

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

ROOT = Path(__file__).resolve().parent.parent
INPUTS = ROOT / "inputs"
ROSTERS = ROOT / "outputs" / "sample"


def main() -> None:
    """Measure and print the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="?", default="sakura", metavar="ROSTER")
    parser.add_argument("--processes", type=int, default=cores())
    parser.add_argument("--robust", action="store_true")
    parser.add_argument(
        "--seconds", type=float, default=300, help="limit of a search for a roster"
    )
    given = parser.parse_args()
    print(machine(f"{given.processes} processes"))
    if given.robust:
        compare(given.name, given.seconds, given.processes)
        return
    file = read_roster(next(ROSTERS.glob(f"{given.name}-*.xlsx")))
    began = time.monotonic()
    found = judged(file.problem, file.plan, file.roster, given.processes)
    seconds = time.monotonic() - began
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{seconds:.0f} s, of processors {spent.ru_utime + spent.ru_stime:.0f} s")
    print(describe(found))


def compare(name: str, seconds: float, processes: int) -> None:
    """Solve a sample without and with people in reserve; judge and print both."""
    problem = read_problem(next(INPUTS.glob(f"{name}-*.xlsx")))
    for robust in (False, True):
        solution = solve(problem, SearchLimits(seconds), robust=robust)
        levels = " ".join(str(outcome.value) for outcome in solution.outcomes)
        lacking = Counter(lack.kind for lack in reserve_gaps(problem, solution.roster))
        without = ", ".join(f"{kind.value} {lacking[kind]}" for kind in ReserveGapKind)
        found = judged(problem, solution.roster, solution.roster, processes)
        cells = sum(len(one.changes) for one in found.dropouts)
        print(f"{'robust' if robust else 'plain'}: levels {levels}")
        print(f"  dates without reserve: {without}")
        print(f"  {describe(found)}; cells to change {cells}")


def judged(
    problem: Problem, plan: Roster, roster: Roster, processes: int
) -> Resilience:
    """Return the outcome of every absence of the month."""
    first = problem.period.first
    order = Absences(problem=problem, made=plan, roster=roster, first=first)
    with local(processes) as workers:
        return resilience(order, workers)


def describe(found: Resilience) -> str:
    """Return the counts by outcome and the score as text."""
    counts = ", ".join(f"{one.value} {found.count(one)}" for one in Outcome)
    least = sum(one.is_least for one in found.dropouts)
    return (
        f"{len(found.dropouts)} absences: {counts}; fewest people proven {least}; "
        f"score {found.score:.1f}"
    )


if __name__ == "__main__":
    main()
