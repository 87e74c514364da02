"""The nights of the month for which contracts leave room (A-06, L-02, L-03).

A night that brings fewer hours than two days at work uses up the hours that a contract
promises: with so many days off, so many nights are the most that keep it.  Each may add
up by itself, and all of them together be fewer than the month needs.

Of the last date nothing is said: the morning after falls into the next month, so there
a night costs no hours, but one night is all that is needed of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.precheck import AND, Line, Topic, told
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.chains import Chains, most_by_last
from scheduler.precheck.nights import TENTH, Watch, least_watch, needed_nights
from scheduler.precheck.person_month import (
    month_of,
    most_nights,
    nights_of,
    shifts_left,
    through_the_night,
)


def contract_nights(cells: Cells) -> Iterator[Line]:
    """Yield a line if contracts leave room for too few nights, or hardly enough."""
    found = least_watch(cells)
    if found is None or found[0].begins != 0:
        return
    watch, rooms = found
    last = cells.problem.period.last
    needed = [date for date in needed_nights(cells) if date != last]
    by_law, kept = {}, {}
    for member in cells.problem.staff:
        room = rooms[member.name]._replace(able=(*rooms[member.name].able[:-1], False))
        if any(room.able):
            by_law[member.name] = most_by_last(room)[-1]
            within = _within(cells, member, watch, room)
            kept[member.name] = min(within, by_law[member.name])
    missing = len(needed) - sum(kept.values())
    is_tight = -missing * TENTH < len(needed)
    if sum(by_law.values()) < len(needed) or kept == by_law or not is_tight:
        # Too few by law is told by another sum; all that the law allows, likewise.
        return
    yield told(
        Topic.CONTRACTS,
        "contract_nights",
        len(needed),
        sum(kept.values()),
        tight=True,
        contract=missing > 0,
        shares=kept,
        dates=(needed[0], needed[-1]),
        facts={"bound": AND.join(n for n in kept if kept[n] < by_law[n])},
    )


def _within(cells: Cells, member: StaffMember, watch: Watch, room: Chains) -> int:
    """Return the most nights before the last date that keep a person's contract."""
    through = through_the_night(cells, member)
    known = {shift.symbol for shift in through}
    own = {shift.symbol for shift in shifts_left(cells, member)}
    if any(one.symbol in own and one.symbol not in known for one in watch.shifts):
        return len(room.able)
    month = month_of(cells, member)
    last = cells.problem.period.last
    before = month._replace(nights=nights_of(cells, member, through, {last}))
    numbers = (
        most_nights(cells, member, before),
        # With one on the last date, which is none of those that are counted here.
        (most_nights(cells, member, month) or 0) - 1,
    )
    most = max(number for number in numbers if number is not None)
    # A contract that cannot be kept whatever the nights is told of by itself.
    return len(room.able) if most < 0 else most
