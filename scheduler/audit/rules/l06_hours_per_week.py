"""L-06: no more hours of work in seven days in a row than the contract says.

Breach: 32 hours in the first six days, 24 agreed::

    A 日日休日休日休

Correct::

    A 日日休日休休休

Hours of the month before are past: where they alone are above the limit, they are it.
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.domain.clock import ONE_DAY


def check(case: RuleCase) -> Findings:
    """Find dates up to which seven days have too many minutes, the tail included."""
    worked = case.timeline.minutes_begun
    for member in case.staff:
        agreed = member.contract.week_minutes_max
        if agreed is None:
            continue
        for last in case.dates:
            days = [last - number * ONE_DAY for number in range(7)]
            before = worked(
                member.name, [one for one in days if one not in case.period]
            )
            limit, actual = max(agreed, before), worked(member.name, days)
            yield from case.above(
                "hours_per_week", limit, actual, member.name, date=last
            )
