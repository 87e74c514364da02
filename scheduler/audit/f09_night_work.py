"""F-09: no work or standby between 22:00 and 5:00 for people exempt from it.

A night belongs to the date on which it begins.

Breach: A is exempt on the first three dates::

    A 夜明休

Correct::

    A 日日休
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.audit.timeline import merged
from scheduler.audit.witness import witness
from scheduler.domain.clock import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find minutes that duties of the period spend in excluded nights."""
    night = Interval(rule.int("night_start"), rule.int("night_end"))
    eve = problem.period.first - timedelta(days=1)
    for member in problem.staff:
        if member.no_night is None:
            continue
        stints = timeline.stints_of_period(member.name)
        standbys = timeline.standbys_of_period(member.name)
        spans = merged([*(s.span for s in stints), *(n.span for n in standbys)])
        for date in (eve, *problem.period.dates):
            window = night.shifted(problem.period.offset(date))
            for span in spans:
                part = span.intersection(window)
                if date in member.no_night and part.minutes:
                    yield witness(
                        problem,
                        rule,
                        "night_work",
                        part.minutes,
                        required=0,
                        actual=part.minutes,
                        people=(member.name,),
                        date=max(date, problem.period.first),
                        span=part,
                    )
