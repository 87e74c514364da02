"""Nights that need somebody awake, and who could be there (A-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.users import night_is_needed
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.office import Hold
from scheduler.domain.precheck import Line, Share, Topic, Verdict
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.precheck.in_a_row import chain_of, come_alone, is_night
from scheduler.precheck.obstacles import at_moment
from scheduler.precheck.runs import Room, most_by_last

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground

TENTH = 10
"""A month with less than a tenth of its nights to spare is tight."""


class Watch(NamedTuple):
    """A clock time of the night band, and the shifts during which it passes."""

    minute: int
    shifts: tuple[Shift, ...]
    begins: int
    """Dates from the night's to that on which all of the shifts begin."""


Rooms = dict[Watch, dict[StaffId, Room]]
"""By clock time and person."""


def nights(ground: Ground) -> Iterator[Line]:
    """Yield the sums of the nights: of the month, and of dates that lack people."""
    needed = needed_nights(ground)
    if not needed:
        yield Line(topic=Topic.NIGHTS, code="no_nights", verdict=Verdict.FINE)
        return
    rooms = {
        watch: {
            member.name: room_of(ground, member, watch, needed)
            for member in ground.problem.staff
        }
        for watch in _watches(ground)
    }
    month = _month(rooms, needed) if rooms else None
    apart = come_alone(ground)
    if month is not None:
        yield _with_setting(month, apart=apart)
    dates = list(_dates(ground, needed))
    known = {line.dates[0] for line in dates if line.breaks_law}
    spans = _spans(ground.problem.period.dates, rooms, needed)
    for line in spans:
        told = month is not None and month.shares == line.shares
        if not told and not known & set(line.dates):
            yield _with_setting(line, apart=apart)
    yield from dates


def _with_setting(line: Line, *, apart: bool) -> Line:
    """Note whether long nights must come alone: another setting may mend the sum."""
    noted = apart and line.verdict is not Verdict.FINE
    return line.model_copy(update={"facts": {**line.facts, "apart": int(noted)}})


def verdict_of(to_spare: int, *, is_tight: bool) -> Verdict:
    """Return what follows from what is to spare, negative where it is missing."""
    if to_spare < 0:
        return Verdict.IMPOSSIBLE
    return Verdict.TIGHT if is_tight else Verdict.FINE


def needed_nights(ground: Ground) -> tuple[dt.date, ...]:
    """Return the dates whose nights need staff (A-06, A-07)."""
    problem = ground.problem
    return tuple(d for d in problem.period.dates if night_is_needed(problem, d))


def in_pool(role: Role) -> bool:
    """Tell whether a role counts to the care pool."""
    return role.in_care_pool


def least_moment(ground: Ground, date: dt.date) -> tuple[int, tuple[StaffMember, ...]]:
    """Return the clock minute of a night at which fewest could be awake, and who."""
    found = (
        (minute, tuple(_awake(ground, date, minute))) for minute in _minutes(ground)
    )
    return min(found, key=lambda one: len(one[1]))


def _minutes(ground: Ground) -> list[int]:
    """Return the clock minutes of the night band at which anybody comes or goes."""
    band = ground.problem.office.night_band
    edges = {
        edge + days * DAY
        for shift in ground.problem.shifts
        for segment in shift.segments
        for edge in segment
        for days in (-1, 0, 1)
    }
    return [band.start, *sorted(e for e in edges if band.start < e < band.end)]


def _awake(ground: Ground, date: dt.date, minute: int) -> Iterator[StaffMember]:
    for member in ground.problem.staff:
        if ground.could_be_there(member, date, minute, in_pool, breaks_count=True):
            yield member


def _dates(ground: Ground, needed: Sequence[dt.date]) -> Iterator[Line]:
    """Yield a line for each night that nobody could pass, or only one person."""
    for date in needed:
        minute, able = least_moment(ground, date)
        if len(able) > 1:
            continue
        names = tuple(member.name for member in able)
        yield Line(
            topic=Topic.NIGHTS,
            code="night_date",
            verdict=Verdict.TIGHT if able else Verdict.IMPOSSIBLE,
            dates=(date,),
            people=names,
            required=1,
            possible=len(able),
            obstacles=at_moment(ground, date, minute, names, in_pool),
            facts={"minute": minute},
        )


# -- sums over several nights ----------------------------------------------------------


def _watches(ground: Ground) -> Iterator[Watch]:
    """Yield the clock times that each night needs a duty of its own for."""
    seen = set()
    for minute in _minutes(ground):
        watch = watch_at(ground, minute)
        if watch is not None:
            symbols = (watch.begins, *(shift.symbol for shift in watch.shifts))
            if symbols not in seen:
                yield watch
            seen.add(symbols)


def watch_at(ground: Ground, minute: int) -> Watch | None:
    """Return the shifts during which a clock time passes, if all begin on one date."""
    around = {
        days: tuple(
            shift
            for shift in ground.problem.shifts
            if shift.start <= minute - days * DAY < shift.end
        )
        for days in (-1, 0, 1)
    }
    used = [days for days, shifts in around.items() if shifts]
    if len(used) != 1:
        return None
    (begins,) = used
    return Watch(minute, around[begins], begins)


def _month(rooms: Rooms, needed: Sequence[dt.date]) -> Line:
    """Return the sum of the whole period at the clock time that is shortest."""
    sums = []
    for watch, of_watch in rooms.items():
        able = {name: room for name, room in of_watch.items() if any(room.able)}
        caps = {name: most_by_last(room)[-1] for name, room in able.items()}
        sums.append((sum(caps.values()), watch, caps))
    possible, watch, caps = min(sums, key=lambda one: one[0])
    to_spare = possible - len(needed)
    is_tight = to_spare * TENTH < len(needed)
    return Line(
        topic=Topic.NIGHTS,
        code="night_month",
        verdict=verdict_of(to_spare, is_tight=is_tight),
        people=tuple(caps),
        required=len(needed),
        possible=possible,
        shares=_shares(caps),
        facts={"minute": watch.minute},
    )


def _shares(caps: Mapping[StaffId, int]) -> tuple[Share, ...]:
    return tuple(Share(staff=name, amount=number) for name, number in caps.items())


def _spans(
    dates: Sequence[dt.date], rooms: Rooms, needed: Sequence[dt.date]
) -> Iterator[Line]:
    """Yield the shortest runs of dates, short of all, for which too few are able."""
    found: dict[tuple[int, int], Line] = {}
    for watch, of_watch in rooms.items():
        for start in range(len(dates)):
            reach = {n: most_by_last(room.since(start)) for n, room in of_watch.items()}
            for end in range(start + 1, len(dates) + 1):
                wanted = [date for date in dates[start:end] if date in needed]
                caps = {n: most[end - start - 1] for n, most in reach.items()}
                if sum(caps.values()) < len(wanted):
                    found.setdefault((start, end), _span(watch, wanted, caps))
                    break
    for (start, end), line in found.items():
        inner = any(
            start <= a and b <= end and (a, b) != (start, end) for a, b in found
        )
        if not inner and end - start < len(dates):
            yield line


def _span(watch: Watch, nights: Sequence[dt.date], caps: Mapping[StaffId, int]) -> Line:
    able = {name: number for name, number in caps.items() if number}
    return Line(
        topic=Topic.NIGHTS,
        code="night_span",
        verdict=Verdict.IMPOSSIBLE,
        dates=tuple(nights),
        people=tuple(able),
        required=len(nights),
        possible=sum(able.values()),
        shares=_shares(able),
        facts={"minute": watch.minute},
    )


def room_of(
    ground: Ground, member: StaffMember, watch: Watch, needed: Sequence[dt.date]
) -> Room:
    """Return on which of the needed nights a person could be there, and how often."""
    own = _own(ground, member)
    shifts = [shift for shift in watch.shifts if shift.symbol in own]
    shortest = min((shift.work_minutes for shift in shifts), default=1)
    most = ground.month_cap(member) // max(1, shortest)
    as_nights = {shift.kind for shift in shifts} == {ShiftKind.NIGHT}
    limit = ground.nights_limit(member)
    if as_nights and limit is not None:
        most = min(most, limit)
    if watch.begins < 0 and ground.working(member, ground.first - ONE_DAY):
        # The first night may be passed by a shift of the tail, which has no limit.
        most += 1
    chain = chain_of(ground, member, shifts)
    return Room(
        able=tuple(
            date in needed and _could_pass(ground, member, watch, date)
            for date in ground.problem.period.dates
        ),
        most=most,
        next_day=any(
            ground.follows(one.symbol, other.symbol)
            for one in watch.shifts
            for other in watch.shifts
        ),
        in_a_row=chain.most,
        chain_before=_chain_before(ground, member, watch, chain.counts),
    )


def _could_pass(
    ground: Ground, member: StaffMember, watch: Watch, date: dt.date
) -> bool:
    begins = date + watch.begins * ONE_DAY
    at = watch.minute - watch.begins * DAY
    if _would_be_alone(ground, member, begins):
        return False
    return any(
        working.shift in watch.shifts and any(map(in_pool, working.roles_at(at)))
        for working in ground.working(member, begins)
    )


def _own(ground: Ground, member: StaffMember) -> set[str]:
    """Return the symbols that are left of a person's row on some date."""
    dates = ground.problem.period.dates
    return {entry for date in dates for entry in ground.left(member, date)}


def _would_be_alone(ground: Ground, member: StaffMember, date: dt.date) -> bool:
    """Tell whether nobody experienced could be there on a newcomer's night (P-02)."""
    settings = ground.problem.office.settings
    if settings.newcomer_nights is not Hold.MUST:
        return False
    if settings.newcomers not in member.groups or ground.agreed(
        "P-02", "night_must", member.name, date
    ):
        return False
    return not any(
        is_night(working.shift)
        for other in ground.problem.staff
        if settings.newcomers not in other.groups
        for working in ground.working(other, date)
    )


def _chain_before(
    ground: Ground,
    member: StaffMember,
    watch: Watch,
    counts: Callable[[Shift], bool],
) -> tuple[bool, ...]:
    """Tell of each night before the first, nearest last, whether a shift began for it.

    Only shifts count that make a chain. A night whose shift would begin in the period
    is taken as free.
    """
    tail = ground.problem.history.dates
    shifts = ground.problem.shift_by_symbol
    nights = range((ground.first - tail[0]).days + 1 if tail else 0, 0, -1)
    found = []
    for back in nights:
        begins = ground.first + (watch.begins - back) * ONE_DAY
        duty = ground.tail(member, begins)
        symbol = duty.shift if duty else None
        found.append(symbol is not None and counts(shifts[symbol]))
    return tuple(found)
