"""A-03: hours of the care pool in the day band, for the users and the visits.

With 15 users on the record, 6:00-21:00 as day band and a full-timer's day of 8 hours,
a date needs 8 x (5 + 1) = 48 hours (T-02), and those of tasks beside them (K-02).

Breach: five day shifts of 8 hours, 40 hours on a date, 8 short::

    A 日
    B 日
    C 日
    D 日
    E 日

Correct: a sixth brings 48::

    A 日
    B 日
    C 日
    D 日
    E 日
    F 日
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scheduler.audit.bands import day_band, hours_beside, pool_minutes
from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.staff_list import month_minutes
from scheduler.audit.users import TENTHS, average_users, by_reading, staff_for_users
from scheduler.domain.office import StaffingReading
from scheduler.domain.problem import Problem
from scheduler.rulebook import rules_of


def check(case: RuleCase) -> Findings:
    """Find dates, and months, short of hours; the reading not in force only reports."""
    dates = case.dates
    planned = {date: pool_minutes(case.timeline, case.problem, date) for date in dates}
    reading = case.settings.staffing_reading
    daily = "daily" if reading is StaffingReading.DAILY else "daily_reported"
    monthly = "monthly" if reading is StaffingReading.MONTHLY else "monthly_reported"
    for date, actual in planned.items():
        yield from case.below(
            daily,
            required_on(case.problem, date),
            actual,
            date=date,
            span=day_band(case.problem, date),
            facts={"heads": heads_on(case.problem, date)},
        )
    required = required_month(case.problem, dates)
    actual = sum(planned.values())
    yield from case.below(
        monthly,
        required,
        actual,
        facts={"heads": heads_of_month(case.problem, dates)},
    )


def heads(problem: Problem, forecast: int) -> int:
    """Return the required number of full-timers, those for visits included.

    Parameters
    ----------
    forecast
        Day users expected, in tenths; whether they count is the office's reading.
    """
    visits = rules_of(problem)["A-03"].int("visit_fte")
    return heads_for_day_use(problem, forecast) + visits


def heads_of_record(problem: Problem) -> int:
    """Return the full-timers for the average day users on record, visits left out.

    That is what the law asks, whoever is expected (A-01, A-05).
    """
    rulebook = rules_of(problem)
    average = average_users(problem.office, rulebook["A-05"]).tenths
    return staff_for_users(average, rulebook["A-03"].int("kayoi_ratio"))


def heads_for_day_use(problem: Problem, forecast: int) -> int:
    """Return the required number of full-timers for day use; parameters as `heads`."""
    rulebook = rules_of(problem)
    average = average_users(problem.office, rulebook["A-05"]).tenths
    users = by_reading(problem.office, average, forecast)
    return staff_for_users(users, rulebook["A-03"].int("kayoi_ratio"))


def heads_on(problem: Problem, date: dt.date) -> int:
    """Return the required full-timers of a date."""
    expected = problem.forecast_by_date[date].day_users
    return heads(problem, expected * TENTHS)


def required_on(problem: Problem, date: dt.date) -> int:
    """Return the required day-band minutes of a date."""
    people = heads_on(problem, date)
    day = problem.office.settings.full_time_day
    return people * day + hours_beside(problem, date)


def required_month(problem: Problem, dates: Sequence[dt.date]) -> int:
    """Return the required day-band minutes of some dates together."""
    people = heads_of_month(problem, dates)
    beside = sum(hours_beside(problem, date) for date in dates)
    return people * month_minutes(problem, len(dates)) + beside


def heads_of_month(problem: Problem, dates: Sequence[dt.date]) -> int:
    """Return the required full-timers for the mean users of some dates."""
    expected = sum(problem.forecast_by_date[date].day_users for date in dates)
    return heads(problem, -(-expected * TENTHS // len(dates)))
