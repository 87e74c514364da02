"""The care pool's hours in the day band, and the staff of each night (A-03, A-06)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from scheduler.audit.bands import Level, night_band, pool_minutes
from scheduler.audit.rules.a03_day_hours import required_month, required_on
from scheduler.audit.rules.a06_night import awake, on_call
from scheduler.audit.rules.c03_short_nights import is_short
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.audit.users import (
    guests,
    night_is_needed,
    on_call_is_needed,
)
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster


class BandHours(Frozen):
    """Day-band minutes that are required and planned (A-03)."""

    required: int
    planned: int

    @property
    def margin(self) -> int:
        """Minutes to spare, negative where short."""
        return self.planned - self.required


class DayHours(BandHours):
    """Those of one date (daily reading), by the office's reading of users."""

    date: dt.date


class Night(Frozen):
    """The night band that begins on ``date``; durations are minutes."""

    date: dt.date
    guests: int
    needed: bool
    """Whether it needs staff: guests stay, or there is no contact system (A-07)."""
    called: bool
    """Whether it needs somebody on call: as above, or for guests of a satellite."""
    awake: tuple[StaffId, ...]
    """Everybody present in care or nurse for part of the night."""
    on_duty: tuple[StaffId, ...]
    """Of these, who has the night: on a night shift, or there for half of it; everybody
    if nobody is."""
    awake_missing: int
    """Person-minutes below the number of people required awake."""
    on_call: StaffId | None
    on_call_missing: int
    """Minutes in which nobody is on call, or whoever is on call is also at work."""
    is_short: bool
    """Whether required staff are missing at some moment (C-03)."""


def day_hours(problem: Problem, roster: Roster) -> tuple[DayHours, ...]:
    """Return required and planned day-band minutes for each date of the period."""
    timeline = timeline_of(problem, roster)

    def found() -> tuple[DayHours, ...]:
        return tuple(
            DayHours(
                date=date,
                required=required_on(problem, date),
                planned=pool_minutes(timeline, problem, date),
            )
            for date in problem.period.dates
        )

    return timeline.once(day_hours, found)


def month_hours(
    problem: Problem, roster: Roster, dates: Sequence[dt.date] | None = None
) -> BandHours:
    """Return required and planned day-band minutes of the period, or of some dates."""
    timeline = timeline_of(problem, roster)
    dates = problem.period.dates if dates is None else dates
    return BandHours(
        required=required_month(problem, dates),
        planned=sum(pool_minutes(timeline, problem, date) for date in dates),
    )


def nights(problem: Problem, roster: Roster) -> tuple[Night, ...]:
    """Return the nights that begin in the period, in order."""
    timeline, dates = timeline_of(problem, roster), problem.period.dates

    def found() -> tuple[Night, ...]:
        return tuple(_night(timeline, problem, date) for date in dates)

    return timeline.once(nights, found)


def night(problem: Problem, roster: Roster, date: dt.date) -> Night:
    """Return the night that begins on ``date``.

    ``date`` may be the eve of the period, if last month's tail has its duties.
    """
    return _night(timeline_of(problem, roster), problem, date)


def _night(timeline: Timeline, problem: Problem, date: dt.date) -> Night:
    needed = night_is_needed(problem, date)
    called = on_call_is_needed(problem, date)
    band = night_band(problem, date)
    there_for: Counter[StaffId] = Counter()
    on_nights = set()
    for stint in timeline.begun_between(date - ONE_DAY, date + ONE_DAY):
        for piece in stint.stretches:
            if piece.present_in_pool and piece.interval.overlaps(band):
                there_for[piece.staff] += piece.interval.intersection(band).minutes
                if stint.is_night_here:
                    on_nights.add(piece.staff)
    people = tuple(there_for)
    most = tuple(
        one for one in people if one in on_nights or 2 * there_for[one] >= band.minutes
    )
    return Night(
        date=date,
        guests=guests(problem, date),
        needed=needed,
        called=called,
        awake=people,
        on_duty=most or people,
        awake_missing=needed * _missing(awake(timeline, band)),
        on_call=timeline.on_call(date),
        on_call_missing=called * _missing(on_call(timeline, band, date)),
        is_short=is_short(timeline, problem, date),
    )


def _missing(levels: Iterable[Level]) -> int:
    return sum(level.missing for level in levels)
