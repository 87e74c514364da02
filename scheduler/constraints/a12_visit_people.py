"""A-12: people by day in a satellite whose visits the main office supports.

Visits then need people, not hours: one more than day use needs full-timers.

Breach: 12 day users, four people by day. Correct: a fifth, for a few hours.

Source: LAW34 art. 63(7), 171(8); read together with the one pool for day use and
visits, to be confirmed with the municipality.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from scheduler.constraints.demand import day_band, day_users_needed
from scheduler.constraints.language import LinearSum, Option, RosterModel
from scheduler.constraints.language.options import on_floor, spans_of
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require the people for day use and visits on each date."""
    visits = rule.int("visit_people_min")
    if not visits:
        return
    scope = model.scope(rule, "visit_people")
    ratio = model.rulebook["A-03"].int("kayoi_ratio")
    for date in problem.period.dates:
        needed = model.expected(
            date, lambda day: day_users_needed(problem, day, ratio) + visits
        )
        there = LinearSum.total(
            _is_there(model, member, date) for member in problem.staff
        )
        scope.at(date=date).at_least(there - needed, 0)


def _is_there(model: RosterModel, member: StaffMember, date: dt.date) -> LinearSum:
    """Return one if the person is in the pool for a minute of the day band."""
    problem = model.problem
    band = day_band(problem)
    today = model.starts(member, date, partial(_reaches, problem, band))
    morning = partial(_reaches, problem, band.shifted(DAY))
    before = model.starts(member, date - ONE_DAY, morning)
    return today + before - model.if_all_of([today, before])


def _reaches(problem: Problem, band: Interval, shift: Shift, option: Option) -> bool:
    """Tell whether a shift has a minute of care or nursing in a band."""
    away = spans_of(problem, option.events)
    return shift.counts and any(
        role.in_care_pool and piece.overlaps(band)
        for piece, role in on_floor(shift, option.roles, away)
    )
