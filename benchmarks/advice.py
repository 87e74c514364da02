"""Measure the time of advice on a month: ``python -m benchmarks.advice [NAME ...]``.

Prints, for each sample office, the seconds and results of the precheck, the causes, the
repairs and the hires.  An office that is legal needs no advice; ``--fewer N`` makes it
short by allowing N of its people no nights.
"""

from __future__ import annotations

import argparse
import os
import time
from typing import TYPE_CHECKING

from benchmarks.months import INPUTS, OFFICES
from scheduler.advice.causes import Causes
from scheduler.advice.hiring import hires
from scheduler.advice.repairs import Repairs
from scheduler.domain.shifts import ShiftKind
from scheduler.files.problems import read_problem
from scheduler.precheck import precheck
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.weights import POINT

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember


def main() -> None:
    """Measure the offices named, or all, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=OFFICES, metavar="NAME")
    parser.add_argument("--fewer", type=int, default=0, metavar="N")
    parser.add_argument("--seconds", type=float, default=120, help="limit of solving")
    parser.add_argument("--workers", type=int, default=8, help="threads of a search")
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, {given.workers} workers")
    for name in given.names:
        problem = read_problem(next(INPUTS.glob(f"{name}-*.xlsx")))
        measure(name, with_fewer_for_nights(problem, given.fewer), given)


def with_fewer_for_nights(problem: Problem, fewer: int) -> Problem:
    """Return the problem with no nights allowed to some of the night workers."""
    nights = {s.symbol for s in problem.shifts if s.kind is ShiftKind.NIGHT}
    able = [member.name for member in problem.staff if nights & set(member.shifts)]

    def without(member: StaffMember) -> StaffMember:
        if member.name not in able[:fewer]:
            return member
        none = {"nights_min": None, "nights_max": 0}
        contract = member.contract.model_copy(update=none)
        return member.model_copy(update={"contract": contract})

    staff = tuple(without(member) for member in problem.staff)
    return problem.model_copy(update={"staff": staff})


def measure(name: str, problem: Problem, given: argparse.Namespace) -> None:
    """Measure the advice on one office and print each step."""
    watch = _Watch()
    lines = precheck(problem)
    checked = watch.lap()
    limits = SearchLimits(given.seconds, given.workers)
    solution = solve(problem, limits)
    print(f"\n{name}: {len(problem.staff)} people, {len(problem.period.dates)} dates")
    levels = (f"{one.level} {one.value}" for one in solution.outcomes)
    print(f"  solved in {watch.lap():.1f} s: {', '.join(levels)}")
    print(f"  precheck {checked:.2f} s, {len(lines)} lines")

    roster, findings = solution.roster, solution.findings
    whole, budgets = Search(limits), limits.budgets
    month = StandingMonth.untouched(problem, roster)
    finder = Causes(month, findings, whole.another(budgets.causes.seconds))
    causes = tuple(finder.find())
    took = watch.lap()
    reduced = sum(cause.irreducible for cause in causes)
    print(f"  causes   {took:.1f} s, {len(causes)}, irreducible {reduced}", end="")
    print(f", broken limits without one {len(finder.unexplained)}")

    mender = Repairs(month, findings, whole.another(budgets.repairs.seconds))
    repairs = tuple(one.repair for one in mender.find())
    mended = watch.lap()
    prices = (f"{one.price / POINT:g}" + "!" * one.is_cheapest for one in repairs)
    print(
        f"  repairs  {mended:.1f} s, {len(repairs)}, points {', '.join(prices)}", end=""
    )
    print(" (! if nothing is cheaper)")
    print(f"  causes and repairs {took + mended:.1f} s")

    rows = tuple(hires(problem, roster, whole.another(budgets.hires.seconds)))
    best = sum(row.is_best for row in rows)
    print(f"  hires    {watch.lap():.1f} s, {len(rows)} rows, best {best}", flush=True)


class _Watch:
    """A stopwatch whose `lap` returns the seconds since the last call."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def lap(self) -> float:
        before, self._last = self._last, time.perf_counter()
        return self._last - before


if __name__ == "__main__":
    main()
