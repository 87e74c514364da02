"""Who does what on the absolute minute scale, read from the cells of one roster.

Every check starts here.  A duty becomes a `Stint`, last month's tail included; a
night on call becomes a `Standby`.  Cells that no rule could make sense of (an unknown
person, symbol or date) are left to A-18 and L-01 and count for nobody.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, LATEST, Interval, total_minutes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty, OffKind, OnCall, Role, Shift
    from scheduler.rulebook import Rulebook

Task = tuple[Interval, "Role | None"]
"""An absolute interval and the role in it; ``None`` where it is none that counts."""


@dataclass(frozen=True)
class Stint:
    """One shift of one person, as worked."""

    person: StaffId
    date: dt.date
    shift: Shift
    duty: Duty
    offset: int
    """Absolute minute at which ``date`` begins."""

    @cached_property
    def span(self) -> Interval:
        """From start to end, breaks included."""
        return self.shift.interval.shifted(self.offset)

    @cached_property
    def breaks(self) -> tuple[Interval, ...]:
        """Breaks as far as they lie in the shift, in order, overlaps merged."""
        moved = (taken.shifted(self.offset) for taken in self.duty.breaks)
        return merged(taken.intersection(self.span) for taken in moved)

    @cached_property
    def present(self) -> tuple[Task, ...]:
        """The segments with their roles; the person is in the house, break or not.

        A shift that counts for no cover is done in no role.
        """
        named = self.duty.roles if self.shift.counts else ()
        roles = (*named, *(None for _ in self.shift.segments))
        return tuple(
            (segment.shifted(self.offset), role)
            for segment, role in zip(self.shift.segments, roles, strict=False)
        )

    @cached_property
    def at_work(self) -> tuple[Task, ...]:
        """The segments without the breaks."""
        return tuple(
            (piece, role)
            for segment, role in self.present
            for piece in without(segment, self.breaks)
        )

    @cached_property
    def minutes(self) -> int:
        """Minutes of work: the span without the breaks."""
        return self.span.minutes - total_minutes(self.breaks)

    def minutes_as(self, role: Role) -> int:
        """Minutes of work in one role."""
        return total_minutes(piece for piece, own in self.at_work if own is role)


@dataclass(frozen=True)
class Standby:
    """One night on call of one person: the whole night band."""

    person: StaffId
    date: dt.date
    span: Interval
    rest: int
    """Minutes of break in it, wherever they lie; they count if the night is work."""

    @property
    def minutes(self) -> int:
        """Minutes of work, where the night is work."""
        return self.span.minutes - self.rest


class Timeline:
    """The tail and one roster, laid out in time.

    Parameters
    ----------
    problem
        What the roster was made from.
    roster
        Any roster for it, also one edited by hand into nonsense.
    rulebook
        The rules in force, for the check that must look up another's number.
    """

    def __init__(self, problem: Problem, roster: Roster, rulebook: Rulebook) -> None:
        self.roster = roster
        self.rulebook = rulebook
        self._problem = problem
        tail = (duty for duty in problem.history.duties if self._is_past(duty))
        inside = (duty for duty in roster.duties if duty.date in problem.period)
        self._duties = {(duty.staff, duty.date): duty for duty in (*tail, *inside)}
        past = (night for night in problem.history.on_call if self._is_past(night))
        ahead = (night for night in roster.on_call if night.date in problem.period)
        self._on_call = {night.date: night.staff for night in (*past, *ahead)}

    def _is_past(self, cell: Duty | OnCall) -> bool:
        return cell.date < self._problem.period.first

    def duty(self, person: StaffId, date: dt.date) -> Duty | None:
        """Return what a person does on a date of the period or the tail."""
        return self._duties.get((person, date))

    def shift(self, person: StaffId, date: dt.date) -> Shift | None:
        """Return the shift that a person begins on a date, if the table has it."""
        duty = self.duty(person, date)
        begun = duty.shift if duty else None
        return self._problem.shift_by_symbol.get(begun) if begun is not None else None

    def off(self, person: StaffId, date: dt.date) -> OffKind | None:
        """Return why a person begins no shift on a date; ``None`` if there is one."""
        duty = self.duty(person, date)
        return duty.off if duty is not None and duty.shift is None else None

    def on_call(self, date: dt.date) -> StaffId | None:
        """Return who of the staff is on call in the night that begins on a date."""
        name = self._on_call.get(date)
        return name if name in self._problem.member_by_name else None

    @cached_property
    def stints(self) -> dict[StaffId, tuple[Stint, ...]]:
        """The shifts of every person on the list, tail first, by start."""
        found: dict[StaffId, list[Stint]] = {m.name: [] for m in self._problem.staff}
        for (person, date), duty in self._duties.items():
            shift = self.shift(person, date)
            if shift is not None and person in found:
                offset = self._problem.period.offset(date)
                found[person].append(Stint(person, date, shift, duty, offset))
        return {person: tuple(sorted(own, key=_start)) for person, own in found.items()}

    @cached_property
    def standbys(self) -> dict[StaffId, tuple[Standby, ...]]:
        """The nights on call of every person on the list, tail first, by start."""
        band = self._problem.office.night_band
        found: dict[StaffId, list[Standby]] = {m.name: [] for m in self._problem.staff}
        for date, person in sorted(self._on_call.items()):
            if person in found:
                span = band.shifted(self._problem.period.offset(date))
                found[person].append(Standby(person, date, span, self._rest_on_call))
        return {person: tuple(own) for person, own in found.items()}

    @cached_property
    def _rest_on_call(self) -> int:
        """The break that the office has set, or the least with which none is owed."""
        standby = self._problem.office.settings.standby
        if standby.break_minutes is not None:
            return standby.break_minutes
        whole = self._problem.office.night_band.minutes
        table = self.rulebook["F-05"].table("break_table")
        lengths = {0, *(n for above, least in table for n in (least, whole - above))}
        return next(rest for rest in sorted(lengths) if self.owed(whole - rest) <= rest)

    def owed(self, worked: int) -> int:
        """Return the minutes of break that so many minutes of work need (F-05)."""
        table = self.rulebook["F-05"].table("break_table")
        return max((least for above, least in table if worked > above), default=0)

    def stints_of_period(self, person: StaffId) -> Iterator[Stint]:
        """Yield the shifts of a person that begin in the period."""
        first = self._problem.period.first
        return (stint for stint in self.stints[person] if stint.date >= first)

    def standbys_of_period(self, person: StaffId) -> Iterator[Standby]:
        """Yield the nights on call of a person that begin in the period."""
        first = self._problem.period.first
        return (night for night in self.standbys[person] if night.date >= first)

    def around(self, window: Interval) -> Iterator[Stint]:
        """Yield the shifts of anybody that may share a minute with ``window``."""
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
        """Return the work intervals of a person by start: shifts, and nights on call.

        Nights on call are among them only where the office counts them as work.
        """
        spans = [stint.span for stint in self.stints[person]]
        if self._problem.office.settings.standby.is_work:
            spans += [night.span for night in self.standbys[person]]
        return sorted(spans)

    def touched(self, person: StaffId) -> set[dt.date]:
        """Return the calendar dates that work of a person shares a minute with."""
        moment = self._problem.period.moment
        return {
            moment(day * DAY).date()
            for span in self.work(person)
            for day in range(span.start // DAY, -(-span.end // DAY))
        }

    def minutes_begun(self, person: StaffId, dates: Iterable[dt.date]) -> int:
        """Return the minutes of work that a person begins on some dates.

        Shifts, and nights on call where they are work, without their breaks.
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
    """Return the minutes of any of ``intervals`` as intervals apart, in order."""
    joined: list[Interval] = []
    for interval in sorted(intervals):
        if interval.minutes and joined and interval.start <= joined[-1].end:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, interval.end))
        elif interval.minutes:
            joined.append(interval)
    return tuple(joined)


def without(interval: Interval, holes: Iterable[Interval]) -> Iterator[Interval]:
    """Yield what is left of an interval beside ``holes`` that are apart, in order."""
    start = interval.start
    for hole in holes:
        left = Interval(start, min(hole.start, interval.end))
        if left.minutes:
            yield left
        start = max(start, hole.end)
    rest = Interval(start, interval.end)
    if rest.minutes:
        yield rest
