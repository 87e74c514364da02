"""A-10: a nurse on the staff list, who works as one in the period.

Breach: one nurse shift is asked for, the nurse (A) works none::

    A 休休休
    B 日日日

Correct::

    A 休日休
    B 日日日
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.findings import below
from scheduler.audit.staff_list import is_nurse, nurses
from scheduler.audit.timeline import Timeline
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role
from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find too few nurses on the staff list, or nurse shifts in the period."""
    least, listed = rule.int("nurses_min"), len(nurses(problem))
    yield from below(problem, rule, "on_list", least, listed)
    required = problem.office.settings.nurse_shifts
    actual = sum(
        any(role is Role.NURSE for _, role in stint.present)
        for member in problem.staff
        if is_nurse(problem, member)
        for stint in timeline.stints_of_period(member.name)
    )
    yield from below(problem, rule, "shifts", required, actual)
