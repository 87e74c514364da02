"""Dates a person has for themselves, as the rules on their shape count them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.options import RESTS

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember


def whole_month(problem: Problem, member: StaffMember) -> bool:
    """Tell whether the person works shifts and is employed on every date."""
    dates = problem.period.dates
    return bool(member.shifts) and all(date in member.employed for date in dates)


def rests(model: RosterModel, member: StaffMember, date: dt.date) -> LinearSum:
    """One on a day off, leave or absence without a night on call; never above it.

    Below zero is possible: on call on a date of work.
    """
    off = model.off(member, date, *RESTS)
    return off - model.on_call(member, date)


def needed_to_rest(
    model: RosterModel, member: StaffMember, date: dt.date
) -> tuple[LinearSum, LinearSum]:
    """Return what must both be one for `rests` to be one."""
    off = model.off(member, date, *RESTS)
    return off, LinearSum(1) - model.on_call(member, date)
