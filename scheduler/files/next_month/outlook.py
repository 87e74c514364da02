"""A forecast to start from: each date like the same weekday of the month before."""

from __future__ import annotations

from collections import defaultdict
from statistics import median_high, mode
from typing import TYPE_CHECKING

from scheduler.domain.clock import ONE_DAY
from scheduler.domain.forecast import Forecast, ForecastDay

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem

SUNDAY = 6


def proposed_forecast(problem: Problem, period: Period) -> Forecast:
    """Return the middle of each weekday's numbers; public holidays are like Sundays."""
    alike: dict[int, list[ForecastDay]] = defaultdict(list)
    for day in problem.forecast.days:
        alike[_kind(problem.period, day.date)].append(day)
    eve = problem.forecast_by_date.get(period.first - ONE_DAY)
    return Forecast(
        days=tuple(
            _like(alike[_kind(period, date)] or problem.forecast.days, date)
            for date in period.dates
        ),
        overnight_before=(eve.overnight or 0) if eve else 0,
    )


def _kind(period: Period, date: dt.date) -> int:
    return SUNDAY if date in period.holiday_names else date.weekday()


def _like(days: Sequence[ForecastDay], date: dt.date) -> ForecastDay:
    known = [day.overnight for day in days if day.overnight is not None]
    return ForecastDay(
        date=date,
        day_users=median_high(day.day_users for day in days),
        overnight=median_high(known) if 2 * len(known) >= len(days) else None,
        visits=median_high(day.visits for day in days),
        profile=mode(day.profile for day in days),
    )
