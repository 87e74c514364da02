"""A-13: a trained full-time manager, and hours for the management.

Breach: 16 hours are asked for, the manager (A) manages one day of 8::

    A 日休
    B 日日

Correct::

    A 日日
    B 日日
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase, desk_hours
from scheduler.audit.staff_list import managers
from scheduler.domain.shifts import Role


def check(case: RuleCase) -> Findings:
    """Find too few managers on the list or hours at the desk, and too many nights."""
    least, listed = case.rule.int("managers_min"), managers(case.problem)
    yield from case.on_list(least, listed)
    required = case.problem.office.manager_desk
    yield from desk_hours(case, "desk", Role.MANAGER, required, case.dates)
    yield from _nights(case)


def _nights(case: RuleCase) -> Findings:
    """Find managers whose share of nights reaches the office's percentage."""
    percent = case.settings.manager_nights_percent
    for member in case.staff:
        if percent is None or Role.MANAGER not in member.roles:
            continue
        stints = list(case.timeline.stints_of_period(member.name))
        nights = sum(stint.shift.is_night for stint in stints)
        # Most nights with nights / shifts below the percentage: ceil(...) - 1.
        most = max(0, -(-percent * len(stints) // 100) - 1)
        yield from case.above("nights", most, nights, member.name)
