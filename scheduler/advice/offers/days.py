"""Days with fewer users, and with a guest's night moved from or to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.office import Capacity
from scheduler.rulebook import load

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem

STAY_DAYS = 3
"""Dates to either side to which a guest's night may be moved."""

FEWER_STEPS = 2
"""Care workers that fewer day users may save on one date."""


def other_days(problem: Problem, dates: Collection[dt.date]) -> Iterator[ForecastDay]:
    """Yield days that may come instead of those expected.

    Parameters
    ----------
    dates
        Those that shall become quieter; guests move to dates near them.
    """
    most = _most(problem).overnight
    for day in problem.forecast.days:
        if day.date in dates:
            yield from _quieter(problem, day)
        near = any(abs((day.date - date).days) <= STAY_DAYS for date in dates)
        if near and day.overnight is not None and day.overnight < most:
            yield day.model_copy(update={"overnight": day.overnight + 1})


def exceeds(problem: Problem, day: ForecastDay) -> bool:
    """Whether a day passes a capacity without a reason that excuses it (D)."""
    most = _most(problem)
    over = day.day_users > most.day_use or (day.overnight or 0) > most.overnight
    return over and not day.over_capacity_reason


def _quieter(problem: Problem, day: ForecastDay) -> Iterator[ForecastDay]:
    """Yield the day with so many users less that a worker is saved, or fewer guests."""
    ratio = load(problem.period)["A-03"].int("kayoi_ratio")
    most, guests = _most(problem), day.overnight or 0
    whole = day.day_users - (day.day_users % ratio or ratio)
    steps = {whole - ratio * number for number in range(FEWER_STEPS)}
    for fewer in sorted({*steps, most.day_use}, reverse=True):
        if 0 <= fewer < day.day_users:
            yield day.model_copy(update={"day_users": fewer})
    for fewer in range(guests):
        yield day.model_copy(update={"overnight": fewer})
    if day.day_users > most.day_use and guests > most.overnight:
        both = {"day_users": most.day_use, "overnight": most.overnight}
        yield day.model_copy(update=both)


def _most(problem: Problem) -> Capacity:
    """Return the smaller of capacity and ceiling, each by itself."""
    own = problem.office.capacity
    limit = problem.office.capacity_limit or own
    return Capacity(
        registered=min(own.registered, limit.registered),
        day_use=min(own.day_use, limit.day_use),
        overnight=min(own.overnight, limit.overnight),
    )
