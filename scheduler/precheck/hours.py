"""Sums of hours over the whole period: all work, and single roles (A-03, G)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.bands import required_month
from scheduler.audit.figures.desk import stretches
from scheduler.audit.staff_list import may_do
from scheduler.domain.clock import DAY, LATEST, ONE_DAY, Interval, total_minutes
from scheduler.domain.office import StaffingReading
from scheduler.domain.precheck import Line, Topic, told
from scheduler.domain.shifts import RELEASED, Role
from scheduler.precheck.care import needed_minutes, reach
from scheduler.precheck.holidays import most_begins
from scheduler.precheck.nights import needed_nights
from scheduler.precheck.presence import in_pool

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from scheduler.domain.base import StaffId
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.cells import Cells

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


def hours(cells: Cells) -> Iterator[Line]:
    """Yield the sum of all hours, and those of desks and nurses."""
    desks = list(_desks(cells))
    yield _all(cells, desks)
    for desk in (*desks, *_tasks(cells)):
        if desk.least > 0:
            yield _desk(cells, desk)
    yield from _nurses(cells)


def most_work(cells: Cells, member: StaffMember) -> int:
    """Return the most minutes of work that law, weeks and cells allow (F-02)."""
    total = 0
    for week, begins in most_begins(cells, member):
        longest = (
            max((one.shift.work_minutes for one in cells.working(member, d)), default=0)
            for d in week
        )
        total += sum(sorted(longest, reverse=True)[:begins])
    return min(total, cells.month_cap(member))


def _all(cells: Cells, desks: Sequence[Desk]) -> Line:
    """Compare all hours needed with the most that everybody may work."""
    dates = cells.problem.period.dates
    care = sum(needed_minutes(cells, date) for date in dates)
    if cells.problem.office.settings.staffing_reading is StaffingReading.MONTHLY:
        care = max(care, required_month(cells.problem))
    night = _night_minutes(cells)
    planner, early_and_late, manager = (
        sum(max(0, one.least) for one in part)
        for part in (desks[:1], desks[1:-1], desks[-1:])
    )
    # Early and late desk hours count towards the planner's month: the larger is needed.
    desk = max(planner, early_and_late) + manager
    required = care + night + desk
    by_law = {m.name: most_work(cells, m) for m in cells.problem.staff}
    by_contract = {
        member.name: max(0, min(by_law[member.name], _of_contract(cells, member)))
        for member in cells.problem.staff
        if by_law[member.name]
    }
    tail = sum(
        working.stint(lambda _: True).minutes(LATE)
        for member in cells.problem.staff
        for working in cells.working(member, cells.first - ONE_DAY)
    )
    lawful = sum(by_law.values()) + tail
    possible = sum(by_contract.values()) + tail
    return told(
        Topic.HOURS,
        "hours_all",
        required,
        possible,
        tight=(possible - required) * TWENTIETH < required,
        contract=possible < required <= lawful,
        shares=by_contract,
        facts={
            "care": care,
            "night": night,
            "desk": desk,
            "lawful": lawful,
            "tail": tail,
        },
    )


def _of_contract(cells: Cells, member: StaffMember) -> int:
    """Return the contract's most minutes, less those of certain leave and absence."""
    limit, settled = cells.limit(member, "minutes_max"), 0
    for date in cells.problem.period.dates:
        settled += cells.left(member, date) in [(kind,) for kind in RELEASED]
    most = cells.month_cap(member)
    return most if limit is None else limit - settled * member.contract.day_minutes


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
    rule, settings = cells.rulebook["G"], cells.problem.office.settings
    dates = cells.problem.period.dates
    early = [date for date in dates if date.day <= rule.int("early_last_day")]
    late = [date for date in dates if date.day >= rule.int("late_first_day")]
    for code, spot, role, part, least in (
        ("planner_desk", ("A-11", "desk"), Role.PLANNER, dates, settings.planner_desk),
        (
            "desk_early",
            ("G", "desk_early"),
            Role.PLANNER,
            early,
            settings.planner_desk_early,
        ),
        (
            "desk_late",
            ("G", "desk_late"),
            Role.PLANNER,
            late,
            settings.planner_desk_late,
        ),
        ("manager_desk", ("A-13", "desk"), Role.MANAGER, dates, settings.manager_desk),
    ):
        if part:
            yield Desk(code, role, part, least - cells.agreed(*spot))


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
        if desk.role in member.roles and may_do(member, desk.role)
    ]
    brings = {m.name: _sum(cells, m, desk.dates, counts) for m in holders}
    works = sum(_sum(cells, m, desk.dates, lambda _: True) for m in holders)
    taken = _taken_by_care(cells, holders, desk.dates)
    able = sum(brings.values())
    possible = max(0, min(able, works - taken))
    return told(
        Topic.HOURS,
        desk.code,
        desk.least,
        possible,
        tight=(possible - desk.least) * TWENTIETH < desk.least,
        dates=(desk.dates[0], desk.dates[-1]),
        shares=brings,
        facts={"able": able, "works": works, "care": taken},
    )


def _sum(
    cells: Cells,
    member: StaffMember,
    dates: Sequence[dt.date],
    counts: Callable[[Role], bool],
) -> int:
    """Return the most minutes a person could work in some roles on some dates."""
    total = sum(_most(cells, member, date, counts, WHOLE) for date in dates)
    return min(cells.month_cap(member), total)


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

    It is what all others cannot bring; on the first date, less what holders' shifts
    begun on the eve bring.
    """
    others = [member for member in cells.problem.staff if member not in holders]
    morning = Interval(DAY, DAY + cells.problem.office.night_band.start)
    eve = dates[0] - ONE_DAY
    earlier = sum(_most(cells, one, eve, in_pool, morning) for one in holders)
    total = 0
    for date in dates:
        reached = sum(reach(cells, member, date) for member in others)
        reached += earlier if date == dates[0] else 0
        total += max(0, needed_minutes(cells, date) - reached)
    return total


def _nurses(cells: Cells) -> Iterator[Line]:
    """Yield the sum of the nurses' shifts (A-10)."""
    least = cells.problem.office.settings.nurse_shifts - cells.agreed("A-10", "shifts")
    if least <= 0:
        return

    def nurses(name: StaffId, date: dt.date) -> bool:
        shifts = cells.working(cells.problem.member_by_name[name], date)
        return any(Role.NURSE in roles for one in shifts for roles in one.roles)

    brings = {
        member.name: sum(nurses(member.name, d) for d in cells.problem.period.dates)
        for member in cells.problem.staff
        if member.is_nurse
    }
    possible = sum(brings.values())
    tight = possible == least
    yield told(Topic.HOURS, "nurse_shifts", least, possible, tight=tight, shares=brings)
