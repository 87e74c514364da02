"""Sums of nights that need somebody awake (A-06)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from scheduler.audit.users import night_is_needed
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.office import Hold
from scheduler.domain.precheck import AND, Line, Topic, is_tight, line_of
from scheduler.domain.shifts import Shift, ShiftKind
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.presence import in_pool, not_there, there
from scheduler.precheck.work_dates import (
    Chains,
    chain_of,
    come_alone,
    is_night,
    most_by_last,
)


class Watch(NamedTuple):
    """A minute of the night band, and the shifts that cover it."""

    minute: int
    shifts: tuple[Shift, ...]
    begins: int
    """Days from the night's date to that on which all of the shifts begin."""

    @property
    def is_of_nights(self) -> bool:
        """Whether all of the shifts count as nights."""
        return all(map(is_night, self.shifts))


Rooms = dict[Watch, dict[StaffId, Chains]]
"""Dates and limits, by minute of the night and person."""


def nights(cells: Cells) -> Iterator[Line]:
    """Yield the sums of nights: of the month, of runs of dates, and of single dates."""
    needed = needed_nights(cells)
    if not needed:
        yield line_of(Topic.NIGHTS, "no_nights")
        return
    rooms = _rooms(cells, needed)
    apart = come_alone(cells)
    month = _month(cells, needed, rooms, apart=apart) if rooms else None
    if month is not None:
        yield month
    dates = list(_dates(cells, needed))
    known = {line.dates[0] for line in dates if line.breaks_law}
    for line in _spans(cells.problem.period.dates, rooms, needed, apart=apart):
        if not _says_no_more(line, month) and not known & set(line.dates):
            yield line
    yield from dates


def _says_no_more(span: Line, month: Line | None) -> bool:
    """Tell whether the sum of the month says all that a run of its dates does.

    It does with the same people's nights, and where it misses more nights than a run of
    most of its dates.
    """
    if month is None:
        return False
    most = 2 * span.required > month.required
    return month.shares == span.shares or (most and month.missing > span.missing)


def _rooms(cells: Cells, needed: Sequence[dt.date]) -> Rooms:
    return {
        watch: {m.name: room_of(cells, m, watch, needed) for m in cells.problem.staff}
        for watch in _watches(cells)
    }


def least_watch(cells: Cells) -> tuple[Watch, dict[StaffId, Chains]] | None:
    """Return the minute of the nights with the least to spare, if any are needed."""
    needed = needed_nights(cells)
    rooms = _rooms(cells, needed) if needed else {}
    return (watch := _least(rooms), rooms[watch]) if rooms else None


def _least(rooms: Rooms) -> Watch:
    """Return the minute with the fewest nights that people could work."""

    def possible(watch: Watch) -> int:
        return sum(most_by_last(one)[-1] for one in rooms[watch].values())

    return min(rooms, key=possible)


def needed_nights(cells: Cells) -> tuple[dt.date, ...]:
    """Return the dates whose nights need staff (A-06, A-07)."""
    problem = cells.problem
    return tuple(d for d in problem.period.dates if night_is_needed(problem, d))


def least_moment(cells: Cells, date: dt.date) -> tuple[int, tuple[StaffId, ...]]:
    """Return the minute of a night at which fewest people could be awake, and who."""
    found = ((minute, there(cells, date, minute)) for minute in _minutes(cells))
    return min(found, key=lambda one: len(one[1]))


def _minutes(cells: Cells) -> list[int]:
    """Return the minutes of the night band at which a segment begins or ends."""
    band = cells.problem.office.night_band
    edges = {
        edge + days * DAY
        for shift in cells.problem.all_shifts
        for segment in shift.segments
        for edge in segment
        for days in (-1, 0, 1)
    }
    return [band.start, *sorted(e for e in edges if band.start < e < band.end)]


def _dates(cells: Cells, needed: Sequence[dt.date]) -> Iterator[Line]:
    """Yield a line for each night that nobody, or only one person, could work."""
    for date in needed:
        minute, able = least_moment(cells, date)
        if len(able) <= 1:
            yield line_of(
                Topic.NIGHTS,
                "night_date",
                1,
                len(able),
                tight=True,
                dates=(date,),
                people=able,
                obstacles=not_there(cells, date, minute, able),
                facts={"minute": minute},
            )


# -- sums over several nights ----------------------------------------------------------


def _watches(cells: Cells) -> Iterator[Watch]:
    """Yield the minutes at which each night needs a shift of its own."""
    seen = set()
    for minute in _minutes(cells):
        watch = watch_at(cells, minute)
        if watch is not None:
            symbols = (watch.begins, *(shift.symbol for shift in watch.shifts))
            if symbols not in seen:
                yield watch
            seen.add(symbols)


def watch_at(cells: Cells, minute: int) -> Watch | None:
    """Return the shifts that cover a minute, if all of them begin on one date."""
    around = {
        days: tuple(
            shift
            for shift in cells.problem.all_shifts
            if shift.start <= minute - days * DAY < shift.end
        )
        for days in (-1, 0, 1)
    }
    used = [days for days, shifts in around.items() if shifts]
    return Watch(minute, around[used[0]], used[0]) if len(used) == 1 else None


def _month(
    cells: Cells, needed: Sequence[dt.date], rooms: Rooms, *, apart: bool
) -> Line:
    """Return the sum of the whole period at the minute with the least to spare.

    Parameters
    ----------
    apart
        Whether a setting keeps long nights apart; changing it may mend the sum.
    """
    watch = _least(rooms)
    able = {name: one for name, one in rooms[watch].items() if any(one.able)}
    caps = {name: most_by_last(one)[-1] for name, one in able.items()}
    members = cells.problem.member_by_name
    limited = (
        name
        for name, one in able.items()
        if members[name].contract.nights_max is not None
        and most_by_last(one._replace(most=one.most + 1))[-1] > caps[name]
    )
    tight = is_tight(len(needed), sum(caps.values()))
    return line_of(
        Topic.NIGHTS,
        "night_month",
        len(needed),
        sum(caps.values()),
        tight=tight,
        shares=caps,
        facts={
            "minute": watch.minute,
            "apart": int(apart and tight),
            "limited": AND.join(limited),
        },
    )


def _spans(
    dates: Sequence[dt.date], rooms: Rooms, needed: Sequence[dt.date], *, apart: bool
) -> Iterator[Line]:
    """Yield the shortest runs of dates, less than all, with too few possible nights."""
    found: dict[tuple[int, int], Line] = {}
    for watch, of_watch in rooms.items():
        for start in range(len(dates)):
            reach = {n: most_by_last(room.since(start)) for n, room in of_watch.items()}
            for end in range(start + 1, len(dates) + 1):
                wanted = tuple(date for date in dates[start:end] if date in needed)
                caps = {n: most[end - start - 1] for n, most in reach.items()}
                if sum(caps.values()) < len(wanted):
                    line = line_of(
                        Topic.NIGHTS,
                        "night_span",
                        len(wanted),
                        sum(caps.values()),
                        dates=wanted,
                        shares={name: most for name, most in caps.items() if most},
                        facts={"minute": watch.minute, "apart": int(apart)},
                    )
                    found.setdefault((start, end), line)
                    break
    for (start, end), line in found.items():
        # A run that contains a shorter one says nothing new.
        inner = any(
            start <= a and b <= end and (a, b) != (start, end) for a, b in found
        )
        if not inner and end - start < len(dates):
            yield line


def room_of(
    cells: Cells, member: StaffMember, watch: Watch, needed: Sequence[dt.date]
) -> Chains:
    """Return the needed nights that a person could work, and limits on their number."""
    dates = cells.problem.period.dates
    own = {entry for date in dates for entry in cells.left(member, date)}
    shifts = [shift for shift in watch.shifts if shift.symbol in own]
    shortest = min((shift.work_minutes for shift in shifts), default=1)
    most = cells.month_cap(member) // max(1, shortest)
    as_nights = {shift.kind for shift in shifts} == {ShiftKind.NIGHT}
    limit = cells.nights_limit(member)
    if as_nights and limit is not None:
        most = min(most, limit)
    able = tuple(
        date in needed and _could_pass(cells, member, watch, date) for date in dates
    )
    # A shift of the tail covers the first night, and no limit counts it.
    tail = int(watch.begins < 0 and able[0])
    chain = chain_of(cells, member, shifts)
    return Chains(
        able=able,
        most=most + tail,
        tail=tail,
        next_day=cells.may_repeat(watch.shifts),
        in_a_row=chain.most,
        chain_before=_chain_before(cells, member, watch, chain.counts),
    )


def _could_pass(cells: Cells, member: StaffMember, watch: Watch, date: dt.date) -> bool:
    """Tell whether a person could be in the care pool at the minute of a night."""
    begins = date + watch.begins * ONE_DAY
    at = watch.minute - watch.begins * DAY
    return any(
        working.shift in watch.shifts and any(map(in_pool, working.roles_at(at)))
        for working in cells.working(member, begins)
    ) and not _would_be_alone(cells, member, begins)


def _would_be_alone(cells: Cells, member: StaffMember, date: dt.date) -> bool:
    """Tell whether nobody experienced could join a newcomer's night (P-02)."""
    settings = cells.problem.office.settings
    if settings.newcomer_nights is not Hold.MUST:
        return False
    agreed = cells.agreed("P-02", "night_must", member.name, date)
    if settings.newcomers not in member.groups or agreed:
        return False
    return not any(
        is_night(working.shift)
        for other in cells.problem.staff
        if settings.newcomers not in other.groups
        for working in cells.working(other, date)
    )


def _chain_before(
    cells: Cells, member: StaffMember, watch: Watch, counts: Callable[[Shift], bool]
) -> tuple[bool, ...]:
    """Return whether the person worked each night before the first, nearest last.

    Only shifts that make a chain count.  A night whose shift would begin in the period
    is taken as free.
    """
    known = cells.problem.history.dates
    found = []
    for back in range((cells.first - known[0]).days + 1 if known else 0, 0, -1):
        duty = cells.tail(member, cells.first + (watch.begins - back) * ONE_DAY)
        symbol = duty.shift if duty else None
        found.append(symbol is not None and counts(cells.shifts[symbol]))
    return tuple(found)
