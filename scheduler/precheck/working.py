"""A shift that one person could begin, and what of it could be done in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.able import Stint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scheduler.domain.clock import Interval
    from scheduler.domain.shifts import Role, Shift
    from scheduler.domain.staff import StaffMember


class Working(NamedTuple):
    """A shift that a person could begin, or has begun in last month's tail."""

    shift: Shift
    roles: tuple[tuple[Role, ...], ...]
    """Roles to choose from, segment by segment; none where they do not count."""
    breaks: tuple[tuple[Interval, ...], ...]
    """Breaks to choose from."""

    def roles_at(self, minute: int) -> tuple[Role, ...]:
        """Return the roles to choose from at a clock minute of its date."""
        for segment, roles in zip(self.shift.segments, self.roles, strict=True):
            if segment.start <= minute < segment.end:
                return roles
        return ()

    def at_work(self, minute: int) -> bool:
        """Tell whether a break can be chosen that leaves the person at work."""
        return any(
            all(not pause.start <= minute < pause.end for pause in option)
            for option in self.breaks
        )

    def stint(self, counts: Callable[[Role], bool]) -> Stint:
        """Return what of it can be done in roles that count."""
        pieces = tuple(
            segment
            for segment, roles in zip(self.shift.segments, self.roles, strict=True)
            if any(counts(role) for role in roles)
        )
        return Stint(self.shift.interval, pieces, self.breaks)


def own_roles(member: StaffMember, shift: Shift) -> tuple[Role, ...]:
    """Return the roles in which a person may do a shift."""
    return tuple(one for one in member.roles if not shift.roles or one in shift.roles)


def may_do(member: StaffMember, shift: Shift, roles: Sequence[Role]) -> bool:
    """Tell whether a person may do a shift in these roles, one for each segment."""
    own = own_roles(member, shift)
    return len(roles) == len(shift.segments) and set(roles) <= set(own)
