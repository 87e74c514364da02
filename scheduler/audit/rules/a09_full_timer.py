"""A-09: at least one full-timer among those who give care.

People on short hours of 30 a week or more are full-timers (B-05).

Breach: everybody on the list works part-time.

Correct: one of them full-time.
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.staff_list import full_timers


def check(case: RuleCase) -> Findings:
    """Yield a finding if too few full-timers who give care are on the staff list."""
    least, listed = case.rule.int("full_timers_min"), full_timers(case.problem)
    yield from case.on_list(least, listed)
