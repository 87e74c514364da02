"""The forecast: users expected on each date, and how they move through the day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen, narrowed
from scheduler.domain.clock import Clock, Interval, Span
from scheduler.domain.fields import Guests, People, Percent, Prose, Visits, unset

Share = Annotated[
    Percent,
    Field(
        title=N_("Share"),
        description=N_(
            "Share of the date's day users, or visits; each kind adds up to 100."
        ),
    ),
]


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


class Service(StrEnum):
    """The services of the office; the values are fields of `ForecastDay`."""

    DAY_USE = "day_users"
    OVERNIGHT = "overnight"
    VISIT = "visits"


class ForecastDay(Frozen):
    """What is expected on one date (利用見込).

    Where there are registrants, a number may be left out: it then comes from their
    plans, with its clock times in the field of the same name and ``_at``.  Those of a
    number that was typed, and what a number has beyond its clock times, go by the
    profile; if a number is smaller than them, so many at most are there.
    """

    date: dt.date = Field(title=N_("Date"))
    """A date of the period."""
    day_users: People = Field(ge=0, le=99, title=N_("Day users"))
    """Most people in day-use at the same moment."""
    overnight: Guests = Field(ge=0, le=99, title=N_("Overnight guests"))
    """Guests of the night that begins on the date; 不明 if not known."""
    visits: Visits = Field(ge=0, le=999, title=N_("Visits"))
    """Visits of the date, those for a word at the door included; a watch by telephone
    is none."""
    profile: str = Field(min_length=1, title=N_("Profile of the date"))
    """A name from the sheet of day profiles; empty: the first one."""
    over_capacity_reason: Prose = Field(
        default="", max_length=200, title=N_("Reason for passing the capacity")
    )
    """Only where a capacity is passed on the date."""
    remark: Prose = Field(default="", max_length=60, title=N_("Remark of the date"))
    """Printed on the roster below the date (備考)."""
    satellite_overnight: People = Field(
        default=0, ge=0, le=99, title=N_("Guests in satellites")
    )
    """Only for a main office: guests of the night in satellites that leave the night on
    call to it. Guests of theirs who stay with you count as overnight guests."""
    satellite_visits: Visits = Field(
        default=0, ge=0, le=999, title=N_("Visits for satellites")
    )
    """Only for a main office: how many of the visits are to registrants of satellites.
    Your staff are out on them; they are services of the satellite."""
    satellite_stays: People = Field(
        default=0,
        ge=0,
        le=99,
        exclude_if=unset,
        title=N_("Satellites' guests here"),
    )
    """Only for a main office: how many of the guests are registrants of satellites.
    They are guests of your night, and services of the satellite."""
    main_visits: Visits = Field(
        default=0, ge=0, le=999, exclude_if=unset, title=N_("Visits by the main office")
    )
    """Only for a satellite: visits that the main's staff make to your registrants,
    beside those of the date. Planned with the main office, they are its visits."""
    main_stays: People = Field(
        default=0, ge=0, le=99, exclude_if=unset, title=N_("Stays at the main office")
    )
    """Only for a satellite: your registrants who sleep at the main office, beside your
    guests. Planned with the main office, they are its guests."""
    fetched_with_help: Visits = Field(
        default=0,
        ge=0,
        le=999,
        exclude_if=unset,
        title=N_("Fetched with help in dressing"),
    )
    """Users fetched for day use whose help in dressing at home is recorded. Each is a
    visit for the add-on of visits; nobody is out for it beside the fetching."""
    day_users_at: tuple[Span, ...] | None = None
    """When each day user is in the house."""
    overnight_at: tuple[tuple[Span, ...], ...] | None = None
    """When each guest is in the house and no day user, on the clock of this date."""
    visits_at: tuple[Span, ...] | None = None
    """When a worker is out on each visit."""

    @cached_property
    def day_users_by_profile(self) -> int:
        """Day users beyond the most who are there at once by their clock times."""
        return max(0, self.day_users - most_at_once(self.day_users_at or ()))


def most_at_once(spans: Iterable[Interval]) -> int:
    """Return the most spans that share a minute."""
    steps = Counter[int]()
    for span in spans:
        steps[span.start] += 1
        steps[span.end] -= 1
    now = most = 0
    for minute in sorted(steps):
        now += steps[minute]
        most = max(most, now)
    return most


class HouseDay(ForecastDay):
    """What is expected in one of several houses that are planned together."""

    house: int
    """Its number; the main office is 0."""

    @property
    def alone(self) -> ForecastDay:
        """The day as its house has it."""
        return narrowed(self, ForecastDay)


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
