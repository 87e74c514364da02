"""Days on which more guests come than are expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.rules.d_capacity import places
from scheduler.domain.room import Service

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rulebook

MOST_COUNTED = 9
"""More visits than so many are not counted: no capacity ends them."""


def expected(problem: Problem, rulebook: Rulebook, date: dt.date, of: Service) -> int:
    """Return how many guests are expected; those not known as the rules count them."""
    number: int | None = getattr(problem.forecast_by_date[date], of)
    return rulebook["A-06"].int("stay_when_unknown") if number is None else number


def most(problem: Problem, rulebook: Rulebook, date: dt.date, of: Service) -> int:
    """Return how many guests there are places for, whatever the roster says."""
    limit = places(problem, rulebook["D"])
    match of:
        case Service.DAY_USE:
            return limit.day_use
        case Service.OVERNIGHT:
            return limit.overnight
        case Service.VISIT:
            return expected(problem, rulebook, date, of) + MOST_COUNTED


def other_day(problem: Problem, date: dt.date, of: Service, number: int) -> ForecastDay:
    """Return what is expected on a date with another number of guests."""
    return problem.forecast_by_date[date].model_copy(update={of.value: number})


def with_day(problem: Problem, day: ForecastDay) -> Problem:
    """Return the month with another day in place of the one expected."""
    days = tuple(day if one.date == day.date else one for one in problem.forecast.days)
    forecast = problem.forecast.model_copy(update={"days": days})
    return problem.model_copy(update={"forecast": forecast})
