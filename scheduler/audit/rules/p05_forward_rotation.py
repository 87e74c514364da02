"""P-05: from one date to the next, shifts begin later or at the same time.

Breach::

    A 遅早

Correct::

    A 早日遅休早
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import Hold


def check(case: RuleCase) -> Findings:
    """Find shifts that begin earlier by the clock than the person's the date before."""
    hold = case.settings.forward_rotation
    if hold is Hold.OFF:
        return
    for member in case.staff:
        for stint in case.timeline.stints_of_period(member.name):
            before = case.timeline.shift(member.name, stint.date - ONE_DAY)
            earlier = before.start - stint.shift.start if before else 0
            if earlier > 0:
                yield case.once(
                    hold.value, member.name, required=0, actual=earlier, date=stint.date
                )
