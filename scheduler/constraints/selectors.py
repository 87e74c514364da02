"""Whom a rule counts, as predicates for `RosterModel.at_work`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.domain.requests import CoverRule
    from scheduler.domain.shifts import Role, Shift
    from scheduler.domain.staff import StaffMember


def in_pool(member: StaffMember, role: Role, shift: Shift) -> bool:
    """Whether the role makes the person count to the care pool (A-15)."""
    return role.in_care_pool


def selected(
    cover: CoverRule, member: StaffMember, roles: tuple[Role, ...], shift: Shift
) -> bool:
    """Whether a cover rule counts a person who does one of ``roles`` (K-02)."""
    return (
        shift.counts
        and (cover.role is None or cover.role in roles)
        and (cover.shift is None or cover.shift == shift.symbol)
        and (cover.group is None or cover.group in member.groups)
        and (
            cover.qualification is None or cover.qualification in member.qualifications
        )
    )
