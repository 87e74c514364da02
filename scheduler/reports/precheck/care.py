"""Care by day, date by date: hours and people, needed and possible (A-03, K-01)."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, Interval
from scheduler.domain.office import HouseRatio, StaffingReading
from scheduler.reports.day_hours import required_minutes
from scheduler.reports.precheck.line import Line, Topic, Verdict
from scheduler.reports.precheck.moments import moments
from scheduler.reports.precheck.nights import in_pool, verdict_of
from scheduler.reports.precheck.obstacles import at_moment, on_date
from scheduler.reports.reach import most_minutes
from scheduler.reports.users import (
    TENTHS,
    movement_minutes,
    staff_for_users,
    staff_on_visits,
    users_in_house,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.reports.precheck.ground import Ground

ONE_DAY = dt.timedelta(days=1)

TENTH = 10
"""A date with less than a tenth of its hours to spare is tight."""


def care(ground: Ground) -> Iterator[Line]:
    """Yield the dates that are short or tight, and the nearest to it if none is."""
    lines = [
        line
        for date in ground.problem.period.dates
        for line in (_hours(ground, date), _people(ground, date))
        if line is not None
    ]
    telling = [line for line in lines if line.verdict is not Verdict.FINE]
    hours = [line for line in lines if line.code == "care_hours"]
    if hours and not any(line.code == "care_hours" for line in telling):
        yield min(hours, key=lambda line: -line.missing)
    people = [line for line in lines if line.code == "care_people"]
    if people and not any(line.code == "care_people" for line in telling):
        yield min(people, key=lambda line: -line.missing)
    yield from telling


def reach(ground: Ground, member: StaffMember, date: dt.date) -> int:
    """Return the most day-band care minutes that a person could bring to a date."""
    night = ground.problem.office.night_band
    band = Interval(night.end - DAY, night.start)
    yesterday = ground.working(member, date - ONE_DAY)
    before = [one.stint(in_pool) for one in yesterday]
    today = [one.stint(in_pool) for one in ground.working(member, date)]
    certain = date == ground.first and bool(before)
    rest = ground.problem.office.settings.rest_least
    return most_minutes(
        before if certain else [None, *before], [None, *today], band, rest
    )


def needed_minutes(ground: Ground, date: dt.date) -> int:
    """Return the day-band care minutes that a date needs by every rule held on it."""
    by_law = 0
    if ground.problem.office.settings.staffing_reading is StaffingReading.DAILY:
        by_law = required_minutes(ground.problem)[date]
    by_clock = sum(
        _wanted(ground, date, piece.start) * piece.minutes
        for piece in _pieces(ground, date)
    )
    return max(by_law, by_clock)


def _hours(ground: Ground, date: dt.date) -> Line | None:
    required = needed_minutes(ground, date)
    brings = {m.name: reach(ground, m, date) for m in ground.problem.staff}
    possible = sum(brings.values())
    to_spare = possible - required
    able = tuple(name for name, minutes in brings.items() if minutes)
    is_tight = to_spare * TENTH < required
    verdict = verdict_of(to_spare, is_tight=is_tight)
    return Line(
        topic=Topic.CARE,
        code="care_hours",
        verdict=verdict,
        dates=(date,),
        people=able,
        required=required,
        possible=possible,
        obstacles=()
        if verdict is Verdict.FINE
        else on_date(ground, date, able, partial(_shifts_in_pool, ground)),
    )


def _people(ground: Ground, date: dt.date) -> Line:
    """Return the stretch of a date at which the number of people is nearest."""
    found = [
        (piece, _wanted(ground, date, piece.start), _able(ground, date, piece.start))
        for piece in _pieces(ground, date)
    ]
    piece, wanted, able = min(found, key=lambda one: len(one[2]) - one[1])
    end = piece.end
    for following, *same in found:
        if following.start == end and same == [wanted, able]:
            end = following.end
    to_spare = len(able) - wanted
    verdict = verdict_of(to_spare, is_tight=to_spare == 0)
    return Line(
        topic=Topic.CARE,
        code="care_people",
        verdict=verdict,
        dates=(date,),
        people=able,
        required=wanted,
        possible=len(able),
        obstacles=()
        if verdict is Verdict.FINE
        else at_moment(ground, date, piece.start, able, in_pool),
        facts={"begin": piece.start, "end": end},
    )


def _able(ground: Ground, date: dt.date, minute: int) -> tuple[StaffId, ...]:
    """Return who could be at work in the pool at a clock minute of a date."""
    return tuple(
        member.name
        for member in ground.problem.staff
        if ground.could_be_there(member, date, minute, in_pool)
    )


def _wanted(ground: Ground, date: dt.date, minute: int) -> int:
    """Return the people of the pool that a moment of the day band needs."""
    present = ground.rulebook["A-04"].int("present_min")
    settings = ground.problem.office.settings
    if settings.house_ratio is not HouseRatio.MUST or ground.agreed(
        "K-01", "must", date=date
    ):
        return present
    ratio = ground.rulebook["K-01"].int("kayoi_ratio")
    users = users_in_house(ground.problem, date, minute)
    needed = staff_for_users(users * TENTHS, ratio)
    return max(present, needed + staff_on_visits(ground.problem, date, minute))


def _pieces(ground: Ground, date: dt.date) -> list[Interval]:
    problem = ground.problem
    night = problem.office.night_band
    profile = problem.profile_by_name[problem.forecast_by_date[date].profile]
    band = Interval(night.end - DAY, night.start)
    return moments(problem, band, movement_minutes(profile))


def _shifts_in_pool(ground: Ground, member: StaffMember) -> tuple[Shift, ...]:
    in_care = any(map(in_pool, member.roles))
    shifts = ground.own_shifts(member) if in_care else ()
    return tuple(shift for shift in shifts if shift.counts)
