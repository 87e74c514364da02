"""A-12: people by day in a satellite whose visits the main office supports.

The day pool then needs full-timers for day use alone, and on top of them people for
visits, whatever their hours: with 3 day users one full-timer and one person more.

Breach: one person by day::

    A 日

Correct: another one comes for visits::

    A 日
    B 日
"""

from __future__ import annotations

import datetime as dt

from scheduler.audit.bands import day_band
from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.rules.a03_day_hours import heads_for_day_use
from scheduler.audit.timeline import Timeline
from scheduler.audit.users import TENTHS
from scheduler.domain.base import StaffId
from scheduler.domain.problem import Problem
from scheduler.rulebook import rules_of


def check(case: RuleCase) -> Findings:
    """Find dates with too few people by day."""
    if case.rule.int("visit_people_min") == 0:
        return
    for date in case.dates:
        people = there_by_day(case.timeline, case.problem, date)
        yield from case.below(
            "visit_people",
            visit_people(case.problem, date),
            len(people),
            *people,
            date=date,
            span=day_band(case.problem, date),
        )


def visit_people(problem: Problem, date: dt.date) -> int:
    """Return the people whom day use and visits of a date need."""
    expected = problem.forecast_by_date[date].day_users * TENTHS
    by_users = heads_for_day_use(problem, expected)
    return by_users + rules_of(problem)["A-12"].int("visit_people_min")


def there_by_day(
    timeline: Timeline, problem: Problem, date: dt.date
) -> tuple[StaffId, ...]:
    """Return who is in care or nursing for a minute of the day band of a date."""
    band = day_band(problem, date)
    found = (
        stint.person
        for stint in timeline.around(band)
        for piece, role in stint.present
        if role is not None and role.in_care_pool and piece.overlaps(band)
    )
    return tuple(dict.fromkeys(found))
