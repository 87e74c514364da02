"""Options: the values that a cell of the roster can take, and those excluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from scheduler.constraints.language.attendance import attendances
from scheduler.domain.agreements import Spot
from scheduler.domain.base import ShiftId
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Want
from scheduler.domain.shifts import ENTERED, Duty, OffKind, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule, Rulebook


class Option(NamedTuple):
    """A shift with a role for each segment and the events come to, or a day off."""

    shift: ShiftId | None
    roles: tuple[Role, ...]
    off: OffKind | None
    events: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.off is not None:
            return str(self.off)
        return "+".join((f"{self.shift}:{'+'.join(self.roles)}", *self.events))


def option_of(duty: Duty) -> Option:
    """Return the option of a duty, ignoring its breaks."""
    return Option(*duty.entry, duty.events)


HOLIDAYS = (OffKind.DAY_OFF, OffKind.LONG_LEAVE)
"""Those of `RESTS` that are statutory holidays if no work touches the date (F-06)."""

Wanted = Callable[[Shift, Option], bool]
"""Returns whether a rule asks about a shift worked with the roles of an option."""


def passes_midnight(shift: Shift, option: Option) -> bool:
    """Return whether the shift reaches into the next date."""
    return shift.passes_midnight


def options_of(
    problem: Problem, member: StaffMember, date: dt.date
) -> Iterator[Option]:
    """Yield the options of a person on a date, in a fixed order.

    Paid leave and shifts that are only on request (those with half a day of leave, or
    that count for no cover) are options only where requested or pinned.  Absence and
    leave other than paid leave are options only where pinned, for nobody plans them.
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
    if pin is not None and pin.off in ENTERED:
        yield Option(None, (), pin.off)
    for shift in problem.all_shifts:
        asked = any(
            request.want is Want.SHIFT and shift.symbol in request.shifts
            for request in requests
        )
        pinned = pin is not None and pin.shift == shift.symbol
        if shift.on_request and not asked and not pinned:
            continue
        together = ((), *attendances(problem, member, date, shift))
        for roles in _patterns(member, shift, pin if pinned else None):
            for events in together:
                yield Option(shift.symbol, roles, None, events)


def _patterns(
    member: StaffMember, shift: Shift, pin: Duty | None
) -> Iterable[tuple[Role, ...]]:
    """Return the role patterns of a shift; just one if it counts for no cover."""
    if shift.counts:
        return product(member.roles, repeat=len(shift.segments))
    if pin is not None and pin.roles:
        return (pin.roles,)
    able = [role for role in member.roles if role in (shift.roles or member.roles)]
    plain = next((role for role in able if role.in_care_pool), None)
    return ((plain or next(iter(able), member.roles[0]),) * len(shift.segments),)


def never(possible: Possible, rule: Rule, member: StaffMember, date: dt.date) -> bool:
    """Return False: no night on call is excluded."""
    return False


class Exclusion(NamedTuple):
    """Tests by which a rule excludes a duty or a night on call, from one cell alone."""

    shift: Callable[[Possible, Rule, StaffMember, dt.date, Option], bool]
    on_call: Callable[[Possible, Rule, StaffMember, dt.date], bool] = never


class Possible:
    """Tests whether the rules exclude a single duty or night on call.

    Excluded decisions get no variable.

    Parameters
    ----------
    problem, rulebook
        The month, and the rules in force.
    exclusions
        Rule ids with their tests.
    room
        Returns how far a limit may be exceeded at a spot, by agreement or at a price.
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
        self.known: dict[tuple[object, ...], bool] = {}
        """Answers of tests that are the same for every person and date."""

    def gives_way(self, spot: Spot) -> bool:
        """Return whether an enforced limit may be exceeded at a spot."""
        return self._room(spot) > 0

    def barred_by(
        self, member: StaffMember, date: dt.date, option: Option
    ) -> str | None:
        """Return the id of the first rule that excludes a duty, or None."""
        if option.shift is None:
            return None
        for rule, excludes in self._exclusions:
            if excludes.shift(self, rule, member, date, option):
                return rule.id
        return None

    def call_barred_by(self, member: StaffMember, date: dt.date) -> str | None:
        """Return the id of the first rule that excludes a night on call, or None."""
        for rule, excludes in self._exclusions:
            if excludes.on_call(self, rule, member, date):
                return rule.id
        return None
