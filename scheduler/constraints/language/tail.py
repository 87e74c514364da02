"""The tail: the known dates before the period, for rules that look back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.language.attendance import spans_of
from scheduler.constraints.language.crew import Counts, Selector, minutes_at_work
from scheduler.constraints.language.intervals import without
from scheduler.constraints.language.options import Option, Wanted
from scheduler.domain.clock import DAY, ONE_DAY, Interval

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Duty, OffKind, Role, Shift
    from scheduler.domain.staff import StaffMember


class Tail:
    """The counterpart of `RosterModel` for dates of the tail: numbers, not sums."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._duties = {(d.staff, d.date): d for d in problem.history.duties}
        self._on_call = {(c.staff, c.date) for c in problem.history.on_call}
        self._standby_is_work = problem.office.settings.standby.is_work

    def starts(self, member: StaffMember, date: dt.date, wanted: Wanted) -> bool:
        """Return whether the person began a wanted shift on the date."""
        duty = self._duties.get((member.name, date))
        if duty is None or duty.shift is None:
            return False
        shift = self._problem.shift_by_symbol[duty.shift]
        return wanted(shift, Option(*duty.entry, duty.events))

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
        return (
            self.starts(member, date, lambda shift, _: shift.start < DAY)
            or self.starts(member, before, lambda shift, _: shift.passes_midnight)
            or (
                self._standby_is_work
                and (self.on_call(member, date) or self.on_call(member, before))
            )
        )

    def minutes(self, begins: dt.date, inside: Interval, counts: Counts) -> int:
        """Return the counted minutes at work of duties that began on a date."""
        members = self._problem.member_by_name
        return sum(
            minutes_at_work(
                [
                    piece.intersection(inside)
                    for piece, role in self._pieces(duty, shift)
                    if counts(members[duty.staff], role)
                ],
                duty.breaks,
            )
            for duty, shift in self._working(begins)
        )

    def at_work(
        self,
        begins: dt.date,
        clock: Interval,
        counts: Selector,
        *,
        breaks_count: bool,
    ) -> int:
        """Return the number at work throughout an elementary interval of the date."""
        members = self._problem.member_by_name
        return sum(
            piece.covers(clock)
            and counts(members[duty.staff], role, shift)
            and (breaks_count or not any(b.overlaps(clock) for b in duty.breaks))
            for duty, shift in self._working(begins)
            for piece, role in self._pieces(duty, shift)
        )

    def _working(self, date: dt.date) -> Iterator[tuple[Duty, Shift]]:
        """Yield the shifts begun on a date that count for cover."""
        for duty in self._problem.history.duties:
            if duty.date == date and duty.shift is not None:
                shift = self._problem.shift_by_symbol[duty.shift]
                if shift.counts:
                    yield duty, shift

    def _pieces(self, duty: Duty, shift: Shift) -> Iterator[tuple[Interval, Role]]:
        """Yield the pieces of a shift on the floor, each with its role."""
        away = spans_of(self._problem, duty.events)
        for segment, role in zip(shift.segments, duty.roles, strict=False):
            yield from ((piece, role) for piece in without(segment, away))
