"""What could stand in one cell of the roster, and which of it rules exclude."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.requests import Want
from scheduler.domain.shifts import OffKind, Role, Shift

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.domain.agreements import Spot
    from scheduler.domain.base import ShiftId
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember
    from scheduler.rulebook import Rule, Rulebook


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
    return Option(*duty.entry)


RESTS = (OffKind.DAY_OFF, OffKind.PAID_LEAVE, OffKind.ABSENT)
"""Kinds of a date that somebody who is employed has for themselves."""

HOLIDAYS = (OffKind.DAY_OFF,)
"""Of these, the kinds that are a holiday by law where no work touches them (F-06)."""

Wanted = Callable[[Shift, Option], bool]
"""Whether a shift, with the roles done in it, is one that a rule asks about."""


def passes_midnight(shift: Shift, option: Option) -> bool:
    """Whether the shift reaches into the next date."""
    return shift.passes_midnight


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


def never(possible: Possible, rule: Rule, member: StaffMember, date: dt.date) -> bool:
    """Exclude no night on call."""
    return False


class Exclusion(NamedTuple):
    """Tests of one duty, or one night on call, that need no other cell."""

    shift: Callable[[Possible, Rule, StaffMember, dt.date, Option], bool]
    on_call: Callable[[Possible, Rule, StaffMember, dt.date], bool] = never


class Possible:
    """Which single duties and nights on call can be, by what rules exclude.

    Parameters
    ----------
    problem, rulebook
        The month, and the thresholds in force.
    exclusions
        What can never be, by rule.
    room
        How far a limit may be passed at a spot, agreed or at a price.
    """

    def __init__(
        self,
        problem: Problem,
        rulebook: Rulebook,
        exclusions: Sequence[tuple[str, Exclusion]],
        room: Callable[[Spot], int],
    ) -> None:
        self.problem = problem
        self._exclusions = [(rulebook[rule], tests) for rule, tests in exclusions]
        self._room = room

    def gives_way(self, spot: Spot) -> bool:
        """Whether an enforced limit may be passed at a spot, agreed or at a price."""
        return self._room(spot) > 0

    def barred_by(
        self, member: StaffMember, date: dt.date, option: Option
    ) -> str | None:
        """Return the first rule that excludes a duty, if any does."""
        if option.shift is None:
            return None
        for rule, excludes in self._exclusions:
            if excludes.shift(self, rule, member, date, option):
                return rule.id
        return None

    def call_barred_by(self, member: StaffMember, date: dt.date) -> str | None:
        """Return the first rule that excludes a night on call, if any does."""
        for rule, excludes in self._exclusions:
            if excludes.on_call(self, rule, member, date):
                return rule.id
        return None
