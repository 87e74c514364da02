"""Why those who could do something by contract cannot do it on a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.precheck import Bar, Obstacle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.shifts import Role, Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground

NOT_TOLD = (None, Bar.SYMBOL, Bar.HALF_LEAVE, Bar.ON_REQUEST)
"""What is no news: nothing is in the way, or it is not the person's work."""


def on_date(
    ground: Ground,
    date: dt.date,
    able: Collection[StaffId],
    shifts_of: Callable[[StaffMember], Collection[Shift]],
) -> tuple[Obstacle, ...]:
    """Say why people cannot begin any of some shifts on a date.

    Parameters
    ----------
    able
        Who can; nothing is said of them.
    shifts_of
        The shifts, person by person; none for whom nothing is to be said of.
    """
    return tuple(
        _told(
            (member.name, ground.bar(member, date, shifts_of(member)))
            for member in ground.problem.staff
            if member.name not in able and shifts_of(member)
        )
    )


def at_moment(
    ground: Ground,
    date: dt.date,
    minute: int,
    able: Collection[StaffId],
    counts: Callable[[Role], bool],
) -> tuple[Obstacle, ...]:
    """Say why people cannot be there at a clock minute, in roles that count."""
    return tuple(
        _told(
            (member.name, _bar_at(ground, member, date, minute))
            for member in ground.problem.staff
            if member.name not in able and any(map(counts, member.roles))
        )
    )


def _bar_at(
    ground: Ground, member: StaffMember, date: dt.date, minute: int
) -> Bar | None:
    found = []
    for days in (-1, 0, 1):
        begins, at = date + days * ONE_DAY, minute - days * DAY
        shifts = [
            shift
            for shift in ground.own_shifts(member)
            if shift.start <= at < shift.end
        ]
        if begins in ground.problem.period and shifts:
            found.append(ground.bar(member, begins, shifts))
    order = (*Bar, None)
    return max(found, key=order.index, default=Bar.SYMBOL)


def _told(
    bars: Iterator[tuple[StaffId, Bar | None]] | Collection[tuple[StaffId, Bar | None]],
) -> Iterator[Obstacle]:
    for name, bar in bars:
        if bar is not None and bar not in NOT_TOLD:
            yield Obstacle(staff=name, bar=bar)
