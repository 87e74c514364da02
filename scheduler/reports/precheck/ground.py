"""What is settled before any search: for each person and date, what is left to do.

Law, contract, pins and musts are all taken as kept.  What then is left of a person's
row fits together from one date to the next (rest, 明), no more: everything said here is
a limit that no legal roster passes, whatever else holds.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, Interval, total_minutes
from scheduler.domain.requests import Strength, Want
from scheduler.domain.shifts import Duty, OffKind, Role, ShiftKind
from scheduler.reports.hours import RESTS
from scheduler.reports.precheck.line import Bar
from scheduler.reports.reach import Stint
from scheduler.rulebook import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scheduler.domain.base import ShiftId
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Request
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember

ONE_DAY = dt.timedelta(days=1)

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


class Working(NamedTuple):
    """A shift that a person could begin, or has begun in last month's tail."""

    shift: Shift
    roles: tuple[tuple[Role, ...], ...]
    """Roles to choose from, segment by segment; none where they do not count."""
    breaks: tuple[tuple[Interval, ...], ...]
    """Breaks to choose from."""

    def roles_at(self, minute: int) -> tuple[Role, ...]:
        """Return the roles to choose from at a clock minute of its date."""
        for segment, roles in zip(self.shift.segments, self.roles, strict=True):
            if segment.start <= minute < segment.end:
                return roles
        return ()

    def at_work(self, minute: int) -> bool:
        """Tell whether a break can be chosen that leaves the person at work."""
        return any(
            all(not pause.start <= minute < pause.end for pause in option)
            for option in self.breaks
        )

    def stint(self, counts: Callable[[Role], bool]) -> Stint:
        """Return what of it can be done in roles that count."""
        pieces = tuple(
            segment
            for segment, roles in zip(self.shift.segments, self.roles, strict=True)
            if any(counts(role) for role in roles)
        )
        return Stint(self.shift.interval, pieces, self.breaks)


class Ground:
    """A problem, what has been agreed on, and what is left of each cell.

    Attributes
    ----------
    problem, rulebook
        The month, and the thresholds in force.
    clashes
        Cells for which nothing is left, by person and date.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rulebook = load(problem.period)
        self._agreed = {one.spot: one.amount for one in problem.agreements}
        self._agreed_on = {(spot.rule, spot.facet, spot.staff) for spot in self._agreed}
        self._tail = {(duty.staff, duty.date): duty for duty in problem.history.duties}
        self.clashes: list[Clash] = []
        self._bars: dict[tuple[StaffId, dt.date], dict[Entry, Bar]] = {}
        self._left: dict[tuple[StaffId, dt.date], tuple[Entry, ...]] = {}
        self._working: dict[tuple[StaffId, dt.date], tuple[Working, ...]] = {}
        for member in problem.staff:
            self._settle(member)

    # -- what has been agreed on, and what is asked for --------------------------------

    def agreed(
        self,
        rule: str,
        facet: str,
        staff: str = "",
        date: dt.date | None = None,
        name: str = "",
    ) -> int:
        """Return how much more, or less, was agreed on at a spot."""
        spot = Spot(rule=rule, facet=facet, staff=StaffId(staff), date=date, name=name)
        return self._agreed.get(spot, 0)

    def agreed_somewhere(self, rule: str, facet: str, staff: StaffId) -> bool:
        """Tell whether anything was agreed on with a person, on whatever date."""
        return (rule, facet, staff) in self._agreed_on

    def pin(self, member: StaffMember, date: dt.date) -> Duty | None:
        """Return the pin of a cell, unless it was agreed to change it."""
        if self.agreed("W-02", "duty", member.name, date):
            return None
        return self.problem.pin_by_cell.get((member.name, date))

    def musts(self, member: StaffMember, date: dt.date) -> tuple[Request, ...]:
        """Return what must be granted, unless it was agreed to give it up."""
        if self.agreed("W-01", "must", member.name, date):
            return ()
        asked = self.problem.requests_by_cell.get((member.name, date), ())
        return tuple(one for one in asked if one.strength is Strength.MUST)

    def nights_limit(self, member: StaffMember) -> int | None:
        """Return the most night shifts in the period (L-05, F-13)."""
        own = member.contract.nights_max
        most = self.problem.office.settings.nights_most
        limits = []
        if own is not None:
            limits.append(own + self.agreed("L-05", "nights_max", member.name))
        if most is not None:
            limits.append(most + self.agreed("F-13", "nights_most", member.name))
        return min(limits, default=None)

    def month_cap(self, member: StaffMember) -> int:
        """Return the most minutes of work in the period (F-02)."""
        week = self.rulebook["F-02"].int("week_minutes")
        cap = week * self.problem.period.days // 7
        return cap + self.agreed("F-02", "month", member.name)

    # -- what is left ------------------------------------------------------------------

    def left(self, member: StaffMember, date: dt.date) -> tuple[Entry, ...]:
        """Return what a cell can still be."""
        return self._left[member.name, date]

    def bars(self, member: StaffMember, date: dt.date) -> dict[Entry, Bar]:
        """Return why a cell cannot be what it cannot be."""
        return self._bars[member.name, date]

    def working(self, member: StaffMember, date: dt.date) -> tuple[Working, ...]:
        """Return the shifts that could begin on a date, or did in the tail."""
        key = (member.name, date)
        if key not in self._working:
            self._working[key] = tuple(self._workings(member, date))
        return self._working[key]

    def tail(self, member: StaffMember, date: dt.date) -> Duty | None:
        """Return what stands in last month's tail."""
        return self._tail.get((member.name, date)) if date < self.first else None

    def own_shifts(self, member: StaffMember) -> tuple[Shift, ...]:
        """Return the shifts of a contract."""
        return tuple(s for s in self.problem.shifts if s.symbol in member.shifts)

    def bar(
        self, member: StaffMember, date: dt.date, shifts: Iterable[Shift]
    ) -> Bar | None:
        """Return what keeps a person from all of some shifts on a date, or nothing.

        Of several reasons the one that came closest to allowing it.
        """
        bars = self.bars(member, date)
        found = [bars.get(shift.symbol) for shift in shifts]
        order = (*Bar, None)
        return max(found, key=order.index, default=Bar.SYMBOL)

    def could_be_there(
        self,
        member: StaffMember,
        date: dt.date,
        minute: int,
        counts: Callable[[Role], bool],
        *,
        breaks_count: bool = False,
        symbol: ShiftId | None = None,
    ) -> bool:
        """Tell whether a person could be there at a clock minute of a date.

        Parameters
        ----------
        counts
            The roles that count.
        breaks_count
            Whether a person on a break counts as well.
        symbol
            If given, only in this shift.
        """
        if minute >= DAY:
            date, minute = date + ONE_DAY, minute - DAY
        for begins, at in ((date, minute), (date - ONE_DAY, minute + DAY)):
            for working in self.working(member, begins):
                if symbol not in (None, working.shift.symbol):
                    continue
                if any(counts(role) for role in working.roles_at(at)) and (
                    breaks_count or working.at_work(at)
                ):
                    return True
        return False

    def follows(self, before: Entry | None, entry: Entry) -> bool:
        """Tell whether an entry may stand on the date after another one (F-07, F-11).

        ``None`` for what is not known.
        """
        first = self.shifts.get(before or "")
        second = self.shifts.get(entry)
        if entry == OffKind.AFTER_NIGHT:
            return first is not None and first.passes_midnight
        if first is None:
            return True
        if second is None:
            return not (first.passes_midnight and entry in RESTS)
        rest = self.problem.office.settings.rest_least
        return second.start + DAY - first.end >= rest

    @cached_property
    def first(self) -> dt.date:
        """First date of the period."""
        return self.problem.period.first

    @cached_property
    def shifts(self) -> dict[Entry, Shift]:
        """The shift table by symbol."""
        return {str(shift.symbol): shift for shift in self.problem.shifts}

    @cached_property
    def _follows(self) -> dict[tuple[Entry, Entry], bool]:
        entries = [*self.shifts, *OffKind]
        return {(a, b): self.follows(a, b) for a in entries for b in entries}

    def _workings(self, member: StaffMember, date: dt.date) -> Iterator[Working]:
        duty = self.tail(member, date)
        if duty is not None and duty.shift is not None:
            shift = self.shifts[duty.shift]
            pieces = len(shift.segments)
            named = duty.roles[:pieces] if shift.counts else ()
            done = tuple((role,) for role in named)
            unknown = ((),) * (pieces - len(done))
            yield Working(shift, (*done, *unknown), (duty.breaks,))
        if date not in self.problem.period:
            return
        pin = self.pin(member, date)
        for entry in self.left(member, date):
            if entry in self.shifts:
                shift = self.shifts[entry]
                roles = self._roles(member, shift, pin)
                yield Working(shift, roles, shift.break_options)

    def _roles(
        self, member: StaffMember, shift: Shift, pin: Duty | None
    ) -> tuple[tuple[Role, ...], ...]:
        if not shift.counts:
            return ((),) * len(shift.segments)
        if pin is not None and pin.roles:
            return tuple((role,) for role in pin.roles)
        return (_own_roles(member, shift),) * len(shift.segments)

    def _settle(self, member: StaffMember) -> None:
        """Work out what is left of a person's row."""
        dates = self.problem.period.dates
        for date in dates:
            self._bars[member.name, date] = dict(self._alone(member, date))
        broken: set[dt.date] = set()
        last = self.tail(member, self.first - ONE_DAY)
        before: tuple[Entry | None, ...] = (_entry(last) if last else None,)
        for date in dates:
            before = self._forward(member, date, before, broken)
        after: tuple[Entry, ...] = ()
        for date in reversed(dates):
            after = self._backward(member, date, after, broken)

    def _forward(
        self,
        member: StaffMember,
        date: dt.date,
        before: tuple[Entry | None, ...],
        broken: set[dt.date],
    ) -> tuple[Entry | None, ...]:
        """Bar what nothing on the date before allows; return what is left."""
        bars = self._bars[member.name, date]
        here = tuple(e for e in self._entries(member, date) if e not in bars)
        if not here:
            broken.add(date)
            self.clashes.append(Clash(member.name, date, alone=True))
            self._left[member.name, date] = ()
            return ()
        able = tuple(e for e in here if self._any_before(before, e))
        if not able:
            broken.add(date)
            known = tuple(entry for entry in before if entry)
            clash = Clash(member.name, date, alone=False, before=known, here=here)
            self.clashes.append(clash)
            able = here
        for entry in set(here) - set(able):
            bars[entry] = self._bar_before(member, date)
        self._left[member.name, date] = able
        return able

    def _backward(
        self,
        member: StaffMember,
        date: dt.date,
        after: tuple[Entry, ...],
        broken: set[dt.date],
    ) -> tuple[Entry, ...]:
        """Bar what nothing on the date after allows; return what is left."""
        here = self._left[member.name, date]
        following = date + ONE_DAY
        if following in self.problem.period and following not in broken:
            able = tuple(e for e in here if any(self._follows[e, a] for a in after))
            for entry in set(here) - set(able):
                self._bars[member.name, date][entry] = self._bar_after(member, date)
            self._left[member.name, date] = here = able
        return here

    def _bar_before(self, member: StaffMember, date: dt.date) -> Bar:
        before = date - ONE_DAY
        if before < self.first:
            return Bar.TAIL
        return Bar.PIN_BEFORE if self.pin(member, before) else Bar.BEFORE

    def _bar_after(self, member: StaffMember, date: dt.date) -> Bar:
        after = date + ONE_DAY
        wants = {one.want for one in self.musts(member, after)}
        if wants & {Want.DAY_OFF, Want.PAID_LEAVE}:
            return Bar.LEAVE_AFTER
        return Bar.PIN_AFTER if self.pin(member, after) else Bar.AFTER

    def _any_before(self, before: tuple[Entry | None, ...], entry: Entry) -> bool:
        # Where the date before is broken itself, everything may follow.
        return not before or any(
            self.follows(None, entry) if one is None else self._follows[one, entry]
            for one in before
        )

    def _entries(self, member: StaffMember, date: dt.date) -> tuple[Entry, ...]:
        """Return all that could stand in a cell before any rule has spoken."""
        if date not in member.employed:
            return (OffKind.AWAY,)
        asked = self.problem.requests_by_cell.get((member.name, date), ())
        pin = self.problem.pin_by_cell.get((member.name, date))
        leave = any(one.want is Want.PAID_LEAVE for one in asked) or (
            pin is not None and pin.off is OffKind.PAID_LEAVE
        )
        absent = pin is not None and pin.off is OffKind.ABSENT
        return (
            OffKind.DAY_OFF,
            OffKind.AFTER_NIGHT,
            *((OffKind.PAID_LEAVE,) if leave else ()),
            *((OffKind.ABSENT,) if absent else ()),
            *self.shifts,
        )

    def _alone(self, member: StaffMember, date: dt.date) -> Iterator[tuple[Entry, Bar]]:
        """Yield what a cell cannot be, other cells left aside."""
        pin, musts = self.pin(member, date), self.musts(member, date)
        if date not in member.employed:
            yield from ((entry, Bar.EMPLOYED) for entry in self.shifts)
        for entry in self._entries(member, date):
            shift = self.shifts.get(entry)
            bar = self._of_contract(member, date, shift) if shift else None
            if bar is None and pin is not None and not _fits(pin, entry):
                bar = Bar.PIN
            if bar is None and shift is not None and pin is not None and pin.roles:
                bar = _of_roles(member, shift, pin)
            bar = bar or (self._of_deadline(member, date, shift) if shift else None)
            bar = bar or self._of_musts(member, date, entry, musts)
            if bar is not None:
                yield entry, bar

    def _of_contract(
        self, member: StaffMember, date: dt.date, shift: Shift
    ) -> Bar | None:
        """Return what law and contract have against a shift on a date."""
        name, contract, symbol = member.name, member.contract, shift.symbol
        duty = self.agreed("L-01", "duty", name, date, symbol)
        may_come = self.agreed("L-01", "available", name, date)
        holiday = date in self.problem.period.holiday_names
        asked = self.problem.requests_by_cell.get((name, date), ())
        pin = self.problem.pin_by_cell.get((name, date))
        wished = (pin is not None and pin.shift == symbol) or any(
            one.want is Want.SHIFT and symbol in one.shifts for one in asked
        )
        limit = self.nights_limit(member)
        pinned = self.nights_pinned(member)
        is_full = limit is not None and date not in pinned and len(pinned) >= limit
        is_night = shift.kind is ShiftKind.NIGHT
        flexible = not member.no_flex
        day = self.rulebook["F-01"].int("day_minutes")
        reasons = {
            Bar.SYMBOL: not (symbol in member.shifts or duty)
            or not _own_roles(member, shift),
            Bar.WEEKDAY: date.weekday() not in contract.weekdays and not may_come,
            Bar.HOLIDAY: holiday and not contract.public_holidays and not may_come,
            Bar.BREAKS: self._short_breaks(shift),
            Bar.NO_FLEX: not flexible and shift.work_minutes > day,
            Bar.NO_NIGHT: self._in_protected_night(member, date, shift),
            Bar.NIGHTS_MAX: is_night and is_full,
            Bar.HALF_LEAVE: shift.half_leave and not wished,
            Bar.ON_REQUEST: not shift.counts and not wished,
        }
        return next((bar for bar, holds in reasons.items() if holds), None)

    def nights_pinned(self, member: StaffMember) -> set[dt.date]:
        """Return the dates on which a night shift is pinned."""
        return {
            pin.date
            for pin in self.problem.pins.duties
            if pin.staff == member.name
            and self.pin(member, pin.date)
            and pin.shift is not None
            and self.shifts[pin.shift].kind is ShiftKind.NIGHT
        }

    def _short_breaks(self, shift: Shift) -> bool:
        table = self.rulebook["F-05"].table("break_table")
        return any(
            shift.interval.minutes - total_minutes(option) > above
            and total_minutes(option) < least
            for option in shift.break_options
            for above, least in table
        )

    def _in_protected_night(
        self, member: StaffMember, date: dt.date, shift: Shift
    ) -> bool:
        if member.no_night is None:
            return False
        rule = self.rulebook["F-09"]
        night = Interval(rule.int("night_start"), rule.int("night_end"))
        return any(
            date + days * ONE_DAY in member.no_night
            and shift.interval.overlaps(night.shifted(days * DAY))
            for days in (-1, 0, 1)
        )

    def _of_deadline(
        self, member: StaffMember, date: dt.date, shift: Shift
    ) -> Bar | None:
        """Return whether the care manager's billing days forbid a shift (G)."""
        if Role.PLANNER not in member.roles:
            return None
        rule, period = self.rulebook["G"], self.problem.period
        first, last = rule.int("night_ban_first_day"), rule.int("night_ban_last_day")
        touched = [date] if shift.kind is ShiftKind.NIGHT else []
        if shift.passes_midnight and date + ONE_DAY in period:
            touched.append(date + ONE_DAY)
        banned = any(
            first <= one.day <= last
            and not self.agreed("G", "night_ban", member.name, one)
            for one in touched
        )
        return Bar.DEADLINE if banned else None

    def _of_musts(
        self,
        member: StaffMember,
        date: dt.date,
        entry: Entry,
        musts: tuple[Request, ...],
    ) -> Bar | None:
        """Return what musts of the date or the next have against an entry (W-01)."""
        noon = self.problem.office.settings.half_day_at
        shift = self.shifts.get(entry)
        tail = self.tail(member, date - ONE_DAY)
        reaching = self.shifts.get(tail.shift or "") if tail else None
        for one in musts:
            match one.want:
                case Want.DAY_OFF:
                    granted = entry in (*RESTS, OffKind.AWAY)
                case Want.PAID_LEAVE:
                    granted = entry == OffKind.PAID_LEAVE
                case Want.SHIFT:
                    granted = entry in one.shifts
                case Want.NOT_SHIFT:
                    granted = entry not in one.shifts
                case _:
                    half = half_of(one.want, noon)
                    granted = not (
                        _shares(shift, half) or _shares(reaching, half.shifted(DAY))
                    )
            if not granted:
                leave = one.want in (Want.DAY_OFF, Want.PAID_LEAVE)
                return Bar.LEAVE if leave else Bar.WISH
        if shift is not None and date + ONE_DAY in self.problem.period:
            for one in self.musts(member, date + ONE_DAY):
                if _shares(shift, half_of(one.want, noon).shifted(DAY)):
                    return Bar.AFTER
        return None


def half_of(want: Want, noon: int) -> Interval:
    """Return the half of a date that a wish asks to be free; empty for other wishes."""
    match want:
        case Want.MORNING_OFF:
            return Interval(0, noon)
        case Want.AFTERNOON_OFF:
            return Interval(noon, DAY)
        case _:
            return Interval(0, 0)


def _shares(shift: Shift | None, part: Interval) -> bool:
    """Tell whether a shift shares a minute with a part of a date."""
    return shift is not None and shift.interval.intersection(part).minutes > 0


def _own_roles(member: StaffMember, shift: Shift) -> tuple[Role, ...]:
    return tuple(one for one in member.roles if not shift.roles or one in shift.roles)


def _of_roles(member: StaffMember, shift: Shift, pin: Duty) -> Bar | None:
    fits = len(pin.roles) == len(shift.segments) and set(pin.roles) <= set(
        _own_roles(member, shift)
    )
    return None if fits else Bar.SYMBOL


def _fits(pin: Duty, entry: Entry) -> bool:
    return entry == (pin.shift if pin.off is None else pin.off)


def _entry(duty: Duty) -> Entry | None:
    if duty.shift is not None:
        return duty.shift
    return None if duty.off is None else str(duty.off)
