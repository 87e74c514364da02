"""What musts of a date, or of the next one, have against a cell (W-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.people import RESTS
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.precheck import Bar
from scheduler.domain.requests import Want
from scheduler.domain.shifts import OffKind, Shift

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.requests import Request
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground
    from scheduler.precheck.row import Entry


def must_bar(
    ground: Ground, member: StaffMember, date: dt.date, entry: Entry
) -> Bar | None:
    """Return what musts of the date or the next have against an entry."""
    shift = ground.shifts.get(entry)
    tail = ground.tail(member, date - ONE_DAY)
    reaching = ground.shifts.get(tail.shift or "") if tail else None
    noon = ground.problem.office.settings.half_day_at
    for one in ground.musts(member, date):
        if not _granted(one, entry, (shift, reaching), noon):
            leave = one.want in (Want.DAY_OFF, Want.PAID_LEAVE)
            return Bar.LEAVE if leave else Bar.WISH
    if shift is not None and date + ONE_DAY in ground.problem.period:
        for one in ground.musts(member, date + ONE_DAY):
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


def _granted(
    wish: Request, entry: Entry, shifts: tuple[Shift | None, Shift | None], noon: int
) -> bool:
    """Tell whether an entry grants a wish.

    Parameters
    ----------
    shifts
        What begins on the date, and what last month's end lets reach into it.
    """
    match wish.want:
        case Want.DAY_OFF:
            return entry in (*RESTS, OffKind.AWAY)
        case Want.PAID_LEAVE:
            return entry == OffKind.PAID_LEAVE
        case Want.SHIFT:
            return entry in wish.shifts
        case Want.NOT_SHIFT:
            return entry not in wish.shifts
    begun, reaching = shifts
    half = half_of(wish.want, noon)
    return not (_shares(begun, half) or _shares(reaching, half.shifted(DAY)))


def _shares(shift: Shift | None, part: Interval) -> bool:
    """Tell whether a shift shares a minute with a part of a date."""
    return shift is not None and shift.interval.intersection(part).minutes > 0
