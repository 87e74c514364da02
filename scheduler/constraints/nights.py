"""Nights of one person, as several rules count them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift, ShiftKind
from scheduler.domain.staff import StaffMember
from scheduler.linear import LinearSum
from scheduler.options import Option

if TYPE_CHECKING:
    from scheduler.model import RosterModel


def is_night(shift: Shift, option: Option) -> bool:
    """Whether the shift table counts the shift as a night."""
    return shift.kind is ShiftKind.NIGHT


def nights_of(model: RosterModel, problem: Problem, member: StaffMember) -> LinearSum:
    """Return the night shifts that begin in the period."""
    return LinearSum.total(
        model.starts(member, date, is_night) for date in problem.period.dates
    )
