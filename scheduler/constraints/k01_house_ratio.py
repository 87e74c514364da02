"""K-01: by the clock, one of the care pool per three users in the house, plus visits.

Breach: 13 users in the house at 12:30, one worker out on a visit, five of the pool at
work. Correct: six, ceil(13 / 3) + 1, nobody of them on a break.

Source: house rule; the law has no ratio by the hour (A-04) [derived].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.demand import (
    ceil_div,
    day_band,
    staff_on_visits,
    users_in_house,
)
from scheduler.constraints.intervals import elementary_intervals
from scheduler.constraints.selectors import in_pool
from scheduler.domain.office import HouseRatio

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
    unknown = model.rulebook["A-06"].int("stay_when_unknown")
    for date in problem.period.dates:
        begin = problem.period.offset(date)
        for interval in elementary_intervals(problem, date, day_band(problem)):
            minute = interval.start - begin
            users = users_in_house(problem, date, minute, unknown)
            needed = ceil_div(users, rule.int("kayoi_ratio"))
            needed += staff_on_visits(problem, date, minute)
            scope.at_least(
                model.at_work(interval, in_pool), needed, times=interval.minutes
            )
