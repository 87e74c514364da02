"""Services expected in the month: day use, visits and stays (C-06, C-07, E-02)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from scheduler.domain.problem import Problem

WEEK_DAYS = 7


class Services(Frozen):
    """How often each service is expected in the period."""

    day_use: int
    visits: int
    stays: int

    @property
    def total(self) -> int:
        """All services together; day use followed by a stay counts twice."""
        return self.day_use + self.visits + self.stays


def services(problem: Problem, dates: Iterable[dt.date] | None = None) -> Services:
    """Add up the forecast; a night of unknown guests brings none.

    Parameters
    ----------
    problem
        The month.
    dates
        Dates of the period; ``None``: all of them.
    """
    wanted = problem.period.dates if dates is None else tuple(dates)
    days = [problem.forecast_by_date[date] for date in wanted]
    return Services(
        day_use=sum(day.day_users for day in days),
        visits=sum(day.visits for day in days),
        stays=sum(day.overnight or 0 for day in days),
    )


def services_floor(registrants: int, days: int, per_week: int) -> Fraction:
    """Return the services below which a month has too few (C-06).

    Parameters
    ----------
    registrants
        Registered users.
    days
        Dates in the period.
    per_week
        Services a week each of them should have on average.
    """
    return Fraction(per_week * days * registrants, WEEK_DAYS)


def services_per_week(total: int, registrants: int, days: int) -> Fraction:
    """Return the services a registrant has in a week on average (C-06).

    Raises
    ------
    ZeroDivisionError
        If nobody is registered.
    """
    return Fraction(total * WEEK_DAYS, registrants * days)


def monitoring_per_week(registrants: int, days: int) -> int:
    """Return the users a care manager sees a week if all are seen once in the period.

    Parameters
    ----------
    registrants
        Registered users.
    days
        Dates in the period.
    """
    return -(-registrants * WEEK_DAYS // days)
