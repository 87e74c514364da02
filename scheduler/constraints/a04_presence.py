"""A-04: the house is never without staff in the day band.

Breach: the late shift leaves at 20:00, the night worker is in at 20:30, the night
band begins at 21:00. Correct: the night worker is in at 20:00.

Source: NOTICE06 3-3-2(1)1 ha.
"""

from __future__ import annotations

from scheduler.constraints.demand import day_band, numbers_at_work
from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import in_pool
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require somebody of the pool at work in every interval of the day band."""
    scope, least = model.scope(rule, "presence"), rule.int("present_min")
    for date in problem.period.dates:
        there = numbers_at_work(model, date, day_band(problem), in_pool)
        for present, minutes in there:
            scope.at(date=date).at_least(present, least, times=minutes)
