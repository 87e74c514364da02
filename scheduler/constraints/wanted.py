"""Which shifts a rule asks about, as predicates for `RosterModel.starts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from scheduler.constraints.language.options import Option, Wanted
    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember


def one_of(shifts: Collection[Shift]) -> Wanted:
    """Return whether a shift is one of ``shifts``."""
    return lambda shift, _: shift in shifts


def passes_midnight(shift: Shift, option: Option) -> bool:
    """Whether the shift reaches into the next date."""
    return shift.passes_midnight


def of_kind(kind: ShiftKind) -> Wanted:
    """Return whether the shift table counts a shift as of a kind."""
    return lambda shift, _: shift.kind is kind


is_early = of_kind(ShiftKind.EARLY)
"""Whether the shift table counts a shift as early."""

is_night = of_kind(ShiftKind.NIGHT)
"""Whether the shift table counts a shift as a night."""


def nights_of(model: RosterModel, problem: Problem, member: StaffMember) -> LinearSum:
    """Return the night shifts that begin in the period."""
    return LinearSum.total(
        model.starts(member, date, is_night) for date in problem.period.dates
    )
