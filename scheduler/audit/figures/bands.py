"""Care-pool hours of the day band, required and planned (A-03).

Each night by itself: guests, who is awake, who is on call (A-06, A-07).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.audit.figures.fte import month_minutes
from scheduler.audit.figures.presence import (
    Stretch,
    covered,
    duties_between,
    on_call_nights,
    stretches,
)
from scheduler.audit.figures.users import (
    TENTHS,
    average_users,
    guests,
    night_is_needed,
    staff_for_users,
)
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.office import UsersReading
from scheduler.rulebook import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


class DayHours(Frozen):
    """Day-band minutes of one date (A-03, daily reading)."""

    date: dt.date
    required: int
    """By the reading of users that the office chose."""
    required_average: int
    """By the average number of users U."""
    required_forecast: int
    """By the day users expected on the date."""
    planned: int

    @property
    def margin(self) -> int:
        """Minutes to spare, negative where short."""
        return self.planned - self.required


class MonthHours(Frozen):
    """Day-band minutes of the whole period (A-03, monthly reading)."""

    required: int
    planned: int

    @property
    def margin(self) -> int:
        """Minutes to spare, negative where short."""
        return self.planned - self.required


def day_hours(problem: Problem, roster: Roster) -> tuple[DayHours, ...]:
    """Return required and planned day-band minutes for each date of the period."""
    reading = problem.office.settings.users_reading
    return tuple(
        DayHours(
            date=date,
            required=_chosen(reading, by_average, by_forecast),
            required_average=by_average,
            required_forecast=by_forecast,
            planned=_pool_minutes(problem, roster, date),
        )
        for date, by_average, by_forecast in _required(problem)
    )


def required_minutes(problem: Problem) -> dict[dt.date, int]:
    """Return the day-band minutes that each date requires by the reading chosen."""
    reading = problem.office.settings.users_reading
    return {
        date: _chosen(reading, by_average, by_forecast)
        for date, by_average, by_forecast in _required(problem)
    }


def _required(problem: Problem) -> Iterator[tuple[dt.date, int, int]]:
    """Yield the minutes by the average number of users, and by the date's forecast."""
    rulebook = load(problem.period)
    rule = rulebook["A-03"]
    ratio, visit_fte = rule.int("kayoi_ratio"), rule.int("visit_fte")
    average = average_users(problem.office, rulebook["A-05"]).tenths
    day = problem.office.settings.full_time_day
    for date in problem.period.dates:
        expected = problem.forecast_by_date[date].day_users * TENTHS
        by_average = day * (staff_for_users(average, ratio) + visit_fte)
        by_forecast = day * (staff_for_users(expected, ratio) + visit_fte)
        yield date, by_average, by_forecast


def month_hours(problem: Problem, roster: Roster) -> MonthHours:
    """Return required and planned day-band minutes of the period (U-03)."""
    return MonthHours(
        required=required_month(problem),
        planned=sum(_pool_minutes(problem, roster, d) for d in problem.period.dates),
    )


def required_month(problem: Problem, dates: Sequence[dt.date] | None = None) -> int:
    """Return the day-band minutes that dates together require (A-03, monthly).

    Parameters
    ----------
    problem
        The month.
    dates
        Dates of the period; ``None``: all of them.
    """
    dates = problem.period.dates if dates is None else dates
    rulebook = load(problem.period)
    rule = rulebook["A-03"]
    average = average_users(problem.office, rulebook["A-05"]).tenths
    expected = sum(problem.forecast_by_date[date].day_users for date in dates)
    mean = -(-expected * TENTHS // len(dates))
    users = _chosen(problem.office.settings.users_reading, average, mean)
    staff = staff_for_users(users, rule.int("kayoi_ratio")) + rule.int("visit_fte")
    return staff * month_minutes(problem, len(dates))


def day_band(problem: Problem, date: dt.date) -> Interval:
    """Return the day band of ``date`` on the absolute scale (A-08)."""
    band = problem.office.night_band
    return Interval(band.end - DAY, band.start).shifted(problem.period.offset(date))


def _chosen(reading: UsersReading, average: int, forecast: int) -> int:
    match reading:
        case UsersReading.AVERAGE:
            return average
        case UsersReading.FORECAST:
            return forecast
        case UsersReading.LARGER:
            return max(average, forecast)


def _pool_minutes(problem: Problem, roster: Roster, date: dt.date) -> int:
    """Add up the pool in the day band; a person counts once at any moment (A-15)."""
    band = day_band(problem, date)
    own: dict[StaffId, list[Interval]] = defaultdict(list)
    duties = duties_between(problem, roster, date - ONE_DAY, date)
    for stretch in stretches(problem, duties):
        if stretch.in_pool and stretch.interval.overlaps(band):
            own[stretch.staff].append(stretch.interval.intersection(band))
    return sum(covered(intervals) for intervals in own.values())


class Night(Frozen):
    """The night band that begins on ``date``; durations are minutes."""

    date: dt.date
    guests: int
    needed: bool
    """Whether it needs staff: guests stay, or there is no contact system."""
    awake: tuple[StaffId, ...]
    """Everybody present in care or nurse for some of the night."""
    least_awake: int
    """Fewest people present at one moment."""
    awake_missing: int
    """Minutes below the number of people required awake."""
    on_call: StaffId | None
    on_call_missing: int
    """Minutes without a person on call who is not at work at that moment."""
    lone_break: int
    """Minutes in which everybody present is on a break (U-11)."""

    @property
    def is_short(self) -> bool:
        """Whether a needed night lacks somebody at some moment (C-03)."""
        return self.awake_missing > 0 or self.on_call_missing > 0


def nights(problem: Problem, roster: Roster) -> tuple[Night, ...]:
    """Return the nights that begin in the period, in order."""
    return tuple(night(problem, roster, date) for date in problem.period.dates)


def night(problem: Problem, roster: Roster, date: dt.date) -> Night:
    """Return the night that begins on ``date``.

    The eve of the period may be asked for too, as far as last month's tail tells.
    """
    rule = load(problem.period)["A-06"]
    needed = night_is_needed(problem, date)
    band = problem.office.night_band.shifted(problem.period.offset(date))
    duties = duties_between(problem, roster, date - ONE_DAY, date + ONE_DAY)
    here = [s for s in stretches(problem, duties) if s.interval.overlaps(band)]
    on_call = on_call_nights(problem, roster).get(date)
    least = len(here)
    awake_missing = on_call_missing = lone_break = 0
    for moment in _moments(band, here):
        at = [s for s in here if s.interval.overlaps(moment)]
        awake = [s for s in at if s.present_in_pool]
        people = {s.staff for s in awake}
        least = min(least, len(people))
        if needed:
            short = rule.int("awake_min") - len(people)
            awake_missing += max(0, short) * moment.minutes
            lone_break += bool(awake) * all(s.on_break for s in awake) * moment.minutes
            ready = on_call is not None and on_call not in {s.staff for s in at}
            on_call_missing += max(0, rule.int("on_call_min") - ready) * moment.minutes
    return Night(
        date=date,
        guests=guests(problem, date),
        needed=needed,
        awake=tuple(dict.fromkeys(s.staff for s in here if s.present_in_pool)),
        least_awake=least,
        awake_missing=awake_missing,
        on_call=on_call,
        on_call_missing=on_call_missing,
        lone_break=lone_break,
    )


def _moments(band: Interval, here: list[Stretch]) -> list[Interval]:
    edges = {*band, *(minute for s in here for minute in s.interval)}
    inside = sorted(edge for edge in edges if band.start <= edge <= band.end)
    return [type(band)(begin, end) for begin, end in pairwise(inside)]
