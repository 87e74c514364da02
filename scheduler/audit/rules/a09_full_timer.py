"""A-09: one full-timer at least among those who give care.

People on short hours of 30 a week or more are full-timers (B-05).

Breach: everybody on the list works part-time.

Correct: one of them full-time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.shapes import missing_on_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find that too few full-timers of the care pool are on the staff list."""
    yield from missing_on_list(problem, rule, rule.int("full_timers_min"), _fits)


def _fits(member: StaffMember) -> bool:
    full_time = member.contract.full_time or member.contract.short_time_30h
    return full_time and any(role.in_care_pool for role in member.roles)
