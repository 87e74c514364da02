"""The forecast: one line for every date of the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import all_outside, mistake, repeated, unknown
from scheduler.domain.errors import Mistake, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """Find dates above a capacity or the registrants; the audit judges only D."""
    yield from _above_registered(problem)
    yield from _above_capacity(problem)


def _above_capacity(problem: Problem) -> Iterator[Mistake]:
    """Find dates above a capacity without a reason; told once a service."""
    capacity = problem.office.capacity
    limits = {"day_users": capacity.day_use, "overnight": capacity.overnight}
    for field, limit in limits.items():
        above = {
            ("forecast", "days", i, field): getattr(day, field)
            for i, day in enumerate(problem.forecast.days)
            if (getattr(day, field) or 0) > limit and not day.over_capacity_reason
        }
        if above:
            first, *others = above
            most = max(above.values())
            one = mistake("forecast_above_capacity", first, planned=most, limit=limit)
            more = tuple(Spot(loc=loc) for loc in others)
            yield one.model_copy(update={"more": more})


def _above_registered(problem: Problem) -> Iterator[Mistake]:
    """Find more users of a date than are registered; told once a service."""
    registered = problem.office.registered
    for field, code in (
        ("day_users", "day_users_above_registered"),
        ("overnight", "overnight_above_registered"),
    ):
        above = [
            (i, day.date, getattr(day, field) or 0)
            for i, day in enumerate(problem.forecast.days)
            if (getattr(day, field) or 0) > registered
        ]
        if above:
            first, _date, _planned = above[0]
            yield mistake(
                code,
                ("forecast", "days", first, field),
                registered=registered,
                planned=max(planned for _, _, planned in above),
                dates=len(above),
            )
