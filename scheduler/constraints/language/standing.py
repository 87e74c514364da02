"""The current roster, which the model must be able to represent as it is.

Edited by hand, it may contain what the rules forbid: a person on two duties at once,
breaks that no shift of the table has, a shift on a date outside employment.  Some of it
may be past, so the model counts it as it is, by clock time.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from scheduler.constraints.language.crew import Crew, crew_of
from scheduler.constraints.language.options import (
    Cell,
    Option,
    Wanted,
    any_shift,
    breaks_beside,
    hull,
    option_of,
    outside,
    passes_midnight,
)
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY, Interval, joined, total_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import BreakOption, Duty, OffKind
from scheduler.domain.staff import StaffMember

FAR = 2
"""Number of days between two dates whose duties can no longer overlap."""


class Occupied(NamedTuple):
    """A shift, or a night on call if ``crew`` is ``None``, in absolute minutes."""

    date: dt.date
    span: Interval
    crew: Crew | None


class Twice(NamedTuple):
    """Two duties of one person that overlap in time."""

    staff: StaffId
    parts: tuple[Occupied, Occupied]

    @property
    def date(self) -> dt.date:
        """The date of the later duty."""
        return max(part.date for part in self.parts)

    @property
    def night(self) -> dt.date | None:
        """The date of the night on call, if one of the two is one."""
        return next((part.date for part in self.parts if part.crew is None), None)

    @property
    def shared(self) -> Interval:
        """The overlap of the two, in absolute minutes."""
        one, other = self.parts
        return one.span.intersection(other.span)


class StandingCells:
    """The cells of the current roster, and of the tail before it."""

    def __init__(self, problem: Problem, roster: Roster | None = None) -> None:
        self._problem = problem
        self._roster = roster or Roster(duties=())

    def duty(self, cell: Cell) -> Duty | None:
        """Return the current duty in a cell of the period."""
        return self._roster.by_cell.get(cell)

    def known(self, cell: Cell) -> Duty | None:
        """Return the current duty in a cell of the period or the tail."""
        return self.duty(cell) or self._problem.history.by_cell.get(cell)

    def is_called(self, cell: Cell) -> bool:
        """Return whether the person of a cell is on call in the night of its date."""
        name, date = cell
        return self._roster.on_call_by_date.get(date) == name

    def own_breaks(self, cell: Cell) -> BreakOption | None:
        """Return the breaks of a cell if they cannot be exchanged within its crew.

        That is so if the shift table does not have them, or if the person has another
        duty at the same time, so that it matters whose breaks they are.
        """
        duty = self.duty(cell)
        if duty is None or duty.shift is None:
            return None
        shift = self._problem.shift_by_symbol[duty.shift]
        offered = breaks_beside(self._problem, shift, duty.events)
        is_own = duty.breaks not in offered or cell in self._cells_twice
        return duty.breaks if is_own else None

    def minutes(self, cell: Cell, option: Option) -> int:
        """Return the work minutes of a cell with a shift, events outside it included.

        The current duty counts its own breaks, any other those of the shift table.
        """
        assert option.shift is not None
        shift = self._problem.shift_by_symbol[option.shift]
        minutes = outside(self._problem, shift, option.events)
        stands = self.known(cell)
        if stands is None or option_of(stands) != option:
            return minutes + shift.work_minutes
        span = shift.interval
        pauses = joined(pause.intersection(span) for pause in stands.breaks)
        return minutes + span.minutes - total_minutes(pauses)

    @cached_property
    def times(self) -> dict[dt.date, set[int]]:
        """Clock minutes at which breaks begin or end, by the date of their duty."""
        times: dict[dt.date, set[int]] = defaultdict(set)
        for duty in (*self._problem.history.duties, *self._roster.duties):
            times[duty.date].update(edge for pause in duty.breaks for edge in pause)
        return times

    @cached_property
    def twice(self) -> tuple[Twice, ...]:
        """All pairs of overlapping duties of which the later is in the period."""
        return tuple(
            Twice(member.name, pair)
            for member in self._problem.staff
            for pair in combinations(self._by_person.get(member.name, ()), 2)
            if self._is_twice(*pair)
        )

    @cached_property
    def _cells_twice(self) -> set[Cell]:
        return {(one.staff, part.date) for one in self.twice for part in one.parts}

    def _is_twice(self, one: Occupied, other: Occupied) -> bool:
        """Return whether two duties overlap, unless both are past or both on call."""
        if abs((one.date - other.date).days) >= FAR:
            return False
        are_nights = one.crew is None and other.crew is None
        is_past = max(one.date, other.date) < self._problem.period.first
        return not are_nights and not is_past and one.span.overlaps(other.span)

    @cached_property
    def _by_person(self) -> dict[StaffId, tuple[Occupied, ...]]:
        """Every shift and night on call by person, those of the tail included."""
        history, period = self._problem.history, self._problem.period
        parts: dict[StaffId, list[Occupied]] = defaultdict(list)
        for duty in (*history.duties, *self._roster.duties):
            if duty.shift is not None:
                crew = crew_of(self._problem, duty)
                whole = hull(self._problem, crew.shift, duty.events)
                span = whole.shifted(period.offset(duty.date))
                parts[duty.staff].append(Occupied(duty.date, span, crew))
        for night in (*history.on_call, *self._roster.on_call):
            span = self._problem.office.on_call_band.shifted(period.offset(night.date))
            parts[night.staff].append(Occupied(night.date, span, None))
        return {name: tuple(own) for name, own in parts.items()}


class Tail:
    """The counterpart of `RosterModel` for dates of the tail: numbers, not sums."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._duties = problem.history.by_cell
        self._on_call = {(c.staff, c.date) for c in problem.history.on_call}
        self._standby_is_work = problem.office.settings.standby.is_work

    def starts(self, member: StaffMember, date: dt.date, wanted: Wanted) -> bool:
        """Return whether the person began a wanted shift on the date."""
        duty = self._duties.get((member.name, date))
        shift = self._problem.shift_of(duty)
        if duty is None or shift is None:
            return False
        return wanted(shift, option_of(duty))

    def off(
        self, member: StaffMember, date: dt.date, kinds: Collection[OffKind]
    ) -> bool:
        """Return whether the date was one of ``kinds`` for the person."""
        duty = self._duties.get((member.name, date))
        return duty is not None and duty.off in kinds

    def on_call(self, member: StaffMember, date: dt.date) -> bool:
        """Return whether the person was on call in the night that began on the date."""
        return (member.name, date) in self._on_call

    def touches(self, member: StaffMember, date: dt.date) -> bool:
        """Return whether work that began in the tail touches a calendar date.

        The date may be the first of the period, into which a night reaches.
        """
        before = date - ONE_DAY
        called = self.on_call(member, date) or self.on_call(member, before)
        return (
            self.starts(member, date, any_shift)
            or self.starts(member, before, passes_midnight)
            or (self._standby_is_work and called)
        )

    @cached_property
    def crews(self) -> dict[dt.date, list[Crew]]:
        """The shifts begun, by date, each with a crew of one."""
        crews: dict[dt.date, list[Crew]] = defaultdict(list)
        for duty in self._problem.history.duties:
            if duty.shift is not None:
                crews[duty.date].append(crew_of(self._problem, duty))
        return crews
