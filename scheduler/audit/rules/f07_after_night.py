"""F-07: a night takes two dates; the date on which it ends is 明.

Breach: a day off on the date on which the night ends::

    A 夜休休

Correct::

    A 夜明休
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.shifts import RESTS, OffKind, ShiftKind

UNEARNED = (OffKind.AFTER_NIGHT,)
"""Kinds that are wrong on a date on which no night ends."""


def check(case: RuleCase) -> Findings:
    """Find days off in place of 明, 明 without a night, and early shifts after 明."""
    for member in case.staff:
        for date in case.dates:
            eve = date - ONE_DAY
            night = case.timeline.shift(member.name, eve)
            reached = night is not None and night.passes_midnight
            off = case.timeline.off(member.name, date)
            today = case.timeline.shift(member.name, date)
            early = today is not None and today.kind is ShiftKind.EARLY
            rested = case.timeline.off(member.name, eve) is OffKind.AFTER_NIGHT
            for facet, found, required in (
                ("after_night", off in (RESTS if reached else UNEARNED), int(reached)),
                ("early_after", rested and early, 0),
            ):
                if found:
                    yield case.once(
                        facet,
                        member.name,
                        required=required,
                        actual=1 - required,
                        date=date,
                    )
