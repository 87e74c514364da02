"""Who is there while somebody works: shifts that cover a share of another shift."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.wanted import one_of
from scheduler.domain.clock import DAY
from scheduler.domain.shifts import Shift

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.constraints.language.scope import Scope
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

Companions = tuple[tuple[int, tuple[Shift, ...]], ...]
"""Shifts by the number of dates after another shift's on which they begin."""

NEAR = (-1, 0, 1)
"""Dates from a shift's own on which one that shares a minute with it may begin."""


def ask_for_company(
    model: RosterModel,
    problem: Problem,
    scope: Scope,
    member: StaffMember,
    others: Sequence[StaffMember],
    shifts: Iterable[Shift],
    percent: int,
) -> None:
    """Ask that a shift of one of ``others`` covers a share of each of a person's.

    Parameters
    ----------
    shifts
        Those of the person's shifts that need company; who is in training, or on an
        errand, neither needs nor is any.
    percent
        The share of their minutes, breaks included.
    """
    own: dict[Companions, list[Shift]] = defaultdict(list)
    for shift in (one for one in shifts if one.counts):
        own[_companions(problem, shift, percent)].append(shift)
    for date in problem.period.dates:
        at_date = scope.at(staff=member.name, date=date)
        slack = at_date.slack(1)
        for companions, alike in own.items():
            begins = model.starts(member, date, one_of(alike))
            there = _beginning(model, others, date, companions)
            at_date.at_least(there - begins, 0, slack=slack)


def _companions(problem: Problem, shift: Shift, percent: int) -> Companions:
    return tuple(
        (days, tuple(_covering(problem, shift, days, percent))) for days in NEAR
    )


def _covering(
    problem: Problem, shift: Shift, days: int, percent: int
) -> Iterator[Shift]:
    for other in problem.shifts:
        shared = shift.interval.intersection(other.interval.shifted(days * DAY))
        if other.counts and shared.minutes * 100 >= shift.interval.minutes * percent:
            yield other


def _beginning(
    model: RosterModel,
    others: Sequence[StaffMember],
    date: dt.date,
    companions: Companions,
) -> LinearSum:
    return LinearSum.total(
        model.starts(other, date + dt.timedelta(days), one_of(shifts))
        for days, shifts in companions
        if shifts
        for other in others
    )
