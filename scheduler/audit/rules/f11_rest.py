"""F-11: rest between the end of one duty and the start of a later one.

Breach: late to 21:00, early from 7:00: 10 hours, below 11 (T-27)::

    A 遅早

Correct: the day shift starts at 9:00::

    A 遅日
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from scheduler.audit.findings import once
from scheduler.audit.stints import OnCallNight, Stint
from scheduler.audit.timeline import Timeline
from scheduler.domain.clock import Interval
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find pairs of duties that are too close, the later beginning in the period."""
    settings = problem.office.settings
    for member in problem.staff:
        for facet, works, rest in (
            ("least", timeline.worked(member.name), settings.rest_least),
            ("wished", timeline.stints[member.name], settings.rest_wished),
        ):
            for earlier, later in combinations(works, 2):
                one, other = earlier.whole, later.whole
                free = other.start - one.end - _travel(earlier, later)
                if other.start >= 0 and free < rest:
                    yield once(
                        problem,
                        rule,
                        facet,
                        member.name,
                        required=rest,
                        actual=free,
                        date=problem.period.moment(other.start).date(),
                        span=Interval(one.end, other.start),
                    )


def _travel(one: Stint | OnCallNight, other: Stint | OnCallNight) -> int:
    """Return the minutes of travel between the offices of two shifts."""
    if not (isinstance(one, Stint) and isinstance(other, Stint)):
        return 0
    if one.shift.elsewhere == other.shift.elsewhere:
        return 0
    return one.shift.travel + other.shift.travel
