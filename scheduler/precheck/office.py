"""Sums on the office: places, staff list, kinds of office, wishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.audit.bands import day_clock
from scheduler.audit.figures.able import pile_ups
from scheduler.audit.rules.a12_visit_people import visit_people
from scheduler.audit.rules.a19_kantaki_nurses import (
    counts_as_one,
    has_credit,
    minutes_needed,
)
from scheduler.audit.staff_list import (
    full_time_nurses,
    full_timers,
    is_nurse,
    managers,
    month_minutes,
    nurses,
    planners,
)
from scheduler.audit.users import least_places, square_metres
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.precheck import Line, Topic, Verdict, line_of
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.cover import cover_rules
from scheduler.precheck.hours import Most, line_of_most, sum_of
from scheduler.precheck.presence import in_pool

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
        listed = find(cells.problem)
        required = cells.rulebook[rule].int(least)
        if not required:
            continue  # left to the main office
        short = listed.below(required)
        # Where people come or go in the period: the dates with too few.
        dates = () if len(short) == len(listed.by_date) else short
        yield line_of(
            Topic.QUALIFIED,
            code,
            required,
            listed.fewest,
            people=listed.of(short or listed.by_date).names,
            dates=dates,
        )
    yield from cover_rules(cells)


def nurse_hours(cells: Cells) -> Iterator[Line]:
    """Yield the sum of the hours of a kantaki's nurses (A-19)."""
    if not cells.rulebook["A-19"].is_for(cells.rulebook.kind):
        return
    most = {
        member.name: _counted(cells, member)
        for member in cells.problem.staff
        if is_nurse(cells.problem, member)
    }
    needed = minutes_needed(cells.problem)
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
