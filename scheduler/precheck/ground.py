"""What is settled before any search: for each person and date, what is left to do.

Law, contract, pins and musts are all taken as kept.  What then is left of a person's
row fits together from one date to the next (rest, 明), no more: everything said here is
a limit that no legal roster passes, whatever else holds.
"""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.audit.figures.able import is_protected
from scheduler.audit.figures.limits import month_cap, nights_of_office
from scheduler.audit.figures.people import RESTS
from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, total_minutes
from scheduler.domain.precheck import Bar
from scheduler.domain.requests import Strength, Want
from scheduler.domain.shifts import Duty, OffKind, Role, ShiftKind
from scheduler.precheck.at_most import cover_bar
from scheduler.precheck.musts import must_bar
from scheduler.precheck.row import Row, entry_of
from scheduler.precheck.working import Working, may_do, own_roles
from scheduler.rulebook import load

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from scheduler.domain.base import ShiftId
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Request
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.row import Entry


class Ground:
    """A problem, what has been agreed on, and what is left of each cell.

    Attributes
    ----------
    problem, rulebook
        The month, and the thresholds in force.
    clashes
        Cells for which nothing is left, by person and date.
    reached, needed
        Minutes of care that were worked out already (`care.reach`, `needed_minutes`).
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rulebook = load(problem.period)
        self._agreed = {one.spot: one.amount for one in problem.agreements}
        self._agreed_on = {(spot.rule, spot.facet, spot.staff) for spot in self._agreed}
        self._tail = {(duty.staff, duty.date): duty for duty in problem.history.duties}
        self._working: dict[tuple[StaffId, dt.date], tuple[Working, ...]] = {}
        self.reached: dict[tuple[StaffId, dt.date], int] = {}
        self.needed: dict[dt.date, int] = {}
        self._rows = {member.name: Row(self, member) for member in problem.staff}
        self.clashes = [one for row in self._rows.values() for one in row.clashes]

    def beside(self, problem: Problem) -> Ground:
        """Return the ground of a problem in which the same is left of every cell."""
        other = copy(self)
        other.problem = problem
        other.reached, other.needed = {}, {}
        return other

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
        if not self._agreed:
            return 0
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
        most = nights_of_office(self.problem, member)
        limits = []
        if own is not None:
            limits.append(own + self.agreed("L-05", "nights_max", member.name))
        if most is not None:
            limits.append(most + self.agreed("F-13", "nights_most", member.name))
        return min(limits, default=None)

    def month_cap(self, member: StaffMember) -> int:
        """Return the most minutes of work in the period (F-02)."""
        cap = month_cap(self.problem)
        return cap + self.agreed("F-02", "month", member.name)

    # -- what is left ------------------------------------------------------------------

    def left(self, member: StaffMember, date: dt.date) -> tuple[Entry, ...]:
        """Return what a cell can still be."""
        return self._rows[member.name].left[date]

    def bars(self, member: StaffMember, date: dt.date) -> dict[Entry, Bar]:
        """Return why a cell cannot be what it cannot be."""
        return self._rows[member.name].bars[date]

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
    def may_follow(self) -> dict[tuple[Entry, Entry], bool]:
        """For each pair of entries whether the second may stand after the first."""
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
        return (own_roles(member, shift),) * len(shift.segments)

    def entries(self, member: StaffMember, date: dt.date) -> tuple[Entry, ...]:
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

    def alone(self, member: StaffMember, date: dt.date) -> Iterator[tuple[Entry, Bar]]:
        """Yield what a cell cannot be, other cells left aside."""
        pin = self.pin(member, date)
        if date not in member.employed:
            yield from ((entry, Bar.EMPLOYED) for entry in self.shifts)
        for entry in self.entries(member, date):
            shift = self.shifts.get(entry)
            bar = self._of_contract(member, date, shift) if shift else None
            if bar is None and pin is not None and entry_of(pin) != entry:
                bar = Bar.PIN
            if bar is None and shift is not None and pin is not None and pin.roles:
                bar = None if may_do(member, shift, pin.roles) else Bar.SYMBOL
            bar = bar or (self._of_deadline(member, date, shift) if shift else None)
            bar = bar or (cover_bar(self, member, date, shift) if shift else None)
            bar = bar or must_bar(self, member, date, entry)
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
            or not own_roles(member, shift),
            Bar.LAST_DATE: not member.is_employed_through(date, shift.interval),
            Bar.WEEKDAY: date.weekday() not in contract.weekdays and not may_come,
            Bar.HOLIDAY: holiday and not contract.public_holidays and not may_come,
            Bar.BREAKS: symbol in self._short_of_breaks,
            Bar.NO_FLEX: not flexible and shift.work_minutes > day,
            Bar.NO_NIGHT: is_protected(self.problem, member, date, shift.interval),
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

    @cached_property
    def _short_of_breaks(self) -> set[ShiftId]:
        """Shifts whose breaks are shorter than their work asks for (F-05)."""
        table = self.rulebook["F-05"].table("break_table")
        return {
            shift.symbol
            for shift in self.problem.shifts
            for option in shift.break_options
            for above, least in table
            if shift.interval.minutes - total_minutes(option) > above
            and total_minutes(option) < least
        }

    def _of_deadline(
        self, member: StaffMember, date: dt.date, shift: Shift
    ) -> Bar | None:
        """Return whether the care manager's billing days forbid a shift (G)."""
        if not member.is_care_manager:
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
