"""Hours of the whole period: all that is needed, and of single roles (A-03, G)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.bands import required_month
from scheduler.audit.papers.staff_list import may_do
from scheduler.domain.clock import DAY, LATEST, ONE_DAY, Interval, total_minutes
from scheduler.domain.office import StaffingReading
from scheduler.domain.precheck import Line, Share, Topic
from scheduler.domain.shifts import OffKind, Role
from scheduler.precheck.care import needed_minutes, reach
from scheduler.precheck.nights import in_pool, needed_nights, verdict_of
from scheduler.precheck.weeks import most_begins

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground
WHOLE = Interval(0, LATEST)

TWENTIETH = 20
"""A month with less than a twentieth of its hours to spare is tight."""


def hours(ground: Ground) -> Iterator[Line]:
    """Yield the sum of all hours, and those of desks and nurses."""
    yield _all(ground)
    yield from _desks(ground)
    yield from _nurses(ground)


def most_work(ground: Ground, member: StaffMember) -> int:
    """Return the most minutes of work in the period by law, weeks and cells (F-02)."""
    longest = {
        date: max(
            (working.shift.work_minutes for working in ground.working(member, date)),
            default=0,
        )
        for date in ground.problem.period.dates
    }
    total = 0
    for week, begins in most_begins(ground, member):
        total += sum(sorted((longest[date] for date in week), reverse=True)[:begins])
    return min(total, ground.month_cap(member))


def _all(ground: Ground) -> Line:
    """Hold all hours that are needed against the most that everybody may work."""
    settings = ground.problem.office.settings
    dates = ground.problem.period.dates
    by_date = sum(needed_minutes(ground, date) for date in dates)
    if settings.staffing_reading is StaffingReading.MONTHLY:
        by_date = max(by_date, required_month(ground.problem))
    night = _night_minutes(ground)
    desk = _desk_floor(ground, Role.PLANNER) + _desk_floor(ground, Role.MANAGER)
    required = by_date + night + desk
    by_law, by_contract = {}, {}
    for member in ground.problem.staff:
        most = most_work(ground, member)
        limit = member.contract.minutes_max
        leave = _settled_leave(ground, member)
        agreed = ground.agreed("L-03", "hours_max", member.name)
        if most:
            by_law[member.name] = most
            own = most if limit is None else min(most, limit + agreed - leave)
            by_contract[member.name] = max(0, own)
    tail = _tail_minutes(ground)
    lawful = sum(by_law.values()) + tail
    possible = sum(by_contract.values()) + tail
    to_spare = possible - required
    return Line(
        topic=Topic.HOURS,
        code="hours_all",
        verdict=verdict_of(to_spare, is_tight=to_spare * TWENTIETH < required),
        contract=possible < required <= lawful,
        people=tuple(by_contract),
        required=required,
        possible=possible,
        shares=tuple(Share(staff=n, amount=m) for n, m in by_contract.items()),
        facts={
            "care": by_date,
            "night": night,
            "desk": desk,
            "lawful": lawful,
            "tail": tail,
        },
    )


def _settled_leave(ground: Ground, member: StaffMember) -> int:
    """Return what leave that is pinned or a must, and absence, take of the contract."""
    days = sum(
        ground.left(member, date) in ((OffKind.PAID_LEAVE,), (OffKind.ABSENT,))
        for date in ground.problem.period.dates
    )
    return days * member.contract.day_minutes


def _night_minutes(ground: Ground) -> int:
    """Return the least minutes of work, breaks left out, that the nights need."""
    band = ground.problem.office.night_band
    shares = []
    for shift in ground.problem.shifts:
        for days in (-1, 0, 1):
            inside = shift.interval.intersection(band.shifted(days * DAY))
            if not inside.minutes:
                continue
            resting = max(
                total_minutes(pause.intersection(inside) for pause in option)
                for option in shift.break_options
            )
            worked = inside.minutes - resting
            shares.append(band.minutes * worked // inside.minutes)
    return min(shares, default=0) * len(needed_nights(ground))


def _tail_minutes(ground: Ground) -> int:
    """Return what shifts begun in last month's tail work in the period."""
    eve = ground.first - ONE_DAY
    late = Interval(DAY, LATEST)
    return sum(
        working.stint(lambda _: True).minutes(late)
        for member in ground.problem.staff
        for working in ground.working(member, eve)
    )


# -- desks and nurses ------------------------------------------------------------------


def _desk_floor(ground: Ground, role: Role) -> int:
    settings = ground.problem.office.settings
    if role is Role.MANAGER:
        return max(0, settings.manager_desk - ground.agreed("A-13", "desk"))
    whole = settings.planner_desk - ground.agreed("A-11", "desk")
    parts = sum(max(0, least) for _, _, least in _windows(ground))
    return max(0, whole, parts)


def _windows(ground: Ground) -> Iterator[tuple[str, Sequence[dt.date], int]]:
    """Yield the parts of the month with planning hours of their own (G)."""
    rule, settings = ground.rulebook["G"], ground.problem.office.settings
    dates = ground.problem.period.dates
    early = [date for date in dates if date.day <= rule.int("early_last_day")]
    late = [date for date in dates if date.day >= rule.int("late_first_day")]
    for facet, window, least in (
        ("desk_early", early, settings.planner_desk_early),
        ("desk_late", late, settings.planner_desk_late),
    ):
        if window:
            yield facet, window, least - ground.agreed("G", facet)


def _desks(ground: Ground) -> Iterator[Line]:
    dates = ground.problem.period.dates
    settings = ground.problem.office.settings
    planner = settings.planner_desk - ground.agreed("A-11", "desk")
    manager = settings.manager_desk - ground.agreed("A-13", "desk")
    yield from _desk(ground, "planner_desk", Role.PLANNER, dates, planner)
    for facet, window, least in _windows(ground):
        yield from _desk(ground, facet, Role.PLANNER, window, least)
    yield from _desk(ground, "manager_desk", Role.MANAGER, dates, manager)


def _desk(
    ground: Ground, code: str, role: Role, dates: Sequence[dt.date], least: int
) -> Iterator[Line]:
    """Yield the sum of a role's hours, less what care needs of the same people."""
    if least <= 0:
        return

    def counts(one: Role) -> bool:
        return one is role

    holders = [m for m in ground.problem.staff if role in m.roles and may_do(m, role)]
    brings, works = {}, {}
    for member in holders:
        cap = ground.month_cap(member)
        brings[member.name] = min(cap, _sum(ground, member, dates, counts))
        works[member.name] = min(cap, _sum(ground, member, dates, lambda _: True))
    taken = _taken_by_care(ground, holders, dates)
    able = sum(brings.values())
    possible = max(0, min(able, sum(works.values()) - taken))
    to_spare = possible - least
    yield Line(
        topic=Topic.HOURS,
        code=code,
        verdict=verdict_of(to_spare, is_tight=to_spare * TWENTIETH < least),
        people=tuple(brings),
        dates=(dates[0], dates[-1]),
        required=least,
        possible=possible,
        shares=tuple(Share(staff=n, amount=m) for n, m in brings.items()),
        facts={"able": able, "works": sum(works.values()), "care": taken},
    )


def _sum(
    ground: Ground,
    member: StaffMember,
    dates: Sequence[dt.date],
    counts: Callable[[Role], bool],
) -> int:
    """Return the most minutes in some roles of shifts that begin on the dates."""
    return sum(
        max(
            (one.stint(counts).minutes(WHOLE) for one in ground.working(member, date)),
            default=0,
        )
        for date in dates
    )


def _taken_by_care(
    ground: Ground, holders: Sequence[StaffMember], dates: Sequence[dt.date]
) -> int:
    """Return the least minutes of care by day that the others leave to the holders.

    Of the first date, less what shifts bring that were begun before it.
    """
    others = [member for member in ground.problem.staff if member not in holders]
    total = 0
    for date in dates:
        reached = sum(reach(ground, member, date) for member in others)
        earlier = 0
        if date == dates[0]:
            earlier = sum(_morning(ground, member, date) for member in holders)
        total += max(0, needed_minutes(ground, date) - reached - earlier)
    return total


def _morning(ground: Ground, member: StaffMember, date: dt.date) -> int:
    """Return the most care minutes of a date from a shift begun the day before."""
    morning = Interval(DAY, DAY + ground.problem.office.night_band.start)
    return max(
        (
            working.stint(in_pool).minutes(morning)
            for working in ground.working(member, date - ONE_DAY)
        ),
        default=0,
    )


def _nurses(ground: Ground) -> Iterator[Line]:
    """Yield the sum of the nurses' shifts (A-10)."""
    least = ground.problem.office.settings.nurse_shifts
    least -= ground.agreed("A-10", "shifts")
    if least <= 0:
        return
    brings = {
        member.name: sum(
            any(
                Role.NURSE in roles
                for working in ground.working(member, date)
                for roles in working.roles
            )
            for date in ground.problem.period.dates
        )
        for member in ground.problem.staff
        if member.is_nurse
    }
    to_spare = sum(brings.values()) - least
    yield Line(
        topic=Topic.HOURS,
        code="nurse_shifts",
        verdict=verdict_of(to_spare, is_tight=to_spare == 0),
        people=tuple(brings),
        required=least,
        possible=sum(brings.values()),
        shares=tuple(Share(staff=n, amount=m) for n, m in brings.items()),
    )
