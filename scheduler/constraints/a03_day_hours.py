"""A-03: enough hours of care inside the day band, every day or over the month.

Breach: 15 day users, full-timers of 8 hours, 47 hours of the pool between 6:00 and
21:00. Correct: 48 hours, 8 x (15 / 3 + 1); with two people out from 8:45 to 9:30 whose
time shall not count (K-02) 49:30.

Source: LAW34 art. 63(1); NOTICE06, the 40-hour example.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.constraints.demand import (
    average_users_needed,
    day_band,
    day_users_needed,
    minutes_apart,
)
from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.selectors import full_time_month, in_pool
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.office import StaffingReading, UsersReading
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require the hours on each date or over the month, by the office's reading."""
    settings = problem.office.settings
    ratio = rule.int("kayoi_ratio")
    visit = rule.int("visit_fte")
    dates = problem.period.dates
    band = day_band(problem)
    worked = {
        date: _pool_minutes(model, date) - LinearSum(minutes_apart(problem, date, band))
        for date in dates
    }
    if settings.staffing_reading is StaffingReading.DAILY:
        scope = model.scope(rule, "daily")
        for date in dates:
            people = model.expected(
                date, lambda day: day_users_needed(problem, day, ratio) + visit
            )
            spare = worked[date] - people * settings.full_time_day
            scope.at(date=date).at_least(spare, 0)
    else:
        month = full_time_month(problem, rule)
        total = LinearSum.total(worked.values()) - LinearSum(visit * month)
        spares = [total - people * month for people in _of_month(model, problem, ratio)]
        model.scope(rule, "monthly").all_at_least(spares)


def _of_month(model: RosterModel, problem: Problem, ratio: int) -> Iterator[LinearSum]:
    """Yield the care workers required for the month's users, by each reading in force.

    The audit rounds the mean users up to tenths and then to whole people; rounding up
    once gives the same number.
    """
    reading = problem.office.settings.users_reading
    if reading is not UsersReading.FORECAST:
        yield LinearSum(average_users_needed(problem, ratio))
    if reading is not UsersReading.AVERAGE:
        dates = problem.period.dates
        users = [model.expected(date, lambda day: day.day_users) for date in dates]
        yield model.rounded_up(LinearSum.total(users), ratio * len(dates))


def _pool_minutes(model: RosterModel, date: dt.date) -> LinearSum:
    band = day_band(model.problem)
    today = model.minutes(date, band, in_pool)
    morning = model.minutes(date - ONE_DAY, band.shifted(DAY), in_pool)
    inside = band.shifted(model.problem.period.offset(date))
    return today + morning - model.doubles.minutes(inside, in_pool)
