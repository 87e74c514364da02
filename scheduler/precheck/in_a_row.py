"""How many nights may hang together, by what is fixed for everybody (F-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.office import Hold
from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground


class Chain(NamedTuple):
    """Nights one or two dates apart: how many at most, and which count."""

    most: int | None
    """``None``: any number."""
    counts: Callable[[Shift], bool]


def chain_of(ground: Ground, member: StaffMember, shifts: Collection[Shift]) -> Chain:
    """Return what binds a person who passes nights with nothing but some shifts."""
    if any(not is_night(shift) for shift in shifts):
        return Chain(None, is_night)
    is_long = long_night(ground)
    if all(map(is_long, shifts)) and come_alone(ground, member):
        return Chain(1, is_long)
    if ground.agreed_somewhere("F-13", "nights_in_a_row", member.name):
        return Chain(None, is_night)
    return Chain(ground.problem.office.settings.nights_in_a_row_most, is_night)


def is_night(shift: Shift) -> bool:
    """Tell whether a shift counts as a night."""
    return shift.kind is ShiftKind.NIGHT


def long_night(ground: Ground) -> Callable[[Shift], bool]:
    """Return whether a shift is a night of 12 hours or more, breaks included."""
    least = ground.rulebook["F-13"].int("long_night")
    return lambda shift: is_night(shift) and shift.interval.minutes >= least


def come_alone(ground: Ground, member: StaffMember | None = None) -> bool:
    """Tell whether long nights must come one at a time: at all, and of a person."""
    is_asked = ground.problem.office.settings.long_nights_apart is Hold.MUST
    if member is None:
        return is_asked and any(map(long_night(ground), ground.problem.shifts))
    agreed = ground.agreed_somewhere("F-13", "long_apart_must", member.name)
    return is_asked and not agreed
