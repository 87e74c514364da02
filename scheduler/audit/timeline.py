"""Convert the cells of one roster to intervals in absolute minutes.

Every check and every figure starts here.  A duty becomes a `Stint`, last month's tail
included; a night on call becomes an `OnCallNight`.  Cells with an unknown person,
symbol or date count for nobody here; A-18 and L-01 report them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

from scheduler.audit.stints import OnCallNight, Stint, break_on_call, merged
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, LATEST, Interval
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, OffKind, OnCall, Shift
from scheduler.rulebook import Rulebook, rules_of

T = TypeVar("T")


class Timeline:
    """The tail and one roster, as intervals of absolute minutes.

    Parameters
    ----------
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
        self._found: dict[Hashable, Any] = {}

    def once(self, what: Hashable, find: Callable[[], T]) -> T:
        """Return what was found in this timeline, or find it.

        For the room for guests, one roster is audited with hundreds of forecasts: what
        is asked with another forecast than the timeline's own must not depend on it.

        Parameters
        ----------
        what
            Names the question; the same name, the same answer.
        """
        if what not in self._found:
            self._found[what] = find()
        answer: T = self._found[what]
        return answer

    def is_of(self, problem: Problem, roster: Roster) -> bool:
        """Tell whether it is that of a roster: of these objects, not of equal ones."""
        return self._problem is problem and self.roster is roster

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
        return {
            person: tuple(sorted(own, key=lambda one: one.span))
            for person, own in found.items()
        }

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
        band = self._problem.office.on_call_band
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

    def there_between(
        self, begin: dt.datetime | None, end: dt.datetime | None
    ) -> tuple[StaffId, ...]:
        """Return who is present between two moments, in order of arrival."""
        if begin is None or end is None:
            return ()
        moment = self._problem.period.moment
        here = [
            stretch
            for stint in self.begun
            for stretch in stint.stretches
            if moment(stretch.interval.start) < end
            and moment(stretch.interval.end) > begin
        ]
        here.sort(key=lambda stretch: stretch.interval)
        return tuple(dict.fromkeys(stretch.staff for stretch in here))

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


_LAST: deque[Timeline] = deque(maxlen=4)
"""Of several houses, each has one."""


def timeline_of(problem: Problem, roster: Roster) -> Timeline:
    """Return the timeline of a roster, by the rules of its problem.

    The last few are kept: each figure of a workbook begins with it, and most of what
    the figures take is finding who is where.
    """
    for known in tuple(_LAST):
        if known.is_of(problem, roster):
            return known
    timeline = Timeline(problem, roster)
    _LAST.append(timeline)
    return timeline
