"""Crews: people alike to every rule that looks at the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.domain.clock import Interval, total_minutes
from scheduler.domain.shifts import BreakOption, Role, Shift
from scheduler.domain.staff import StaffMember

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from ortools.sat.python.cp_model import IntVar

    from scheduler.constraints.language.options import Option


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the minutes that lie in any of several intervals, as intervals apart."""
    apart: list[Interval] = []
    for interval in sorted(one for one in intervals if one.minutes):
        if apart and interval.start <= apart[-1].end:
            last = apart.pop()
            interval = Interval(last.start, max(last.end, interval.end))
        apart.append(interval)
    return apart


Selector = Callable[[StaffMember, Role, Shift], bool]
"""Whether a person, in a role of a shift, is one that a rule counts."""

Counts = Callable[[StaffMember, Role], bool]
"""Whether minutes of a person in a role count."""


@dataclass
class Crew:
    """People who could begin the same shift in the same roles on one date.

    Nobody can tell by the clock which of them takes which break, so it is enough to
    know how many take each option: breaks need no variable a person.
    """

    date: dt.date
    option: Option
    shift: Shift
    breaks: tuple[BreakOption, ...]
    """What can be chosen from: the options of the shift, or breaks of a cell's own."""
    members: list[StaffMember] = field(default_factory=list)
    literals: list[IntVar] = field(default_factory=list)
    takers: tuple[IntVar, ...] = ()
    """People a break option, in their order; empty if there is one option."""

    @cached_property
    def size(self) -> LinearSum:
        """How many people begin the shift."""
        return LinearSum.of(self.literals)

    def takers_of(self, chosen: Callable[[BreakOption], bool]) -> LinearSum:
        """How many people take one of the break options that are chosen."""
        wanted = [chosen(breaks) for breaks in self.breaks]
        if all(wanted):
            return self.size
        takers = (taker for taker, yes in zip(self.takers, wanted, strict=False) if yes)
        return LinearSum.of(takers, upper=len(self.literals))

    def minutes(self, inside: Interval, counts: Counts) -> LinearSum:
        """Minutes at work inside an interval of the date's clock that count."""
        if not self.shift.counts:
            return LinearSum()
        pieces = [
            segment.intersection(inside)
            for segment, role in zip(
                self.shift.segments, self.option.roles, strict=True
            )
            if counts(self.members[0], role)
        ]
        worked = [minutes_at_work(pieces, b) for b in self.breaks]
        if len(set(worked)) == 1:
            return self.size * worked[0]
        most = len(self.literals)
        return LinearSum.total(
            LinearSum.of([taker], minutes, upper=most)
            for taker, minutes in zip(self.takers, worked, strict=True)
        )

    def at_work(
        self, clock: Interval, counts: Selector, *, breaks_count: bool
    ) -> LinearSum:
        """People at work throughout an elementary interval of the date's clock."""
        role = self._role_in(clock) if self.shift.counts else None
        if role is None or not counts(self.members[0], role, self.shift):
            return LinearSum()
        return self.takers_of(
            lambda breaks: breaks_count or not any(b.overlaps(clock) for b in breaks)
        )

    def _role_in(self, clock: Interval) -> Role | None:
        for segment, role in zip(self.shift.segments, self.option.roles, strict=True):
            if segment.covers(clock):
                return role
        return None


def minutes_at_work(pieces: list[Interval], breaks: BreakOption) -> int:
    """Return the minutes of ``pieces`` without the breaks that fall into them."""
    pauses = joined(breaks)
    resting = (piece.intersection(pause) for piece in pieces for pause in pauses)
    return total_minutes(pieces) - total_minutes(resting)
