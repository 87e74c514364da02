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

from collections.abc import Iterator

from scheduler.audit.bands import days_span, weeks
from scheduler.audit.findings import above
from scheduler.audit.timeline import Timeline
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find weeks in which somebody is on call too often, last month's tail included."""
    limit = _limit(problem, rule)
    permitted = problem.office.settings.standby.permission
    if limit is None:
        return
    for member in problem.staff:
        for week in weeks(problem):
            actual = sum(night.date in week for night in timeline.standbys[member.name])
            yield from above(
                problem,
                rule,
                "per_week" if permitted else "home_per_week",
                limit,
                actual,
                member.name,
                date=max(week[0], problem.period.first),
                span=days_span(problem, week),
            )


def _limit(problem: Problem, rule: Rule) -> int | None:
    standby = problem.office.settings.standby
    if standby.permission:
        return rule.int("per_week_max")
    return standby.home_per_week_max if standby.from_home else None
