"""F-06: a full calendar day without work in every week, or four in four weeks.

The morning after a night is none: the night still touches it (T-26), the last night of
the period also the date after it.  Paid leave, special leave and absence are none: they
release from a day of work.  A date of leave of absence counts as one: there is no duty
to work in it, on days off as on others, so the week's holiday lies in it.

Breach: Sunday to Saturday, the only dates without a shift are mornings after::

    A 日日夜明夜明日

Correct: one more date passes, and a full day is free::

    A 日日夜明休日日
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.figures.stretches import holiday_windows


def check(case: RuleCase) -> Findings:
    """Find weeks, or four-week windows, with too few statutory holidays."""
    for member in case.staff:
        for window in holiday_windows(case.timeline, case.problem, member):
            yield from case.below(
                "holiday",
                window.least,
                window.free,
                member.name,
                **case.within(window.dates),
            )
