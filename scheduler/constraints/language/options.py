"""What could stand in one cell of the roster, before any rule has spoken."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.requests import Want
from scheduler.domain.shifts import OffKind, Role, Shift

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from scheduler.domain.base import ShiftId
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember


class Option(NamedTuple):
    """A shift with a role for each segment, or a kind of day off."""

    shift: ShiftId | None
    roles: tuple[Role, ...]
    off: OffKind | None

    def __str__(self) -> str:
        if self.off is not None:
            return str(self.off)
        return f"{self.shift}:{'+'.join(self.roles)}"


def option_of(duty: Duty) -> Option:
    """Return the option that a duty is, breaks aside."""
    return Option(duty.shift, duty.roles, duty.off)


RESTS = (OffKind.DAY_OFF, OffKind.PAID_LEAVE, OffKind.ABSENT)
"""Kinds of a date that somebody who is employed has for themselves."""

HOLIDAYS = (OffKind.DAY_OFF,)
"""Of these, the kinds that are a holiday by law where no work touches them (F-06)."""

Wanted = Callable[[Shift, Option], bool]
"""Whether a shift, with the roles done in it, is one that a rule asks about."""


def options_of(
    problem: Problem, member: StaffMember, date: dt.date
) -> Iterator[Option]:
    """Yield all a person could do on a date, in a fixed order.

    Paid leave, and a shift that goes with half a day of it, is there only where it was
    asked for or pinned: it is the person's to take; so is a shift that counts for no
    cover, for nobody needs it.  Absence is there only where it was pinned: it happens,
    and nobody plans it.
    """
    if date not in member.employed:
        yield Option(None, (), OffKind.AWAY)
        return
    yield Option(None, (), OffKind.DAY_OFF)
    yield Option(None, (), OffKind.AFTER_NIGHT)
    requests = problem.requests_by_cell.get((member.name, date), ())
    pin = problem.pin_by_cell.get((member.name, date))
    asked = any(request.want is Want.PAID_LEAVE for request in requests)
    if asked or (pin is not None and pin.off is OffKind.PAID_LEAVE):
        yield Option(None, (), OffKind.PAID_LEAVE)
    if pin is not None and pin.off is OffKind.ABSENT:
        yield Option(None, (), OffKind.ABSENT)
    for shift in problem.shifts:
        asked = any(
            request.want is Want.SHIFT and shift.symbol in request.shifts
            for request in requests
        )
        pinned = pin is not None and pin.shift == shift.symbol
        if shift.on_request and not asked and not pinned:
            continue
        for roles in _patterns(member, shift, pin if pinned else None):
            yield Option(shift.symbol, roles, None)


def _patterns(
    member: StaffMember, shift: Shift, pin: Duty | None
) -> Iterable[tuple[Role, ...]]:
    """Return the roles to choose from; one where they do not matter."""
    if shift.counts:
        return product(member.roles, repeat=len(shift.segments))
    if pin is not None and pin.roles:
        return (pin.roles,)
    able = [role for role in member.roles if role in (shift.roles or member.roles)]
    plain = next((role for role in able if role.in_care_pool), None)
    return ((plain or next(iter(able), member.roles[0]),) * len(shift.segments),)
