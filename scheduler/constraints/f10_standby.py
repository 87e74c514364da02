"""F-10: nights on call, at most once a week with the labour office's permit.

At home without one, the office's own limit holds, if it has set one.

Breach: on call on Sunday and again on Friday. Correct: once from Sunday to Saturday.

Source: Labour Standards Act art. 41(3), Ordinance art. 23.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import weeks_known
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit each person's nights on call in every week, those of the tail included."""
    limit = weekly_limit(problem, rule)
    if limit is None:
        return
    by_permit = problem.office.settings.standby.permission
    scope = model.scope(rule, "per_week" if by_permit else "home_per_week")
    for member in problem.staff:
        for first, week in weeks_known(problem):
            nights = model.called([member], week)
            scope.at(staff=member.name, date=first).at_most(nights, limit)


def weekly_limit(problem: Problem, rule: Rule) -> int | None:
    """Return the most nights on call of a person in a week; ``None`` without a limit.

    Parameters
    ----------
    rule
        The record of F-10.
    """
    standby = problem.office.settings.standby
    if standby.permission:
        return rule.int("per_week_max")
    return standby.home_per_week_max if standby.from_home else None
