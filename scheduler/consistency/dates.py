"""The forecast: one line for every date of the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.consistency.report import all_outside, mistake, repeated, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem


def mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find missing, repeated and outside dates, and unknown day profiles."""
    days = problem.forecast.days
    yield from repeated(
        "duplicate_date",
        [(("forecast", "days", i, "date"), day.date) for i, day in enumerate(days)],
    )
    yield from all_outside(
        problem.period,
        [(("forecast", "days", i, "date"), day.date) for i, day in enumerate(days)],
    )
    for i, day in enumerate(days):
        line = ("forecast", "days", i)
        profiles = problem.profile_by_name
        yield from unknown("unknown_profile", day.profile, profiles, (*line, "profile"))
    known = {day.date for day in days}
    missing = [date for date in problem.period.dates if date not in known]
    if missing and not (days and len(missing) == problem.period.days):
        dates = "、".join(f"{date.month}/{date.day}" for date in missing)
        code = "forecast_incomplete" if days else "forecast_empty"
        yield mistake(code, ("forecast", "days"), dates=dates)


def warnings(problem: Problem) -> Iterator[Mistake]:
    """Find dates above a capacity without a reason; the audit judges them (D)."""
    capacity = problem.office.capacity
    for i, day in enumerate(problem.forecast.days):
        pairs = (
            ("day_users", day.day_users, capacity.day_use),
            ("overnight", day.overnight or 0, capacity.overnight),
        )
        for field, planned, limit in pairs:
            if planned > limit and not day.over_capacity_reason:
                loc = ("forecast", "days", i, field)
                code = "forecast_above_capacity"
                yield mistake(code, loc, planned=planned, limit=limit)
