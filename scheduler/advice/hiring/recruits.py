"""Whom an office could hire: one more person with a plain contract, by weekdays.

A recruit works by day on so many days a week, or passes so many nights in the period,
and has no other limit of a contract: no wishes, no days off owed, no hours to fill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.base import StaffId
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.domain.staff import REGISTERED_NURSE, Contract, StaffMember

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.base import ShiftId
    from scheduler.domain.problem import Problem

DAYS_PER_WEEK = 3
"""Of a part-timer, who works by day."""

NIGHTS = 8
"""Most nights in the period of somebody who works nights only."""

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
FRIDAY_AND_SATURDAY = (4, 5)
SUNDAY_TO_THURSDAY = (0, 1, 2, 3, 6)
"""Weekdays on which a shift may begin, 0 for Monday."""

CARE_PATTERNS = (EVERY_DAY, MONDAY_TO_FRIDAY, WEEKEND)
NURSE_PATTERNS = (EVERY_DAY, MONDAY_TO_FRIDAY)
NIGHT_PATTERNS = (EVERY_DAY, FRIDAY_AND_SATURDAY, SUNDAY_TO_THURSDAY)
"""The first holds all others: whoever works on them can stand in for the rest."""


class Kind(NamedTuple):
    """What recruits who differ in weekdays only have in common."""

    roles: tuple[Role, ...]
    nights: bool = False
    """Whether for nights, and nothing else."""
    on_call: bool = False
    """Whether for nights on call, and nothing else."""

    @property
    def patterns(self) -> tuple[tuple[int, ...], ...]:
        """Weekdays that are offered, the freest first."""
        if self.on_call:
            return (EVERY_DAY,)
        if self.nights:
            return NIGHT_PATTERNS
        return NURSE_PATTERNS if Role.NURSE in self.roles else CARE_PATTERNS

    def shifts(self, problem: Problem) -> tuple[ShiftId, ...]:
        """Return the symbols of the office's table that are theirs."""
        return tuple(
            shift.symbol
            for shift in problem.shifts
            if (shift.kind is ShiftKind.NIGHT) == self.nights
            and not self.on_call
            and not shift.on_request
        )

    def member(self, problem: Problem, weekdays: tuple[int, ...]) -> StaffMember:
        """Return the person for an office, employed throughout."""
        by_day = not (self.nights or self.on_call)
        return StaffMember(
            name=_free_name(problem),
            contract=Contract(
                full_time=False,
                weekdays=weekdays,
                days_per_week_max=DAYS_PER_WEEK if by_day else None,
                nights_max=NIGHTS if self.nights else None,
            ),
            roles=self.roles,
            qualifications=(REGISTERED_NURSE,) if Role.NURSE in self.roles else (),
            shifts=self.shifts(problem),
            on_call=self.on_call,
        )


CARE = Kind((Role.CARE,))
NURSE = Kind((Role.NURSE, Role.CARE))
NIGHT = Kind((Role.CARE,), nights=True)
ON_CALL = Kind((Role.CARE,), on_call=True)


def kinds(problem: Problem, *, on_call: bool) -> Iterator[Kind]:
    """Yield the kinds for which the office has a use.

    Parameters
    ----------
    problem
        Whose shift table counts: without a night in it nobody is hired for nights.
    on_call
        Whether nights on call are short of people.
    """
    for kind in (CARE, NURSE, NIGHT):
        if kind.shifts(problem):
            yield kind
    if on_call:
        yield ON_CALL


def _free_name(problem: Problem) -> StaffId:
    """Return a name that nobody on the list has; it is shown nowhere."""
    name = "新"
    while name in problem.member_by_name:
        name += "新"
    return StaffId(name)
