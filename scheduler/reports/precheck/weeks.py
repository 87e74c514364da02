"""How many shifts one person may begin, week by week (L-04, F-06)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY
from scheduler.domain.office import HolidayReading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.domain.staff import StaffMember
    from scheduler.reports.precheck.ground import Ground

ONE_DAY = dt.timedelta(days=1)


def most_begins(
    ground: Ground, member: StaffMember
) -> Iterator[tuple[tuple[dt.date, ...], int]]:
    """Yield each week's dates in the period, and on how many a shift may begin."""
    problem = ground.problem
    for week in problem.period.weeks(problem.office.settings.week_starts_on):
        inside = tuple(date for date in week if date in problem.period)
        able = sum(bool(ground.working(member, date)) for date in inside)
        limits = [able, _by_holiday(ground, member, week, inside)]
        own = member.contract.days_per_week_max
        if own is not None:
            agreed = ground.agreed("L-04", "days_per_week", member.name, inside[0])
            limits.append(own + agreed - _begun(ground, member, week))
        yield inside, max(0, min(limits))


def _begun(ground: Ground, member: StaffMember, week: Sequence[dt.date]) -> int:
    """Return the dates of last month's tail on which a shift began."""
    duties = (ground.tail(member, date) for date in week)
    return sum(duty is not None and duty.shift is not None for duty in duties)


def _by_holiday(
    ground: Ground,
    member: StaffMember,
    week: Sequence[dt.date],
    inside: Sequence[dt.date],
) -> int:
    """Return on how many dates work may begin if the week keeps its holiday (F-06)."""
    problem = ground.problem
    if problem.office.settings.holiday_reading is not HolidayReading.WEEKLY:
        return len(inside)
    least = ground.rulebook["F-06"].int("week_min")
    elsewhere = sum(
        date > problem.period.last or not touched_by_tail(ground, member, date)
        for date in week
        if date not in problem.period
    )
    could_be_free = sum(not touched_by_tail(ground, member, d) for d in inside)
    wanted = max(0, min(least - elsewhere, could_be_free))
    return len(inside) - wanted


def touched_by_tail(ground: Ground, member: StaffMember, date: dt.date) -> bool:
    """Tell whether work begun in last month's tail shares a minute with a date."""
    shifts = ground.problem.shift_by_symbol
    for begins in (date, date - ONE_DAY):
        duty = ground.tail(member, begins)
        if duty is None or duty.shift is None:
            continue
        shift = shifts[duty.shift]
        if (shift.start < DAY) if begins == date else shift.passes_midnight:
            return True
    if not ground.problem.office.settings.standby.is_work:
        return False
    return any(
        night.staff == member.name
        and night.date < ground.first
        and night.date in (date, date - ONE_DAY)
        for night in ground.problem.history.on_call
    )
