"""Care by day, date by date: hours and people, needed and possible (A-03, K-01)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scheduler.audit.figures.able import most_minutes
from scheduler.audit.figures.bands import required_minutes
from scheduler.audit.users import (
    TENTHS,
    movement_minutes,
    staff_for_users,
    staff_on_visits,
    users_in_house,
)
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.office import StaffingReading
from scheduler.domain.precheck import Line, Topic, Verdict
from scheduler.precheck.at_most import band_edges
from scheduler.precheck.by_clock import Moments, by_clock, day_of
from scheduler.precheck.by_month import by_month
from scheduler.precheck.moments import moments
from scheduler.precheck.night_visits import is_held, night_visits
from scheduler.precheck.nights import in_pool, verdict_of
from scheduler.precheck.obstacles import on_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground

TENTH = 10
"""A date with less than a tenth of its hours to spare is tight."""


def care(ground: Ground) -> Iterator[Line]:
    """Yield the dates that are short or tight, and the nearest to it if none is."""
    hours = care_by_date(ground)
    telling = [line for line in hours if line.verdict is not Verdict.FINE]
    if not telling:
        yield min(hours, key=lambda line: -line.missing)
    yield from telling
    moments = moments_by_date(ground)
    lines = list(by_clock(ground, moments))
    yield from lines
    short = [line for line in lines if line.verdict is Verdict.IMPOSSIBLE]
    yield from by_month(ground, moments, short)
    yield from night_visits(ground)


def care_by_date(ground: Ground) -> list[Line]:
    """Return for each date the hours that are needed, and that people could bring."""
    return [_hours(ground, date) for date in ground.problem.period.dates]


def moments_by_date(ground: Ground) -> Moments:
    """Return how many are wanted by the clock, and who could be there."""
    return {
        date: day_of(
            ground,
            date,
            [(one, _wanted(ground, date, one.start)) for one in _pieces(ground, date)],
        )
        for date in ground.problem.period.dates
    }


def reach(ground: Ground, member: StaffMember, date: dt.date) -> int:
    """Return the most day-band care minutes that a person could bring to a date."""
    key = (member.name, date)
    if key not in ground.reached:
        ground.reached[key] = _reach(ground, member, date)
    return ground.reached[key]


def _reach(ground: Ground, member: StaffMember, date: dt.date) -> int:
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
    if date not in ground.needed:
        ground.needed[date] = _needed(ground, date)
    return ground.needed[date]


def _needed(ground: Ground, date: dt.date) -> int:
    by_law = 0
    if ground.problem.office.settings.staffing_reading is StaffingReading.DAILY:
        by_law = required_minutes(ground.problem)[date]
    by_clock = sum(
        _wanted(ground, date, piece.start) * piece.minutes
        for piece in _pieces(ground, date)
    )
    return max(by_law, by_clock)


def _hours(ground: Ground, date: dt.date) -> Line:
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


def _wanted(ground: Ground, date: dt.date, minute: int) -> int:
    """Return the people of the pool that a moment of the day band needs."""
    present = ground.rulebook["A-04"].int("present_min")
    if not is_held(ground, date):
        return present
    rule = ground.rulebook["K-01"]
    users = users_in_house(ground.problem, date, minute)
    needed = staff_for_users(users * TENTHS, rule.int("kayoi_ratio"))
    out = staff_on_visits(ground.problem, date, minute)
    staying = max(rule.int("stay_min"), needed) if out else needed
    return max(present, staying + out)


def _pieces(ground: Ground, date: dt.date) -> list[Interval]:
    problem = ground.problem
    night = problem.office.night_band
    profile = problem.profile_by_name[problem.forecast_by_date[date].profile]
    band = Interval(night.end - DAY, night.start)
    return moments(problem, band, movement_minutes(profile) | band_edges(problem))


def _shifts_in_pool(ground: Ground, member: StaffMember) -> tuple[Shift, ...]:
    in_care = any(map(in_pool, member.roles))
    shifts = ground.own_shifts(member) if in_care else ()
    return tuple(shift for shift in shifts if shift.counts)
