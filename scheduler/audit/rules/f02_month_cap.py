"""F-02: hours of the period within the cap of the one-month flexible scheme.

The cap is 40 hours x days / 7: over 7 dates 2400 minutes.

Breach: six days of 8 hours, 48 in all::

    A 日日日日日日休

Correct::

    A 日日日日日休休

With fewer than ten people on the list it is 44 hours a week, if the office says so.
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.figures.limits import month_cap


def check(case: RuleCase) -> Findings:
    """Find people whose duties that begin in the period have more work than the cap."""
    cap = month_cap(case.problem)
    for member in case.staff:
        actual = case.timeline.minutes_begun(member.name, case.dates)
        yield from case.above("month", cap, actual, member.name)
