"""A-10: a nurse on the staff list, who works as one in the period.

Breach: one nurse shift is asked for, the nurse (A) works none::

    A 休休休
    B 日日日

Correct::

    A 休日休
    B 日日日
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.staff_list import is_nurse, nurses
from scheduler.audit.stints import Stint
from scheduler.audit.timeline import Timeline
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role


def check(case: RuleCase) -> Findings:
    """Find too few nurses on the staff list, or nurse shifts in the period."""
    least, listed = case.rule.int("nurses_min"), nurses(case.problem)
    yield from case.on_list(least, listed)
    required = case.problem.office.nurse_shifts
    worked = nurse_shifts(case.timeline, case.problem, case.dates)
    there = dict.fromkeys(stint.person for stint in worked)
    yield from case.below("shifts", required, len(worked), there=there)


def nurse_shifts(
    timeline: Timeline, problem: Problem, dates: Container[dt.date]
) -> list[Stint]:
    """Return the shifts of nurses on some dates with a part of it in that role."""
    return [
        stint
        for member in problem.staff
        if is_nurse(problem, member)
        for stint in timeline.stints_of_period(member.name)
        if stint.date in dates and any(role is Role.NURSE for _, role in stint.present)
    ]
