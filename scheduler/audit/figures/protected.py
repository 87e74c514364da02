"""Whether somebody is protected from work at night at the time of a duty (F-09)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, Interval
from scheduler.rulebook import load

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember


def is_protected(
    problem: Problem, member: StaffMember, date: dt.date, duty: Interval
) -> bool:
    """Tell whether a duty shares a minute with the night hours of a protected date.

    Parameters
    ----------
    date
        On which the duty begins.
    duty
        Its clock minutes, past 1440 for the next date.
    """
    if member.no_night is None:
        return False
    rule = load(problem.period)["F-09"]
    hours = (Interval(0, rule.int("night_end")), Interval(rule.int("night_start"), DAY))
    return any(
        date + dt.timedelta(days=days) in member.no_night
        and duty.overlaps(part.shifted(days * DAY))
        for days in (0, 1)
        for part in hours
    )
