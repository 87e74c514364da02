"""K-01: by the clock, one of the care pool per three users in the house, plus visits.

During visits somebody else stays in the house: by day even without users in it, at
night if the night needs staff.  Tasks beside the need (K-02) come on top, at night as
well; whoever could do them need not be in the pool.

Breach: 13 users in the house at 12:30, one worker out on a visit, five of the pool at
work; the early shift alone at 7:00, out on a visit; a visit window from 5:30 to 7:00
and a night worker alone until 6:00. Correct: six, ceil(13 / 3) + 1, nobody of them on
a break; two at 7:00; a window from 6:00 on.

Source: the office's own; the law has no ratio by the hour (A-04).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.constraints.demand import (
    Tasks,
    day_band,
    day_users_in_house,
    elementary_intervals,
    guests_in_house,
    is_out,
    needed_at_night,
    or_able,
    people_for,
    sets_of,
    staff_on_visits,
    tasks_at,
)
from scheduler.constraints.language import LinearSum, RosterModel, Scope
from scheduler.constraints.selectors import in_pool
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.office import HouseRatio
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require the pool in every interval of the day band, and at night for visits."""
    reading = problem.office.settings.house_ratio
    if reading is HouseRatio.REPORT:
        return
    scope = model.scope(rule, reading.value)
    ratio, stay = rule.int("kayoi_ratio"), rule.int("stay_min")
    for date in problem.period.dates:
        begin = problem.period.offset(date)
        at_date = scope.at(date=date)
        for interval in elementary_intervals(model, date, day_band(problem)):
            minute, tasks = interval.start - begin, tasks_at(problem, interval.start)
            users = _users(model, date, minute)
            visits = _on_visits(model, date, minute)
            somebody_out = visits.highest or is_out(tasks)
            needed = model.rounded_up(users, ratio, least=stay if somebody_out else 0)
            _require(model, at_date, interval, needed + visits, tasks)
        for night, part in _at_night(problem, date):
            for interval in elementary_intervals(model, date, part):
                tasks = tasks_at(problem, interval.start)
                out = _on_visits(model, date, interval.start - begin)
                if out.highest or tasks:
                    needed = out + needed_at_night(model, night) * stay
                    _require(model, at_date, interval, needed, tasks, breaks_count=True)


def _require(
    model: RosterModel,
    scope: Scope,
    interval: Interval,
    needed: LinearSum,
    tasks: Tasks,
    *,
    breaks_count: bool = False,
) -> None:
    """Require the pool and, for every set of tasks beside it, those able as well.

    The sets share a slack: the largest shortfall is charged.
    """
    spares = [
        model.at_work(interval, or_able(in_pool, some), breaks_count=breaks_count)
        - needed
        - LinearSum(people_for(some))
        for some in sets_of(tasks)
    ]
    scope.all_at_least(spares, interval.minutes)


def _at_night(problem: Problem, date: dt.date) -> Iterator[tuple[dt.date, Interval]]:
    """Yield the two nights that overlap a date, with the clock minutes in it."""
    band = day_band(problem)
    yield date - ONE_DAY, Interval(0, band.start)
    yield date, Interval(band.end, DAY)


def _users(model: RosterModel, date: dt.date, minute: int) -> LinearSum:
    """Return the users in the house at a clock minute of a date."""
    problem = model.problem
    profile = problem.profile_by_name[problem.forecast_by_date[date].profile]
    users = model.expected(date, lambda day: day_users_in_house(profile, day, minute))
    early, late = minute < profile.guests_leave, minute >= profile.guests_return
    before = LinearSum(problem.forecast.overnight_before if early else 0)
    if date != problem.period.first:
        before = model.expected(
            date - ONE_DAY,
            lambda night: guests_in_house(
                problem, night, minute + DAY, by_profile=early
            ),
        )
    tonight = model.expected(
        date,
        lambda night: guests_in_house(problem, night, minute, by_profile=late),
    )
    return users + before + tonight


def _on_visits(model: RosterModel, date: dt.date, minute: int) -> LinearSum:
    problem = model.problem
    profile = problem.profile_by_name[problem.forecast_by_date[date].profile]
    return model.expected(date, lambda day: staff_on_visits(profile, day, minute))
