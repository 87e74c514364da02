"""The month's sum of a cover rule: so many people on so many dates (K-02).

Each date may have enough people who could come, and all dates together too few: a rule
on two night workers, or on three drivers every day, takes more of them than their days
off, their hours and the rests between their shifts leave.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.precheck import Line, Topic
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.chains import Chains, chain_of, most_by_last
from scheduler.precheck.hours import Most, line_of_most, most_of, most_of_contract
from scheduler.precheck.settled import Begun

Fits = Callable[[Begun, int | None], bool]


def cover_times(
    cells: Cells,
    name: str,
    people: Sequence[StaffMember],
    fits: Fits,
    needed: dict[dt.date, int],
    minute: int | None,
) -> Line | None:
    """Return a line if a rule asks for more than its people can do in all.

    Parameters
    ----------
    name
        Name of the rule.
    people
        Those whom it counts.
    fits
        Tells whether a shift could count at a minute since its date began; ``None``: as
        one that begins on the date.
    needed
        How many of them it asks for, by date.
    minute
        The clock minute at which they are counted; ``None``: shifts of the date.
    """
    most = {one.name: _most(cells, one, fits, list(needed), minute) for one in people}
    required = sum(needed.values())
    line = line_of_most(
        Topic.QUALIFIED,
        "cover_times",
        required,
        {who: one for who, one in most.items() if one.law},
        facts={"name": name},
    )
    return line if line.missing > 0 else None


def _most(
    cells: Cells,
    member: StaffMember,
    fits: Fits,
    dates: Sequence[dt.date],
    minute: int | None,
) -> Most:
    """Return on how many of some dates a person could be counted."""
    found: dict[dt.date, list[Begun]] = {}
    for date in dates:
        for begins, at in _begins(date, minute):
            fitting = [one for one in cells.working(member, begins) if fits(one, at)]
            if fitting:
                found.setdefault(begins, []).extend(fitting)
    before = sum(date < cells.first for date in found)
    inside = {date: some for date, some in found.items() if date >= cells.first}
    shifts = {one.shift.symbol: one.shift for some in inside.values() for one in some}
    if not shifts:
        return Most(before, before)
    shortest = max(1, min(shift.work_minutes for shift in shifts.values()))
    most = most_of(cells, member, lambda date: date in inside)
    chain = Chains(
        able=tuple(date in inside for date in cells.problem.period.dates),
        most=min(most.law, cells.month_cap(member) // shortest),
        next_day=cells.may_repeat(shifts.values()),
        in_a_row=chain_of(cells, member, tuple(shifts.values())).most,
    )
    law = most_by_last(chain)[-1]
    nights = all(shift.is_night for shift in shifts.values())
    limit = cells.nights_limit(member) if nights else None
    kept = (most.contract, most_of_contract(cells, member) // shortest, limit)
    contract = min((law, *(one for one in kept if one is not None)))
    return Most(before + law, before + contract)


def _begins(date: dt.date, minute: int | None) -> Iterator[tuple[dt.date, int | None]]:
    """Yield the dates on which a shift may begin that is there at a clock minute."""
    if minute is None:
        yield date, None
        return
    days, at = divmod(minute, DAY)
    on = date + days * ONE_DAY
    yield on, at
    yield on - ONE_DAY, at + DAY
