"""Domains of the cells before any search, and why values are excluded.

What contract and law allow on a date comes from the model's own options.  Pins, musts
and other limits on a single cell are applied next, then arc consistency between
neighbouring dates (rest, 明), and no more.  Every excluded value is one that no legal
roster uses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import copy
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from scheduler.audit.staff_list import is_planner
from scheduler.constraints import EXCLUSIONS
from scheduler.constraints.language.options import CellFilter, Option, options_of
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.precheck import BlockedBy
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request, Want
from scheduler.domain.shifts import RESTS, OffKind, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.precheck.settled import Begun, Entry, Fixed, own_roles

EXCLUDED = {
    "A-15": BlockedBy.SYMBOL,
    "F-05": BlockedBy.BREAKS,
    "F-09": BlockedBy.NO_NIGHT,
}
"""Reason for an excluded option, by the rule that excludes it."""


NOTHING = Interval(0, 0)


class Clash(NamedTuple):
    """A cell whose domain is empty, by itself or after the dates before."""

    staff: StaffId
    date: dt.date
    alone: bool
    """Whether the cell contradicts itself; if not, it contradicts the dates before."""
    before: tuple[Entry, ...] = ()
    """What was left on the date before."""
    here: tuple[Entry, ...] = ()


class Cells(Fixed):
    """The domain of each cell of a problem: shifts and kinds of day off still possible.

    Attributes
    ----------
    clashes
        Cells that contradict themselves or the dates before.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.clashes: list[Clash] = []
        self._cell_filter = CellFilter(
            problem, EXCLUSIONS, lambda spot: self._agreed.get(spot, 0)
        )
        self._left: dict[tuple[StaffId, dt.date], dict[Entry, list[Option]]] = {}
        self._blocked: dict[tuple[StaffId, dt.date], dict[Entry, BlockedBy]] = {}
        self._working: dict[tuple[StaffId, dt.date], tuple[Begun, ...]] = {}
        for member in problem.staff:
            for date in problem.period.dates:
                self._settle(member, date)
            self._fit(member)

    def beside(self, problem: Problem) -> Cells:
        """Return a copy for a problem that leaves every cell's domain as it is."""
        other = copy(self)
        other.problem, other.of_problem = problem, {}
        return other

    # -- what is left ------------------------------------------------------------------

    def left(self, member: StaffMember, date: dt.date) -> tuple[Entry, ...]:
        """Return the domain of a cell."""
        return tuple(self._left[member.name, date])

    def may_come(self, member: StaffMember, date: dt.date, event: str) -> bool:
        """Tell whether a person could come to an event on a date."""
        options = self._left[member.name, date].values()
        return any(event in one.events for some in options for one in some)

    def blocked(self, member: StaffMember, date: dt.date) -> dict[Entry, BlockedBy]:
        """Return the reason for each value excluded from a cell."""
        return self._blocked[member.name, date]

    def blocked_by(
        self, member: StaffMember, date: dt.date, shifts: Iterable[Shift]
    ) -> BlockedBy | None:
        """Return why a person can begin none of some shifts on a date, if so.

        Of several reasons, the one that came closest to allowing it.
        """
        blocked = self._blocked[member.name, date]
        return closest(blocked.get(shift.symbol) for shift in shifts)

    def on_call_excluded_by(self, member: StaffMember, date: dt.date) -> str | None:
        """Return the rule that excludes a person's night on call, if any does."""
        return self._cell_filter.on_call_excluded_by(member, date)

    def working(self, member: StaffMember, date: dt.date) -> tuple[Begun, ...]:
        """Return the shifts that could begin on a date, or began in the tail."""
        key = (member.name, date)
        if key not in self._working:
            self._working[key] = tuple(self._workings(member, date))
        return self._working[key]

    def _workings(self, member: StaffMember, date: dt.date) -> Iterator[Begun]:
        duty = self.tail(member, date)
        if duty is not None and duty.shift is not None:
            shift = self.shifts[duty.shift]
            named = duty.roles if shift.counts else ()
            roles: list[tuple[Role, ...]] = [
                (role,) for role in named[: len(shift.segments)]
            ]
            unknown = [()] * (len(shift.segments) - len(roles))
            yield Begun(shift, (*roles, *unknown), (duty.breaks,))
        for entry, options in self._left.get((member.name, date), {}).items():
            if entry in self.shifts:
                shift = self.shifts[entry]
                choices = zip(*(option.roles for option in options), strict=True)
                roles = [tuple(dict.fromkeys(one)) for one in choices]
                if not shift.counts:
                    roles = [()] * len(shift.segments)
                yield Begun(shift, tuple(roles), shift.break_options)

    # -- one cell by itself ------------------------------------------------------------

    def _settle(self, member: StaffMember, date: dt.date) -> None:
        """Compute a cell's domain without regard to other cells, and all reasons."""
        left: dict[Entry, list[Option]] = {}
        excluded: dict[Entry, str] = {}
        for option in options_of(self.problem, member, date):
            entry = str(option.shift or option.off)
            rule = self._cell_filter.excluded_by(member, date, option)
            if rule is None:
                left.setdefault(entry, []).append(option)
            # A shift has an option for each choice of roles; A-15 may exclude only some
            # of them, so any other rule says more.
            elif excluded.get(entry, "A-15") == "A-15":
                excluded[entry] = rule
        pin, musts = self.pin(member, date), self.musts(member, date)
        pinned = None if pin is None else str(pin.shift or pin.off)
        blocked: dict[Entry, BlockedBy] = {}
        for entry in dict.fromkeys((*left, *self.shifts)):
            shift = self.shifts.get(entry)
            why = None
            if shift is not None:
                why = self._by_contract(member, date, shift, left, excluded)
            if why is None and pin is not None and pinned != entry:
                why = BlockedBy.PIN
            if why is None and pin is not None and pin.roles:
                kept = [option for option in left[entry] if option.roles == pin.roles]
                left[entry] = kept
                why = None if kept else BlockedBy.SYMBOL
            if why is None and shift is not None:
                why = self._by_office(member, date, shift)
            if why is None:
                why = self._by_musts(member, date, entry, musts)
            if why is not None:
                blocked[entry] = why
        self._blocked[member.name, date] = blocked
        self._left[member.name, date] = {
            entry: options for entry, options in left.items() if entry not in blocked
        }

    def _by_contract(
        self,
        member: StaffMember,
        date: dt.date,
        shift: Shift,
        left: Collection[Entry],
        excluded: dict[Entry, str],
    ) -> BlockedBy | None:
        """Return why the model has no such option, or the contract forbids it."""
        symbol = shift.symbol
        if date not in member.employed:
            return BlockedBy.EMPLOYED
        too_long = member.no_flex and shift.work_minutes > self._day
        if symbol in left:
            return (
                BlockedBy.NO_FLEX if too_long else self._by_nights(member, date, shift)
            )
        if symbol not in excluded:
            own = symbol in member.shifts
            asked = BlockedBy.HALF_LEAVE if shift.half_leave else BlockedBy.ON_REQUEST
            return asked if own else BlockedBy.SYMBOL
        if excluded[symbol] == "F-09" and too_long:
            return BlockedBy.NO_FLEX
        if excluded[symbol] in EXCLUDED:
            return EXCLUDED[excluded[symbol]]
        duty = self.agreed("L-01", "duty", member.name, date, symbol)
        if symbol not in member.shifts and not duty:
            return BlockedBy.SYMBOL
        if not member.is_employed_through(date, shift.interval):
            return BlockedBy.LAST_DATE
        if member.contract.allows(date, self.problem.period):
            return BlockedBy.OTHER_HOUSE
        in_week = date.weekday() in member.contract.weekdays
        return BlockedBy.HOLIDAY if in_week else BlockedBy.WEEKDAY

    def _by_nights(
        self, member: StaffMember, date: dt.date, shift: Shift
    ) -> BlockedBy | None:
        """Return `BlockedBy.NIGHTS_MAX` if all nights are pinned to other dates."""
        if not shift.is_night:
            return None
        limit, pinned = self.nights_limit(member), self._nights_pinned[member.name]
        is_full = limit is not None and date not in pinned and len(pinned) >= limit
        return BlockedBy.NIGHTS_MAX if is_full else None

    def _by_office(
        self, member: StaffMember, date: dt.date, shift: Shift
    ) -> BlockedBy | None:
        """Return a reason if billing days (G) or a cover rule (K-02) forbid a shift."""
        night = shift.is_night
        touched = ((date, night), (date + ONE_DAY, shift.passes_midnight))
        if is_planner(self.problem, member) and any(
            reached
            and one in self.problem.period
            and self._no_night_from <= one.day <= self._no_night_to
            and not self.agreed("G", "night_ban", member.name, one)
            for one, reached in touched
        ):
            return BlockedBy.DEADLINE
        cap = self.cap_of(member, date, shift, own_roles(member, shift))
        return BlockedBy.COVER if cap is not None and cap.most == 0 else None

    def _by_musts(
        self,
        member: StaffMember,
        date: dt.date,
        entry: Entry,
        musts: Collection[Request],
    ) -> BlockedBy | None:
        """Return a reason if a must of the date or the next forbids an entry (W-01)."""
        shift = self.shifts.get(entry)
        for one in musts:
            if not self._grants(one, member, date, entry):
                leave = one.want in (Want.DAY_OFF, Want.PAID_LEAVE)
                return BlockedBy.LEAVE if leave else BlockedBy.WISH
        following = date + ONE_DAY
        if shift is not None and shift.passes_midnight:
            for one in self.musts(member, following):
                if _meet(shift, self._half_asked(one).shifted(DAY)):
                    return BlockedBy.AFTER
        return None

    def _grants(
        self, wish: Request, member: StaffMember, date: dt.date, entry: Entry
    ) -> bool:
        """Tell whether an entry grants a wish, given the tail's work on the date."""
        match wish.want:
            case Want.DAY_OFF:
                return entry in (*RESTS, OffKind.AWAY)
            case Want.PAID_LEAVE:
                return entry == OffKind.PAID_LEAVE
            case Want.SHIFT:
                return entry in wish.shifts
            case Want.NOT_SHIFT:
                return entry not in wish.shifts
        half, shift = self._half_asked(wish), self.shifts.get(entry)
        tail = self.tail(member, date - ONE_DAY)
        reaching = self.shifts.get(tail.shift or "") if tail else None
        return not (_meet(shift, half) or _meet(reaching, half.shifted(DAY)))

    def _half_asked(self, wish: Request) -> Interval:
        """Return the half of a date that a wish asks to be free; empty for others."""
        noon = self.problem.office.settings.half_day_at
        halves = {
            Want.MORNING_OFF: Interval(0, noon),
            Want.AFTERNOON_OFF: Interval(noon, DAY),
        }
        return halves.get(wish.want, NOTHING)

    @cached_property
    def _day(self) -> int:
        return self.rulebook["F-01"].int("day_minutes")

    @cached_property
    def _no_night_from(self) -> int:
        return self.rulebook["G"].int("night_ban_first_day")

    @cached_property
    def _no_night_to(self) -> int:
        return self.rulebook["G"].int("night_ban_last_day")

    # -- the cells of a person together ------------------------------------------------

    def _fit(self, member: StaffMember) -> None:
        """Filter a row by what may follow what, forwards, then backwards (F-07, F-11).

        For a chain of cells the two passes give full consistency.  Where nothing fits,
        the cell is left as it is and reported in `clashes`.
        """
        name, dates = member.name, self.problem.period.dates
        last = self.tail(member, self.first - ONE_DAY)
        before: tuple[Entry | None, ...] = (
            (last and (last.shift or last.off)) or None,
        )
        broken = set()
        for date in dates:
            here = self.left(member, date)
            able = tuple(
                entry
                for entry in here
                if not before or any(self.may_follow[one, entry] for one in before)
            )
            if not able:
                broken.add(date)
                known = tuple(one for one in before if one)
                clash = Clash(name, date, alone=not here)
                clash = clash._replace(before=known, here=here) if here else clash
                self.clashes.append(clash)
            before = able or here
            self._keep(member, date, before, self._before)
        for date, after in pairwise(reversed(dates)):
            if date not in broken:
                following = self.left(member, date)
                able = tuple(
                    entry
                    for entry in self.left(member, after)
                    if any(self.may_follow[entry, one] for one in following)
                )
                self._keep(member, after, able, self._after)

    def _keep(
        self,
        member: StaffMember,
        date: dt.date,
        able: Collection[Entry | None],
        why: Callable[[StaffMember, dt.date], BlockedBy],
    ) -> None:
        """Restrict a cell to some entries, and record why the others are excluded."""
        left = self._left[member.name, date]
        for entry in [one for one in left if one not in able]:
            del left[entry]
            self._blocked[member.name, date][entry] = why(member, date)

    def _before(self, member: StaffMember, date: dt.date) -> BlockedBy:
        before = date - ONE_DAY
        if before < self.first:
            return BlockedBy.TAIL
        return BlockedBy.PIN_BEFORE if self.pin(member, before) else BlockedBy.BEFORE

    def _after(self, member: StaffMember, date: dt.date) -> BlockedBy:
        after = date + ONE_DAY
        wants = {one.want for one in self.musts(member, after)}
        if wants & {Want.DAY_OFF, Want.PAID_LEAVE}:
            return BlockedBy.LEAVE_AFTER
        return BlockedBy.PIN_AFTER if self.pin(member, after) else BlockedBy.AFTER


def _meet(shift: Shift | None, part: Interval) -> bool:
    """Tell whether a shift shares a minute with a part of a date."""
    return shift is not None and shift.interval.intersection(part).minutes > 0


def closest(found: Iterable[BlockedBy | None]) -> BlockedBy | None:
    """Return the reason latest in `BlockedBy`; ``None`` if one is: that allows it."""
    order = (*BlockedBy, None)
    return max(found, key=order.index, default=BlockedBy.SYMBOL)
