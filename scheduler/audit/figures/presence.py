"""Who is where, minute by minute, read off the duties of one roster."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.clock import Interval

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import BreakOption, Duty, Role, Shift


class Stretch(NamedTuple):
    """One person in one place and role, from minute to minute (absolute)."""

    staff: StaffId
    role: Role | None
    """``None`` where the duty names none, or the shift counts for no cover."""
    interval: Interval
    on_break: bool
    counts: bool = True
    """Whether the shift counts for cover."""

    @property
    def in_pool(self) -> bool:
        """Whether it counts to the care pool: care or nurse, and not on a break."""
        return self.present_in_pool and not self.on_break

    @property
    def present_in_pool(self) -> bool:
        """Whether the person is in the house in a role of the care pool."""
        return self.role is not None and self.role.in_care_pool


def duties(problem: Problem, roster: Roster) -> Iterator[Duty]:
    """Yield the duties of the tail and of the period; people on the list only."""
    first = problem.period.first
    for duty in problem.history.duties:
        if duty.date < first and duty.staff in problem.member_by_name:
            yield duty
    for duty in roster.duties:
        if duty.date in problem.period and duty.staff in problem.member_by_name:
            yield duty


def duties_between(
    problem: Problem, roster: Roster, first: dt.date, last: dt.date
) -> list[Duty]:
    """Return the duties that begin on the dates ``first`` to ``last``."""
    return [duty for duty in duties(problem, roster) if first <= duty.date <= last]


def on_call_nights(problem: Problem, roster: Roster) -> dict[dt.date, StaffId]:
    """Return who is on call by date, in the tail and the period."""
    first = problem.period.first
    past = [one for one in problem.history.on_call if one.date < first]
    inside = [one for one in roster.on_call if one.date in problem.period]
    return {
        one.date: one.staff
        for one in (*past, *inside)
        if one.staff in problem.member_by_name
    }


def begun(problem: Problem, of: Iterable[Duty]) -> Iterator[tuple[Duty, Shift]]:
    """Yield the duties that are shifts of the shift table, with their shift."""
    for duty in of:
        shift = problem.shift_by_symbol.get(duty.shift) if duty.shift else None
        if shift is not None:
            yield duty, shift


def stretches(problem: Problem, of: Iterable[Duty]) -> Iterator[Stretch]:
    """Cut duties into stretches of one role, at work or on a break."""
    for duty, shift in begun(problem, of):
        yield from _cut(problem, duty, shift)


def covered(intervals: Iterable[Interval]) -> int:
    """Return the minutes that lie in at least one of the intervals."""
    minutes, reached = 0, None
    for interval in sorted(intervals):
        start = interval.start if reached is None else max(reached, interval.start)
        minutes += max(0, interval.end - start)
        reached = interval.end if reached is None else max(reached, interval.end)
    return minutes


def _cut(problem: Problem, duty: Duty, shift: Shift) -> Iterator[Stretch]:
    midnight = problem.period.offset(duty.date)
    named = duty.roles[: len(shift.segments)] if shift.counts else ()
    for segment, role in zip_longest(shift.segments, named):
        for begin, end, on_break in _pieces(segment, duty.breaks):
            span = Interval(begin, end).shifted(midnight)
            yield Stretch(duty.staff, role, span, on_break, shift.counts)


def _pieces(segment: Interval, breaks: BreakOption) -> Iterator[tuple[int, int, bool]]:
    """Yield begin and end of work and of breaks in a segment, and which it is."""
    at = segment.start
    for pause in sorted(breaks):
        inside = pause.intersection(Interval(at, segment.end))
        if inside.minutes:
            if at < inside.start:
                yield at, inside.start, False
            yield inside.start, inside.end, True
            at = inside.end
    if at < segment.end:
        yield at, segment.end, False
