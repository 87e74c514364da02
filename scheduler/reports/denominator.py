"""The full-timer's month, by which hours become full-time equivalents (B-01, B-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen
from scheduler.domain.office import FteDenominator
from scheduler.rulebook import load

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

WEEK_DAYS = 7
FOUR_WEEKS = 4
TENTH_OF_HOUR = 6
"""Minutes in 0.1 h, to which a full-timer's month is cut."""


class Denominators(Frozen):
    """Minutes of a full-timer in the period, by each method of B-03."""

    chosen: FteDenominator
    """The method in force: the office's, or ``WEEK_X_DAYS_OVER_7`` in place of a
    prescribed month that was not given."""
    prescribed: int | None
    week_x_days_over_7: int
    four_weeks: int

    @property
    def minutes(self) -> int:
        """Minutes by the method in force."""
        match self.chosen:
            case FteDenominator.PRESCRIBED if self.prescribed is not None:
                return self.prescribed
            case FteDenominator.FOUR_WEEKS:
                return self.four_weeks
            case _:
                return self.week_x_days_over_7


def week_minutes(full_time_week: int, floor: int) -> int:
    """Return the full-timer's week that FTE divides by, never below the floor (B-01).

    Parameters
    ----------
    full_time_week, floor
        Minutes a week; the floor is the notice's 32 hours.
    """
    return max(full_time_week, floor)


def cut_month(week: int, days: int) -> int:
    """Return week x days / 7, cut to a tenth of an hour (B-03).

    Parameters
    ----------
    week
        Minutes a week.
    days
        Dates in the period.
    """
    return week * days // (WEEK_DAYS * TENTH_OF_HOUR) * TENTH_OF_HOUR


def denominators(problem: Problem) -> Denominators:
    """Return the full-timer's month of the period by all three methods."""
    settings = problem.office.settings
    floor = load(problem.period)["A-03"].int("fte_week_floor_minutes")
    week = week_minutes(settings.full_time_week, floor)
    chosen = settings.fte_denominator
    if chosen is FteDenominator.PRESCRIBED and settings.full_time_month is None:
        chosen = FteDenominator.WEEK_X_DAYS_OVER_7
    return Denominators(
        chosen=chosen,
        prescribed=settings.full_time_month,
        week_x_days_over_7=cut_month(week, problem.period.days),
        four_weeks=FOUR_WEEKS * week,
    )


def month_minutes(problem: Problem) -> int:
    """Return the minutes of a full-timer in the period, by the office's method."""
    return denominators(problem).minutes
