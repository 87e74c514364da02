"""F-11: rest between the end of one duty and the start of a later one.

Breach: late to 21:00, early from 7:00: 10 hours, below 11 (T-27)::

    A 遅早

Correct: the day shift starts at 9:00::

    A 遅日
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase, Where
from scheduler.audit.stints import OnCallNight, Stint
from scheduler.domain.clock import LATEST, Interval


def check(case: RuleCase) -> Findings:
    """Find pairs of duties that are too close, the later beginning in the period."""
    settings = case.settings
    most_travel = 2 * max(
        (shift.travel for shift in case.problem.all_shifts), default=0
    )
    for member in case.staff:
        for facet, works, rest in (
            ("least", case.timeline.worked(member.name), settings.rest_least),
            ("wished", case.timeline.stints[member.name], settings.rest_wished),
        ):
            shortest = LATEST
            for place, earlier in enumerate(works):
                for later in works[place + 1 :]:
                    begin, end = later.whole.start, earlier.whole.end
                    bound = max(rest, shortest)
                    if begin - end - most_travel >= bound:
                        break
                    free = begin - end - _travel(earlier, later)
                    if begin < 0 or free >= bound:
                        continue
                    shortest = free
                    where: Where = {
                        "date": case.period.moment(begin).date(),
                        "span": Interval(*sorted((end, begin))),
                    }
                    if case.compare(facet, rest, free, member.name, **where):
                        # Two at the same time leave no rest, and not less than none.
                        rested = max(0, free)
                        yield case.once(
                            facet, member.name, required=rest, actual=rested, **where
                        )


def _travel(one: Stint | OnCallNight, other: Stint | OnCallNight) -> int:
    """Return the minutes of travel between the offices of two shifts."""
    if not (isinstance(one, Stint) and isinstance(other, Stint)):
        return 0
    if one.shift.elsewhere == other.shift.elsewhere:
        return 0
    return one.shift.travel + other.shift.travel
