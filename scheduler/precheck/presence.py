"""Who could be at work at a moment, why others cannot, and how many at once.

Cover rules limit how many of them can be there together (K-02).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval, without
from scheduler.domain.precheck import BlockedBy, Blocker
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule
from scheduler.domain.shifts import BreakOption, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells, closest
from scheduler.precheck.settled import Begun, Cap, counts_for_certain, once, own_roles

NOT_TOLD = (None, BlockedBy.SYMBOL, BlockedBy.HALF_LEAVE, BlockedBy.ON_REQUEST)
"""Reasons not reported: none, or that it is not the person's work."""


def in_pool(role: Role) -> bool:
    """Tell whether a role counts towards the care pool."""
    return role.in_care_pool


def pieces_of(
    problem: Problem, span: Interval, more: Iterable[int] = ()
) -> list[Interval]:
    """Cut a clock span wherever a segment or break of a shift begins or ends.

    Parameters
    ----------
    problem
        Gives the shift table, and the breaks of last month's tail.
    span
        Clock minutes; past 1440 for the next morning.
    more
        Further clock minutes at which something changes.
    """
    times = {
        minute
        for shift in problem.all_shifts
        for piece in (*shift.segments, *(p for o in shift.breaks for p in o))
        for minute in piece
    }
    times |= {m for d in problem.history.duties for pause in d.breaks for m in pause}
    edges = {minute + days * DAY for minute in times for days in (-1, 0, 1)}
    inside = {m for m in (*edges, *more) if span.start < m < span.end}
    return [Interval(*pair) for pair in pairwise(sorted({*span, *inside}))]


def there(cells: Cells, date: dt.date, minute: int) -> tuple[StaffId, ...]:
    """Return who could be in the care pool at a clock minute, or on a break in it."""
    return tuple(
        member.name
        for member in cells.problem.staff
        if any(
            any(map(in_pool, working.roles_at(at)))
            for _begins, working, at in around(cells, member, date, minute)
        )
    )


def around(
    cells: Cells, member: StaffMember, date: dt.date, minute: int
) -> Iterator[tuple[dt.date, Begun, int]]:
    """Yield a person's shifts near a clock minute, with first date and minute of it."""
    days, at = divmod(minute, DAY)
    for back in (0, 1):
        begins = date + (days - back) * ONE_DAY
        for working in cells.working(member, begins):
            yield begins, working, at + back * DAY


def not_beginning(
    cells: Cells,
    date: dt.date,
    able: Collection[StaffId],
    shifts_of: Callable[[StaffMember], Collection[Shift]],
) -> tuple[Blocker, ...]:
    """Return why people cannot begin any of some shifts on a date.

    Parameters
    ----------
    able
        People who can; they are left out.
    shifts_of
        The shifts of a person; people without any are left out.
    """
    return _obstacles(
        (member.name, cells.blocked_by(member, date, shifts_of(member)))
        for member in cells.problem.staff
        if member.name not in able and shifts_of(member)
    )


def not_there(
    cells: Cells,
    date: dt.date,
    minute: int,
    able: Collection[StaffId],
) -> tuple[Blocker, ...]:
    """Return why people of the care pool cannot be there at a clock minute."""
    return _obstacles(
        (member.name, _blocked_at(cells, member, date, minute))
        for member in cells.problem.staff
        if member.name not in able and any(map(in_pool, member.roles))
    )


def _blocked_at(
    cells: Cells, member: StaffMember, date: dt.date, minute: int
) -> BlockedBy | None:
    """Return why a person can begin no shift that covers a minute, or ``None``."""
    found = []
    for days in (-1, 0, 1):
        begins, at = date + days * ONE_DAY, minute - days * DAY
        own = cells.own_shifts(member)
        shifts = [shift for shift in own if shift.start <= at < shift.end]
        if begins in cells.problem.period and shifts:
            found.append(cells.blocked_by(member, begins, shifts))
    return closest(found)


def _obstacles(
    found: Iterable[tuple[StaffId, BlockedBy | None]],
) -> tuple[Blocker, ...]:
    return tuple(
        Blocker(staff=name, why=why)
        for name, why in found
        if why is not None and why not in NOT_TOLD
    )


# -- at once, under cover rules --------------------------------------------------------


class Presence(NamedTuple):
    """Hours of a date at which a person is in the care pool, by shift and role."""

    name: StaffId
    hours: Interval
    begins: dt.date
    shift: Shift
    roles: tuple[Role, ...]
    """Roles of the care pool to choose from."""
    cap: Cap | None
    """The strictest rule on shifts that counts it whichever role is chosen, if any."""


class Crowd(NamedTuple):
    """How many people can be there at the same time."""

    most: int
    rules: tuple[str, ...] = ()
    """Names of the cover rules that allow no more, if any does."""


@once(of_rows=True)
def ways_on(cells: Cells, date: dt.date) -> list[Presence]:
    """Return all ways in which people could work in the care pool on a date."""
    return [
        way
        for member in cells.problem.staff
        for days in (0, 1)
        for working in cells.working(member, date - days * ONE_DAY)
        for way in _ways(cells, member, working, date - days * ONE_DAY, days)
    ]


def ways_by_contract(cells: Cells, date: dt.date) -> list[Presence]:
    """Return the ways on a date by shift table and roles alone, leave and pins ignored.

    Shifts of last month's tail are as they were worked.
    """
    first = cells.first
    found = [way for way in ways_on(cells, date) if way.begins < first]
    for member in cells.problem.staff:
        for shift in (s for s in cells.own_shifts(member) if s.counts):
            roles = (own_roles(member, shift),) * len(shift.segments)
            working = Begun(shift, roles, shift.break_options)
            for days in (0, 1):
                begins = date - days * ONE_DAY
                if begins >= first:
                    found += _ways(cells, member, working, begins, days)
    return found


def those_there(ways: Iterable[Presence], minute: int) -> dict[StaffId, list[Presence]]:
    """Return the people who could be there at a clock minute, with their ways."""
    found: dict[StaffId, list[Presence]] = {}
    for way in ways:
        if way.hours.start <= minute < way.hours.end:
            found.setdefault(way.name, []).append(way)
    return found


def crowd(
    cells: Cells,
    date: dt.date,
    minute: int,
    people: Mapping[StaffId, Sequence[Presence]],
) -> Crowd:
    """Return how many of some people can be there at a clock minute at once.

    If several rules count the same way, only the strictest is applied, which keeps the
    result an upper bound.
    """
    in_force = list(_bands(cells, date, minute))
    members = cells.problem.member_by_name
    return _crowd(
        cells,
        {
            name: {_strictest(members[name], way, in_force) for way in ways}
            for name, ways in people.items()
        },
    )


def _crowd(cells: Cells, people: Mapping[StaffId, set[Cap | None]]) -> Crowd:
    """Return how many people fit, each under one of their caps; ``None`` is no cap."""
    kept = [
        {cap for cap in caps if cap} for caps in people.values() if None not in caps
    ]
    most = len(people) - len(kept) + _seated(kept)
    if most == len(people):
        return Crowd(most)
    names = {cap.name for caps in kept for cap in caps}
    in_order = (rule.name for rule in cells.problem.cover_rules)
    return Crowd(most, tuple(name for name in in_order if name in names))


def most_beginning(
    cells: Cells, date: dt.date, counts: Callable[[Shift], bool]
) -> Crowd:
    """Return how many people can begin one of some shifts on a date."""
    people: dict[StaffId, set[Cap | None]] = {}
    for member in cells.problem.staff:
        for working in cells.working(member, date):
            shift = working.shift
            if counts(shift):
                roles = own_roles(member, shift)
                cap = cells.cap_of(member, date, shift, roles)
                people.setdefault(member.name, set()).add(cap)
    return _crowd(cells, people)


def band_edges(problem: Problem) -> set[int]:
    """Return the clock minutes of a date at which a rule on hours begins or ends."""
    return {
        edge - days * DAY
        for cover in problem.cover_rules
        for edge in cover.band or ()
        for days in (0, 1)
    }


def _ways(
    cells: Cells, member: StaffMember, working: Begun, begins: dt.date, days: int
) -> Iterator[Presence]:
    """Yield the hours of a date that a shift begun ``days`` before covers."""
    shift = working.shift
    always = _always_resting(working.breaks)
    for segment, roles in zip(shift.segments, working.roles, strict=True):
        in_care = tuple(filter(in_pool, roles))
        if in_care:
            cap = cells.cap_of(member, begins, shift, in_care)
            for piece in without(segment, always):
                hours = piece.shifted(-days * DAY)
                yield Presence(member.name, hours, begins, shift, in_care, cap)


@cache
def _always_resting(breaks: tuple[BreakOption, ...]) -> tuple[Interval, ...]:
    """Return the times that lie in a break whichever breaks are chosen."""
    first, *others = breaks
    common = list(first)
    for option in others:
        common = [
            both
            for pause in common
            for both in (pause.intersection(other) for other in option)
            if both.minutes
        ]
    return tuple(common)


def _bands(cells: Cells, date: dt.date, minute: int) -> Iterator[tuple[CoverRule, Cap]]:
    """Yield the rules on hours that limit the people at a clock minute."""
    for cover in cells.problem.cover_rules:
        if not cover.must or cover.at_most is None or cover.band is None:
            continue
        for days in (0, 1):
            on = date - days * ONE_DAY
            inside = cover.band.start <= minute + days * DAY < cover.band.end
            if (
                inside
                and on in cells.problem.period
                and cover.applies_on(on)
                and not cells.agreed("K-02", "band_must", date=on, name=cover.name)
            ):
                yield cover, Cap(cover.at_most, cover.name, on)


def _strictest(
    member: StaffMember, way: Presence, in_force: Sequence[tuple[CoverRule, Cap]]
) -> Cap | None:
    """Return the strictest cap on a way at a clock minute, if there is any."""
    if not in_force:
        return way.cap
    caps = [
        cap
        for cover, cap in in_force
        if counts_for_certain(cover, member, way.shift, way.roles)
    ]
    return min((cap for cap in (way.cap, *caps) if cap), default=None)


def _seated(wanted: Sequence[set[Cap]]) -> int:
    """Return the size of a maximum matching of people to caps (augmenting paths)."""
    seats: dict[Cap, list[int]] = defaultdict(list)

    def seat(person: int, tried: set[Cap]) -> bool:
        for cap in sorted(wanted[person] - tried):
            tried.add(cap)
            if len(seats[cap]) < cap.most:
                seats[cap].append(person)
                return True
            for place, other in enumerate(seats[cap]):
                if seat(other, tried):
                    seats[cap][place] = person
                    return True
        return False

    return sum(seat(person, set()) for person in range(len(wanted)))
