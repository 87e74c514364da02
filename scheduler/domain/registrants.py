"""Users as people: who is registered, their week, what departs from it, who comes when.

Their attendance by date and clock is a definition on the input, computed once: from it
come the numbers of the forecast that were left out, and their clock times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, NamedTuple, Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen, narrowed
from scheduler.domain.clock import DAY, ONE_DAY, Interval, Span, without
from scheduler.domain.fields import Entry, FieldKind, Weekday
from scheduler.domain.forecast import DayProfile, ForecastDay, Service, most_at_once
from scheduler.domain.period import RosterDate
from scheduler.domain.staff import Dates, DateSpan

EVERY_DAY = tuple(range(7))


class CareLevel(StrEnum):
    """要支援1 to 要介護5."""

    SUPPORT_1 = "support_1"
    SUPPORT_2 = "support_2"
    CARE_1 = "care_1"
    CARE_2 = "care_2"
    CARE_3 = "care_3"
    CARE_4 = "care_4"
    CARE_5 = "care_5"


class WeeklyUse(Frozen):
    """A service on some weekdays; a night by the weekday on which it begins."""

    weekdays: tuple[Weekday, ...] = EVERY_DAY
    span: Span | None = None
    """``None``: as the day profile has it."""


Weekly = Annotated[tuple[WeeklyUse, ...], Entry(FieldKind.WEEKLY)]


class UsePlan(Frozen):
    """When somebody uses the three services."""

    day_use: Weekly = Field(default=(), title=N_("Day use"))
    """Weekdays and times: 月水金 9:30-16:00、土 10:00-15:00. Without times: from the
    first arrival to the last departure of the day profile."""
    stays: Weekly = Field(default=(), title=N_("Overnight stays"))
    """Weekdays on which a night begins: 木 or 木 17:00-翌9:00. Without times: as guests
    return and leave in the day profile."""
    visits: Weekly = Field(default=(), title=N_("Visits at home"))
    """Weekdays and times: 火日 10:00-10:30、毎日 18:00-18:20."""

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if any(use.span is None for use in self.visits):
            raise ValueError("a visit has clock times")
        by_day = (*self.day_use, *self.visits)
        if any(use.span and use.span.end > DAY for use in by_day):
            raise ValueError("day use and visits end by midnight")
        if any(
            use.span and not use.span.start < DAY < use.span.end for use in self.stays
        ):
            raise ValueError("a night passes midnight")
        return self


class Registrant(UsePlan):
    """One user (利用者)."""

    name: str = Field(min_length=1, max_length=20, title=N_("User"))
    """Initials or a number; it stands on no page that is posted or handed out."""
    care_level: CareLevel | None = Field(default=None, title=N_("Care level"))
    """要支援1 to 要介護5; may be empty."""
    short_use: bool = Field(default=False, title=N_("Short-use guest"))
    """Yes: a guest of 短期利用, who is not registered and takes places that registrants
    leave free."""
    registered: Dates = Field(default=DateSpan(), title=N_("Registered"))
    """First to last date: 2026/12/10～; empty: all the time. For a short-use guest the
    dates of arrival and departure."""


class ChangeReason(StrEnum):
    """Why a date is not as the weekly plan has it."""

    OTHER_USE = "other_use"
    ABSENT = "absent"
    HOSPITAL = "hospital"
    """Dates in hospital leave the average of services (C-06)."""


class UseChange(UsePlan):
    """What a user does on some dates, in place of the weekly plan (利用の変更).

    The services named are all that there are on these dates; with none named there is
    none, and no night begins.
    """

    user: str = Field(min_length=1, max_length=20, title=N_("User"))
    """From the sheet of users."""
    first: dt.date = Field(title=N_("Date"))
    """The date, or the first of several."""
    last: dt.date | None = Field(default=None, title=N_("Until"))
    """The last of several dates; empty: that one date."""
    reason: ChangeReason = Field(title=N_("Change"))
    """Other use: as the line says. Absent or in hospital: no service."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise ValueError("a change ends on the date it begins, or later")
        uses = bool(self.day_use or self.stays or self.visits)
        if uses != (self.reason is ChangeReason.OTHER_USE):
            raise ValueError("services are named for another use, and only there")
        return self

    def __contains__(self, date: object) -> bool:
        last = self.last or self.first
        return isinstance(date, dt.date) and self.first <= date <= last


class HouseUse(UseChange):
    """Another use in one of several houses that are planned together."""

    house: int
    """Its number; the main office is 0."""

    @property
    def alone(self) -> UseChange:
        """The change as its house has it."""
        return narrowed(self, UseChange)


class PlannedUse(NamedTuple):
    """One service for one user; the span is on the clock of ``date``."""

    user: Registrant
    service: Service
    date: dt.date
    span: Interval


class PlannedDay(NamedTuple):
    """The clock times of all users' services of one date."""

    day_users: tuple[Interval, ...]
    overnight: tuple[tuple[Interval, ...], ...]
    """For each guest of the night that begins on the date, when they are in the house
    and no day users."""
    visits: tuple[Interval, ...]

    def number(self, service: Service) -> int:
        """Return the number that the forecast has of a service.

        Of day use it is the most users at the same moment (A-05).
        """
        if service is Service.DAY_USE:
            return most_at_once(self.day_users)
        return len(self.overnight if service is Service.OVERNIGHT else self.visits)


class Attendance:
    """The services that plans and changes give, date by date.

    Parameters
    ----------
    users, changes
        The sheets of users and of changes.
    profiles
        Day profile by date, for services without clock times; other dates have that of
        the nearest date.
    """

    def __init__(
        self,
        users: Iterable[Registrant],
        changes: Iterable[UseChange],
        profiles: Mapping[dt.date, DayProfile],
    ) -> None:
        self.users = tuple(users)
        self._changes = tuple(changes)
        self._profiles = profiles
        self.uses_on = cache(self._uses_on)

    def change(self, user: Registrant, date: dt.date) -> UseChange | None:
        """Return what replaces a user's weekly plan on a date, if anything does."""
        return next(
            (one for one in self._changes if one.user == user.name and date in one),
            None,
        )

    def is_counted(self, user: Registrant, date: dt.date) -> bool:
        """Tell whether a date of a user counts for the average of services (C-06).

        It does from registration to its end, but for dates in hospital.
        """
        change = self.change(user, date)
        in_hospital = change is not None and change.reason is ChangeReason.HOSPITAL
        return self.is_registered(user, date) and not in_hospital

    def is_registered(self, user: Registrant, date: dt.date) -> bool:
        """Tell whether a user is a registrant on a date; short-use guests are none."""
        return not user.short_use and date in user.registered

    def day(self, date: dt.date) -> PlannedDay:
        """Return the clock times of all services of a date."""
        uses = self.uses_on(date)
        return PlannedDay(
            tuple(use.span for use in uses if use.service is Service.DAY_USE),
            tuple(
                self._as_guest(use) for use in uses if use.service is Service.OVERNIGHT
            ),
            tuple(use.span for use in uses if use.service is Service.VISIT),
        )

    def _uses_on(self, date: dt.date) -> tuple[PlannedUse, ...]:
        return tuple(use for user in self.users for use in self._of(user, date))

    def _of(self, user: Registrant, date: dt.date) -> Iterator[PlannedUse]:
        """Yield a user's services of a date; no night ends after the last one."""
        if date not in user.registered:
            return
        plan: UsePlan = self.change(user, date) or user
        profile, tomorrow = self._profile(date), self._profile(date + ONE_DAY)
        by_day = Interval(
            min(move.at for move in profile.arrivals),
            max(move.at for move in profile.departures),
        )
        by_night = Interval(profile.guests_return, DAY + tomorrow.guests_leave)
        stays = plan.stays if date + ONE_DAY in user.registered else ()
        for service, uses, usual in (
            (Service.DAY_USE, plan.day_use, by_day),
            (Service.OVERNIGHT, stays, by_night),
            (Service.VISIT, plan.visits, by_day),
        ):
            for use in uses:
                if date.weekday() in use.weekdays:
                    yield PlannedUse(user, service, date, use.span or usual)

    def _as_guest(self, stay: PlannedUse) -> tuple[Interval, ...]:
        """Return the parts of a night in which its guest is not in day use as well."""
        parts = [stay.span]
        for days in (0, 1):
            for use in self.uses_on(stay.date + days * ONE_DAY):
                if use.service is Service.DAY_USE and use.user == stay.user:
                    there = (use.span.shifted(days * DAY),)
                    parts = [rest for one in parts for rest in without(one, there)]
        return tuple(parts)

    def _profile(self, date: dt.date) -> DayProfile:
        known = self._profiles
        return known[date if date in known else min(known, key=lambda d: abs(d - date))]


USERS = TypeAdapter(tuple[Registrant, ...])
CHANGES = TypeAdapter(tuple[UseChange, ...])
PROFILES = TypeAdapter(tuple[DayProfile, ...])
DATE: TypeAdapter[dt.date] = TypeAdapter(RosterDate)


def with_planned_numbers(data: dict[str, Any]) -> dict[str, Any]:
    """Return a problem's data with the numbers that the forecast leaves out.

    A number that is there was typed, and wins.  Where the plans cannot be read, what
    is left out becomes 0, so that only their own mistakes are reported.
    """
    forecast = data["forecast"]
    days = forecast["days"]
    try:
        attendance = _attendance(data)
        dates = [DATE.validate_python(day["date"]) for day in days]
        planned = [attendance.day(date) for date in dates]
        eve = len(attendance.day(dates[0] - ONE_DAY).overnight) if dates else 0
    except (ValidationError, KeyError, TypeError):
        planned, eve = [PlannedDay((), (), ())] * len(days), 0
    filled = [
        _filled(day, by_plan) if isinstance(day, dict) else day
        for day, by_plan in zip(days, planned, strict=True)
    ]
    return {**data, "forecast": {"overnight_before": eve, **forecast, "days": filled}}


def _attendance(data: dict[str, Any]) -> Attendance:
    profiles = {
        profile.name: profile
        for profile in PROFILES.validate_python(data["office"]["profiles"])
    }
    return Attendance(
        USERS.validate_python(data["registrants"]),
        CHANGES.validate_python(data.get("use_changes", ())),
        {
            DATE.validate_python(day["date"]): profiles[day["profile"]]
            for day in data["forecast"]["days"]
        },
    )


def by_plan(
    attendance: Attendance, day: ForecastDay, services: Iterable[Service]
) -> ForecastDay:
    """Return a date's forecast with the numbers of some services as planned."""
    planned = attendance.day(day.date)
    return day.model_copy(update=_numbers(planned, services))


def _filled(day: dict[str, Any], planned: PlannedDay) -> dict[str, Any]:
    left_out = [service for service in Service if service.value not in day]
    return {**day, **_numbers(planned, left_out)}


def _numbers(planned: PlannedDay, services: Iterable[Service]) -> dict[str, Any]:
    times, services = planned._asdict(), tuple(services)
    return {
        **{service.value: planned.number(service) for service in services},
        **{f"{service.value}_at": times[service.value] for service in services},
    }
