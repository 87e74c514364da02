"""Sums of contracts: hours, days off and nights, person by person (L-02 to L-05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from scheduler.domain.precheck import (
    AND,
    Bound,
    Line,
    Topic,
    Verdict,
    is_tight,
    joined,
    line_of,
)
from scheduler.domain.shifts import RELEASED
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.nights import Watch, least_watch, needed_nights
from scheduler.precheck.person_month import (
    Month,
    Nights,
    hours_by_week,
    month_of,
    most_nights,
    nights_of,
    shifts_left,
    sums_of,
    through_the_night,
)
from scheduler.precheck.presence import most_beginning
from scheduler.precheck.work_dates import Chains, is_night, most_by_last


def contracts(cells: Cells) -> Iterator[Line]:
    """Yield the contracts that do not add up, or hardly; or one line if all do."""
    lines = list(contracts_one_by_one(cells))
    lines += _nights_together(cells)
    lines += contract_nights(cells)
    together = joined(lines, "people", _hardly)
    yield from sorted(together, key=_hardly)
    if not lines:
        number = len(cells.problem.staff)
        yield line_of(Topic.CONTRACTS, "contracts_fine", number, verdict=Verdict.FINE)


def _hardly(line: Line) -> bool:
    """Tell whether a contract adds up, but hardly."""
    return line.verdict is Verdict.TIGHT


def contracts_one_by_one(cells: Cells) -> Iterator[Line]:
    """Yield the contracts that do not add up, or hardly, each by itself."""
    for member in cells.problem.staff:
        yield from _of(cells, member)


def _of(cells: Cells, member: StaffMember) -> Iterator[Line]:
    """Yield the lines of a contract that does not add up, or hardly."""
    month = month_of(cells, member)
    if month.owed > month.offs:
        facts = {"dates": month.dates}
        yield _line(member, "days_off", month.owed, month.offs, facts=facts)
    yield from _nights_min(cells, member, month)
    if month.owed <= month.offs:
        yield from _hours_min(cells, member, month)
    most = cells.limit(member, "minutes_max")
    least = sum(_settled(cells, member, date) for date in cells.problem.period.dates)
    if most is not None and least > most:
        impossible = Verdict.IMPOSSIBLE
        yield _line(member, "hours_max", most, least, verdict=impossible)
    yield from _hours_between(cells, member, month)


def _line(
    member: StaffMember, code: str, required: int, possible: int, **more: Any
) -> Line:
    more = {"people": (member.name,), "contract": True, **more}
    return line_of(Topic.CONTRACTS, code, required, possible, **more)


def _settled(cells: Cells, member: StaffMember, date: dt.date) -> int:
    """Return the least minutes credited for a date, whatever its cell becomes."""
    day, credits = member.contract.day_minutes, []
    for entry in cells.left(member, date):
        shift = cells.shifts.get(entry)
        credit = day if entry in RELEASED else 0
        if shift is not None:
            credit = shift.work_minutes + (day // 2 if shift.half_leave else 0)
        credits.append(credit)
    return min(credits, default=0)


def _hours_min(cells: Cells, member: StaffMember, month: Month) -> Iterator[Line]:
    """Yield a line if the least hours are not possible with the days off, or hardly."""
    least = cells.limit(member, "minutes_min")
    if not least:
        return
    sums = sums_of(cells, member, month)
    best, cap = sums.best, hours_by_week(cells, member)
    of_week = member.contract.week_minutes_max or 0
    if best.minutes - least >= member.contract.day_minutes:
        return
    yield _line(
        member,
        "hours_min",
        least,
        best.minutes,
        tight=True,
        contract=best.minutes < least,
        facts={
            "dates": month.dates,
            "owed": month.owed,
            "nights": best.nights,
            "night": month.nights.longest,
            "shifts": best.shifts,
            "shift": month.days[0] if month.days else 0,
            "leave": best.leave - month.absent,
            "absent": month.absent,
            "extra": month.extra,
            "begins": month.begins,
            "cap": cap,
            "week": of_week if cap < cells.month_cap(member) else 0,
            "worked": sums.beyond_law,
        },
    )


def _hours_between(cells: Cells, member: StaffMember, month: Month) -> Iterator[Line]:
    """Yield a line if no sum of shifts lies between the least and the most hours.

    Not checked where nights on call or half days of leave add hours of their own.
    """
    least, most = cells.limit(member, "minutes_min"), cells.limit(member, "minutes_max")
    if least is None or most is None or month.extra:
        return
    sums = sums_of(cells, member, month)
    below, above = sums.below(least), sums.above(most)
    if below is None or above is None or sums.below(most + 1) != below:
        return
    lengths = sorted({shift.work_minutes for shift in shifts_left(cells, member)})
    facts = {"most": most, "above": above, "lengths": ",".join(map(str, lengths))}
    yield _line(member, "hours_between", least, below, facts=facts)


# -- nights ----------------------------------------------------------------------------


def _nights_min(cells: Cells, member: StaffMember, month: Month) -> Iterator[Line]:
    """Yield a line if the least nights are not possible, with the tightest bound."""
    least = cells.limit(member, "nights_min") or 0
    if least <= 0:
        return
    shifts = [shift for shift in shifts_left(cells, member) if is_night(shift)]
    nights = nights_of(cells, member, shifts)
    hours = _hours_left(cells, member, month)
    bounds = _bounds(cells, member, month, nights, hours)
    bound = min(bounds, key=lambda one: bounds[one])
    if bounds[bound] >= least:
        return
    symbols = {shift.symbol for shift in shifts}
    able = sum(
        not symbols.isdisjoint(cells.left(member, date))
        for date in cells.problem.period.dates
    )
    facts = {
        "bound": bound,
        "dates": able,
        "employed": month.dates,
        "owed": month.owed,
        "begins": month.begins,
        "night": nights.shortest,
        "cap": cells.month_cap(member),
        "hours": hours or 0,
    }
    yield _line(member, "nights_min", least, max(0, bounds[bound]), facts=facts)


def _bounds(
    cells: Cells,
    member: StaffMember,
    month: Month,
    nights: Nights,
    hours: int | None,
) -> dict[Bound, int]:
    """Return the most nights by each limit alone."""
    length = max(1, nights.shortest)
    most, room = range(nights.most + 1), max(0, month.room)
    bounds = {
        Bound.LIMIT: cells.nights_limit(member),
        Bound.DATES: nights.most,
        Bound.WEEKS: month.begins,
        Bound.LAW: cells.month_cap(member) // length,
        Bound.HOURS: None if hours is None else hours // length,
        Bound.DAYS_OFF: max(n for n in most if nights.dates(n) <= room),
    }
    return {bound: number for bound, number in bounds.items() if number is not None}


def _hours_left(cells: Cells, member: StaffMember, month: Month) -> int | None:
    """Return the contract's most hours less those credited for absence, in minutes."""
    most = cells.limit(member, "minutes_max")
    absent = month.absent * member.contract.day_minutes
    return None if most is None else most - absent


def _nights_together(cells: Cells) -> Iterator[Line]:
    """Yield a line if cover rules allow fewer nights than all contracts require."""
    least = {member.name: _least(cells, member) for member in cells.problem.staff}
    wanted = {name: number for name, number in least.items() if number > 0}
    dates = cells.problem.period.dates
    crowds = [most_beginning(cells, date, is_night) for date in dates]
    required, possible = sum(wanted.values()), sum(one.most for one in crowds)
    named = {name for one in crowds for name in one.rules}
    if required > possible and named:
        rules = (rule.name for rule in cells.problem.cover_rules)
        yield line_of(
            Topic.CONTRACTS,
            "nights_together",
            required,
            possible,
            contract=True,
            shares=wanted,
            rules=tuple(name for name in rules if name in named),
        )


def _least(cells: Cells, member: StaffMember) -> int:
    """Return the fewest nights of a contract: as stated, or as its hours imply.

    Hours imply nights for a person who works nothing but nights, and to whose hours
    nothing else, such as leave, may add.
    """
    least = cells.limit(member, "nights_min") or 0
    hours = cells.limit(member, "minutes_min") or 0
    shifts = shifts_left(cells, member)
    if shifts and all(map(is_night, shifts)):
        month = month_of(cells, member)
        if not month.leave and not month.extra:
            longest = max(shift.work_minutes for shift in shifts)
            least = max(least, -(-hours // longest))
    return least


def contract_nights(cells: Cells) -> Iterator[Line]:
    """Yield a line if contracts leave room for too few nights, or hardly (A-06).

    A night that brings fewer hours than two days at work uses up the hours that a
    contract promises: with so many days off, so many nights are the most that keep it.
    Each may add up by itself, and all of them together be fewer than the month needs.

    Of the last date nothing is said: the morning after falls into the next month, so
    there a night costs no hours, but one night is all that is needed of it.
    """
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
    possible = sum(kept.values())
    tight = is_tight(len(needed), possible)
    if sum(by_law.values()) < len(needed) or kept == by_law or not tight:
        # Too few by law is told by another sum; all that the law allows, likewise.
        return
    yield line_of(
        Topic.CONTRACTS,
        "contract_nights",
        len(needed),
        possible,
        tight=True,
        contract=possible < len(needed),
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
