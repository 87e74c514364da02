"""F-11: rest between the end of one duty and the start of a later one.

Breach: late to 21:00, early from 7:00: 10 hours, below 11 (T-27)::

    A 遅早

Correct: the day shift starts at 9:00::

    A 遅日
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.audit.findings import once
from scheduler.domain.clock import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find pairs of duties that are too close, the later beginning in the period."""
    settings = problem.office.settings
    for member in problem.staff:
        shifts = [stint.whole for stint in timeline.stints[member.name]]
        for facet, spans, rest in (
            ("least", timeline.work(member.name), settings.rest_least),
            ("wished", shifts, settings.rest_wished),
        ):
            for one, other in combinations(spans, 2):
                if other.start >= 0 and other.start - one.end < rest:
                    yield once(
                        problem,
                        rule,
                        facet,
                        member.name,
                        required=rest,
                        actual=other.start - one.end,
                        date=problem.period.moment(other.start).date(),
                        span=Interval(one.end, other.start),
                    )
