"""The full-timer's monthly minutes, the denominator of FTE (B-01, B-03)."""

from __future__ import annotations

from scheduler.domain.base import Frozen
from scheduler.domain.office import FteDenominator
from scheduler.domain.problem import Problem
from scheduler.rulebook import rules_of

WEEK_DAYS = 7
FOUR_WEEKS = 4
TENTH_OF_HOUR = 6
"""Minutes in 0.1 h, to which a full-timer's month is rounded down."""


class Denominators(Frozen):
    """Minutes of a full-timer on the dates whose hours are divided, by each method."""

    chosen: FteDenominator
    """The method in force: the office's, or ``WEEK_X_DAYS_OVER_7`` if the office chose
    the prescribed month and did not give it."""
    prescribed: int | None
    week_x_days_over_7: int
    four_weeks: int
    """Minutes in four whole weeks, as the statutory staffing table prints them."""
    four_weeks_by_date: int
    """The same in proportion to the dates whose hours are divided."""

    @property
    def minutes(self) -> int:
        """Minutes by the method in force."""
        match self.chosen:
            case FteDenominator.PRESCRIBED if self.prescribed is not None:
                return self.prescribed
            case FteDenominator.FOUR_WEEKS:
                return self.four_weeks_by_date
            case _:
                return self.week_x_days_over_7


def week_minutes(full_time_week: int, floor: int) -> int:
    """Return the full-timer's weekly minutes for FTE, at least the floor (B-01).

    Parameters
    ----------
    full_time_week, floor
        Minutes a week; the floor is the notice's 32 hours.
    """
    return max(full_time_week, floor)


def cut_month(week: int, days: int, weeks: int = 1) -> int:
    """Return week x days / 7, rounded down to a tenth of an hour (B-03).

    Parameters
    ----------
    week
        Minutes a week.
    days
        Dates whose hours are divided.
    weeks
        Whole weeks of the method; numerator and denominator are multiplied by it.
    """
    tenths = weeks * week * days // (weeks * WEEK_DAYS * TENTH_OF_HOUR)
    return tenths * TENTH_OF_HOUR


def denominators(problem: Problem, days: int | None = None) -> Denominators:
    """Return the full-timer's month by all three methods.

    Parameters
    ----------
    problem
        The month.
    days
        Dates whose hours are divided; ``None``: all of the period. For fewer, the
        prescribed hours are taken in proportion, rounded down to the minute.
    """
    whole = problem.period.days
    days = whole if days is None else days
    settings = problem.office.settings
    floor = rules_of(problem)["A-03"].int("fte_week_floor_minutes")
    week = week_minutes(settings.full_time_week, floor)
    chosen = settings.fte_denominator
    if chosen is FteDenominator.PRESCRIBED and settings.full_time_month is None:
        chosen = FteDenominator.WEEK_X_DAYS_OVER_7
    month = settings.full_time_month
    return Denominators(
        chosen=chosen,
        prescribed=None if month is None else month * days // whole,
        week_x_days_over_7=cut_month(week, days),
        four_weeks=FOUR_WEEKS * week,
        four_weeks_by_date=cut_month(week, days, FOUR_WEEKS),
    )


def month_minutes(problem: Problem, days: int | None = None) -> int:
    """Return the minutes of a full-timer by the method in force.

    Parameters
    ----------
    problem, days
        As in `denominators`.
    """
    return denominators(problem, days).minutes
