"""A-09: at least one full-timer among those who give care.

People on short hours of 30 a week or more are full-timers (B-05).

Breach: everybody on the list works part-time.

Correct: one of them full-time.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.findings import below
from scheduler.audit.staff_list import full_timers
from scheduler.audit.timeline import Timeline
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Yield a finding if too few full-timers who give care are on the staff list."""
    least, listed = rule.int("full_timers_min"), len(full_timers(problem))
    yield from below(problem, rule, "on_list", least, listed)
