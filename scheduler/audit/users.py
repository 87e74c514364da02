"""Counts of users, and the staff, services and places they need (A-01, A-05, D)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from scheduler.domain.base import Frozen
from scheduler.domain.clock import DAY, ONE_DAY, WEEK, Interval
from scheduler.domain.forecast import Service
from scheduler.domain.office import Office, UsersReading
from scheduler.domain.problem import Problem
from scheduler.domain.registrants import Registrant
from scheduler.domain.year import UsersMethod
from scheduler.rulebook import Rule, rules_of

TENTHS = 10
"""The average number of users has one decimal and is stored in whole tenths."""


class AverageUsers(Frozen):
    """The average number of day users U and the figures it is computed from (A-05).

    U is ``total / days``; for a new office ``total`` is the capacity for day use times
    the percentage that A-05 assumes, and ``days`` is 100.
    """

    method: UsersMethod
    total: int
    days: int
    tenths: int
    """U in tenths, rounded up."""


def average_users(office: Office, rule: Rule) -> AverageUsers:
    """Compute U from the office's record (A-05).

    Parameters
    ----------
    office
        Its ``users_record`` has the method and the figures.
    rule
        The record of A-05, for the percentage of the capacity a new office counts.
    """
    record = office.users_record
    if record.method is UsersMethod.ESTIMATE_90:
        total, days = office.capacity.day_use * rule.int("estimate_percent"), 100
    else:
        total, days = record.total, record.days
    tenths = -(-TENTHS * total // days)
    return AverageUsers(method=record.method, total=total, days=days, tenths=tenths)


def by_reading(office: Office, average: int, forecast: int) -> int:
    """Return the users that count: on record, expected or the larger number."""
    match office.settings.users_reading:
        case UsersReading.AVERAGE:
            return average
        case UsersReading.FORECAST:
            return forecast
        case UsersReading.LARGER:
            return max(average, forecast)


def staff_for_users(tenths: int, ratio: int) -> int:
    """Return the staff needed: one for every ``ratio`` users or part thereof (A-01).

    Parameters
    ----------
    tenths
        Users, in tenths.
    """
    return -(-tenths // (TENTHS * ratio))


def guests(problem: Problem, date: dt.date) -> int:
    """Return the overnight guests of the night that begins on ``date``.

    An unknown number counts as the guests that A-06 assumes.  Outside the period
    only the guests of the night before its first date are known; else 0.
    """
    day = problem.forecast_by_date.get(date)
    if day is None:
        eve = problem.period.first - ONE_DAY
        return problem.forecast.overnight_before if date == eve else 0
    if day.overnight is None:
        return rules_of(problem)["A-06"].int("stay_when_unknown")
    return day.overnight


def night_is_needed(problem: Problem, date: dt.date) -> bool:
    """Tell whether the night of a date needs somebody of the office awake (A-06).

    None does where the night worker of a group home is awake for the guests (A-16).
    """
    shared = rules_of(problem)["A-06"].int("awake_min") == 0
    return not shared and _is_not_exempt(problem, date)


def _is_not_exempt(problem: Problem, date: dt.date) -> bool:
    """Tell whether anybody stays, or no contact system stands in (A-07)."""
    return guests(problem, date) > 0 or not problem.office.contact_system


def on_call_is_needed(problem: Problem, date: dt.date) -> bool:
    """Tell whether the night of a date needs somebody on call (A-06, A-12).

    So does a main office's on whose person on call a satellite with guests relies,
    whether or not its own night needs anybody.
    """
    day = problem.forecast_by_date.get(date)
    relied_on = day is not None and day.satellite_overnight > 0
    return relied_on or _is_not_exempt(problem, date)


def users_in_house(problem: Problem, date: dt.date, minute: int) -> int:
    """Return the users in the house at clock ``minute`` of ``date``.

    They are last night's guests until they leave, day users (arrivals rounded up,
    departures rounded down), and tonight's guests once they are back.  Those with
    clock times of their own are there at these.
    """
    day = problem.forecast_by_date[date]
    profile = problem.profile_by_name[day.profile]
    arrived = sum(move.percent for move in profile.arrivals if move.at <= minute)
    departed = sum(move.percent for move in profile.departures if move.at <= minute)
    others = day.day_users_by_profile
    inside = min(day.day_users, _during(day.day_users_at or (), minute))
    inside += -(-others * arrived // 100) - others * departed // 100
    for night, clock, by_profile in (
        (date - ONE_DAY, minute + DAY, minute < profile.guests_leave),
        (date, minute, minute >= profile.guests_return),
    ):
        known = _nights_at(problem, night)
        number = guests(problem, night)
        inside += min(number, sum(_during(parts, clock) > 0 for parts in known))
        if by_profile:
            inside += max(0, number - len(known))
    return inside


def _during(spans: Iterable[Interval], minute: int) -> int:
    return sum(span.start <= minute < span.end for span in spans)


def _nights_at(problem: Problem, date: dt.date) -> tuple[tuple[Interval, ...], ...]:
    """Return the clock times of guests of a night, as far as they are known."""
    day = problem.forecast_by_date.get(date)
    return (day.overnight_at if day else None) or ()


def staff_on_visits(problem: Problem, date: dt.date, minute: int) -> int:
    """Return the staff out on visits at clock ``minute`` of ``date``."""
    day = problem.forecast_by_date[date]
    timed = day.visits_at or ()
    out = min(day.visits, _during(timed, minute))
    others = day.visits - len(timed)
    if others <= 0:
        return out
    return out + sum(
        _out(others, window.percent, window.visits_per_worker)
        if window.workers is None
        else window.workers
        for window in problem.profile_by_name[day.profile].visits
        if window.span.start <= minute < window.span.end
    )


def _out(visits: int, percent: int, per_worker: int) -> int:
    in_window = -(-visits * percent // 100)
    return -(-in_window // per_worker)


def movement_minutes(problem: Problem, date: dt.date) -> set[int]:
    """Return the clock minutes of a date at which users or visits change."""
    day = problem.forecast_by_date[date]
    profile = problem.profile_by_name[day.profile]
    edges = {profile.guests_leave, profile.guests_return}
    edges |= {move.at for move in (*profile.arrivals, *profile.departures)}
    spans = [window.span for window in profile.visits]
    spans += [*(day.day_users_at or ()), *(day.visits_at or ())]
    for offset, night in ((-DAY, date - ONE_DAY), (0, date)):
        for parts in _nights_at(problem, night):
            spans += [part.shifted(offset) for part in parts]
    edges |= {edge for span in spans for edge in span}
    return {edge for edge in edges if 0 <= edge <= DAY}


class UserServices(NamedTuple):
    """A registrant's services by plan, on the dates that count (C-06)."""

    user: Registrant
    days: int
    """Dates on which the user is registered and not in hospital."""
    day_use: int
    visits: int
    stays: int

    @property
    def total(self) -> int:
        """All services; day use followed by a stay counts as two."""
        return self.day_use + self.visits + self.stays

    @property
    def per_week(self) -> Fraction:
        """Services a week; zero if no date counts."""
        return Fraction(self.total * WEEK, max(1, self.days))


def services_by_user(problem: Problem) -> tuple[UserServices, ...]:
    """Return each registrant's services in the period, by the plans alone.

    Several of a date all count, day use followed by a stay as two (C-06); short-use
    guests are no registrants.
    """
    attendance, dates = problem.attendance, problem.period.dates
    made = Counter(
        (use.user.name, use.service)
        for date in dates
        for use in attendance.uses_on(date)
    )
    return tuple(
        UserServices(
            user,
            sum(attendance.is_counted(user, date) for date in dates),
            *(
                made[user.name, service]
                for service in (Service.DAY_USE, Service.VISIT, Service.OVERNIGHT)
            ),
        )
        for user in attendance.users
        if not user.short_use
    )


def registrant_days(problem: Problem, dates: Iterable[dt.date] | None = None) -> int:
    """Return the dates of all registrants by which services are averaged (C-06).

    Where users are not entered one by one, all who are registered count on every date.
    """
    wanted = problem.period.dates if dates is None else tuple(dates)
    if not problem.registrants:
        return problem.office.registered * len(wanted)
    attendance = problem.attendance
    return sum(
        attendance.is_counted(user, date)
        for user in attendance.users
        for date in wanted
    )


class Services(Frozen):
    """How often each service is expected in the period."""

    day_use: int
    visits: int
    stays: int
    fetched: int = 0
    """Fetchings with recorded help in dressing, which are visits for E-02 alone."""

    @property
    def total(self) -> int:
        """Sum of all services; day use followed by a stay counts as two."""
        return self.day_use + self.visits + self.stays

    @property
    def visits_of_add_on(self) -> int:
        """Visits as the add-on of visits counts them (E-02)."""
        return self.visits + self.fetched


def services(problem: Problem, dates: Iterable[dt.date] | None = None) -> Services:
    """Sum up the services of registrants; an unknown number of guests counts as 0.

    Where a number of the forecast comes from users' plans, each registrant's services
    count; otherwise the number does. What a main office does for registrants of a
    satellite are services of the satellite.

    Parameters
    ----------
    dates
        Dates of the period; ``None``: all of them.
    """
    wanted = problem.period.dates if dates is None else tuple(dates)
    made = Counter[Service]()
    fetched = 0
    for date in wanted:
        day = problem.forecast_by_date[date]
        fetched += day.fetched_with_help
        made[Service.VISIT] += day.main_visits
        made[Service.OVERNIGHT] += day.main_stays
        visits, stays = day.satellite_visits, day.satellite_stays
        others = {Service.VISIT: visits, Service.OVERNIGHT: stays}
        planned = {
            Service.DAY_USE: day.day_users_at,
            Service.OVERNIGHT: day.overnight_at,
            Service.VISIT: day.visits_at,
        }
        for service, spans in planned.items():
            number: int | None = getattr(day, service.value)
            if spans is None:
                made[service] += max(0, (number or 0) - others.get(service, 0))
                continue
            made[service] += sum(
                use.service is service and not use.user.short_use
                for use in problem.attendance.uses_on(date)
            )
    return Services(
        day_use=made[Service.DAY_USE],
        visits=made[Service.VISIT],
        stays=made[Service.OVERNIGHT],
        fetched=fetched,
    )


def services_floor(registrant_days: int, per_week: int) -> Fraction:
    """Return the least number of services in the period (C-06).

    Parameters
    ----------
    registrant_days
        Dates of all registrants (`registrant_days`).
    per_week
        Services a week that each of them should have on average.
    """
    return Fraction(per_week * registrant_days, WEEK)


def services_per_week(total: int, registrant_days: int) -> Fraction:
    """Return the average number of services of a registrant in a week (C-06).

    Raises `ZeroDivisionError` if nobody is registered.
    """
    return Fraction(total * WEEK, registrant_days)


class LeastPlaces(NamedTuple):
    """The least legal capacities for day use and for overnight stays."""

    day_use: int
    overnight: int


def least_places(problem: Problem) -> LeastPlaces:
    """Return the least capacities: for day use, half of the registered one (D).

    For overnight stays, a third of the office's own capacity for day use.
    """
    rule, own = rules_of(problem)["D"], problem.office.capacity
    return LeastPlaces(
        day_use=-(-own.registered // rule.int("registered_per_day_use")),
        overnight=-(-own.day_use // rule.int("day_use_per_overnight")),
    )


def square_metres(problem: Problem) -> int:
    """Return the least floor area for day users in square metres; 0 if none is set.

    From 16 places on, 3 square metres a place are required.
    """
    rule, places = rules_of(problem)["D"], problem.office.capacity.day_use
    if places < rule.int("wide_room_from"):
        return 0
    return places * rule.int("square_metres_a_head")
