"""Options: the values that a cell of the roster can take, and those excluded.

Whoever comes to an event works, and is off the floor.  A part of it outside the shift
makes the day longer; breaks that would fall into it are no choice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from scheduler.domain.agreements import Spot
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.clock import Interval, joined, total_minutes, without
from scheduler.domain.events import CalendarEvent, Circle
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Want
from scheduler.domain.shifts import ENTERED, BreakOption, Duty, OffKind, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule, rules_of

Cell = tuple[StaffId, dt.date]
"""A cell of the roster: a person and a date."""


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


def any_shift(shift: Shift, option: Option) -> bool:
    """Return True: every shift is meant."""
    return True


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


def never(cells: CellFilter, rule: Rule, member: StaffMember, date: dt.date) -> bool:
    """Return False: no night on call is excluded."""
    return False


class Start(NamedTuple):
    """A shift that a person could begin on a date, as one of the options there."""

    member: StaffMember
    date: dt.date
    shift: Shift
    option: Option


class Exclusion(NamedTuple):
    """Tests by which a rule excludes a duty or a night on call, from one cell alone."""

    shift: Callable[[CellFilter, Rule, Start], bool]
    on_call: Callable[[CellFilter, Rule, StaffMember, dt.date], bool] = never


class CellFilter:
    """Tests of the rules that see one cell alone: what they exclude gets no variable.

    Parameters
    ----------
    allowance
        Returns how far a limit may be exceeded at a spot, by agreement or at a price.
    """

    def __init__(
        self,
        problem: Problem,
        exclusions: Sequence[tuple[str, Exclusion]],
        allowance: Callable[[Spot], int],
    ) -> None:
        self.problem, rules = problem, rules_of(problem)
        self._exclusions = [(rules[rule], tests) for rule, tests in exclusions]
        self._allowance = allowance
        self.known: dict[tuple[str, ShiftId, tuple[str, ...]], bool] = {}
        """By rule, shift and events, answers alike for every person and date."""

    def may_exceed(self, spot: Spot) -> bool:
        """Return whether an enforced limit may be exceeded at a spot."""
        return self._allowance(spot) > 0

    def excluded_by(
        self, member: StaffMember, date: dt.date, option: Option
    ) -> str | None:
        """Return the id of the first rule that excludes a duty, or None."""
        if option.shift is None:
            return None
        shift = self.problem.shift_by_symbol[option.shift]
        start = Start(member, date, shift, option)
        for rule, excludes in self._exclusions:
            if excludes.shift(self, rule, start):
                return rule.id
        return None

    def on_call_excluded_by(self, member: StaffMember, date: dt.date) -> str | None:
        """Return the id of the first rule that excludes a night on call, or None."""
        for rule, excludes in self._exclusions:
            if excludes.on_call(self, rule, member, date):
                return rule.id
        return None


# -- events that somebody on a shift comes to ------------------------------------------


def spans_of(problem: Problem, events: Iterable[str]) -> tuple[Interval, ...]:
    """Return the clock times of events by name, in order, overlaps joined."""
    known = (problem.event_by_name.get(name) for name in events)
    return tuple(joined(one.span for one in known if one and one.span))


def hull(problem: Problem, shift: Shift, events: Iterable[str]) -> Interval:
    """Return the clock minutes from the first work to the last, gaps included."""
    spans = (shift.interval, *spans_of(problem, events))
    return Interval(min(s.start for s in spans), max(s.end for s in spans))


def on_floor(
    shift: Shift, roles: Iterable[Role], away: Sequence[Interval]
) -> Iterator[tuple[Interval, Role]]:
    """Yield the pieces of a shift, each with its role, that are not spent ``away``."""
    for segment, role in zip(shift.segments, roles, strict=False):
        for piece in without(segment, away):
            yield piece, role


def outside(problem: Problem, shift: Shift, events: Iterable[str]) -> int:
    """Return the minutes of events that lie outside the shift."""
    return sum(
        span.minutes - span.intersection(shift.interval).minutes
        for span in spans_of(problem, events)
    )


def gap(problem: Problem, shift: Shift, events: Iterable[str]) -> int:
    """Return the free minutes between the shift and events outside it."""
    worked = joined((shift.interval, *spans_of(problem, events)))
    return hull(problem, shift, events).minutes - total_minutes(worked)


def breaks_beside(
    problem: Problem, shift: Shift, events: Iterable[str]
) -> tuple[BreakOption, ...]:
    """Return the break options of a shift that leave the events alone."""
    spans = spans_of(problem, events)
    return tuple(
        option
        for option in shift.break_options
        if not any(pause.overlaps(span) for pause in option for span in spans)
    )


def is_asked(event: CalendarEvent, member: StaffMember) -> bool:
    """Tell whether an event asks a person to come."""
    match event.circle:
        case Circle.EVERYBODY:
            return True
        case Circle.FULL_TIMERS if member.contract.full_time:
            return True
    return member.name in event.people or event.group in member.groups


def attendances(
    problem: Problem, member: StaffMember, date: dt.date, shift: Shift
) -> Iterator[tuple[str, ...]]:
    """Yield the sets of events that a person could come to beside a shift.

    The empty one is not among them.
    """
    asked = [
        event
        for event in problem.events
        if event.is_held_on(date)
        and is_asked(event, member)
        and _can_come(event, member, shift)
    ]
    for size in range(1, len(asked) + 1):
        for some in combinations(asked, size):
            spans = [event.span for event in some if event.span]
            apart = all(not a.overlaps(b) for a, b in combinations(spans, 2))
            names = tuple(event.name for event in some)
            if apart and breaks_beside(problem, shift, names):
                yield names


def _can_come(event: CalendarEvent, member: StaffMember, shift: Shift) -> bool:
    """Tell whether somebody on a shift could come to an event.

    Not from half a day of leave, not from other work away from the floor, and not
    before a night that begins later, unless they are asked on days off as well.
    """
    if event.span is None:
        return False
    if shift.half_leave:
        return shift.interval.covers(event.span)
    if shift.interval.overlaps(event.span):
        return shift.counts
    asked = event.days_off or member.name in event.people
    return asked or not shift.is_night
