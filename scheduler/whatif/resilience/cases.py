"""Who could drop out when: all with work, or a night on call, on a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.base import StaffId
from scheduler.domain.resilience import Dropout, Outcome

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

Case = tuple[StaffId, "dt.date"]
"""Who does not come, and on which date."""


def cases(problem: Problem, roster: Roster, first: dt.date) -> Iterator[Case]:
    """Yield what can be lost: a shift that begins on a date, a night on call.

    Parameters
    ----------
    first
        Date from which on absences are looked at.
    """
    for date in problem.period.dates:
        for member in problem.staff:
            duty = roster.by_cell.get((member.name, date))
            works = duty is not None and duty.shift is not None
            is_called = roster.on_call_by_date.get(date) == member.name
            if date >= first and (works or is_called):
                yield member.name, date


def dropout(roster: Roster, case: Case, outcome: Outcome, **facts: Any) -> Dropout:
    """Return how a case ends, with the work that is lost.

    Parameters
    ----------
    facts
        What else `Dropout` tells.
    """
    staff, date = case
    duty = roster.by_cell.get(case)
    return Dropout(
        staff=staff,
        date=date,
        shift=duty.shift if duty is not None else None,
        on_call=roster.on_call_by_date.get(date) == staff,
        outcome=outcome,
        **facts,
    )
