"""F-06: a full calendar day without work in every week, or four in four weeks.

The morning after a night is none: the night still touches it (T-26), the last night of
the period also the date after it.  Paid leave, special leave and absence are none: they
release from a day of work.  A date of leave of absence counts as one: there is no duty
to work in it, on days off as on others, so the week's holiday lies in it.

Breach: Sunday to Saturday, the only dates without a shift are mornings after::

    A 日日夜明夜明日

Correct: one more date passes, and a full day is free::

    A 日日夜明休日日
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.audit.bands import days_span, weeks
from scheduler.audit.findings import below
from scheduler.domain.office import HolidayReading
from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.rulebook import Rule


RELEASED = (OffKind.PAID_LEAVE, OffKind.ABSENT, OffKind.SPECIAL_LEAVE)
"""Kinds of a date that release from a day of work, so it is no holiday."""


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find weeks, or four-week windows, with too few statutory holidays."""
    four_weeks = problem.office.settings.holiday_reading is HolidayReading.FOUR_WEEKS
    least = rule.int("four_weeks_min" if four_weeks else "week_min")
    windows = list(_spans(problem, rule) if four_weeks else weeks(problem))
    for member in problem.staff:
        touched = timeline.touched(member.name)
        for window in windows:
            dates, before = window, 0
            if four_weeks and window[0] < _tail_start(problem):
                counted = _days_off_before(problem, member)
                if counted is None:
                    # Unknown, so not judged.  A week counts such dates as free.
                    continue
                dates = tuple(d for d in window if d >= _tail_start(problem))
                before = counted
            free = before + sum(
                d not in touched and timeline.off(member.name, d) not in RELEASED
                for d in dates
            )
            yield from below(
                problem,
                rule,
                "holiday",
                least,
                free,
                member.name,
                date=max(window[0], problem.period.first),
                span=days_span(problem, window),
            )


def _spans(problem: Problem, rule: Rule) -> Iterator[tuple[dt.date, ...]]:
    """Yield the four-week windows, counted from the anchor, that touch the period."""
    length = rule.int("four_weeks_days")
    first, last = problem.period.first, problem.period.last
    anchor = problem.office.settings.four_weeks_from or first
    start = first - dt.timedelta(days=(first - anchor).days % length)
    while start <= last:
        yield tuple(start + dt.timedelta(days=i) for i in range(length))
        start += dt.timedelta(days=length)


def _tail_start(problem: Problem) -> dt.date:
    return min((*problem.history.dates, problem.period.first))


def _days_off_before(problem: Problem, member: StaffMember) -> int | None:
    entries = problem.history.days_off_before
    return next((one.days for one in entries if one.staff == member.name), None)
