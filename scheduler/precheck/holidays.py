"""Sums of legal holidays: dates that could be one, where too few are left (F-06)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from scheduler.audit.figures.stretches import known_windows
from scheduler.constraints.language.options import HOLIDAYS
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.office import HolidayReading
from scheduler.domain.precheck import Line, Topic, line_of
from scheduler.domain.shifts import RELEASED
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells


def holidays(cells: Cells) -> Iterator[Line]:
    """Yield the weeks, or four-week spans, in which too few dates could be holidays."""
    for member in cells.problem.staff:
        rule = cells.rulebook["F-06"]
        for _, dates, least, before in known_windows(cells.problem, member, rule):
            left = [date for date in dates if could_be_holiday(cells, member, date)]
            open_to = [date for date in dates if _tail_leaves(cells, member, date)]
            if len(left) < least - before <= len(open_to):
                yield line_of(
                    Topic.PINS,
                    "no_holiday",
                    least - before,
                    len(left),
                    people=(member.name,),
                    dates=(dates[0], dates[-1]),
                )


def could_be_holiday(cells: Cells, member: StaffMember, date: dt.date) -> bool:
    """Tell whether a date could be free of work, not as paid leave or absence."""
    if not _tail_leaves(cells, member, date):
        return False
    if date in cells.problem.period:
        left = cells.left(member, date)
        # An empty cell is reported as a contradiction of its own (`pins`).
        return (
            date not in member.employed
            or not left
            or not set(HOLIDAYS).isdisjoint(left)
        )
    eve = date - ONE_DAY
    left = cells.left(member, eve) if eve == cells.problem.period.last else ()
    return not left or not all(_passes_midnight(cells, entry) for entry in left)


def holiday_dates_needed(
    cells: Cells,
    member: StaffMember,
    week: Sequence[dt.date],
    able: Sequence[dt.date],
) -> int:
    """Return on how many of the ``able`` dates no work may begin, for a weekly holiday.

    Parameters
    ----------
    able
        Dates of the period on which work could begin.
    """
    problem = cells.problem
    if problem.office.settings.holiday_reading is not HolidayReading.WEEKLY:
        return 0
    could_be = {date for date in week if could_be_holiday(cells, member, date)}
    wanted = min(cells.rulebook["F-06"].int("week_min"), len(could_be))
    return max(0, wanted - len(could_be - set(able)))


def touched_by_tail(cells: Cells, member: StaffMember, date: dt.date) -> bool:
    """Tell whether work begun in last month's tail shares a minute with a date."""
    for begins in (date, date - ONE_DAY):
        duty = cells.tail(member, begins)
        if duty is None or duty.shift is None:
            continue
        shift = cells.shifts[duty.shift]
        if (shift.start < DAY) if begins == date else shift.passes_midnight:
            return True
    if not cells.problem.office.settings.standby.is_work:
        return False
    return any(
        night.staff == member.name
        and night.date < cells.first
        and night.date in (date, date - ONE_DAY)
        for night in cells.problem.history.on_call
    )


def _tail_leaves(cells: Cells, member: StaffMember, date: dt.date) -> bool:
    """Tell whether a date could be a holiday as far as last month's tail goes."""
    duty = cells.tail(member, date)
    released = duty is not None and duty.off in RELEASED
    return not released and not touched_by_tail(cells, member, date)


def _passes_midnight(cells: Cells, entry: str) -> bool:
    return entry in cells.shifts and cells.shifts[entry].passes_midnight


# -- how many shifts may begin, week by week (L-04) ------------------------------------


def most_begins(
    cells: Cells, member: StaffMember
) -> Iterator[tuple[tuple[dt.date, ...], int]]:
    """Yield each week's dates in the period, and on how many a shift may begin."""
    problem = cells.problem
    for week in cells.problem.weeks:
        inside = tuple(date for date in week if date in problem.period)
        able = [date for date in inside if cells.working(member, date)]
        limits = [len(able) - holiday_dates_needed(cells, member, week, able)]
        own = member.contract.days_per_week_max
        if own is not None:
            agreed = cells.agreed("L-04", "days_per_week", member.name, inside[0])
            limits.append(own + agreed - _begun(cells, member, week))
        yield inside, max(0, min(limits))


def _begun(cells: Cells, member: StaffMember, week: Sequence[dt.date]) -> int:
    """Return the number of a week's dates in the tail on which a shift began."""
    duties = (cells.tail(member, date) for date in week)
    return sum(duty is not None and duty.shift is not None for duty in duties)
