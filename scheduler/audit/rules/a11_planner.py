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

from scheduler.audit.case import Findings, RuleCase, desk_hours
from scheduler.audit.staff_list import planners
from scheduler.domain.shifts import Role


def check(case: RuleCase) -> Findings:
    """Find too few care managers on the staff list, or planning hours in the period."""
    least, listed = case.rule.int("planners_min"), planners(case.problem)
    yield from case.on_list(least, listed)
    required = case.settings.planner_desk
    yield from desk_hours(case, "desk", Role.PLANNER, required, case.dates)
