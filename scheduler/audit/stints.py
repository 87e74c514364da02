"""Duties as intervals of absolute minutes (`Stint`), nights on call (`OnCallNight`).

And the breaks owed for work, and those of a night on call (F-05).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, starmap
from typing import NamedTuple

from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval, total_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Duty, Role, Shift
from scheduler.rulebook import rules_of

Task = tuple[Interval, Role | None]
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
        return self.shift.is_night and not self.shift.elsewhere

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


def break_owed(problem: Problem, worked: int) -> int:
    """Return the least minutes of break for ``worked`` minutes of work (F-05)."""
    table = rules_of(problem)["F-05"].table("break_table")
    return max((least for above, least in table if worked > above), default=0)


def shortest_break(problem: Problem) -> int:
    """Return the shortest legal break, in minutes, of a night on call (F-05)."""
    whole = problem.office.on_call_band.minutes
    return next(rest for rest in range(whole) if break_is_enough(problem, rest))


def break_is_enough(problem: Problem, rest: int) -> bool:
    """Tell whether ``rest`` minutes are a legal break of a night on call (F-05)."""
    worked = problem.office.on_call_band.minutes - rest
    return break_owed(problem, worked) <= rest


def break_on_call(problem: Problem) -> int:
    """Return the break of a night on call: the office's, or the shortest legal one."""
    own = problem.office.settings.standby.break_minutes
    return shortest_break(problem) if own is None else own


def minutes_on_call(problem: Problem) -> int:
    """Return the minutes of work in a night on call, its break subtracted."""
    return problem.office.on_call_band.minutes - break_on_call(problem)
