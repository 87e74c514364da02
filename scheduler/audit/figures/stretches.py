"""Stretches of the month: runs of dates, weeks of statutory holidays, desk tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise, product
from typing import NamedTuple

from scheduler.audit.timeline import Timeline
from scheduler.domain.agreements import Spot
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.events import stretch_name
from scheduler.domain.office import HolidayReading
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import RELEASED
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of


def runs(dates: Collection[dt.date], apart: int = 1) -> list[list[dt.date]]:
    """Group dates into runs in which neighbours are at most ``apart`` days apart."""
    in_order = sorted(dates)
    found = [in_order[:1]] if in_order else []
    for before, date in pairwise(in_order):
        if (date - before).days > apart:
            found.append([])
        found[-1].append(date)
    return found


class HolidayWindow(NamedTuple):
    """A stretch of dates in which so many must be free, and so many are.

    Attributes
    ----------
    free
        Full calendar days without work that are neither paid leave nor absence; dates
        of which nothing is known count as free.
    """

    dates: tuple[dt.date, ...]
    least: int
    free: int

    @property
    def missing(self) -> int:
        """Holidays that are missing."""
        return max(0, self.least - self.free)


def holiday_windows(
    timeline: Timeline, problem: Problem, member: StaffMember
) -> Iterator[HolidayWindow]:
    """Yield the windows that touch the period, by the office's reading of F-06."""
    for window, dates, least, before in known_windows(problem, member):
        free = before + holidays(timeline, member, dates)
        yield HolidayWindow(window, least, free)


def holidays(timeline: Timeline, member: StaffMember, dates: Iterable[dt.date]) -> int:
    """Return how many dates have no work, and are neither paid leave nor absence."""
    touched = timeline.touched(member.name)
    return sum(
        date not in touched and timeline.off(member.name, date) not in RELEASED
        for date in dates
    )


class KnownWindow(NamedTuple):
    """A stretch of dates with so many holidays, and what is known of it.

    Attributes
    ----------
    dates
        Those that are judged, from the first of which something is known.
    before
        Holidays before them.
    """

    window: tuple[dt.date, ...]
    dates: tuple[dt.date, ...]
    least: int
    before: int


def known_windows(problem: Problem, member: StaffMember) -> Iterator[KnownWindow]:
    """Yield the weeks or four weeks that touch the period, by the reading of F-06.

    Of a week all dates are judged.  Four weeks of whose beginning nothing is known are
    left out.
    """
    rule = rules_of(problem)["F-06"]
    if problem.office.settings.holiday_reading is HolidayReading.WEEKLY:
        for week in problem.weeks:
            yield KnownWindow(week, week, rule.int("week_min"), 0)
        return
    known = problem.known_since
    anchor = problem.office.settings.four_weeks_from or problem.period.first
    for window in spans(problem.period, anchor, rule.int("four_weeks_days")):
        is_known = window[0] >= known
        before = 0 if is_known else _days_off_before(problem, member)
        if before is not None:
            dates = tuple(date for date in window if date >= known)
            yield KnownWindow(window, dates, rule.int("four_weeks_min"), before)


def spans(
    period: Period, anchor: dt.date, length: int
) -> Iterator[tuple[dt.date, ...]]:
    """Yield the stretches of so many dates, from an anchor on, that touch a period."""
    start = period.first - (period.first - anchor).days % length * ONE_DAY
    while start <= period.last:
        yield tuple(start + n * ONE_DAY for n in range(length))
        start += length * ONE_DAY


def _days_off_before(problem: Problem, member: StaffMember) -> int | None:
    entries = problem.history.days_off_before
    return next((one.days for one in entries if one.staff == member.name), None)


class DeskDays(NamedTuple):
    """Days of the month, from a task's first to a task's last, and what lies inside."""

    name: str
    dates: frozenset[dt.date]
    required: int
    """Minutes of all tasks that lie wholly inside."""


def stretches(problem: Problem, *, must: bool) -> list[DeskDays]:
    """Return the stretches, of the musts or of all tasks.

    Tasks of which the period has no day are left out; so are, of the guideline, the
    stretches that hold musts only.
    """
    dates = problem.period.dates
    registered = problem.office.registered
    tasks = [one for one in problem.desk_tasks if any(map(one.is_on, dates))]
    chosen = [one for one in tasks if one.must or not must]
    bounds = {(begin.first_day, end.last_day) for begin, end in product(chosen, chosen)}
    found = []
    for first, last in sorted(bounds):
        inside = [
            one for one in chosen if first <= one.first_day and one.last_day <= last
        ]
        is_tight = any(one.first_day == first for one in inside) and any(
            one.last_day == last for one in inside
        )
        if is_tight and (must or not all(one.must for one in inside)):
            found.append(
                DeskDays(
                    stretch_name(first, last),
                    frozenset(date for date in dates if first <= date.day <= last),
                    sum(
                        one.minutes * (registered if one.per_registrant else 1)
                        for one in inside
                    ),
                )
            )
    return found


def desk_tasks(problem: Problem, spot: Spot) -> int | None:
    """Return the minutes that the tasks of a spot of G need, if it is a stretch."""
    for one in stretches(problem, must=spot.facet == "tasks_must"):
        if one.name == spot.name:
            return one.required
    return None
