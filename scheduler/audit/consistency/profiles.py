"""Hours of a day profile at which its users are nowhere (K-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import mistake
from scheduler.audit.users import guests
from scheduler.domain.clock import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.forecast import DayProfile, ForecastDay
    from scheduler.domain.problem import Problem


def warnings(problem: Problem) -> Iterator[Mistake]:
    """Find guests who leave before anybody arrives, or return once all have left.

    In between the house counts as empty, and the ratio by the clock asks for hardly
    anybody.  Told only where guests and day users of the same date make it matter.
    """
    for place, profile in enumerate(problem.office.profiles):
        days = [
            day
            for day in problem.forecast.days
            if day.profile == profile.name and day.day_users
        ]
        yield from _morning(problem, place, profile, days)
        yield from _evening(problem, place, profile, days)


def _morning(
    problem: Problem, place: int, profile: DayProfile, days: list[ForecastDay]
) -> Iterator[Mistake]:
    arrive = min(move.at for move in profile.arrivals)
    after = [day for day in days if guests(problem, day.date - ONE_DAY)]
    if after and profile.guests_leave < arrive:
        yield mistake(
            "nobody_after_guests",
            ("office", "profiles", place, "guests_leave"),
            profile=profile.name,
            leave=profile.guests_leave,
            arrive=arrive,
            dates=len(after),
        )


def _evening(
    problem: Problem, place: int, profile: DayProfile, days: list[ForecastDay]
) -> Iterator[Mistake]:
    depart = max(move.at for move in profile.departures)
    before = [day for day in days if guests(problem, day.date)]
    if before and depart < profile.guests_return:
        yield mistake(
            "nobody_before_guests",
            ("office", "profiles", place, "guests_return"),
            profile=profile.name,
            depart=depart,
            back=profile.guests_return,
            dates=len(before),
        )
