"""Hiring: solve the month again with one more person, to see what that would bring.

The search starts from the current roster, with the recruit off on every date, and
minimises a weighted sum of the levels down to wishes, without fairness and comfort.
The figures reported are those of the audit of the roster found, so nothing is promised
that cannot be had.  Whether law and musts could be kept still better is then tested
level by level.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scheduler.advice.enlarged import Enlarged, Quality
from scheduler.domain.advice import Hire
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.finding import Stance
from scheduler.domain.homes import Home, homes
from scheduler.domain.office import Hold
from scheduler.domain.problem import Problem
from scheduler.domain.qualifications import REGISTERED_NURSE
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Role
from scheduler.domain.staff import Contract, StaffMember
from scheduler.solver.search import Search

DAYS_PER_WEEK = 3
"""Most days of work a week of a part-timer on day shifts."""

NIGHTS = 8
"""Most nights in the period of a recruit for nights only."""

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
FRIDAY_AND_SATURDAY = (4, 5)
SUNDAY_TO_THURSDAY = (0, 1, 2, 3, 6)
"""Weekdays on which a shift may begin, 0 for Monday."""

CARE_PATTERNS = (EVERY_DAY, MONDAY_TO_FRIDAY, WEEKEND)
NURSE_PATTERNS = (EVERY_DAY, MONDAY_TO_FRIDAY)
NIGHT_PATTERNS = (EVERY_DAY, FRIDAY_AND_SATURDAY, SUNDAY_TO_THURSDAY)
"""Weekday patterns offered, by kind.  The first includes all others, so its recruit can
do whatever theirs can."""


class Recruits(NamedTuple):
    """A kind of recruit: role and kind of work, for any pattern of weekdays."""

    roles: tuple[Role, ...]
    nights: bool = False
    """Whether the recruit works nights and nothing else."""
    on_call: bool = False
    """Whether the recruit is on call and nothing else."""

    @property
    def patterns(self) -> tuple[tuple[int, ...], ...]:
        """The weekday patterns offered, the one with most weekdays first."""
        if self.on_call:
            return (EVERY_DAY,)
        if self.nights:
            return NIGHT_PATTERNS
        return NURSE_PATTERNS if Role.NURSE in self.roles else CARE_PATTERNS

    def is_lacking(self, before: Quality) -> bool:
        """Tell whether what is broken is just what the recruit does."""
        if self.on_call:
            return ("A-06", "on_call") in before.lacks
        if self.nights:
            return ("A-06", "awake") in before.lacks
        rules = {rule for rule, _facet in before.lacks}
        return Role.NURSE in self.roles and not rules.isdisjoint(("A-10", "A-19"))

    def shifts(self, problem: Problem) -> tuple[ShiftId, ...]:
        """Return the shifts of the office's table that the recruit can work."""
        return tuple(
            shift.symbol
            for shift in problem.shifts
            if shift.is_night == self.nights
            and not self.on_call
            and not shift.on_request
        )

    def member(self, home: Home, weekdays: tuple[int, ...]) -> StaffMember:
        """Return the recruit as a staff member, employed for the whole period."""
        by_day = not (self.nights or self.on_call)
        return StaffMember(
            name=_free_name(home.whole),
            contract=Contract(
                full_time=False,
                weekdays=weekdays,
                days_per_week_max=DAYS_PER_WEEK if by_day else None,
                nights_max=NIGHTS if self.nights else None,
            ),
            roles=self.roles,
            qualifications=(REGISTERED_NURSE,) if Role.NURSE in self.roles else (),
            shifts=self.shifts(home.problem),
            on_call=self.on_call,
        )


CARE = Recruits((Role.CARE,))
NURSE = Recruits((Role.NURSE, Role.CARE))
NIGHT = Recruits((Role.CARE,), nights=True)
ON_CALL = Recruits((Role.CARE,), on_call=True)


def kinds(problem: Problem, *, on_call: bool) -> Iterator[Recruits]:
    """Yield the kinds of recruit that the office can use.

    Parameters
    ----------
    problem
        The problem, whose shift table decides: without a night shift no recruit works
        nights.
    on_call
        Whether nights on call are short of people.
    """
    for kind in (CARE, NURSE, NIGHT):
        if kind.shifts(problem):
            yield kind
    if on_call:
        yield ON_CALL


def _free_name(problem: Problem) -> StaffId:
    """Return a name that no staff member has; it is never shown."""
    name = "新"
    while name in problem.member_by_name:
        name += "新"
    return StaffId(name)


def hires(problem: Problem, roster: Roster, search: Search) -> Iterator[Hire]:
    """Yield what each kind of recruit would bring to each house, most weekdays first.

    Nothing is yielded if no limit is broken and every wish is granted.
    """
    before = Quality.of(problem, roster)
    if not before.lacks_something:
        return
    offered = [
        (home, kind)
        for home in homes(problem)
        for kind in kinds(
            home.problem, on_call=ON_CALL.is_lacking(before) and home.number == MAIN
        )
    ]
    # Time may be up before all are tried: whoever does what is short comes first.
    offered.sort(key=lambda one: not one[1].is_lacking(before))
    rows = sum(len(kind.patterns) for _home, kind in offered)
    for home, kind in offered:
        if search.is_over:
            return
        share = search.left * len(kind.patterns) / rows
        rows -= len(kind.patterns)
        for month in _best_months(home, roster, kind, search, share):
            yield _hire(home, kind, before, month)


def _best_months(
    home: Home, roster: Roster, kind: Recruits, search: Search, seconds: float
) -> tuple[Enlarged, ...]:
    """Return the months with recruits of a kind in a house, each with its best roster.

    The recruit with most weekdays can do whatever the others can.  So that recruit's
    bounds hold for the others, and their rosters are rosters for that recruit too.
    """
    months: list[Enlarged] = []
    budget, part = search.budgets.hires, search.another(seconds)
    waiting = len(kind.patterns) * (budget.improve_parts + budget.claim_parts)
    for weekdays in kind.patterns:
        bind_less = months and _more_weekdays_bind_less(home.problem)
        known = months[0].least if bind_less else {}
        member = kind.member(home, weekdays)
        month = Enlarged(home, roster, member, known)
        share = part.left * budget.improve_parts / waiting
        month.improve(part.another(min(budget.improve, share)))
        waiting -= budget.improve_parts
        share = part.left * budget.claim_parts / waiting
        month.settle(part.another(min(budget.claim, share)))
        waiting -= budget.claim_parts
        months.append(month)
    for month in months[1:]:
        months[0].take_over(month)
    return tuple(months)


def _more_weekdays_bind_less(problem: Problem) -> bool:
    """Return whether more weekdays bring no additional musts.

    Fixed weekdays exempt from P-06, and dates off by contract from P-04.
    """
    settings = problem.office.settings
    return Hold.MUST not in (settings.lone_work_day, settings.weekend_off)


def _hire(home: Home, kind: Recruits, before: Quality, month: Enlarged) -> Hire:
    after, contract = month.quality, month.member.contract
    return Hire(
        role=kind.roles[0],
        nights=kind.nights,
        on_call=kind.on_call,
        weekdays=contract.weekdays,
        days_per_week=contract.days_per_week_max,
        nights_most=contract.nights_max,
        short_before=before.short,
        short_after=after.short,
        musts_before=before.totals[Stance.MUST],
        musts_after=after.totals[Stance.MUST],
        contract_before=before.totals[Stance.CONTRACT],
        contract_after=after.totals[Stance.CONTRACT],
        refused_before=before.refused,
        refused_after=after.refused,
        is_best=month.is_best,
        house=home.name,
    )
