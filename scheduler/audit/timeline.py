"""Convert the cells of one roster to intervals in absolute minutes.

Every check and every figure starts here.  A duty becomes a `Stint`, last month's tail
included; a night on call becomes an `OnCallNight`.  Cells with an unknown person,
symbol or date count for nobody here; A-18 and L-01 report them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, starmap
from typing import NamedTuple

from scheduler.audit.breaks import break_on_call
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, LATEST, Interval, total_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, OffKind, OnCall, Role, Shift, ShiftKind
from scheduler.rulebook import Rulebook, rules_of

Task = tuple[Interval, "Role | None"]
"""An absolute interval and the role in it; ``None`` if no role counts there."""


class Stretch(NamedTuple):
    """An interval of absolute minutes in which one person has one role or a break."""

    staff: StaffId
    role: Role | None
    """``None`` if the duty names no role, or the shift does not count for cover."""
    interval: Interval
    on_break: bool
    counts: bool = True
    """Whether the shift counts for cover."""

    @property
    def in_pool(self) -> bool:
        """Whether the person is at work in the care pool: care or nurse, no break."""
        return self.present_in_pool and not self.on_break

    @property
    def present_in_pool(self) -> bool:
        """Whether the person is in the house in a role of the care pool."""
        return self.role is not None and self.role.in_care_pool


@dataclass(frozen=True)
class Stint:
    """One shift of one person, as worked."""

    person: StaffId
    date: dt.date
    shift: Shift
    duty: Duty
    offset: int
    """Absolute minute at which ``date`` begins."""
    events: tuple[Interval, ...] = ()
    """The events that the person comes to, disjoint, in order; absolute minutes."""

    @cached_property
    def span(self) -> Interval:
        """From start to end, breaks included: as worked, or else those of the shift."""
        return (self.duty.worked or self.shift.interval).shifted(self.offset)

    @cached_property
    def whole(self) -> Interval:
        """From the first work of the date to the last, events outside it included."""
        spans = (self.span, *self.events)
        return Interval(min(s.start for s in spans), max(s.end for s in spans))

    @property
    def is_night_here(self) -> bool:
        """Whether it is a night of this office, not of another."""
        return self.shift.kind is ShiftKind.NIGHT and not self.shift.elsewhere

    @cached_property
    def free(self) -> int:
        """Minutes between the shift and events outside it."""
        worked = total_minutes(merged((self.span, *self.events)))
        return self.whole.minutes - worked

    @cached_property
    def breaks(self) -> tuple[Interval, ...]:
        """The parts of the breaks inside the shift, in order, overlaps merged."""
        moved = (taken.shifted(self.offset) for taken in self.duty.breaks)
        return merged(taken.intersection(self.span) for taken in moved)

    @cached_property
    def assigned(self) -> tuple[Task, ...]:
        """The segments with the roles they were given, breaks and events included.

        All roles are ``None`` in a shift that does not count for cover.
        """
        named = self.duty.roles if self.shift.counts else ()
        # A cell edited by hand may name fewer roles than the shift has segments.
        roles = (*named, *(None for _ in self.shift.segments))
        return tuple(
            (segment.shifted(self.offset), role)
            for segment, role in zip(self._segments, roles, strict=False)
            if segment.minutes
        )

    @cached_property
    def present(self) -> tuple[Task, ...]:
        """The segments with their roles, breaks included, and the events in them.

        All roles are ``None`` in a shift that does not count for cover, and in events.
        """
        return tuple((piece, role) for piece, role, _ in self._pieces)

    @cached_property
    def _pieces(self) -> tuple[tuple[Interval, Role | None, bool], ...]:
        """The segments cut at events, with roles, and whether they count for cover."""
        counts = self.shift.counts
        return tuple(
            (piece, None, False) if away else (piece, role, counts)
            for segment, role in self.assigned
            for piece, away in _cut(segment, self.events)
        )

    @property
    def _segments(self) -> tuple[Interval, ...]:
        """The shift's segments; the first and the last reach as far as was worked."""
        worked = self.duty.worked
        if worked is None:
            return self.shift.segments
        cuts = (min(max(cut, worked.start), worked.end) for cut in self.shift.cuts)
        return tuple(starmap(Interval, pairwise((worked.start, *cuts, worked.end))))

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The segments divided into work, events and breaks, in order.

        Events outside the shift stand before and after it.
        """
        before = Interval(self.whole.start, self.span.start)
        after = Interval(self.span.end, self.whole.end)
        early, late = (
            [
                Stretch(self.person, None, part, on_break=False, counts=False)
                for event in self.events
                if (part := event.intersection(side)).minutes
            ]
            for side in (before, after)
        )
        inside = (
            Stretch(self.person, role, piece, on_break, counts)
            for segment, role, counts in self._pieces
            for piece, on_break in _cut(segment, self.breaks)
        )
        return (*early, *inside, *late)

    @cached_property
    def at_work(self) -> tuple[Task, ...]:
        """The segments without the breaks, and events outside the shift."""
        return tuple(
            (piece.interval, piece.role)
            for piece in self.stretches
            if not piece.on_break
        )

    @cached_property
    def minutes(self) -> int:
        """Minutes of work: shift and events, without the breaks."""
        worked = self.whole.minutes - self.free
        return worked - total_minutes(self.breaks)

    def minutes_as(self, role: Role) -> int:
        """Minutes of work in one role."""
        return total_minutes(piece for piece, own in self.at_work if own is role)


@dataclass(frozen=True)
class OnCallNight:
    """One night on call of one person: the whole night band."""

    person: StaffId
    date: dt.date
    span: Interval
    rest: int
    """Minutes of break in it, at no set time; used only if the night is work."""

    @property
    def whole(self) -> Interval:
        """The same as ``span``."""
        return self.span

    @property
    def minutes(self) -> int:
        """Minutes of work, if the office counts the night as work."""
        return self.span.minutes - self.rest


class Timeline:
    """The tail and one roster, as intervals of absolute minutes.

    Parameters
    ----------
    problem
        The input the roster was built from.
    roster
        Any roster for it, also an inconsistent one edited by hand.
    rulebook
        The rules in force, for checks that need a number of another rule; loaded for
        the period if not given.
    """

    def __init__(
        self, problem: Problem, roster: Roster, rulebook: Rulebook | None = None
    ) -> None:
        self.roster = roster
        self.rulebook = rulebook or rules_of(problem)
        self._problem = problem
        tail = (duty for duty in problem.history.duties if self._is_past(duty))
        inside = (duty for duty in roster.duties if duty.date in problem.period)
        self._duties = {(duty.staff, duty.date): duty for duty in (*tail, *inside)}
        past = (night for night in problem.history.on_call if self._is_past(night))
        ahead = (night for night in roster.on_call if night.date in problem.period)
        self._on_call = {night.date: night.staff for night in (*past, *ahead)}

    def _is_past(self, cell: Duty | OnCall) -> bool:
        return cell.date < self._problem.period.first

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The duties of people on the list, tail first, in the roster's order."""
        members = self._problem.member_by_name
        return tuple(duty for duty in self._duties.values() if duty.staff in members)

    def duty(self, person: StaffId, date: dt.date) -> Duty | None:
        """Return what a person does on a date of the period or the tail."""
        return self._duties.get((person, date))

    def shift(self, person: StaffId, date: dt.date) -> Shift | None:
        """Return the shift a person begins on a date, if the shift table has it."""
        duty = self.duty(person, date)
        begun = duty.shift if duty else None
        return self._problem.shift_by_symbol.get(begun) if begun is not None else None

    def off(self, person: StaffId, date: dt.date) -> OffKind | None:
        """Return the kind of day off; ``None`` for a date with a shift or no duty."""
        duty = self.duty(person, date)
        return duty.off if duty is not None and duty.shift is None else None

    def on_call(self, date: dt.date) -> StaffId | None:
        """Return the staff member on call in the night that begins on a date."""
        name = self._on_call.get(date)
        return name if name in self._problem.member_by_name else None

    @property
    def nights(self) -> dict[dt.date, StaffId]:
        """The staff member on call by date, in the tail and the period."""
        return {
            date: name for date, name in self._on_call.items() if self.on_call(date)
        }

    @cached_property
    def stints(self) -> dict[StaffId, tuple[Stint, ...]]:
        """The shifts of every person on the list, tail first, by start."""
        found: dict[StaffId, list[Stint]] = {m.name: [] for m in self._problem.staff}
        for stint in self.begun:
            found[stint.person].append(stint)
        return {person: tuple(sorted(own, key=_start)) for person, own in found.items()}

    @cached_property
    def begun(self) -> tuple[Stint, ...]:
        """The shifts of everybody on the list, tail first, in the roster's order."""
        offset = self._problem.period.offset
        return tuple(
            Stint(
                duty.staff,
                duty.date,
                shift,
                duty,
                offset(duty.date),
                self._events(duty, offset(duty.date)),
            )
            for duty in self.duties
            if (shift := self.shift(duty.staff, duty.date)) is not None
        )

    def _events(self, duty: Duty, offset: int) -> tuple[Interval, ...]:
        """Return the events that a duty names, in absolute minutes."""
        known = self._problem.event_by_name
        spans = (known[name].span for name in duty.events if name in known)
        return merged(span.shifted(offset) for span in spans if span)

    def begun_between(self, first: dt.date, last: dt.date) -> list[Stint]:
        """Return the shifts that begin on the dates ``first`` to ``last``."""
        return [stint for stint in self.begun if first <= stint.date <= last]

    @cached_property
    def standbys(self) -> dict[StaffId, tuple[OnCallNight, ...]]:
        """The nights on call of every person on the list, tail first, by start."""
        band = self._problem.office.night_band
        rest = break_on_call(self._problem)
        found: dict[StaffId, list[OnCallNight]] = {
            m.name: [] for m in self._problem.staff
        }
        for date, person in sorted(self._on_call.items()):
            if person in found:
                span = band.shifted(self._problem.period.offset(date))
                found[person].append(OnCallNight(person, date, span, rest))
        return {person: tuple(own) for person, own in found.items()}

    def stints_of_period(self, person: StaffId) -> Iterator[Stint]:
        """Yield the shifts of a person that begin in the period."""
        first = self._problem.period.first
        return (stint for stint in self.stints[person] if stint.date >= first)

    def standbys_of_period(self, person: StaffId) -> Iterator[OnCallNight]:
        """Yield the nights on call of a person that begin in the period."""
        first = self._problem.period.first
        return (night for night in self.standbys[person] if night.date >= first)

    def around(self, window: Interval) -> Iterator[Stint]:
        """Yield all people's shifts that may share a minute with ``window``."""
        # No shift ends later than LATEST minutes after 0:00 of its first date.
        first = (window.start - LATEST) // DAY + 1
        for day in range(first, -(-window.end // DAY)):
            yield from self._stints_by_day.get(day, ())

    @cached_property
    def _stints_by_day(self) -> dict[int, list[Stint]]:
        days: dict[int, list[Stint]] = defaultdict(list)
        for own in self.stints.values():
            for stint in own:
                days[stint.offset // DAY].append(stint)
        return days

    def work(self, person: StaffId) -> list[Interval]:
        """Return a person's work intervals, sorted by start.

        They are shifts, with the events of their dates and the time between, and, if
        the office counts them as work, nights on call.
        """
        return [one.whole for one in self.worked(person)]

    def worked(self, person: StaffId) -> list[Stint | OnCallNight]:
        """Return the shifts and the nights on call that are work, sorted by start."""
        own: list[Stint | OnCallNight] = [*self.stints[person]]
        if self._problem.office.settings.standby.is_work:
            own += self.standbys[person]
        return sorted(own, key=lambda one: (one.whole, one.date))

    def touched(self, person: StaffId) -> set[dt.date]:
        """Return the calendar dates on which a person works at least one minute."""
        moment = self._problem.period.moment
        return {
            moment(day * DAY).date()
            for span in self.work(person)
            for day in range(span.start // DAY, -(-span.end // DAY))
        }

    def minutes_begun(self, person: StaffId, dates: Iterable[dt.date]) -> int:
        """Return the minutes of work of duties that a person begins on some dates.

        Shifts, and nights on call if they are work, without their breaks.
        """
        wanted = set(dates)
        shifts = (s.minutes for s in self.stints[person] if s.date in wanted)
        total = sum(shifts)
        if self._problem.office.settings.standby.is_work:
            nights = self.standbys[person]
            total += sum(night.minutes for night in nights if night.date in wanted)
        return total


def _start(stint: Stint) -> Interval:
    return stint.span


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the union of ``intervals`` as disjoint intervals, in order."""
    joined: list[Interval] = []
    for interval in sorted(intervals):
        if interval.minutes and joined and interval.start <= joined[-1].end:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, interval.end))
        elif interval.minutes:
            joined.append(interval)
    return tuple(joined)


def _cut(
    segment: Interval, breaks: Iterable[Interval]
) -> Iterator[tuple[Interval, bool]]:
    """Yield the pieces of a segment, each with whether it is a break.

    Parameters
    ----------
    breaks
        Disjoint, in order.
    """
    at = segment.start
    for pause in breaks:
        inside = pause.intersection(Interval(at, segment.end))
        if inside.minutes:
            if at < inside.start:
                yield Interval(at, inside.start), False
            yield inside, True
            at = inside.end
    if at < segment.end:
        yield Interval(at, segment.end), False
