"""A-03: hours of the care pool in the day band, for the users and the visits.

With 15 users on the record, 6:00-21:00 as day band and a full-timer's day of 8 hours,
a date needs 8 x (5 + 1) = 48 hours (T-02).

Breach: five day shifts of 8 hours, 40 hours on a date, 8 short::

    A 日
    B 日
    C 日
    D 日
    E 日

Correct: a sixth brings 48::

    A 日
    B 日
    C 日
    D 日
    E 日
    F 日
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scheduler.audit.bands import day_band, pool
from scheduler.audit.findings import witness
from scheduler.audit.timeline import merged
from scheduler.domain.clock import HOUR, Interval, total_minutes
from scheduler.domain.office import (
    FteDenominator,
    StaffingReading,
    UsersMethod,
    UsersReading,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule, Rulebook

TENTHS = 10
"""Averages of users are kept in whole tenths (A-05)."""


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find dates, or the month, short of hours; the other reading is reported."""
    planned = {date: _planned(timeline, problem, date) for date in problem.period.dates}
    reading = problem.office.settings.staffing_reading
    daily = "daily" if reading is StaffingReading.DAILY else "daily_reported"
    monthly = "monthly" if reading is StaffingReading.MONTHLY else "monthly_reported"
    rulebook = timeline.rulebook
    day_minutes = problem.office.settings.full_time_day
    for date, actual in planned.items():
        users = problem.forecast_by_date[date].day_users * TENTHS
        heads = _heads(_users(problem, rulebook, users), rule)
        required = day_minutes * heads
        if actual < required:
            yield witness(
                problem,
                rule,
                daily,
                required - actual,
                required=required,
                actual=actual,
                date=date,
                span=day_band(problem, date),
                facts={"heads": heads},
            )
    heads = _heads(_users(problem, rulebook, _mean_users(problem)), rule)
    required = _full_time_month(problem, rule) * heads
    actual = sum(planned.values())
    if actual < required:
        yield witness(
            problem,
            rule,
            monthly,
            required - actual,
            required=required,
            actual=actual,
            facts={"heads": heads},
        )


def _planned(timeline: Timeline, problem: Problem, date: dt.date) -> int:
    """Minutes of the pool in the day band; a minute of a person counts once (A-15)."""
    band = day_band(problem, date)
    pieces: dict[StaffId, list[Interval]] = defaultdict(list)
    for piece, person in pool(timeline, band):
        pieces[person].append(piece.intersection(band))
    return sum(total_minutes(merged(own)) for own in pieces.values())


def _heads(users: int, rule: Rule) -> int:
    """Full-timers asked for by a number of users in tenths, visits included."""
    return -(-users // (TENTHS * rule.int("kayoi_ratio"))) + rule.int("visit_fte")


def _users(problem: Problem, rulebook: Rulebook, forecast: int) -> int:
    """Day users in tenths under the office's reading; ``forecast`` likewise."""
    reading = problem.office.settings.users_reading
    if reading is UsersReading.FORECAST:
        return forecast
    average = _users_on_record(problem, rulebook)
    return average if reading is UsersReading.AVERAGE else max(average, forecast)


def _users_on_record(problem: Problem, rulebook: Rulebook) -> int:
    """Return the average number of day users U in tenths, rounded up (A-05)."""
    record = problem.office.users_record
    if record.method is UsersMethod.ESTIMATE_90:
        percent = rulebook["A-05"].int("estimate_percent")
        return -(-percent * problem.office.capacity.day_use * TENTHS // 100)
    return -(-record.total * TENTHS // record.days)


def _mean_users(problem: Problem) -> int:
    """Mean day users of the forecast in tenths, rounded up."""
    total = sum(problem.forecast_by_date[d].day_users for d in problem.period.dates)
    return -(-total * TENTHS // problem.period.days)


def _full_time_month(problem: Problem, rule: Rule) -> int:
    """Minutes a full-timer must work in the period (B-01, B-03)."""
    settings = problem.office.settings
    chosen = settings.fte_denominator
    if chosen is FteDenominator.PRESCRIBED and settings.full_time_month is not None:
        return settings.full_time_month
    week = max(settings.full_time_week, rule.int("fte_week_floor_minutes"))
    # Like by like: four weeks' hours are those of their 28 dates.
    weeks = 4 if chosen is FteDenominator.FOUR_WEEKS else 1
    tenth_of_an_hour = HOUR // TENTHS
    minutes, dates = weeks * week, weeks * 7
    tenths = minutes * problem.period.days // (dates * tenth_of_an_hour)
    return tenths * tenth_of_an_hour
