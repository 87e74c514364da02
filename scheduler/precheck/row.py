"""One person's row: what its cells can still be once they have to fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.clock import ONE_DAY
from scheduler.domain.precheck import Bar
from scheduler.domain.requests import Want

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.base import StaffId
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground

Entry = str
"""A shift's symbol, or a kind of day off."""


class Clash(NamedTuple):
    """A cell for which nothing is left."""

    staff: StaffId
    date: dt.date
    alone: bool
    """Whether the cell contradicts itself, or else the dates before it."""
    before: tuple[Entry, ...] = ()
    """What was left on the date before."""
    here: tuple[Entry, ...] = ()


class Row:
    """What is left of each cell of a person, worked out forwards and backwards.

    Attributes
    ----------
    left
        What a cell can still be, date by date.
    bars
        Why it cannot be what it cannot be.
    clashes
        Cells for which nothing is left.
    """

    def __init__(self, ground: Ground, member: StaffMember) -> None:
        dates = ground.problem.period.dates
        self.left: dict[dt.date, tuple[Entry, ...]] = {}
        self.bars = {date: dict(ground.alone(member, date)) for date in dates}
        self.clashes: list[Clash] = []
        self._ground, self._member = ground, member
        self._broken: set[dt.date] = set()
        last = ground.tail(member, ground.first - ONE_DAY)
        before: tuple[Entry | None, ...] = (entry_of(last) if last else None,)
        for date in dates:
            before = self._forward(date, before)
        after: tuple[Entry, ...] = ()
        for date in reversed(dates):
            after = self._backward(date, after)

    def _forward(
        self, date: dt.date, before: tuple[Entry | None, ...]
    ) -> tuple[Entry | None, ...]:
        """Bar what nothing on the date before allows; return what is left."""
        name, bars = self._member.name, self.bars[date]
        entries = self._ground.entries(self._member, date)
        here = tuple(entry for entry in entries if entry not in bars)
        if not here:
            self._broken.add(date)
            self.clashes.append(Clash(name, date, alone=True))
            self.left[date] = ()
            return ()
        able = tuple(entry for entry in here if self._any_before(before, entry))
        if not able:
            self._broken.add(date)
            known = tuple(entry for entry in before if entry)
            clash = Clash(name, date, alone=False, before=known, here=here)
            self.clashes.append(clash)
            able = here
        for entry in set(here) - set(able):
            bars[entry] = self._bar_before(date)
        self.left[date] = able
        return able

    def _backward(self, date: dt.date, after: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Bar what nothing on the date after allows; return what is left."""
        here = self.left[date]
        following = date + ONE_DAY
        if following in self._ground.problem.period and following not in self._broken:
            follows = self._ground.may_follow
            able = tuple(e for e in here if any(follows[e, a] for a in after))
            for entry in set(here) - set(able):
                self.bars[date][entry] = self._bar_after(date)
            self.left[date] = here = able
        return here

    def _bar_before(self, date: dt.date) -> Bar:
        before = date - ONE_DAY
        if before < self._ground.first:
            return Bar.TAIL
        return Bar.PIN_BEFORE if self._ground.pin(self._member, before) else Bar.BEFORE

    def _bar_after(self, date: dt.date) -> Bar:
        after = date + ONE_DAY
        wants = {one.want for one in self._ground.musts(self._member, after)}
        if wants & {Want.DAY_OFF, Want.PAID_LEAVE}:
            return Bar.LEAVE_AFTER
        return Bar.PIN_AFTER if self._ground.pin(self._member, after) else Bar.AFTER

    def _any_before(self, before: tuple[Entry | None, ...], entry: Entry) -> bool:
        # Where the date before is broken itself, everything may follow.
        ground = self._ground
        return not before or any(
            ground.follows(None, entry)
            if one is None
            else ground.may_follow[one, entry]
            for one in before
        )


def entry_of(duty: Duty) -> Entry | None:
    """Return what a duty says of its cell; ``None`` if nothing."""
    if duty.shift is not None:
        return duty.shift
    return None if duty.off is None else str(duty.off)
