"""L-04: the days a week that a contract agrees on.

Breach: three days agreed, shifts begin on four dates from Sunday to Saturday. Correct:
three dates; the morning after a night is none.

Source: contract.
"""

from __future__ import annotations

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit the dates of each week on which a shift begins, the tail included."""
    scope = model.scope(rule, "days_per_week")
    for member in problem.staff:
        limit = member.contract.days_per_week_max
        if limit is None:
            continue
        for week in problem.weeks:
            known = (date for date in week if date <= problem.period.last)
            worked = LinearSum.total(model.starts(member, date) for date in known)
            week_begins = max(week[0], problem.period.first)
            scope.at(staff=member.name, date=week_begins).at_most(worked, limit)
