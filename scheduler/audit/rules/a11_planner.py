"""A-11: a care manager with licence and training, and hours for the planning.

The law sets no number of hours; the least is the office's.  Planning by people without
licence or training does not count.

Breach: 16 hours are asked for, the planner (A) sits one day of 8::

    A 日休
    B 日日

Correct::

    A 日日
    B 日日
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.findings import below
from scheduler.audit.shapes import desk_hours
from scheduler.audit.staff_list import planners
from scheduler.audit.timeline import Timeline
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role
from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find too few care managers on the staff list, or planning hours in the period."""
    least, listed = rule.int("planners_min"), len(planners(problem))
    yield from below(problem, rule, "on_list", least, listed)
    required = problem.office.settings.planner_desk
    dates = problem.period.dates
    yield from desk_hours(
        timeline, problem, rule, "desk", Role.PLANNER, required, dates
    )
