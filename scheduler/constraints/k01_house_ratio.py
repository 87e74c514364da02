"""K-01: by the clock, one of the care pool per three users in the house, plus visits.

Breach: 13 users in the house at 12:30, one worker out on a visit, five of the pool at
work. Correct: six, ceil(13 / 3) + 1, nobody of them on a break.

Source: house rule; the law has no ratio by the hour (A-04) [derived].
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from scheduler.constraints.demand import (
    day_band,
    day_users_in_house,
    guests,
    staff_on_visits,
)
from scheduler.constraints.intervals import elementary_intervals
from scheduler.constraints.selectors import in_pool
from scheduler.domain.office import HouseRatio
from scheduler.modelling.linear import LinearSum

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.model import RosterModel
    from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Ask for the pool in every interval of the day band, as strictly as set."""
    reading = problem.office.settings.house_ratio
    if reading is HouseRatio.REPORT:
        return
    scope = model.scope(rule, reading.value)
    for date in problem.period.dates:
        begin = problem.period.offset(date)
        for interval in elementary_intervals(model, problem, date, day_band(problem)):
            minute = interval.start - begin
            users = _users(model, problem, date, minute)
            needed = model.rounded_up(users, rule.int("kayoi_ratio"))
            needed += _on_visits(model, problem, date, minute)
            spare = model.at_work(interval, in_pool) - needed
            scope.at(date=date).at_least(spare, 0, times=interval.minutes)


def _users(
    model: RosterModel, problem: Problem, date: dt.date, minute: int
) -> LinearSum:
    """Return the users in the house at a clock minute of a date."""
    profile = problem.profile_by_name[problem.forecast_by_date[date].profile]
    unknown = model.rulebook["A-06"].int("stay_when_unknown")
    staying = partial(guests, when_unknown=unknown)
    users = model.expected(date, lambda day: day_users_in_house(profile, day, minute))
    if minute < profile.guests_leave:
        if date == problem.period.first:
            users += LinearSum(problem.forecast.overnight_before)
        else:
            users += model.expected(date - dt.timedelta(days=1), staying)
    if minute >= profile.guests_return:
        users += model.expected(date, staying)
    return users


def _on_visits(
    model: RosterModel, problem: Problem, date: dt.date, minute: int
) -> LinearSum:
    profile = problem.profile_by_name[problem.forecast_by_date[date].profile]
    return model.expected(date, lambda day: staff_on_visits(profile, day, minute))
