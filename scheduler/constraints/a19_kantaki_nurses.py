"""A-19: the nurses of a kantaki, in full-time equivalents of the period.

Breach: two and a half full-timers of 171.4 hours are needed, 428.5 hours, and the
nurses have 428.4. Correct: 428.5; or two full-timers who are nothing but nurses, who
count as one each, and one with 85.7 hours.

Source: LAW34 art. 171(4), (10); counted as on the staffing table (B-01, B-04, B-05).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.constraints.demand import ceil_div
from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.language.crew import nurses
from scheduler.constraints.selectors import (
    WHOLE_DUTY,
    full_time_month,
    half_leave,
    one_of,
)
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import OffKind, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule

_TENTHS = 10


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require the nurses' minutes of the period."""
    month = full_time_month(problem, model.rulebook["A-03"])
    licensed = nurses(problem)
    total = LinearSum.total(
        _counted(model, problem, member, month)
        for member in problem.staff
        if member.name in licensed
    )
    needed = ceil_div(rule.int("nurse_fte_tenths") * month, _TENTHS)
    model.scope(rule, "nurse_fte").at_least(total, needed)


def _counted(
    model: RosterModel, problem: Problem, member: StaffMember, month: int
) -> LinearSum:
    """Return the minutes that a nurse counts, a full-timer's month at most."""
    if _is_whole(problem, member):
        begun = model.begun([member], problem.period.dates)
        return model.all_of([begun]) * month
    return model.up_to(_minutes(model, member), month)


def _is_whole(problem: Problem, member: StaffMember) -> bool:
    """Tell whether a nurse who works counts as one, whatever the hours."""
    contract = member.contract
    one_job = len(member.roles) == 1 and not member.other_office
    return (
        (contract.short_time_30h or (contract.full_time and one_job))
        and all(role.in_care_pool for role in member.roles)
        and not member.home
        and all(date in member.employed for date in problem.period.dates)
        and member.name not in problem.on_long_leave
    )


def _minutes(model: RosterModel, member: StaffMember) -> LinearSum:
    """Return minutes in the pool, and of full-timers leave and trips (B-04).

    Leave and trips belong to the main job, in the house in which the contract stands.
    """

    def counts(person: StaffMember, role: Role, _shift: Shift) -> bool:
        return person.name == member.name and role.in_care_pool

    dates = model.problem.period.dates
    contract = member.contract
    full_time = contract.full_time or contract.short_time_30h
    has_credit = full_time and member.roles[0].in_care_pool and not member.home
    return LinearSum.total(
        minutes
        for date in dates
        for minutes in (
            model.minutes(date, WHOLE_DUTY, counts),
            *(_credit(model, member, date) if has_credit else ()),
        )
    )


def _credit(
    model: RosterModel, member: StaffMember, date: dt.date
) -> Iterator[LinearSum]:
    """Yield the minutes of leave, halves and trips of a date."""
    day = member.contract.day_minutes
    yield model.off(member, date, OffKind.PAID_LEAVE, OffKind.SPECIAL_LEAVE) * day
    yield model.starts(member, date, half_leave) * (day // 2)
    for shift in model.problem.all_shifts:
        if not shift.counts and not shift.elsewhere:
            begun = model.starts(member, date, one_of((shift,)))
            yield begun * shift.work_minutes
