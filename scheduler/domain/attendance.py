"""Who comes when: the users' plans laid out by date and clock.

A definition on the input, computed once: from it come the numbers of the forecast that
were left out, and their clock times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.forecast import DayProfile, ForecastDay, Service, most_at_once
from scheduler.domain.period import RosterDate
from scheduler.domain.registrants import ChangeReason, Registrant, UseChange, UsePlan


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
                    parts = list(_without(parts, use.span.shifted(days * DAY)))
        return tuple(parts)

    def _profile(self, date: dt.date) -> DayProfile:
        known = self._profiles
        return known[date if date in known else min(known, key=lambda d: abs(d - date))]


def _without(parts: Iterable[Interval], hole: Interval) -> Iterator[Interval]:
    for part in parts:
        for rest in (
            Interval(part.start, min(part.end, hole.start)),
            Interval(max(part.start, hole.end), part.end),
        ):
            if rest.minutes:
                yield rest


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
