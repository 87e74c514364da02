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
    from scheduler.domain.shifts import Duty, Role


class Stretch(NamedTuple):
    """One person in one place and role, from minute to minute (absolute)."""

    staff: StaffId
    role: Role | None
    """``None`` where a hand-edited duty names no role for the segment."""
    interval: Interval
    on_break: bool

    @property
    def in_pool(self) -> bool:
        """Whether it counts to the care pool: care or nurse, and not on a break."""
        return self.present_in_pool and not self.on_break

    @property
    def present_in_pool(self) -> bool:
        """Whether the person is in the house in a role of the care pool."""
        return self.role is not None and self.role.in_care_pool


def duties_between(
    problem: Problem, roster: Roster, first: dt.date, last: dt.date
) -> Iterator[Duty]:
    """Yield the duties of the tail and the roster that belong to ``first..last``."""
    for source in (problem.history.duties, roster.duties):
        yield from (duty for duty in source if first <= duty.date <= last)


def stretches(problem: Problem, duties: Iterable[Duty]) -> Iterator[Stretch]:
    """Cut duties into stretches of one role, at work or on a break."""
    for duty in duties:
        if duty.shift is not None:
            yield from _cut(problem, duty)


def _cut(problem: Problem, duty: Duty) -> Iterator[Stretch]:
    shift = problem.shift_by_symbol[duty.shift]  # type: ignore[index]
    midnight = problem.period.offset(duty.date)
    pieces = zip_longest(shift.segments, duty.roles[: len(shift.segments)])
    for segment, role in pieces:
        at = segment.start
        for pause in sorted(duty.breaks):
            inside = pause.intersection(Interval(at, segment.end))
            if inside.minutes:
                if at < inside.start:
                    work = Interval(at, inside.start).shifted(midnight)
                    yield Stretch(duty.staff, role, work, on_break=False)
                yield Stretch(duty.staff, role, inside.shifted(midnight), on_break=True)
                at = inside.end
        if at < segment.end:
            work = Interval(at, segment.end).shifted(midnight)
            yield Stretch(duty.staff, role, work, on_break=False)
