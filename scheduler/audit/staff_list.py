"""People the law requires on the staff list (A-09 to A-13), and what people may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.shifts import Role
from scheduler.domain.staff import MANAGER_TRAINING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember


def is_full_time(member: StaffMember) -> bool:
    """Tell whether a person counts as full-time (常勤), legal short hours included.

    See B-05.
    """
    return member.contract.full_time or member.contract.short_time_30h


def full_timers(problem: Problem) -> list[StaffId]:
    """Return the full-timers who give care (A-09)."""
    return _employed(problem, lambda m: is_full_time(m) and m.gives_care)


def nurses(problem: Problem) -> list[StaffId]:
    """Return the licensed nurses who work as nurses or in care (A-10)."""
    return _employed(problem, lambda member: member.is_nurse and member.gives_care)


def planners(problem: Problem) -> list[StaffId]:
    """Return the care managers with licence and training (A-11)."""
    return _employed(problem, lambda member: member.is_care_manager)


def managers(problem: Problem) -> list[StaffId]:
    """Return the full-time managers with training (A-13)."""
    return _employed(
        problem,
        lambda m: (
            Role.MANAGER in m.roles
            and is_full_time(m)
            and MANAGER_TRAINING in m.qualifications
        ),
    )


def may_begin(problem: Problem, member: StaffMember, date: dt.date) -> bool:
    """Tell whether the contract allows work on the weekday or holiday (L-01)."""
    contract = member.contract
    return date.weekday() in contract.weekdays and (
        contract.public_holidays or date not in problem.period.holiday_names
    )


def may_do(member: StaffMember, role: Role) -> bool:
    """Tell whether a person's hours in a role count for its quota.

    Planning counts only with licence and training (A-11, G).
    """
    return role is not Role.PLANNER or member.is_care_manager


def _employed(problem: Problem, fits: Callable[[StaffMember], bool]) -> list[StaffId]:
    """Return the people who fit and are employed on some date of the period."""
    dates = problem.period.dates
    return [
        member.name
        for member in problem.staff
        if fits(member) and any(date in member.employed for date in dates)
    ]
