"""L-06: the hours in seven days that a contract agrees on.

Breach: 28 hours agreed, eight hours on four of seven days. Correct: three of eight and
one of four.  The seven days are counted from every weekday, as the law asks of students
from abroad; leave is no work.

Source: contract.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import work_minutes
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit the minutes of the seven days up to each date, the tail included."""
    scope = model.scope(rule, "hours_per_week")
    for member in problem.staff:
        agreed = member.contract.week_minutes_max
        if agreed is None:
            continue
        for last in problem.period.dates:
            dates = [last - number * ONE_DAY for number in range(7)]
            worked = work_minutes(model, member, dates)
            # What was worked in last month stands: no roster can take it back.
            limit = max(agreed, worked.constant)
            scope.at(staff=member.name, date=last).at_most(worked, limit)
