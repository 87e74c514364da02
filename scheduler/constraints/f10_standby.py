"""F-10: nights on call, at most once a week with the labour office's permit.

At home without one, the office's own limit holds, if it has set one.

Breach: on call on Sunday and again on Friday. Correct: once from Sunday to Saturday.

Source: Labour Standards Act art. 41(3), Ordinance art. 23.
"""

from __future__ import annotations

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.selectors import weeks_known
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit each person's nights on call in every week, those of the tail included."""
    standby = problem.office.settings.standby
    limit: int | None = None
    facet = "home_per_week"
    if standby.permission:
        limit, facet = rule.int("per_week_max"), "per_week"
    elif standby.from_home:
        limit = standby.home_per_week_max
    if limit is None:
        return
    scope = model.scope(rule, facet)
    for member in problem.staff:
        for first, week in weeks_known(problem):
            nights = LinearSum.total(model.on_call(member, date) for date in week)
            scope.at(staff=member.name, date=first).at_most(nights, limit)
