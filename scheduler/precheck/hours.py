"""Sums of hours over the whole period: all work, and single roles (A-03, G)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from scheduler.audit.figures.stretches import runs, stretches
from scheduler.audit.rules.a03_day_hours import required_month
from scheduler.audit.rules.g_care_manager_month import desk_windows
from scheduler.audit.staff_list import is_nurse, may_do
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, LATEST, ONE_DAY, Interval, total_minutes
from scheduler.domain.office import StaffingReading
from scheduler.domain.precheck import EMPTY, TENTH, Line, Topic, is_tight, line_of
from scheduler.domain.shifts import RELEASED, Role
from scheduler.domain.staff import StaffMember
from scheduler.precheck.care import needed_minutes, reach
from scheduler.precheck.cells import Cells
from scheduler.precheck.nights import needed_nights
from scheduler.precheck.person_month import hours_by_week, shifts_left
from scheduler.precheck.presence import in_pool
from scheduler.precheck.work_dates import most_begins

WHOLE = Interval(0, LATEST)
LATE = Interval(DAY, LATEST)

TWENTIETH = 20
"""A month with less than a twentieth of its hours to spare is tight."""


class Desk(NamedTuple):
    """Hours that a role must have on some dates."""

    code: str
    role: Role
    dates: Sequence[dt.date]
    least: int


class Most(NamedTuple):
    """The most that one person can bring, by law and enforced limits, by contract."""

    law: int
    contract: int
    """With the days off owed (L-02) and the most hours (L-03) kept as well."""


def hours(cells: Cells) -> Iterator[Line]:
    """Yield the sum of all hours, and those of desks and nurses."""
    desks = list(_desks(cells))
    yield _all(cells, desks)
    for desk in (*desks, *_tasks(cells)):
        if desk.least > 0:
            yield _desk(cells, desk)
    yield from _nurses(cells)


def most_of(
    cells: Cells, member: StaffMember, on_date: Callable[[dt.date], int]
) -> Most:
    """Return the most that shifts of a person bring in all.

    Parameters
    ----------
    on_date
        The most that a shift begun on a date of the period brings.
    """
    kept: list[int] = []
    for week, begins in most_begins(cells, member):
        kept += sorted(map(on_date, week), reverse=True)[:begins]
    kept.sort(reverse=True)
    return Most(sum(kept), sum(kept[: _working_dates(cells, member)]))


def _working_dates(cells: Cells, member: StaffMember) -> int:
    """Return the dates on which the contract's days off leave room for work (L-02)."""
    owed = cells.limit(member, "days_off_min") or 0
    return max(0, len(cells.dates_of(member)) - max(0, owed))


def most_work(cells: Cells, member: StaffMember) -> Most:
    """Return the most minutes of work in the period (F-02, L-03)."""

    def on_date(date: dt.date) -> int:
        shifts = cells.working(member, date)
        return max((one.shift.work_minutes for one in shifts), default=0)

    return _capped(cells, member, most_of(cells, member, on_date))


def _capped(cells: Cells, member: StaffMember, most: Most) -> Most:
    """Return minutes of work in whole shifts, within the legal and the agreed hours."""
    cap, begins = cells.month_cap(member), most_begins(cells, member)
    shifts = sum(number for _, number in begins)
    law = min(most.law, _in_shifts(cells, member, cap, shifts))
    shifts = min(shifts, _working_dates(cells, member))
    week = member.contract.week_minutes_max or cap
    by_week = hours_by_week(
        cells, member, lambda dates: _in_shifts(cells, member, week, dates)
    )
    agreed = min(cap, most_of_contract(cells, member), by_week)
    agreed = _in_shifts(cells, member, agreed, shifts)
    return Most(law, min(law, most.contract, agreed))


def _all(cells: Cells, desks: Sequence[Desk]) -> Line:
    """Compare all hours needed with the most that everybody may work."""
    dates = cells.problem.period.dates
    care = sum(needed_minutes(cells, date) for date in dates)
    if cells.problem.office.settings.staffing_reading is StaffingReading.MONTHLY:
        care = max(care, required_month(cells.problem, dates))
    night = _night_minutes(cells)
    planner, early_and_late, manager = (
        sum(max(0, one.least) for one in part)
        for part in (desks[:1], desks[1:-1], desks[-1:])
    )
    # Early and late desk hours count towards the planner's month: the larger is needed.
    desk = max(planner, early_and_late) + manager
    tail = sum(
        working.stint(lambda _: True).minutes(LATE)
        for member in cells.problem.staff
        for working in cells.working(member, cells.first - ONE_DAY)
    )
    needed = {"care": care, "night": night, "desk": desk}
    return line_of_all(
        needed, tail, {m.name: most_work(cells, m) for m in cells.problem.staff}
    )


def line_of_all(
    needed: Mapping[str, int], tail: int, most: Mapping[StaffId, Most]
) -> Line:
    """Compare the hours needed with the most of everybody, and what the tail gives."""
    lawful, possible = total(most.values())
    return line_of_most(
        Topic.HOURS,
        "hours_all",
        sum(needed.values()),
        {name: one for name, one in most.items() if one.law},
        Most(lawful + tail, possible + tail),
        part=TWENTIETH,
        facts={**needed, "tail": tail},
    )


def line_of_most(
    topic: Topic,
    code: str,
    required: int,
    shares: Mapping[StaffId, Most],
    most: Most | None = None,
    *,
    part: int = TENTH,
    facts: Mapping[str, int | str] = EMPTY,
    dates: tuple[dt.date, ...] = (),
) -> Line:
    """Compare what is required with the most that people can bring in all.

    Parameters
    ----------
    most
        The total, where it is not that of the shares.
    part
        The line is tight with less than this part of what is required to spare.
    """
    lawful, possible = most or total(shares.values())
    return line_of(
        topic,
        code,
        required,
        possible,
        tight=is_tight(required, possible, part),
        contract=possible < required <= lawful,
        dates=dates,
        shares={name: one.contract for name, one in shares.items()},
        facts={**facts, "lawful": lawful},
    )


def total(most: Iterable[Most]) -> Most:
    """Return what several people can bring in all."""
    every = tuple(most)
    return Most(sum(one.law for one in every), sum(one.contract for one in every))


def most_of_contract(cells: Cells, member: StaffMember) -> int:
    """Return the contract's most minutes of work, by the period and by the week.

    Certain leave and absence counts to those of the period.
    """
    limit, settled = cells.limit(member, "minutes_max"), 0
    for date in cells.problem.period.dates:
        settled += cells.left(member, date) in [(kind,) for kind in RELEASED]
    most = cells.month_cap(member)
    if limit is not None:
        most = limit - settled * member.contract.day_minutes
    return max(0, min(most, hours_by_week(cells, member)))


def _in_shifts(cells: Cells, member: StaffMember, most: int, shifts: int) -> int:
    """Return the largest sum, up to some minutes, of so many shifts of a person."""
    if cells.problem.events:
        # Whoever comes to one works longer than the shift.
        return most
    lengths = {shift.work_minutes for shift in shifts_left(cells, member)}
    sums, within = 1, (1 << (most + 1)) - 1
    for _ in range(shifts):
        sums |= reduce(or_, (sums << length for length in lengths), 0) & within
    return sums.bit_length() - 1


def _night_minutes(cells: Cells) -> int:
    """Return a lower bound on the minutes of work, without breaks, of all nights."""
    band = cells.problem.office.night_band
    shares = []
    for shift in cells.problem.all_shifts:
        for days in (-1, 0, 1):
            inside = shift.interval.intersection(band.shifted(days * DAY))
            if inside.minutes:
                resting = max(
                    total_minutes(pause.intersection(inside) for pause in option)
                    for option in shift.break_options
                )
                worked = inside.minutes - resting
                shares.append(band.minutes * worked // inside.minutes)
    return min(shares, default=0) * len(needed_nights(cells))


# -- desks and nurses ------------------------------------------------------------------


def _desks(cells: Cells) -> Iterator[Desk]:
    """Yield the hours that planning and management need, less agreed exceptions."""
    dates, settings = cells.problem.period.dates, cells.problem.office.settings
    least = settings.planner_desk - cells.agreed("A-11", "desk")
    yield Desk("planner_desk", Role.PLANNER, dates, least)
    for facet, part, minutes in desk_windows(cells.problem, cells.rulebook["G"]):
        least = minutes - cells.agreed("G", facet)
        yield Desk(facet, Role.PLANNER, part, least)
    least = cells.problem.office.manager_desk - cells.agreed("A-13", "desk")
    yield Desk("manager_desk", Role.MANAGER, dates, least)


def _tasks(cells: Cells) -> Iterator[Desk]:
    """Yield the hours that the care manager's tasks need, musts only."""
    for one in stretches(cells.problem, must=True):
        least = one.required - cells.agreed("G", "tasks_must", name=one.name)
        yield Desk("desk_tasks", Role.PLANNER, sorted(one.dates), least)


def _desk(cells: Cells, desk: Desk) -> Line:
    """Compare a role's hours with what its holders can work, less care they must do."""

    def counts(role: Role) -> bool:
        return role is desk.role

    holders = [
        member
        for member in cells.problem.staff
        if desk.role in member.roles and may_do(cells.problem, member, desk.role)
    ]
    brings = {m.name: sum_of(cells, m, desk.dates, counts) for m in holders}
    works = total(sum_of(cells, m, desk.dates, lambda _: True) for m in holders)
    taken = _taken_by_care(cells, holders, desk.dates)
    possible = Most(
        *(
            max(0, min(able, all_work - taken))
            for able, all_work in zip(total(brings.values()), works, strict=True)
        )
    )
    return line_of_most(
        Topic.HOURS,
        desk.code,
        desk.least,
        brings,
        possible,
        part=TWENTIETH,
        dates=tuple(date for run in runs(desk.dates) for date in (run[0], run[-1])),
        facts={"works": works.contract, "care": taken},
    )


def sum_of(
    cells: Cells,
    member: StaffMember,
    dates: Sequence[dt.date],
    counts: Callable[[Role], bool],
) -> Most:
    """Return the most minutes a person could work in some roles on some dates."""

    def on_date(date: dt.date) -> int:
        return _most(cells, member, date, counts, WHOLE) if date in dates else 0

    return _capped(cells, member, most_of(cells, member, on_date))


def _most(
    cells: Cells,
    member: StaffMember,
    date: dt.date,
    counts: Callable[[Role], bool],
    part: Interval,
) -> int:
    """Return the most minutes in a clock span by one shift begun on a date."""
    shifts = cells.working(member, date)
    return max((one.stint(counts).minutes(part) for one in shifts), default=0)


def _taken_by_care(
    cells: Cells, holders: Sequence[StaffMember], dates: Sequence[dt.date]
) -> int:
    """Return a lower bound on the minutes of care by day that the holders must do.

    It is what all others cannot bring; on the first date of each run of dates, less
    what holders' shifts begun on the eve bring.
    """
    others = [member for member in cells.problem.staff if member not in holders]
    morning = Interval(DAY, DAY + cells.problem.office.night_band.start)
    total = 0
    for run in runs(dates):
        eve = run[0] - ONE_DAY
        earlier = sum(_most(cells, one, eve, in_pool, morning) for one in holders)
        for date in run:
            reached = sum(reach(cells, member, date) for member in others)
            reached += earlier if date == run[0] else 0
            total += max(0, needed_minutes(cells, date) - reached)
    return total


def _nurses(cells: Cells) -> Iterator[Line]:
    """Yield the sum of the nurses' shifts (A-10)."""
    least = cells.problem.office.nurse_shifts - cells.agreed("A-10", "shifts")
    if least <= 0:
        return
    most = {
        member.name: _as_nurse(cells, member)
        for member in cells.problem.staff
        if is_nurse(cells.problem, member)
    }
    # Tight with none to spare.
    yield line_of_most(Topic.HOURS, "nurse_shifts", least, most, part=least)


def _as_nurse(cells: Cells, member: StaffMember) -> Most:
    """Return the most shifts that a person could work as a nurse."""
    lengths: dict[dt.date, int] = {}
    for date in cells.problem.period.dates:
        found = [
            one.shift.work_minutes
            for one in cells.working(member, date)
            if any(Role.NURSE in roles for roles in one.roles)
        ]
        lengths |= {date: min(found)} if found else {}
    most = most_of(cells, member, lambda date: date in lengths)
    shortest = max(1, min(lengths.values(), default=1))
    law = min(most.law, cells.month_cap(member) // shortest)
    hours = max(0, most_of_contract(cells, member)) // shortest
    return Most(law, min(law, most.contract, hours))
