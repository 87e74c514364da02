"""How many users come, stay and are visited, and when in the day."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from scheduler.domain.base import Frozen
from scheduler.domain.clock import Clock, Span


class Movement(Frozen):
    """A share of the day users who arrive, or leave, at one clock time."""

    at: Clock
    percent: int = Field(ge=1, le=100)


class VisitWindow(Frozen):
    """A clock window in which visits are made, and how many staff are out in it.

    ``workers`` fixes the number of staff who are out whenever the date has visits.
    Without it the window takes ``percent`` of the date's visits, rounded up, and a
    worker makes ``visits_per_worker`` of them.
    """

    span: Span
    percent: int = Field(default=100, ge=1, le=100)
    visits_per_worker: int = Field(default=1, ge=1, le=20)
    workers: int | None = Field(default=None, ge=0, le=10)


class DayProfile(Frozen):
    """How users move through a day (一日の流れ).

    In the house are last night's guests until ``guests_leave`` (from then on they
    are day users or gone), the day users between arrival and departure, and
    tonight's guests from ``guests_return``.  Arrived day users are rounded up and
    departed ones down, to whole people.
    """

    name: str = Field(min_length=1, max_length=20)
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

    date: dt.date
    day_users: int = Field(ge=0, le=99)
    """Most people in day-use at the same moment (A-05)."""
    overnight: int | None = Field(ge=0, le=99)
    """Guests in the night that begins on the date; ``None``: not known (A-07)."""
    visits: int = Field(ge=0, le=999)
    profile: str = Field(min_length=1)
    """Name of the day profile that holds on the date."""
    over_capacity_reason: str = Field(default="", max_length=200)
    """Why the capacity may be passed on the date (rule D), where it is."""


class Forecast(Frozen):
    """Expected users for every date of the period, in order."""

    days: tuple[ForecastDay, ...]
    overnight_before: int = Field(default=0, ge=0, le=99)
    """Guests of the night before the first date, in the house that morning."""
