"""The office's own kinds of day, and spells of dates of such a kind.

A kind that counts as hours is work: a `Shift` outside the shift table, with clock
times, that is given only where somebody typed it.  One that does not is a kind of day
off, written with the office's own symbol.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from scheduler.domain import N_
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.clock import DAY, Clock, Interval, Span
from scheduler.domain.fields import Entry, FieldKind, Minutes, unset
from scheduler.domain.likeness import look_of
from scheduler.domain.shifts import BreakOption, OffKind, Shift, ShiftKind


class Extent(StrEnum):
    """How much of the calendar one entry of a kind takes."""

    PERIOD = "period"
    """All dates of a spell, days off included: a leave of absence (休職, 育休)."""
    DAY = "day"
    """A day of work, or the release from one."""
    HALF = "half"
    CLOCK = "clock"
    """From one clock time to another, as each spell says."""


HOURS = {Extent.DAY: Interval(540, 1080), Extent.HALF: Interval(540, 780)}
"""Clock times of work whose kind says none: 9:00-18:00, and 9:00-13:00."""

NOON = Interval(720, 780)
"""The break of a whole day whose kind says no times: 12:00-13:00."""


class DayKind(Frozen):
    """A kind of day or of time that is no shift of the floor (研修, 育休, 慶弔)."""

    symbol: ShiftId = Field(min_length=1, max_length=2, title=N_("Symbol"))
    """One or two characters, as in the cells of the roster."""
    name: str = Field(default="", max_length=40, title=N_("Name of the kind"))
    """For the legend."""
    hours: bool = Field(title=N_("Counts as hours"))
    """Yes: it is work, with clock times. No: nobody works on the date."""
    cover: bool = Field(default=False, title=N_("Counts as staff present"))
    """Whether who does it counts as staff in the house. Only for work."""
    day_off: bool = Field(default=False, title=N_("Counts as a day off"))
    """Whether it is one of the days off (公休) that are owed. Not for work."""
    extent: Extent = Field(default=Extent.DAY, title=N_("Takes"))
    """A whole day, half a day, from one time to another, or a period with its days
    off. A period takes its part of the month from the contract's hours and days off;
    a day of leave counts as an agreed day, which need not be made up."""
    start: Clock | None = Field(default=None, title=N_("From (time)"))
    """Only for work. Empty: 9:00, or as each entry says."""
    end: Clock | None = Field(default=None, title=N_("Until (time)"))
    """Only for work. Empty: 18:00, for half a day 13:00, or as each entry says."""
    breaks: Annotated[tuple[BreakOption, ...], Entry(FieldKind.BREAKS)] = Field(
        default=(), title=N_("Breaks in it")
    )
    """Breaks to choose from, as in the shift table. Empty: 12:00-13:00 if the times
    are empty too."""

    elsewhere: str = Field(
        default="",
        max_length=60,
        exclude_if=unset,
        title=N_("Work in another office"),
    )
    """Name of that office. The hours count for the person's month, and for nothing
    here. Past midnight it counts as a night."""
    travel: Minutes = Field(
        default=0,
        ge=0,
        le=180,
        exclude_if=unset,
        title=N_("Travel from there"),
    )
    """Time of travel between that office and this one; rest between two shifts is
    longer by it."""

    @property
    def off(self) -> OffKind | None:
        """The kind of day off it is; ``None`` for work."""
        if self.hours:
            return None
        if self.day_off:
            return OffKind.DAY_OFF
        if self.extent is Extent.PERIOD:
            return OffKind.LONG_LEAVE
        return OffKind.SPECIAL_LEAVE

    @property
    def interval(self) -> Interval | None:
        """The clock times of work; ``None`` if each spell must say them."""
        usual = HOURS.get(self.extent)
        if self.start is not None and self.end is not None:
            return Interval(self.start, self.end)
        return usual if self.start is self.end else None

    def shift(self, symbol: ShiftId, interval: Interval) -> Shift:
        """Return the kind as a shift with its own clock times.

        Breaks that do not lie in ``interval`` are left out.
        """
        given = self.breaks or (((NOON,),) if self.start is self.end else ())
        breaks = (one for one in given if all(map(interval.covers, one)))
        has_breaks = interval.minutes > _FOUR_HOURS or bool(self.elsewhere)
        at_night = bool(self.elsewhere) and interval.end > DAY
        return Shift(
            symbol=symbol,
            name=self.name,
            kind=ShiftKind.NIGHT if at_night else ShiftKind.DAY,
            start=interval.start,
            end=interval.end,
            breaks=tuple(breaks) if has_breaks else (),
            counts=self.cover,
            own_kind=self.symbol,
            elsewhere=self.elsewhere,
            travel=self.travel,
        )


_FOUR_HOURS, _SIX_HOURS = 240, 360
"""Work of up to so many minutes has no break of its own accord."""


class Spell(Frozen):
    """The dates on which one person has one kind of day (期間の予定)."""

    staff: StaffId = Field(title=N_("Name of the person"))
    """From the staff list."""
    kind: ShiftId = Field(title=N_("Kind of day"))
    """A symbol of the sheet of kinds."""
    first: dt.date = Field(title=N_("First date"))
    """May lie before the period."""
    last: dt.date = Field(title=N_("Last date"))
    """Included. May lie after the period; the next month then begins with it."""
    span: Span | None = Field(default=None, title=N_("From-to"))
    """Clock times, where they are not those of the kind. Only for work."""

    def __contains__(self, date: object) -> bool:
        return isinstance(date, dt.date) and self.first <= date <= self.last


def shifts_of(
    kinds: tuple[DayKind, ...], spells: tuple[Spell, ...]
) -> dict[tuple[ShiftId, Interval], Shift]:
    """Return the shifts that kinds of work stand for, by symbol and clock times.

    The kind's own times have its symbol; those that spells say besides have it with
    a number behind, in order of time: 研, 研2, 研3.
    """
    found: dict[tuple[ShiftId, Interval], Shift] = {}
    for kind in kinds:
        if not kind.hours:
            continue
        spans = {one.span for one in spells if one.kind == kind.symbol and one.span}
        own = kind.interval
        times = sorted(spans - {own})
        for number, interval in enumerate((own, *times) if own else times, start=1):
            name = f"{kind.symbol}{number}" if number > 1 else kind.symbol
            shift = kind.shift(ShiftId(name), interval)
            found[kind.symbol, interval] = shift
    return found


def once(kinds: Iterable[DayKind]) -> tuple[DayKind, ...]:
    """Return kinds of day without repeats."""
    return tuple(dict.fromkeys(kinds))


LENT = "応"
"""How the symbols of work in offices to which somebody is lent begin."""

_HOUR = 60


def lent_kind(
    known: Iterable[DayKind], taken: Iterable[str], office: str, span: Interval
) -> DayKind:
    """Return the kind of day for work in another office from one time to another.

    The one that there is, or one with a symbol that is free; its break is an hour in
    the middle, as long as labour law asks of any day.

    Parameters
    ----------
    known
        The kinds that there are.
    taken
        Symbols that must not be used.
    """
    for kind in known:
        if look_of(kind.elsewhere) == look_of(office) and kind.interval == span:
            return kind
    used = {look_of(one) for one in taken}
    symbols = (LENT + number for number in ("", *"123456789", *"abcdefghijkmnp"))
    middle = (span.start + span.end - _HOUR) // 2 // 30 * 30
    pause = Interval(middle, middle + _HOUR)
    return DayKind(
        symbol=ShiftId(next(one for one in symbols if look_of(one) not in used)),
        name=office[:40],
        hours=True,
        start=span.start,
        end=span.end,
        breaks=((pause,),) if span.minutes > _SIX_HOURS else (),
        elsewhere=office,
    )


def given_beside(shifts: Iterable[Shift]) -> tuple[DayKind, ...]:
    """Return the kinds of `GIVEN` whose symbols a shift table leaves free."""
    taken = {look_of(shift.symbol) for shift in shifts}
    return tuple(kind for kind in GIVEN if look_of(kind.symbol) not in taken)


def _kind(symbol: str, name: str, *, extent: Extent = Extent.DAY) -> DayKind:
    return DayKind(symbol=ShiftId(symbol), name=name, hours=True, extent=extent)


def _leave(symbol: str, name: str, extent: Extent) -> DayKind:
    return DayKind(symbol=ShiftId(symbol), name=name, hours=False, extent=extent)


FAMILY_LEAVE = ("産休", "育休", "介休")
"""Symbols of the leave during which part-timers together may fill a post (B-05)."""

GIVEN = (
    _kind("研", "研修"),
    _kind("張", "出張"),
    _kind("会", "会議", extent=Extent.CLOCK),
    _kind("健", "健診", extent=Extent.HALF),
    _kind("待", "待機"),
    _leave("休職", "休職", Extent.PERIOD),
    _leave("産休", "産前産後休業", Extent.PERIOD),
    _leave("育休", "育児休業", Extent.PERIOD),
    _leave("介休", "介護休業", Extent.PERIOD),
    _leave("特", "特別休暇", Extent.DAY),
    _leave("慶", "慶弔休暇", Extent.DAY),
)
"""Kinds that a new office begins with."""
