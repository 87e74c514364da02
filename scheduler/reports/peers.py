"""Whose share of a burden is compared with whose (M-01)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    from collections.abc import Hashable

    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember


class Burden(StrEnum):
    """What is to lie evenly."""

    NIGHT = "night"
    ON_CALL = "on_call"
    REST_DAY = "rest_day"
    """A shift that begins on a Saturday, a Sunday or a public holiday."""
    EARLY = "early"
    LATE = "late"


KINDS = {
    Burden.NIGHT: ShiftKind.NIGHT,
    Burden.EARLY: ShiftKind.EARLY,
    Burden.LATE: ShiftKind.LATE,
}
"""Burdens that are shifts of a kind."""


def peers_key(problem: Problem, member: StaffMember, burden: Burden) -> Hashable | None:
    """Return what peers of the person in a burden have in common.

    ``None`` for a person who cannot be given the burden at all.
    """
    if not _may_bear(problem, member, burden):
        return None
    contract = member.contract
    terms = contract.model_dump(
        include={"full_time", "short_time_30h", "days_per_week_max", "public_holidays"}
    )
    key = (
        *terms.values(),
        frozenset(contract.weekdays),
        member.no_night,
        member.no_flex,
        member.employed,
    )
    if burden is Burden.NIGHT:
        return (*key, contract.nights_min, contract.nights_max)
    if burden in KINDS:
        return (*key, frozenset(member.roles), frozenset(member.shifts))
    return key


def _may_bear(problem: Problem, member: StaffMember, burden: Burden) -> bool:
    if burden is Burden.ON_CALL:
        return member.on_call
    if burden is Burden.REST_DAY:
        return bool(member.shifts)
    shifts = problem.shift_by_symbol
    return any(shifts[symbol].kind is KINDS[burden] for symbol in member.shifts)
