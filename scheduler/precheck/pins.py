"""Cells and nights that contradict each other, or a limit, as they are fixed (W-02)."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.precheck import Bar, Line, Obstacle, Topic, Verdict
from scheduler.domain.requests import PairKind
from scheduler.precheck.holidays import holidays, touched_by_tail
from scheduler.precheck.in_a_row import come_alone, is_night, long_night
from scheduler.precheck.on_call import on_call_bar, weekly_limit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Sequence

    from scheduler.domain.base import StaffId
    from scheduler.domain.requests import CoverRule
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground
    from scheduler.precheck.row import Clash

LONGEST_RUN = 14
"""Dates before the period that a run of work is followed back to."""


def pins(ground: Ground) -> Iterator[Line]:
    """Yield every contradiction of pins, musts and limits, or that there is none."""
    found = [
        *(_clash(ground, clash) for clash in ground.clashes),
        *_on_call(ground),
        *(line for member in ground.problem.staff for line in _person(ground, member)),
        *(
            line
            for cover in ground.problem.cover_rules
            for line in _too_many(ground, cover)
        ),
        *_apart(ground),
        *holidays(ground),
    ]
    yield from found
    if not found:
        yield Line(
            topic=Topic.PINS,
            code="pins_fine",
            verdict=Verdict.FINE,
            required=ground.problem.pins.count,
        )


def _line(
    code: str, people: Sequence[StaffId], dates: Sequence[dt.date], **numbers: int
) -> Line:
    return Line(
        topic=Topic.PINS,
        code=code,
        verdict=Verdict.IMPOSSIBLE,
        people=tuple(people),
        dates=tuple(dates),
        **numbers,  # type: ignore[arg-type]
    )


def _clash(ground: Ground, clash: Clash) -> Line:
    """Say what a cell is asked to be, and what is against it."""
    member = ground.problem.member_by_name[clash.staff]
    if not clash.alone:
        line = _line("cells_clash", [clash.staff], [clash.date - ONE_DAY, clash.date])
        here, before = "/".join(clash.here), "/".join(clash.before)
        return line.model_copy(update={"facts": {"before": before, "here": here}})
    pin = ground.pin(member, clash.date)
    musts = ground.musts(member, clash.date)
    bars = ground.bars(member, clash.date)
    pinned = str(pin.shift or pin.off) if pin else ""
    wanted = {pinned, *(symbol for one in musts for symbol in one.shifts)}
    line = _line("cell_clash", [clash.staff], [clash.date])
    return line.model_copy(
        update={
            "obstacles": tuple(
                Obstacle(staff=clash.staff, bar=bar)
                for bar in Bar
                if bar in {bars.get(entry) for entry in wanted}
            ),
            "facts": {
                "pin": pinned,
                "wishes": ";".join(
                    f"{one.want}:{'/'.join(one.shifts)}" for one in musts
                ),
            },
        }
    )


def _on_call(ground: Ground) -> Iterator[Line]:
    """Find pinned nights on call of people who cannot, or too many a week (F-10)."""
    problem = ground.problem
    kept = [
        night
        for night in problem.pins.on_call
        if not ground.agreed("W-02", "on_call", night.staff, night.date)
    ]
    for night in kept:
        member = problem.member_by_name[night.staff]
        bar = on_call_bar(ground, member, night.date)
        if bar is not None:
            line = _line("on_call_pin", [night.staff], [night.date])
            obstacle = Obstacle(staff=night.staff, bar=bar)
            yield line.model_copy(update={"obstacles": (obstacle,)})
    limit = weekly_limit(ground)
    if limit is None:
        return
    for week in problem.period.weeks(problem.office.settings.week_starts_on):
        dates: dict[StaffId, list[dt.date]] = defaultdict(list)
        for night in problem.history.on_call:
            if night.date in week and night.date < ground.first:
                dates[night.staff].append(night.date)
        pinned = [night for night in kept if night.date in week]
        for night in pinned:
            dates[night.staff].append(night.date)
        for name in dict.fromkeys(night.staff for night in pinned):
            if len(dates[name]) > limit:
                days = sorted(dates[name])
                yield _line(
                    "on_call_week", [name], days, required=len(days), possible=limit
                )


def _person(ground: Ground, member: StaffMember) -> Iterator[Line]:
    """Find limits of one person that the pinned shifts pass."""
    fixed = _fixed(ground, member)
    nights = {date: shift for date, shift in fixed.items() if is_night(shift)}
    pinned = [date for date in nights if date >= ground.first]
    limit = ground.nights_limit(member)
    if limit is not None and len(pinned) > limit:
        yield _line(
            "nights_pinned",
            [member.name],
            pinned,
            required=len(pinned),
            possible=limit,
        )
    yield from _chains(ground, member, nights)
    yield from _runs(ground, member, fixed)
    yield from _weeks(ground, member, fixed)
    worked = sum(s.work_minutes for d, s in fixed.items() if d >= ground.first)
    cap = ground.month_cap(member)
    if worked > cap:
        yield _line("month_pinned", [member.name], (), required=worked, possible=cap)


def _fixed(ground: Ground, member: StaffMember) -> dict[dt.date, Shift]:
    """Return the shifts of a person that are certain, the tail's among them, by date.

    Certain is a cell for which nothing is left but one shift: pinned, or a must.
    """
    shifts = {str(shift.symbol): shift for shift in ground.problem.shifts}
    fixed = {}
    for duty in ground.problem.history.duties:
        if duty.staff == member.name and duty.shift and duty.date < ground.first:
            fixed[duty.date] = shifts[duty.shift]
    for date in ground.problem.period.dates:
        left = ground.left(member, date)
        if len(left) == 1 and left[0] in shifts:
            fixed[date] = shifts[left[0]]
    return dict(sorted(fixed.items()))


def _chains(
    ground: Ground, member: StaffMember, fixed_nights: dict[dt.date, Shift]
) -> Iterator[Line]:
    """Find chains of fixed nights, one or two dates apart, that are too long (F-13)."""
    if not ground.agreed_somewhere("F-13", "nights_in_a_row", member.name):
        limit = ground.problem.office.settings.nights_in_a_row_most
        yield from _too_long(ground, member, list(fixed_nights), limit)
    if come_alone(ground, member):
        is_long = long_night(ground)
        long_nights = [date for date, shift in fixed_nights.items() if is_long(shift)]
        yield from _too_long(ground, member, long_nights, 1, "long_nights_in_a_row")


def _too_long(
    ground: Ground,
    member: StaffMember,
    nights: Sequence[dt.date],
    limit: int,
    code: str = "nights_in_a_row",
) -> Iterator[Line]:
    chains = [[*nights[:1]]]
    for before, night in pairwise(nights):
        if (night - before).days > 2:
            chains.append([])
        chains[-1].append(night)
    for chain in chains:
        if len(chain) > limit and chain[-1] >= ground.first:
            yield _line(
                code,
                [member.name],
                chain,
                required=len(chain),
                possible=limit,
            )


def _runs(
    ground: Ground, member: StaffMember, fixed: dict[dt.date, Shift]
) -> Iterator[Line]:
    """Find fixed work on too many dates in a row, the tail alone aside (F-13)."""
    if ground.agreed_somewhere("F-13", "days_in_a_row_most", member.name):
        return
    limit = ground.problem.office.settings.days_in_a_row_most
    touched = _touched(ground, member, fixed)
    told: set[dt.date] = set()
    period = ground.problem.period
    for last in (*period.dates, period.last + ONE_DAY):
        window = [last - back * ONE_DAY for back in range(limit, -1, -1)]
        if told.isdisjoint(window) and all(
            date in touched and (date < last or not touched[date]) for date in window
        ):
            run = _run_around(last, touched)
            told |= set(run)
            yield _line(
                "days_in_a_row", [member.name], run, required=len(run), possible=limit
            )


def _touched(
    ground: Ground, member: StaffMember, fixed: dict[dt.date, Shift]
) -> dict[dt.date, bool]:
    """Return the dates that certain work touches, and whether the tail's alone does."""
    by_tail = [
        date
        for back in range(LONGEST_RUN)
        for date in (ground.first - back * ONE_DAY,)
        if touched_by_tail(ground, member, date)
    ]
    touched = {}
    for date, shift in fixed.items():
        if date >= ground.first:
            touched[date] = False
            if shift.passes_midnight:
                touched[date + ONE_DAY] = False
    return touched | dict.fromkeys(by_tail, True)


def _run_around(date: dt.date, touched: Collection[dt.date]) -> list[dt.date]:
    first = last = date
    while first - ONE_DAY in touched:
        first -= ONE_DAY
    while last + ONE_DAY in touched:
        last += ONE_DAY
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def _weeks(
    ground: Ground, member: StaffMember, fixed: dict[dt.date, Shift]
) -> Iterator[Line]:
    """Find weeks with more fixed shifts than the contract has (L-04)."""
    own = member.contract.days_per_week_max
    if own is None:
        return
    problem = ground.problem
    for week in problem.period.weeks(problem.office.settings.week_starts_on):
        first = max(week[0], ground.first)
        limit = own + ground.agreed("L-04", "days_per_week", member.name, first)
        begun = [date for date in week if date in fixed]
        if len(begun) > limit and begun[-1] >= ground.first:
            yield _line(
                "week_pinned",
                [member.name],
                begun,
                required=len(begun),
                possible=limit,
            )


# -- several people --------------------------------------------------------------------


def _too_many(ground: Ground, cover: CoverRule) -> Iterator[Line]:
    """Find dates on which more are fixed than a cover rule allows (K-02)."""
    if not cover.must or cover.at_most is None or cover.band is not None:
        return
    for date in ground.problem.period.dates:
        if not cover.applies_on(date):
            continue
        limit = cover.at_most + ground.agreed(
            "K-02", "count_must", date=date, name=cover.name
        )
        people = [
            member.name
            for member in ground.problem.staff
            if _counts(ground, cover, member, date)
        ]
        if len(people) > limit:
            line = _line(
                "cover_pinned", people, [date], required=len(people), possible=limit
            )
            yield line.model_copy(update={"facts": {"name": cover.name}})


def _counts(
    ground: Ground, cover: CoverRule, member: StaffMember, date: dt.date
) -> bool:
    """Tell whether a cover rule counts a person whatever is left of the cell."""
    left = ground.left(member, date)
    working = ground.working(member, date)
    return (
        (cover.group is None or cover.group in member.groups)
        and (
            cover.qualification is None or cover.qualification in member.qualifications
        )
        and len(working) == len(left) > 0
        and all(one.shift.counts for one in working)
        and all(cover.shift in (None, one.shift.symbol) for one in working)
        and (
            cover.role is None
            or all(
                any(roles == (cover.role,) for roles in one.roles) for one in working
            )
        )
    )


def _apart(ground: Ground) -> Iterator[Line]:
    """Find two people who must be apart and are fixed at the same time (P-01)."""
    members = ground.problem.member_by_name
    for pair in ground.problem.pairs:
        if pair.kind is not PairKind.APART or not pair.must:
            continue
        if ground.agreed("P-01", "apart_must", pair.first):
            continue
        first, second = (
            _fixed(ground, members[name]) for name in (pair.first, pair.second)
        )
        for date, shift in first.items():
            for days in (-1, 0, 1):
                other = second.get(date + days * ONE_DAY)
                begun = max(date, date + days * ONE_DAY) >= ground.first
                if (
                    other is not None
                    and begun
                    and shift.interval.overlaps(other.interval.shifted(days * DAY))
                ):
                    line = _line("apart_pinned", [pair.first, pair.second], [date])
                    facts = {"first": shift.symbol, "second": other.symbol}
                    yield line.model_copy(update={"facts": facts})
