"""Sums on the office: places, staff list, kinds of office, cover rules, wishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from scheduler.audit.bands import day_clock
from scheduler.audit.denominator import month_minutes
from scheduler.audit.figures.able import pile_ups
from scheduler.audit.figures.limits import nurse_minutes_needed, visit_people
from scheduler.audit.rules.a19_kantaki_nurses import counts_as_one, has_credit
from scheduler.audit.staff_list import (
    full_time_nurses,
    full_timers,
    is_nurse,
    managers,
    nurses,
    planners,
)
from scheduler.audit.users import least_places, square_metres
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.precheck import Line, Topic, Verdict, line_of
from scheduler.domain.requests import CoverRule
from scheduler.domain.shifts import Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.cover_month import cover_times
from scheduler.precheck.hours import Most, line_of_most, sum_of
from scheduler.precheck.presence import in_pool, not_beginning, pieces_of, there
from scheduler.precheck.settled import Begun, is_kind

ON_LIST = {
    "full_timer": (full_timers, "A-09", "full_timers_min"),
    "nurse": (nurses, "A-10", "nurses_min"),
    "full_time_nurse": (full_time_nurses, "A-19", "full_time_nurses_min"),
    "planner": (planners, "A-11", "planners_min"),
    "manager": (managers, "A-13", "managers_min"),
}
"""Who must be on the staff list: function that finds them, rule, and its number."""


def capacity(cells: Cells) -> Iterator[Line]:
    """Yield the least places by law (D), and floor space the office must check."""
    own, least = cells.problem.office.capacity, least_places(cells.problem)
    topic, metres = Topic.CAPACITY, square_metres(cells.problem)
    yield line_of(topic, "day_use_least", least.day_use, own.day_use)
    yield line_of(topic, "overnight_least", least.overnight, own.overnight)
    if metres:
        facts = {"metres": metres}
        yield line_of(topic, "wide_room", own.day_use, own.day_use, facts=facts)


def wishes(cells: Cells) -> Iterator[Line]:
    """Yield the dates on which not everybody who asks can be free (`pile_ups`)."""
    found = pile_ups(cells.problem)
    if not found:
        asked = len(cells.problem.requests)
        yield line_of(Topic.WISHES, "no_pile_up", asked, verdict=Verdict.FINE)
    for one in found:
        yield line_of(
            Topic.WISHES,
            "pile_up",
            one.required,
            one.reached,
            verdict=Verdict.TIGHT,
            people=one.free,
            dates=(one.date,),
            facts={"others": one.others},
        )


def qualified(cells: Cells) -> Iterator[Line]:
    """Yield the sums of staff required on the list by law and by cover rules."""
    for code, (find, rule, least) in ON_LIST.items():
        if not cells.rulebook[rule].is_for(cells.rulebook.kind):
            continue
        people = tuple(find(cells.problem))
        required = cells.rulebook[rule].int(least)
        if not required:
            continue  # left to the main office
        yield line_of(Topic.QUALIFIED, code, required, len(people), people=people)
    for cover in cells.problem.cover_rules:
        if cover.must and cover.at_least:
            yield from _cover(cells, cover, cover.at_least)


def _cover(cells: Cells, cover: CoverRule, at_least: int) -> Iterator[Line]:
    """Yield one line if a rule always or never has enough people, else short dates."""
    dates = [date for date in cells.problem.period.dates if cover.applies_on(date)]
    if not dates:
        return
    lacking = [
        line for date in dates for line in _cover_on(cells, cover, at_least, date)
    ]
    in_all = _cover_in_all(cells, cover, at_least, dates)
    people = tuple(m.name for m in cells.problem.staff if _shifts_of(cells, cover, m))
    facts = {"name": cover.name}
    if not lacking and in_all is not None:
        yield in_all
    elif not lacking:
        yield line_of(
            Topic.QUALIFIED,
            "cover",
            at_least,
            len(people),
            verdict=Verdict.FINE,
            people=people,
            facts=facts,
        )
    elif len(lacking) == len(dates) and len(people) < at_least:
        asked = ("role", "qualification", "group", "shift")
        sought = {one: str(getattr(cover, one)) for one in asked if getattr(cover, one)}
        yield line_of(
            Topic.QUALIFIED,
            "cover_nobody",
            at_least,
            len(people),
            people=people,
            dates=tuple(dates),
            facts=facts | sought,
        )
    else:
        yield from lacking
        if in_all is not None:
            yield in_all


def _cover_in_all(
    cells: Cells, cover: CoverRule, at_least: int, dates: Sequence[dt.date]
) -> Line | None:
    """Return the sum of all dates at the moment with most missing, if any is."""
    asked = {date: _asked(cells, cover, at_least, date) for date in dates}
    needed = {date: number for date, number in asked.items() if number is not None}
    people = [member for member in cells.problem.staff if is_kind(cover, member)]

    def fits(begun: Begun, minute: int | None) -> bool:
        of_shift = cover.shift in (None, begun.shift.symbol)
        if minute is None:
            return of_shift and _begins_as(cover, begun)
        roles = begun.roles_at(minute)
        return of_shift and begun.at_work(minute) and _has(cover, roles)

    moments: Sequence[int | None] = [None]
    if cover.band is not None:
        moments = [piece.start for piece in pieces_of(cells.problem, cover.band)]
    lines = (
        cover_times(cells, cover.name, people, fits, needed, minute)
        for minute in moments
    )
    return max(
        (line for line in lines if line is not None),
        key=lambda line: line.missing,
        default=None,
    )


def _asked(cells: Cells, cover: CoverRule, at_least: int, date: dt.date) -> int | None:
    """Return how many people a rule asks for with what is agreed; ``None``: nothing."""
    facet = "count_must" if cover.band is None else "band_must"
    agreed = cells.agreed("K-02", facet, date=date, name=cover.name)
    return None if cover.band and agreed else max(0, at_least - agreed)


def _begins_as(cover: CoverRule, begun: Begun) -> bool:
    """Tell whether a shift counts for a rule on the shifts of a date."""
    return begun.shift.counts and (
        cover.role is None or any(map(partial(_has, cover), begun.roles))
    )


def _has(cover: CoverRule, roles: Sequence[Role]) -> bool:
    """Tell whether a rule counts one of some roles."""
    return bool(roles) and cover.role in (None, *roles)


def _cover_on(
    cells: Cells, cover: CoverRule, at_least: int, date: dt.date
) -> Iterator[Line]:
    """Yield a line if fewer people can be counted on a date than a rule requires."""
    asked = _asked(cells, cover, at_least, date)
    able = _able(cells, cover, date)
    if asked is not None and len(able) < asked:
        yield line_of(
            Topic.QUALIFIED,
            "cover_date",
            asked,
            len(able),
            people=able,
            dates=(date,),
            obstacles=not_beginning(
                cells, date, able, lambda member: _shifts_of(cells, cover, member)
            ),
            facts={"name": cover.name},
        )


def _able(cells: Cells, cover: CoverRule, date: dt.date) -> tuple[StaffId, ...]:
    """Return who could be counted on a date, at the moment with the fewest."""

    def counts(role: Role) -> bool:
        return cover.role in (None, role)

    people = [member for member in cells.problem.staff if is_kind(cover, member)]
    if cover.band is None:
        return tuple(
            member.name
            for member in people
            if any(
                cover.shift in (None, working.shift.symbol)
                and _begins_as(cover, working)
                for working in cells.working(member, date)
            )
        )
    names = {member.name for member in people}
    found = (
        there(cells, date, piece.start, counts, breaks_count=False, symbol=cover.shift)
        for piece in pieces_of(cells.problem, cover.band)
    )
    return min((tuple(n for n in one if n in names) for one in found), key=len)


def _shifts_of(
    cells: Cells, cover: CoverRule, member: StaffMember
) -> tuple[Shift, ...]:
    """Return the shifts of a person's contract that a cover rule may count."""
    if not is_kind(cover, member) or cover.role not in (None, *member.roles):
        return ()
    return tuple(
        shift
        for shift in cells.own_shifts(member)
        if shift.counts and cover.shift in (None, shift.symbol)
    )


def nurse_hours(cells: Cells) -> Iterator[Line]:
    """Yield the sum of the hours of a kantaki's nurses (A-19)."""
    if not cells.rulebook["A-19"].is_for(cells.rulebook.kind):
        return
    most = {
        member.name: _counted(cells, member)
        for member in cells.problem.staff
        if is_nurse(cells.problem, member)
    }
    needed = nurse_minutes_needed(cells.problem)
    yield line_of_most(Topic.HOURS, "nurse_minutes", needed, most)


def _counted(cells: Cells, member: StaffMember) -> Most:
    """Return the most minutes that a nurse can count, a full-timer's month at most."""
    month = month_minutes(cells.problem)
    whole = counts_as_one(cells.problem, member)
    one = sum_of(cells, member, cells.problem.period.dates, in_pool)
    if one.law and (whole or has_credit(member)):
        return Most(month, month)
    return Most(min(month, one.law), min(month, one.contract))


def visits(cells: Cells) -> Iterator[Line]:
    """Yield the date on which most people are missing, or fewest to spare (A-12)."""
    rule = cells.rulebook["A-12"]
    if not rule.is_for(cells.rulebook.kind) or not rule.int("visit_people_min"):
        return
    lines = []
    for date in cells.problem.period.dates:
        able = _able_by_day(cells, date)
        agreed = cells.agreed("A-12", "visit_people", date=date)
        needed = max(0, visit_people(cells.problem, date) - agreed)
        lines.append(
            line_of(
                Topic.CARE,
                "visit_people",
                needed,
                len(able),
                tight=len(able) == needed,
                dates=(date,),
                people=able,
            )
        )
    yield max(lines, key=lambda line: line.missing)


def _able_by_day(cells: Cells, date: dt.date) -> tuple[StaffId, ...]:
    """Return who could be in the care pool for a minute of the day band."""
    day = day_clock(cells.problem)
    return tuple(
        member.name
        for member in cells.problem.staff
        if _reaches(cells, member, date, day)
        or _reaches(cells, member, date - ONE_DAY, day.shifted(DAY))
    )


def _reaches(cells: Cells, member: StaffMember, date: dt.date, band: Interval) -> bool:
    return any(
        segment.overlaps(band) and any(map(in_pool, roles))
        for one in cells.working(member, date)
        for segment, roles in zip(one.shift.segments, one.roles, strict=False)
    )
