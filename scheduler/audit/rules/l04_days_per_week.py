"""L-04: no more days of work in a week than the contract says.

Breach: four in the week, three agreed; from Sunday on::

    A 日休日休日休日

Correct::

    A 日休日休日休休
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
    """Find weeks in which shifts begin on too many dates, the tail included."""
    for member in problem.staff:
        limit = member.contract.days_per_week_max
        if limit is None:
            continue
        begun = {stint.date for stint in timeline.stints[member.name]}
        for week in weeks(problem):
            actual = len(begun.intersection(week))
            yield from above(
                problem,
                rule,
                "days_per_week",
                limit,
                actual,
                member.name,
                date=max(week[0], problem.period.first),
                span=days_span(problem, week),
            )
