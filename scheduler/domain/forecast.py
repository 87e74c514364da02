"""The forecast: users expected on each date, and how they move through the day."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen
from scheduler.domain.clock import Clock, Span
from scheduler.domain.fields import Guests, People, Percent, Prose, Visits

Share = Annotated[
    Percent,
    Field(
        title=N_("Share"),
        description=N_(
            "Share of the date's day users, or visits; each kind adds up to 100."
        ),
    ),
]

if TYPE_CHECKING:
    from collections.abc import Iterable


class Movement(Frozen):
    """A share of the day users who arrive, or leave, at one clock time."""

    at: Clock
    percent: Share = Field(ge=1, le=100)


class VisitWindow(Frozen):
    """A clock window in which visits are made, and how many staff are out in it.

    ``workers`` fixes the number of staff who are out whenever the date has visits.
    Without it the window takes ``percent`` of the date's visits, rounded up, and a
    worker makes ``visits_per_worker`` of them.
    """

    span: Span
    percent: Share = Field(default=100, ge=1, le=100)
    visits_per_worker: Visits = Field(
        default=1, ge=1, le=20, title=N_("Visits per worker")
    )
    """Visits that one worker makes in the stretch."""
    workers: People | None = Field(default=None, ge=0, le=10, title=N_("Workers out"))
    """If given, so many are out on every date with visits."""


class ProfileEvent(StrEnum):
    """What happens in the course of a day; named after a field of `DayProfile`."""

    ARRIVAL = "arrivals"
    DEPARTURE = "departures"
    GUESTS_LEAVE = "guests_leave"
    GUESTS_RETURN = "guests_return"
    VISITS = "visits"


class DayProfile(Frozen):
    """How users move through a day (一日の流れ).

    In the house are last night's guests until ``guests_leave`` (from then on they
    are day users or gone), the day users between arrival and departure, and
    tonight's guests from ``guests_return``.  Arrived day users are rounded up and
    departed ones down, to whole people.
    """

    name: str = Field(min_length=1, max_length=20, title=N_("Profile"))
    """Name of the profile; the forecast chooses one for every date."""
    arrivals: tuple[Movement, ...] = Field(min_length=1)
    departures: tuple[Movement, ...] = Field(min_length=1)
    guests_leave: Clock
    guests_return: Clock
    visits: tuple[VisitWindow, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for moves in (self.arrivals, self.departures):
            if sum(move.percent for move in moves) != 100:
                raise ValueError("the shares add up to 100 percent")
        if any(
            window.workers is None and window.percent < 100 for window in self.visits
        ):
            shares = sum(w.percent for w in self.visits if w.workers is None)
            if shares != 100:
                raise ValueError("the shares add up to 100 percent")
        return self


class ForecastDay(Frozen):
    """What is expected on one date (利用見込)."""

    date: dt.date = Field(title=N_("Date"))
    """A date of the period."""
    day_users: People = Field(ge=0, le=99, title=N_("Day users"))
    """Most people in day-use at the same moment."""
    overnight: Guests = Field(ge=0, le=99, title=N_("Overnight guests"))
    """Guests of the night that begins on the date; 不明 if not known."""
    visits: Visits = Field(ge=0, le=999, title=N_("Visits"))
    """Visits of the date."""
    profile: str = Field(min_length=1, title=N_("Profile of the date"))
    """A name from the sheet of day profiles; empty: the first one."""
    over_capacity_reason: Prose = Field(
        default="", max_length=200, title=N_("Reason for passing the capacity")
    )
    """Only where a capacity is passed on the date (rule D)."""


class Forecast(Frozen):
    """Expected users for every date of the period, in order."""

    days: tuple[ForecastDay, ...]
    overnight_before: People = Field(
        default=0, ge=0, le=99, title=N_("Guests of the night before")
    )
    """Overnight guests on the eve of the first date."""

    def with_days(self, days: Iterable[ForecastDay]) -> Forecast:
        """Return a copy of the forecast with the entries of some dates replaced."""
        other = {day.date: day for day in days}
        known = tuple(other.get(day.date, day) for day in self.days)
        return self.model_copy(update={"days": known})
