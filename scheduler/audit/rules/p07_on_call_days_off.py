"""P-07: nobody is on call in the night of a day off, or of 明.

Breach::

    A 日休日
    宿 -A-

Correct::

    A 日休日
    宿 A-A
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.domain.office import Hold
from scheduler.domain.shifts import OffKind

FREE = (OffKind.DAY_OFF, OffKind.AFTER_NIGHT)


def check(case: RuleCase) -> Findings:
    """Find nights on call on dates without work, but for people who work no shifts."""
    hold = case.settings.on_call_on_days_off
    if hold is Hold.OFF:
        return
    for member in case.staff:
        nights = case.timeline.standbys_of_period(member.name) if member.shifts else ()
        for night in nights:
            if case.timeline.off(member.name, night.date) in FREE:
                yield case.once(hold.value, member.name, date=night.date)
