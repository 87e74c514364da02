"""Stretches of whole dates, as the checks of weeks and windows name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import Interval

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.domain.problem import Problem


def days_span(problem: Problem, dates: Sequence[dt.date]) -> Interval:
    """Return the absolute minutes from the first to the end of the last date."""
    period = problem.period
    return Interval(period.day(dates[0]).start, period.day(dates[-1]).end)


def weeks(problem: Problem) -> Iterator[tuple[dt.date, ...]]:
    """Yield the weeks that touch the period, from the office's fixed weekday."""
    return problem.period.weeks(problem.office.settings.week_starts_on)
