"""L-04: the days a week that a contract agrees on.

Breach: three days agreed, shifts begin on four dates from Sunday to Saturday. Correct:
three dates; the morning after a night is none.

Source: contract.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import weeks_known
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit the dates of each week on which a shift begins, the tail included."""
    scope = model.scope(rule, "days_per_week")
    for member in problem.staff:
        limit = member.contract.days_per_week_max
        if limit is None:
            continue
        for first, week in weeks_known(problem):
            worked = model.begun([member], week)
            scope.at(staff=member.name, date=first).at_most(worked, limit)
