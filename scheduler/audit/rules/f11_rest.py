"""F-11: rest between the end of one duty and the start of a later one.

Breach: late to 21:00, early from 7:00: 10 hours, below 11 (T-27)::

    A 遅早

Correct: the day shift starts at 9:00::

    A 遅日
"""

from __future__ import annotations

from itertools import combinations

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.stints import OnCallNight, Stint
from scheduler.domain.clock import Interval


def check(case: RuleCase) -> Findings:
    """Find pairs of duties that are too close, the later beginning in the period."""
    settings = case.settings
    for member in case.staff:
        for facet, works, rest in (
            ("least", case.timeline.worked(member.name), settings.rest_least),
            ("wished", case.timeline.stints[member.name], settings.rest_wished),
        ):
            for earlier, later in combinations(works, 2):
                one, other = earlier.whole, later.whole
                free = other.start - one.end - _travel(earlier, later)
                if other.start >= 0 and free < rest:
                    yield case.once(
                        facet,
                        member.name,
                        required=rest,
                        # Two at the same time leave no rest, and not less than none.
                        actual=max(0, free),
                        date=case.period.moment(other.start).date(),
                        span=Interval(*sorted((one.end, other.start))),
                    )


def _travel(one: Stint | OnCallNight, other: Stint | OnCallNight) -> int:
    """Return the minutes of travel between the offices of two shifts."""
    if not (isinstance(one, Stint) and isinstance(other, Stint)):
        return 0
    if one.shift.elsewhere == other.shift.elsewhere:
        return 0
    return one.shift.travel + other.shift.travel
