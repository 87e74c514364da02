"""Contradictions of pins and musts with each other, or with a limit (W-02)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from scheduler.audit.figures.limits import days_in_a_row
from scheduler.audit.figures.stretches import runs
from scheduler.audit.rules.f10_standby import weekly_limit
from scheduler.constraints.language.crew import could_count
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.precheck import BlockedBy, Blocker, Line, Topic, Verdict, line_of
from scheduler.domain.requests import CoverRule, PairKind
from scheduler.domain.shifts import OnCall, Shift
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells, Clash
from scheduler.precheck.on_call import call_blocked
from scheduler.precheck.work_dates import (
    come_alone,
    holidays,
    is_night,
    long_night,
)

LONGEST_RUN = 14
"""Most dates before the period over which a run of work is followed back."""

Pins = dict[dt.date, Shift]
"""Certain shifts of a person by date, the tail's included."""


def pins(cells: Cells) -> Iterator[Line]:
    """Yield all contradictions of pins, musts and limits, or one line if none."""
    staff = cells.problem.staff
    fixed = {member.name: _fixed(cells, member) for member in staff}
    found = [
        *(_clash(cells, clash) for clash in cells.clashes),
        *_on_call(cells),
        *(line for m in staff for line in _person(cells, m, fixed[m.name])),
        *_too_many(cells),
        *_apart(cells, fixed),
        *holidays(cells),
    ]
    yield from found
    if not found:
        count = cells.problem.pinned_cells
        yield line_of(Topic.PINS, "pins_fine", count, verdict=Verdict.FINE)


def _line(
    code: str,
    people: Collection[StaffId],
    dates: Collection[dt.date],
    possible: int = 0,
    **more: Any,
) -> Line:
    """Return a line with the verdict impossible."""
    return line_of(
        Topic.PINS,
        code,
        possible=possible,
        verdict=Verdict.IMPOSSIBLE,
        people=tuple(people),
        dates=tuple(dates),
        **more,
    )


def _clash(cells: Cells, clash: Clash) -> Line:
    """Return the line of an empty cell: what is pinned or asked, and why it fails."""
    people, date = [clash.staff], clash.date
    if not clash.alone:
        facts = {"before": "/".join(clash.before), "here": "/".join(clash.here)}
        return _line("cells_clash", people, [date - ONE_DAY, date], facts=facts)
    member = cells.problem.member_by_name[clash.staff]
    pin, musts = cells.pin(member, date), cells.musts(member, date)
    pinned = str(pin.shift or pin.off) if pin else ""
    wanted = {pinned, *(symbol for one in musts for symbol in one.shifts)}
    reasons = {cells.blocked(member, date).get(entry) for entry in wanted}
    asked = (f"{one.want}:{'/'.join(one.shifts)}" for one in musts)
    return _line(
        "cell_clash",
        people,
        [date],
        obstacles=tuple(
            Blocker(staff=clash.staff, why=why) for why in BlockedBy if why in reasons
        ),
        facts={"pin": pinned, "wishes": ";".join(asked)},
    )


def _on_call(cells: Cells) -> Iterator[Line]:
    """Yield pinned nights on call that are not possible, or too many a week (F-10)."""
    problem = cells.problem
    limit = weekly_limit(problem)
    kept = [
        night
        for night in problem.pins.on_call
        if not cells.agreed("W-02", "on_call", night.staff, night.date)
    ]
    for night in kept:
        why = call_blocked(cells, problem.member_by_name[night.staff], night.date)
        if why is not None:
            obstacles = (Blocker(staff=night.staff, why=why),)
            yield _line("on_call_pin", [night.staff], [night.date], obstacles=obstacles)
    if limit is None:
        return
    tail = [night for night in problem.history.on_call if night.date < cells.first]
    for week in cells.problem.weeks:
        dates = _by_person([*tail, *kept], week)
        for name in _by_person(kept, week):
            if len(dates[name]) > limit:
                days = sorted(dates[name])
                yield _line("on_call_week", [name], days, limit, required=len(days))


def _by_person(
    nights: Sequence[OnCall], week: Collection[dt.date]
) -> dict[StaffId, list[dt.date]]:
    dates = defaultdict(list)
    for night in nights:
        if night.date in week:
            dates[night.staff].append(night.date)
    return dates


def _person(cells: Cells, member: StaffMember, fixed: Pins) -> Iterator[Line]:
    """Yield limits of one person that the fixed shifts exceed."""
    people, limit = [member.name], cells.nights_limit(member)
    nights = {date: shift for date, shift in fixed.items() if is_night(shift)}
    pinned = [date for date in nights if date >= cells.first]
    if limit is not None and len(pinned) > limit:
        yield _line("nights_pinned", people, pinned, limit, required=len(pinned))
    yield from _chains(cells, member, nights)
    yield from _runs(cells, member, fixed)
    yield from _weeks(cells, member, fixed)
    worked = sum(s.work_minutes for d, s in fixed.items() if d >= cells.first)
    cap = cells.month_cap(member)
    if worked > cap:
        yield _line("month_pinned", people, (), cap, required=worked)


def _fixed(cells: Cells, member: StaffMember) -> Pins:
    """Return the certain shifts: the tail's, and those of cells with no other value."""
    fixed = {}
    for duty in cells.problem.history.duties:
        if duty.staff == member.name and duty.shift and duty.date < cells.first:
            fixed[duty.date] = cells.shifts[duty.shift]
    for date in cells.problem.period.dates:
        left = cells.left(member, date)
        if len(left) == 1 and left[0] in cells.shifts:
            fixed[date] = cells.shifts[left[0]]
    return dict(sorted(fixed.items()))


def _chains(cells: Cells, member: StaffMember, nights: Pins) -> Iterator[Line]:
    """Yield too long chains of fixed nights, one or two dates apart (F-13)."""
    most = cells.problem.office.settings.nights_in_a_row_most
    if not cells.agreed_somewhere("F-13", "nights_in_a_row", member.name):
        yield from _too_long(cells, member, "nights_in_a_row", nights, most)
    if come_alone(cells, member):
        is_long = long_night(cells)
        of_12_hours = {date: one for date, one in nights.items() if is_long(one)}
        yield from _too_long(cells, member, "long_nights_in_a_row", of_12_hours, 1)


def _too_long(
    cells: Cells, member: StaffMember, code: str, nights: Pins, limit: int
) -> Iterator[Line]:
    for chain in runs(nights, 2):
        if len(chain) > limit and chain[-1] >= cells.first:
            yield _line(code, [member.name], chain, limit, required=len(chain))


def _runs(cells: Cells, member: StaffMember, fixed: Pins) -> Iterator[Line]:
    """Yield too long runs of fixed work, unless the tail alone makes them (F-13)."""
    if cells.agreed_somewhere("F-13", "days_in_a_row_most", member.name):
        return
    limit = days_in_a_row(cells.problem, member, must=True)
    touched = _touched(cells, member, fixed)
    for run in runs(touched):
        # The tail alone is past: a date beyond the limit must have other work.
        if any(not touched[date] for date in run[limit:]):
            yield _line("days_in_a_row", [member.name], run, limit, required=len(run))


def _touched(cells: Cells, member: StaffMember, fixed: Pins) -> Mapping[dt.date, bool]:
    """Return the dates with certain work, and whether it is the tail's alone."""
    touched = {}
    for date, shift in fixed.items():
        if date >= cells.first:
            touched[date] = False
            if shift.passes_midnight:
                touched[date + ONE_DAY] = False
    back = (cells.first - days * ONE_DAY for days in range(LONGEST_RUN))
    by_tail = [date for date in back if cells.worked.touches(member, date)]
    return touched | dict.fromkeys(by_tail, True)


def _weeks(cells: Cells, member: StaffMember, fixed: Pins) -> Iterator[Line]:
    """Yield weeks with more fixed shifts than the contract allows (L-04)."""
    own = member.contract.days_per_week_max
    if own is None:
        return
    for week in cells.problem.weeks:
        first = max(week[0], cells.first)
        limit = own + cells.agreed("L-04", "days_per_week", member.name, first)
        begun = [date for date in week if date in fixed]
        if len(begun) > limit and begun[-1] >= cells.first:
            yield _line("week_pinned", [member.name], begun, limit, required=len(begun))


# -- several people --------------------------------------------------------------------


def _too_many(cells: Cells) -> Iterator[Line]:
    """Yield dates with more people fixed than a cover rule allows (K-02)."""
    staff, period = cells.problem.staff, cells.problem.period
    for cover in cells.problem.cover_rules:
        for date in period.dates:
            limits = [cap.most for one, cap in cells.caps.get(date, ()) if one is cover]
            people = [
                m.name for m in staff if limits and _counts(cells, cover, m, date)
            ]
            if limits and len(people) > limits[0]:
                yield _line(
                    "cover_pinned",
                    people,
                    [date],
                    limits[0],
                    required=len(people),
                    facts={"name": cover.name},
                )


def _counts(cells: Cells, cover: CoverRule, member: StaffMember, date: dt.date) -> bool:
    """Tell whether a cover rule counts a person by every value left in the cell."""
    working = cells.working(member, date)
    return (
        could_count(cover, member)
        and len(working) == len(cells.left(member, date)) > 0
        and all(
            one.shift.counts
            and cover.shift in (None, one.shift.symbol)
            and (cover.role is None or (cover.role,) in one.roles)
            for one in working
        )
    )


def _apart(cells: Cells, fixed: Mapping[StaffId, Pins]) -> Iterator[Line]:
    """Yield pairs who must be apart and are fixed to overlapping shifts (P-01)."""
    for pair in cells.problem.pairs:
        if pair.kind is not PairKind.APART or not pair.must or pair.nights:
            continue
        sides = (cells.problem.people_of(one) for one in (pair.first, pair.second))
        for first, second in product(*sides):
            if first != second and not cells.agreed("P-01", "apart_must", first.name):
                yield from _met(cells, fixed, first.name, second.name)


def _met(
    cells: Cells, fixed: Mapping[StaffId, Pins], one: StaffId, two: StaffId
) -> Iterator[Line]:
    for date, shift in fixed[one].items():
        for days in (-1, 0, 1):
            begins = date + days * ONE_DAY
            other = fixed[two].get(begins)
            if (
                other is not None
                and max(date, begins) >= cells.first
                and shift.interval.overlaps(other.interval.shifted(days * DAY))
            ):
                facts = {"first": shift.symbol, "second": other.symbol}
                yield _line("apart_pinned", (one, two), [date], facts=facts)
