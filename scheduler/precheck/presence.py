"""Find who could be at work at a moment or begin a shift, and why others cannot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise

from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.precheck import BlockedBy, Blocker
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells, closest

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


def there(
    cells: Cells,
    date: dt.date,
    minute: int,
    counts: Callable[[Role], bool] = in_pool,
    *,
    breaks_count: bool = True,
    symbol: ShiftId | None = None,
) -> tuple[StaffId, ...]:
    """Return the people who could be there at a clock minute, in roles that count.

    Parameters
    ----------
    breaks_count
        Whether a person on a break counts as well.
    symbol
        If given, only in this shift.
    """
    if minute >= DAY:
        date, minute = date + ONE_DAY, minute - DAY
    return tuple(
        member.name
        for member in cells.problem.staff
        if any(
            symbol in (None, working.shift.symbol)
            and any(map(counts, working.roles_at(at)))
            and (breaks_count or working.at_work(at))
            for begins, at in ((date, minute), (date - ONE_DAY, minute + DAY))
            for working in cells.working(member, begins)
        )
    )


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
        Blocker(staff=name, bar=why)
        for name, why in found
        if why is not None and why not in NOT_TOLD
    )
