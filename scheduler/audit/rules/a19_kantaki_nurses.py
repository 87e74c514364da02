"""A-19: a full-time nurse on the list of a kantaki, and 2.5 nurses in the period.

They are counted as on the staffing table: whoever is full-time and nothing but a nurse
is one, the others are their hours divided by a full-timer's (B-01).

Breach: a kantaki satellite needs one nurse, 68.5 hours in twelve dates; the only one
(A, part-time) works eight days, 64 hours::

    A 日日日日日日日日休休休休

Correct: nine days::

    A 日日日日日日日日日休休休
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.staff_list import (
    full_time_nurses,
    is_full_time,
    is_nurse,
    month_minutes,
)
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import StaffId
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of

TENTHS = 10


def check(case: RuleCase) -> Findings:
    """Find a missing full-time nurse, and too few hours of nurses."""
    least = case.rule.int("full_time_nurses_min")
    listed = full_time_nurses(case.problem)
    yield from case.on_list(least, listed)
    counted = nurse_minutes(case.timeline, case.problem)
    required, there = minutes_needed(case.problem), [n for n in counted if counted[n]]
    yield from case.below("nurse_fte", required, sum(counted.values()), there=there)


def minutes_needed(problem: Problem, days: int | None = None) -> int:
    """Return the least minutes of nurses whose tenths, cut, are those required.

    Parameters
    ----------
    days
        Number of dates that they are of; ``None``: those of the period.
    """
    tenths = rules_of(problem)["A-19"].int("nurse_fte_tenths")
    return -(-tenths * month_minutes(problem, days) // TENTHS)


def nurse_minutes(
    timeline: Timeline, problem: Problem, dates: Sequence[dt.date] | None = None
) -> dict[StaffId, int]:
    """Return the minutes that each nurse counts, a full-timer's month at most.

    Parameters
    ----------
    dates
        Dates of the period; ``None``: all of them.
    """
    dates = problem.period.dates if dates is None else dates
    month = month_minutes(problem, len(dates))
    return {
        member.name: min(month, _minutes(timeline, problem, member, dates))
        for member in problem.staff
        if is_nurse(problem, member)
    }


def _minutes(
    timeline: Timeline, problem: Problem, member: StaffMember, dates: Sequence[dt.date]
) -> int:
    stints = [one for one in timeline.stints[member.name] if one.date in dates]
    if counts_as_one(problem, member, dates):
        return month_minutes(problem, len(dates)) if stints else 0
    minutes = sum(
        piece.minutes
        for stint in stints
        for piece, role in stint.at_work
        if role is not None and role.in_care_pool
    )
    if not has_credit(member):
        return minutes
    # Leave and trips of full-timers count as work (B-04).
    day = member.contract.day_minutes
    for date in dates:
        off = timeline.off(member.name, date)
        if off in (OffKind.PAID_LEAVE, OffKind.SPECIAL_LEAVE):
            minutes += day
    for stint in stints:
        if stint.shift.half_leave:
            minutes += day // 2
        if not stint.shift.counts and not stint.shift.elsewhere:
            minutes += stint.shift.work_minutes
    return minutes


def has_credit(member: StaffMember) -> bool:
    """Tell whether leave and trips count as nursing: of full-timers in it (B-04).

    Once, in the house in which the contract stands.
    """
    in_pool = member.roles[0].in_care_pool
    return is_full_time(member) and in_pool and not member.home


def counts_as_one(
    problem: Problem, member: StaffMember, dates: Sequence[dt.date] | None = None
) -> bool:
    """Tell whether the staffing table counts a nurse who works as one (B-01, B-05)."""
    dates = problem.period.dates if dates is None else dates
    if any(date not in member.employed for date in dates):
        return False
    if member.name in problem.on_long_leave or member.home:
        return False
    if not all(role.in_care_pool for role in member.roles):
        return False
    if member.contract.short_time_30h:
        return True
    alone = len(member.roles) == 1 and not member.other_office
    return is_full_time(member) and alone
