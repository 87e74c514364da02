"""What is fixed before any search: limits with agreements, pins, musts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cached_property, wraps
from typing import Any, NamedTuple, TypeVar, cast

from scheduler.audit.figures.able import PossibleShift
from scheduler.audit.figures.limits import contract_limit, month_cap, nights_of_office
from scheduler.constraints.language.crew import could_count
from scheduler.constraints.language.standing import Tail
from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, Interval
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule, Request, Strength
from scheduler.domain.shifts import RESTS, Duty, OffKind, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of

F = TypeVar("F", bound=Callable[..., Any])

Entry = str
"""A shift's symbol, or a kind of day off."""


class Begun(NamedTuple):
    """A shift that a person could begin, or has begun in last month's tail."""

    shift: Shift
    roles: tuple[tuple[Role, ...], ...]
    """Roles to choose from, segment by segment; empty if they do not count."""
    breaks: tuple[tuple[Interval, ...], ...]
    """Options for the breaks, of which one is chosen."""

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

    def stint(self, counts: Callable[[Role], bool]) -> PossibleShift:
        """Return the shift with the segments that can be worked in roles that count."""
        pieces = tuple(
            segment
            for segment, roles in zip(self.shift.segments, self.roles, strict=True)
            if any(counts(role) for role in roles)
        )
        return PossibleShift(self.shift.interval, pieces, self.breaks)


class Cap(NamedTuple):
    """The most people that a cover rule allows on one of its dates."""

    most: int
    name: str
    date: dt.date


class Fixed:
    """A problem's limits with agreements, its pins and its musts.

    Attributes
    ----------
    problem, rulebook
        The month, and the thresholds in force.
    first, shifts
        First date of the period, and the shift table by symbol.
    worked
        What was worked in last month's tail.
    of_rows, of_problem
        What was computed from the domains of the cells alone, and from the problem too
        (`once`).
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rulebook = rules_of(problem)
        self.first = problem.period.first
        self.shifts = {str(shift.symbol): shift for shift in problem.all_shifts}
        self.of_rows: dict[tuple[object, ...], Any] = {}
        self.of_problem: dict[tuple[object, ...], Any] = {}
        self._agreed = {one.spot: one.amount for one in problem.agreements}
        self.worked = Tail(problem)

    def agreed(
        self,
        rule: str,
        facet: str,
        staff: str = "",
        date: dt.date | None = None,
        name: str = "",
    ) -> int:
        """Return the amount agreed at a spot; zero if none."""
        if not self._agreed:
            return 0
        spot = Spot(rule=rule, facet=facet, staff=StaffId(staff), date=date, name=name)
        return self._agreed.get(spot, 0)

    def agreed_somewhere(self, rule: str, facet: str, staff: StaffId) -> bool:
        """Tell whether a person has an agreement on a facet, on any date."""
        spots = ((one.rule, one.facet, one.staff) for one in self._agreed)
        return (rule, facet, staff) in spots

    def limit(self, member: StaffMember, field: str) -> int | None:
        """Return a limit of a contract with its agreement; ``None``: no limit."""
        return contract_limit(self.problem, member, field)

    def dates_of(self, member: StaffMember) -> list[dt.date]:
        """Return the dates on which a person is employed, and not on long leave."""
        away = self.problem.on_long_leave.get(member.name, ())
        employed = (d for d in self.problem.period.dates if d in member.employed)
        return [date for date in employed if date not in away]

    def nights_limit(self, member: StaffMember) -> int | None:
        """Return the most night shifts in the period (L-05, F-13)."""
        own, most = (
            self.limit(member, "nights_max"),
            nights_of_office(self.problem, member),
        )
        if most is not None:
            most += self.agreed("F-13", "nights_most", member.name)
        return min((one for one in (own, most) if one is not None), default=None)

    def month_cap(self, member: StaffMember) -> int:
        """Return the most minutes of work in the period (F-02)."""
        return month_cap(self.problem) + self.agreed("F-02", "month", member.name)

    def pin(self, member: StaffMember, date: dt.date) -> Duty | None:
        """Return the pin of a cell, unless an agreement lifts it."""
        pin = self.problem.pin_by_cell.get((member.name, date))
        kept = pin and not self.agreed("W-02", "duty", member.name, date)
        return pin if kept else None

    def musts(self, member: StaffMember, date: dt.date) -> tuple[Request, ...]:
        """Return the must-have wishes of a cell, unless an agreement lifts them."""
        asked = self.problem.requests_by_cell.get((member.name, date), ())
        musts = tuple(one for one in asked if one.strength is Strength.MUST)
        kept = musts and not self.agreed("W-01", "must", member.name, date)
        return musts if kept else ()

    def tail(self, member: StaffMember, date: dt.date) -> Duty | None:
        """Return the duty of a cell in last month's tail, if there is one."""
        cell = member.name, date
        return self.problem.history.by_cell.get(cell) if date < self.first else None

    def own_shifts(self, member: StaffMember) -> tuple[Shift, ...]:
        """Return the shifts of a contract."""
        return tuple(s for s in self.problem.shifts if s.symbol in member.shifts)

    @cached_property
    def may_follow(self) -> dict[tuple[Entry | None, Entry], bool]:
        """Whether an entry may follow another one on the next date (F-07, F-11).

        The first of a key is ``None`` if the date before is not known.
        """
        entries = [*self.shifts, *map(str, OffKind)]
        return {(a, b): self._follows(a, b) for a in (None, *entries) for b in entries}

    def _follows(self, before: Entry | None, entry: Entry) -> bool:
        first, second = self.shifts.get(before or ""), self.shifts.get(entry)
        if entry == OffKind.AFTER_NIGHT:
            return first is not None and first.passes_midnight
        if first is None:
            return True
        if second is None:
            return not (first.passes_midnight and entry in RESTS)
        rest = self.problem.office.settings.rest_least
        return second.start + DAY - first.end >= rest

    def may_repeat(self, shifts: Collection[Shift]) -> bool:
        """Tell whether one of some shifts may begin on the date after another."""
        return any(
            self.may_follow[one.symbol, other.symbol]
            for one in shifts
            for other in shifts
        )

    @cached_property
    def _nights_pinned(self) -> dict[StaffId, set[dt.date]]:
        """Dates on which a night shift is pinned, by person."""
        pinned: dict[StaffId, set[dt.date]] = defaultdict(set)
        for pin in self.problem.pin_by_cell.values():
            night = pin.shift and self.shifts[pin.shift].is_night
            if night and not self.agreed("W-02", "duty", pin.staff, pin.date):
                pinned[pin.staff].add(pin.date)
        return pinned

    # -- how many shifts a cover rule allows (K-02) ------------------------------------

    def cap_of(
        self,
        member: StaffMember,
        date: dt.date,
        shift: Shift,
        roles: Collection[Role],
    ) -> Cap | None:
        """Return the strictest rule that counts the shift whichever role is chosen."""
        caps = [
            cap
            for cover, cap in self.caps.get(date, ())
            if counts_for_certain(cover, member, shift, roles)
        ]
        return min(caps, default=None)

    @cached_property
    def caps(self) -> dict[dt.date, list[tuple[CoverRule, Cap]]]:
        """The rules that limit how many shifts begin on a date of the period."""
        found = defaultdict(list)
        for cover in self.problem.cover_rules:
            if cover.must and cover.at_most is not None and cover.band is None:
                for date in filter(cover.applies_on, self.problem.period.dates):
                    agreed = self.agreed(
                        "K-02", "count_must", date=date, name=cover.name
                    )
                    cap = Cap(cover.at_most + agreed, cover.name, date)
                    found[date].append((cover, cap))
        return found


def once(*, of_rows: bool = False) -> Callable[[F], F]:
    """Return a decorator of functions that are computed once for what they are asked.

    Parameters
    ----------
    of_rows
        Whether the answers depend on the domains of the cells alone.
    """

    def kept(function: F) -> F:
        @wraps(function)
        def known(cells: Fixed, *about: object) -> object:
            answers = cells.of_rows if of_rows else cells.of_problem
            # A person by the name alone: it is one of the cells' own.
            key = (function, *(getattr(one, "name", one) for one in about))
            if key not in answers:
                answers[key] = function(cells, *about)
            return answers[key]

        return cast("F", known)

    return kept


def own_roles(member: StaffMember, shift: Shift) -> tuple[Role, ...]:
    """Return the roles in which a person may do a shift."""
    return tuple(one for one in member.roles if not shift.roles or one in shift.roles)


def counts_for_certain(
    cover: CoverRule, member: StaffMember, shift: Shift, roles: Collection[Role]
) -> bool:
    """Tell whether a rule counts a person in a shift, whichever role is chosen."""
    return (
        shift.counts
        and cover.shift in (None, shift.symbol)
        and (cover.role is None or set(roles) == {cover.role})
        and could_count(cover, member)
    )
