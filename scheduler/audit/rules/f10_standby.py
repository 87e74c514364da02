"""F-10: with a permit at most one night on call in a week.

Without one, at home, the office's own limit holds if it has set one.

Breach: twice in the week that begins on Sunday::

    A 休休休休休休休
    宿 A--A---

Correct::

    A 休休休休休休休
    宿 A------
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.domain.problem import Problem
from scheduler.rulebook import rules_of


def check(case: RuleCase) -> Findings:
    """Find weeks in which somebody is on call too often, last month's tail included."""
    limit = weekly_limit(case.problem)
    permitted = case.settings.standby.permission
    if limit is None:
        return
    for member in case.staff:
        for week in case.problem.weeks:
            actual = sum(
                night.date in week for night in case.timeline.standbys[member.name]
            )
            yield from case.above(
                "per_week" if permitted else "home_per_week",
                limit,
                actual,
                member.name,
                **case.within(week),
            )


def weekly_limit(problem: Problem) -> int | None:
    """Return how many nights on call a person may have in a week."""
    standby = problem.office.settings.standby
    if standby.permission:
        return rules_of(problem)["F-10"].int("per_week_max")
    return standby.home_per_week_max if standby.from_home else None
