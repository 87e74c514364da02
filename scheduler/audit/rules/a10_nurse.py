"""A-10: a nurse on the staff list, who works as one in the period.

Breach: one nurse shift is asked for, the nurse (A) works none::

    A 休休休
    B 日日日

Correct::

    A 休日休
    B 日日日
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.staff_list import is_nurse, nurses
from scheduler.domain.shifts import Role


def check(case: RuleCase) -> Findings:
    """Find too few nurses on the staff list, or nurse shifts in the period."""
    least, listed = case.rule.int("nurses_min"), nurses(case.problem)
    yield from case.below("on_list", least, len(listed), there=listed)
    required = case.problem.office.nurse_shifts
    worked = [
        member.name
        for member in case.staff
        if is_nurse(case.problem, member)
        for stint in case.timeline.stints_of_period(member.name)
        if any(role is Role.NURSE for _, role in stint.present)
    ]
    there = dict.fromkeys(worked)
    yield from case.below("shifts", required, len(worked), there=there)
