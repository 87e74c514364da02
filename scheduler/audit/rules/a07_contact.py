"""A-07: a night that needs no staff has a named contact.

Nobody stays and the office has a contact system, so the night needs neither of the two
people of A-06.  A named contact is good practice, ranked below everything else.

Breach: no guest, and nobody is on call::

    A 日休

Correct::

    A 日休
    宿 AA
"""

from __future__ import annotations

from scheduler.audit.bands import night_band
from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.users import on_call_is_needed


def check(case: RuleCase) -> Findings:
    """Find the nights that need no staff and have nobody on call."""
    required = case.rule.int("contact_min")
    for date in case.dates:
        if on_call_is_needed(case.problem, date):
            continue
        person = case.timeline.on_call(date)
        there = () if person is None else (person,)
        band = night_band(case.problem, date)
        yield from case.below(
            "contact", required, len(there), date=date, span=band, there=there
        )
