"""Selectors of people, shifts and dates that several rules use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.options import RESTS, Option, Wanted
from scheduler.domain.shifts import Role, Shift, ShiftKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import CoverRule
    from scheduler.domain.staff import StaffMember


def may_begin(problem: Problem, member: StaffMember, date: dt.date) -> bool:
    """Tell whether a contract allows any shift to begin on the date."""
    holiday = date in problem.period.holiday_names
    return date.weekday() in member.contract.weekdays and (
        member.contract.public_holidays or not holiday
    )


def one_of(shifts: Collection[Shift]) -> Wanted:
    """Return a predicate that is true for ``shifts``, whatever the roles."""
    return lambda shift, _: shift in shifts


def of_kind(kind: ShiftKind) -> Wanted:
    """Return a predicate that is true for shifts of a kind in the shift table."""
    return lambda shift, _: shift.kind is kind


is_early = of_kind(ShiftKind.EARLY)
"""Whether the shift table counts a shift as early."""

is_night = of_kind(ShiftKind.NIGHT)
"""Whether the shift table counts a shift as a night."""


def any_shift(shift: Shift, option: Option) -> bool:
    """Return true."""
    return True


def is_here(shift: Shift, option: Option) -> bool:
    """Tell whether a shift is worked in this office, not in another."""
    return not shift.elsewhere


def is_night_here(shift: Shift, option: Option) -> bool:
    """Tell whether a shift of this office counts as a night."""
    return is_here(shift, option) and is_night(shift, option)


def nights_of(model: RosterModel, problem: Problem, member: StaffMember) -> LinearSum:
    """Return the number of a person's night shifts that begin in the period."""
    return LinearSum.total(
        model.starts(member, date, is_night) for date in problem.period.dates
    )


def in_pool(member: StaffMember, role: Role, shift: Shift) -> bool:
    """Tell whether a person in the role counts to the care pool (A-15)."""
    return role.in_care_pool


def selected(
    cover: CoverRule, member: StaffMember, roles: tuple[Role, ...], shift: Shift
) -> bool:
    """Tell whether a cover rule counts a person on a shift with ``roles`` (K-02)."""
    return (
        shift.counts
        and (cover.role is None or cover.role in roles)
        and (cover.shift is None or cover.shift == shift.symbol)
        and (cover.group is None or cover.group in member.groups)
        and (
            cover.qualification is None or cover.qualification in member.qualifications
        )
    )


def whole_month(problem: Problem, member: StaffMember) -> bool:
    """Tell whether the person works shifts and is employed on every date."""
    dates = problem.period.dates
    return bool(member.shifts) and all(date in member.employed for date in dates)


def rests(model: RosterModel, member: StaffMember, date: dt.date) -> LinearSum:
    """Return one on a day off, leave or absence without a night on call.

    Otherwise zero, or minus one for a night on call on a date of work.
    """
    off = model.off(member, date, *RESTS)
    return off - model.on_call(member, date)


def needed_to_rest(
    model: RosterModel, member: StaffMember, date: dt.date
) -> tuple[LinearSum, LinearSum]:
    """Return two sums of at most one that are both one exactly if `rests` is one."""
    off = model.off(member, date, *RESTS)
    return off, LinearSum(1) - model.on_call(member, date)
