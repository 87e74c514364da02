"""Measure fairness over a year of rosters: ``python -m benchmarks.year [NAME]``.

Each month's input follows from the month before (`scheduler.files.next_month`), with
random wishes of a fixed seed; rosters are not edited.  Prints for each month the
largest accumulated difference from a fair share of nights, nights on call, weekends and
holidays, and at the end each person's account.  Exits with 1 if anybody's nights
differed from the fair share by more than one at the end of a month.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.fairness import fairness
from scheduler.domain.finding import Stance
from scheduler.domain.ledger import BurdenKind
from scheduler.domain.requests import Request, Strength, Want
from scheduler.domain.shares import WHOLE
from scheduler.files.next_month import following_period, next_month
from scheduler.files.samples import SAMPLES
from scheduler.solver.solve import SearchLimits, solve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.audit.figures.fairness import PersonShare, Sharing
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.solver.solve import Solution

TABLED = (BurdenKind.NIGHT, BurdenKind.ON_CALL, BurdenKind.REST_DAY)
WISHES = (1, 4)
"""Least and most wishes of a person in a month."""

LEAVE_PERCENT = 15
"""Percentage of the wishes that ask for paid leave."""

HEAD = f"{'month':<9}{'legal':<7}{'wishes':<8}{'seconds':>8}{'evenness':>12}"


class Month(NamedTuple):
    """A solved month, with its fair shares."""

    problem: Problem
    solution: Solution
    sharings: tuple[Sharing, ...]
    seconds: float


def main() -> int:
    """Solve the months, print the results, and return 1 if nights became uneven."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="?", default="small", choices=tuple(SAMPLES))
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=150, help="limit of a search")
    parser.add_argument("--workers", type=int, default=8, help="threads of a search")
    parser.add_argument("--seed", type=int, default=0, help="of the wishes")
    given = parser.parse_args()
    names = "".join(f"{kind.value:>11}" for kind in TABLED)
    print(f"{given.name}, {given.months} months, {given.seconds:g} s each.")
    print("Evenness: value of the level. Then the largest difference of a person:\n")
    print(f"{HEAD}{names}", flush=True)
    months = []
    limits = SearchLimits(given.seconds, given.workers)
    for month in live(SAMPLES[given.name](), given.months, limits, given.seed):
        print(line(month), flush=True)
        months.append(month)
    print_accounts(months[-1])
    worst = max(largest(month.sharings, BurdenKind.NIGHT) for month in months)
    print(f"\nlargest difference in nights at the end of a month: {worst / WHOLE:.2f}")
    return int(worst > WHOLE)


def live(
    problem: Problem, months: int, limits: SearchLimits, seed: int
) -> Iterator[Month]:
    """Yield solved months, each with the input that follows from the one before."""
    rnd = random.Random(seed)
    for number in range(months):
        if number:
            problem = problem.model_copy(update={"requests": wishes(problem, rnd)})
        begun = time.perf_counter()
        solution = solve(problem, limits)
        seconds = time.perf_counter() - begun
        roster = solution.roster
        yield Month(problem, solution, fairness(problem, roster), seconds)
        problem = next_month(problem, roster, following_period(problem.period))


def wishes(problem: Problem, rnd: random.Random) -> tuple[Request, ...]:
    """Return random wishes for all staff: mostly days off, some paid leave."""
    return tuple(
        request for member in problem.staff for request in _of(member, problem, rnd)
    )


def _of(member: StaffMember, problem: Problem, rnd: random.Random) -> Iterator[Request]:
    dates = [date for date in problem.period.dates if date in member.employed]
    for date in sorted(rnd.sample(dates, min(len(dates), rnd.randint(*WISHES)))):
        leave = bool(member.shifts) and rnd.randrange(100) < LEAVE_PERCENT
        strength = rnd.choice((Strength.STRONG, Strength.STRONG, Strength.WEAK))
        want = Want.PAID_LEAVE if leave else Want.DAY_OFF
        yield Request(staff=member.name, date=date, want=want, strength=strength)


def largest(sharings: Sequence[Sharing], kind: BurdenKind) -> int:
    """Return the largest difference from a fair share, in thousandths of a time."""
    return max((abs(one.deviation) for one in standings(sharings, kind)), default=0)


def standings(sharings: Sequence[Sharing], kind: BurdenKind) -> list[PersonShare]:
    """Return the accounts of all people who share a kind of burden."""
    return [
        one
        for sharing in sharings
        if sharing.burden.kind is kind
        for one in sharing.standings
    ]


def line(month: Month) -> str:
    """Return a month's line: legality, wishes granted, seconds, and differences."""
    problem, solution = month.problem, month.solution
    entries = [f for f in solution.findings if f.rule == "W-01" and f.facet != "again"]
    asked = len(problem.requests)
    granted = f"{asked - len(entries)}/{asked}"
    legal = "yes" if solution.is_legal else "no"
    worst = "".join(
        f"{largest(month.sharings, kind) / WHOLE:>11.2f}" for kind in TABLED
    )
    first = f"{problem.period.first:%Y-%m}"
    seconds = f"{month.seconds:>8.1f}"
    return f"{first:<9}{legal:<7}{granted:<8}{seconds}{_evenness(solution):>12}{worst}"


def _evenness(solution: Solution) -> str:
    """Return value and bound of the fair level as text; one number if equal."""
    found = next(one for one in solution.outcomes if one.level is Stance.FAIR)
    return str(found.value) if found.is_best else f"{found.value} >= {found.bound}"


def print_accounts(month: Month) -> None:
    """Print each person's times, fair share and difference after the last month."""
    kinds = {
        kind: {one.staff: one for one in standings(month.sharings, kind)}
        for kind in TABLED
    }
    print("\nafter all months: times / fair share, difference")
    for member in month.problem.staff:
        cells = [_cell(kinds[kind].get(member.name)) for kind in TABLED]
        if any(cell.strip() for cell in cells):
            # Japanese letters are two columns wide.
            blank = " " * (20 - 2 * len(member.name) + member.name.count(" "))
            print(f"{member.name}{blank}{''.join(cells)}")


def _cell(one: PersonShare | None) -> str:
    if one is None:
        return " " * 24
    closing = one.closing
    share, difference = closing.share / WHOLE, one.deviation / WHOLE
    return f"{closing.times:>6} /{share:>6.2f} {difference:>+6.2f}   "


if __name__ == "__main__":
    sys.exit(main())
