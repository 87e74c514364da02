"""Which dates could be somebody's holiday by law, and where too few are left (F-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.office import HolidayReading
from scheduler.domain.precheck import Line, Topic, Verdict
from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground

RELEASED = (OffKind.PAID_LEAVE, OffKind.ABSENT)
"""Kinds of a date that would have been a day of work."""


class Window(NamedTuple):
    """A week, or the known part of a span of four weeks."""

    dates: tuple[dt.date, ...]
    least: int
    """Holidays that the dates must have."""


def holidays(ground: Ground) -> Iterator[Line]:
    """Yield the weeks, or spans of four, in which too few dates could be holidays."""
    for member in ground.problem.staff:
        for window in _windows(ground, member):
            left = [d for d in window.dates if could_be_holiday(ground, member, d)]
            open_to = [d for d in window.dates if _tail_leaves(ground, member, d)]
            if len(left) < window.least <= len(open_to):
                yield Line(
                    topic=Topic.PINS,
                    code="no_holiday",
                    verdict=Verdict.IMPOSSIBLE,
                    people=(member.name,),
                    dates=(window.dates[0], window.dates[-1]),
                    required=window.least,
                    possible=len(left),
                )


def could_be_holiday(ground: Ground, member: StaffMember, date: dt.date) -> bool:
    """Tell whether a date could be free, and neither paid leave nor absence."""
    if not _tail_leaves(ground, member, date):
        return False
    if date in ground.problem.period:
        left = ground.left(member, date)
        # Nothing left is told as a contradiction of its own.
        return date not in member.employed or not left or OffKind.DAY_OFF in left
    eve = date - ONE_DAY
    left = ground.left(member, eve) if eve == ground.problem.period.last else ()
    return not left or not all(_passes_midnight(ground, entry) for entry in left)


def holiday_dates_needed(
    ground: Ground,
    member: StaffMember,
    week: Sequence[dt.date],
    able: Sequence[dt.date],
) -> int:
    """Return on how many of some dates no work may begin, for the week's holiday.

    Parameters
    ----------
    able
        Dates of the period on which work could begin.
    """
    problem = ground.problem
    if problem.office.settings.holiday_reading is not HolidayReading.WEEKLY:
        return 0
    could_be = {date for date in week if could_be_holiday(ground, member, date)}
    wanted = min(ground.rulebook["F-06"].int("week_min"), len(could_be))
    return max(0, wanted - len(could_be - set(able)))


def touched_by_tail(ground: Ground, member: StaffMember, date: dt.date) -> bool:
    """Tell whether work begun in last month's tail shares a minute with a date."""
    for begins in (date, date - ONE_DAY):
        duty = ground.tail(member, begins)
        if duty is None or duty.shift is None:
            continue
        shift = ground.shifts[duty.shift]
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


def _tail_leaves(ground: Ground, member: StaffMember, date: dt.date) -> bool:
    """Tell whether last month's tail leaves a date the chance of being a holiday."""
    duty = ground.tail(member, date)
    released = duty is not None and duty.off in RELEASED
    return not released and not touched_by_tail(ground, member, date)


def _passes_midnight(ground: Ground, entry: str) -> bool:
    return entry in ground.shifts and ground.shifts[entry].passes_midnight


def _windows(ground: Ground, member: StaffMember) -> Iterator[Window]:
    problem, rule = ground.problem, ground.rulebook["F-06"]
    settings = problem.office.settings
    if settings.holiday_reading is HolidayReading.WEEKLY:
        for week in problem.period.weeks(settings.week_starts_on):
            yield Window(week, rule.int("week_min"))
        return
    length = rule.int("four_weeks_days")
    known_from = min((*problem.history.dates, ground.first))
    counted = {one.staff: one.days for one in problem.history.days_off_before}
    anchor = settings.four_weeks_from or ground.first
    start = ground.first - (ground.first - anchor).days % length * ONE_DAY
    while start <= problem.period.last:
        before = 0 if start >= known_from else counted.get(member.name)
        if before is not None:
            span = (start + n * ONE_DAY for n in range(length))
            dates = tuple(date for date in span if date >= known_from)
            yield Window(dates, rule.int("four_weeks_min") - before)
        start += length * ONE_DAY
