"""F-01: eight hours a day and forty a week for people outside the flexible scheme.

They are pregnant, under 18 or otherwise exempt on request (F-09).

Breach: a night with 15 hours of work, 7 above the day's limit::

    A 夜明休

Correct::

    A 日日休
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
    """Find dates and weeks above the limits; work counts on the date it begins."""
    by_day = [(date,) for date in problem.period.dates]
    by_week = list(weeks(problem))
    for member in problem.staff:
        if not member.no_flex:
            continue
        for facet, stretches in (("day", by_day), ("week", by_week)):
            limit = rule.int(f"{facet}_minutes")
            for dates in stretches:
                actual = timeline.minutes_begun(member.name, dates)
                yield from above(
                    problem,
                    rule,
                    facet,
                    limit,
                    actual,
                    member.name,
                    date=max(dates[0], problem.period.first),
                    span=days_span(problem, dates),
                )
