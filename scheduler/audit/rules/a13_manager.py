"""A-13: a trained full-time manager, and hours for the management.

Breach: 16 hours are asked for, the manager (A) manages one day of 8::

    A 日休
    B 日日

Correct::

    A 日日
    B 日日
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.findings import above, below
from scheduler.audit.shapes import desk_hours
from scheduler.audit.staff_list import managers
from scheduler.audit.timeline import Timeline
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find too few managers on the list or hours at the desk, and too many nights."""
    least, listed = rule.int("managers_min"), len(managers(problem))
    yield from below(problem, rule, "on_list", least, listed)
    required = problem.office.settings.manager_desk
    dates = problem.period.dates
    yield from desk_hours(
        timeline, problem, rule, "desk", Role.MANAGER, required, dates
    )
    yield from _nights(timeline, problem, rule)


def _nights(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find managers whose share of nights reaches the office's percentage."""
    percent = problem.office.settings.manager_nights_percent
    for member in problem.staff:
        if percent is None or Role.MANAGER not in member.roles:
            continue
        stints = list(timeline.stints_of_period(member.name))
        nights = sum(stint.shift.kind is ShiftKind.NIGHT for stint in stints)
        # Most nights with nights / shifts below the percentage: ceil(...) - 1.
        most = max(0, -(-percent * len(stints) // 100) - 1)
        yield from above(problem, rule, "nights", most, nights, member.name)
