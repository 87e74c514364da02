"""Counts of users, and the staff, services and places they need (A-01, A-05, D)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.base import Frozen
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import Office, UsersMethod, UsersReading
from scheduler.rulebook import Rule, Rulebook, load

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from scheduler.domain.forecast import DayProfile, ForecastDay
    from scheduler.domain.problem import Problem


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
    ratio
        Users per member of staff.
    """
    return -(-tenths // (TENTHS * ratio))


def guests(problem: Problem, date: dt.date, rulebook: Rulebook | None = None) -> int:
    """Return the overnight guests of the night that begins on ``date``.

    An unknown number counts as the guests that A-06 assumes.  Outside the period
    only the guests of the night before its first date are known; else 0.
    """
    day = problem.forecast_by_date.get(date)
    if day is None:
        eve = problem.period.first - ONE_DAY
        return problem.forecast.overnight_before if date == eve else 0
    if day.overnight is None:
        rules = rulebook or load(problem.period)
        return rules["A-06"].int("stay_when_unknown")
    return day.overnight


def night_is_needed(
    problem: Problem, date: dt.date, rulebook: Rulebook | None = None
) -> bool:
    """Tell whether the night that begins on ``date`` needs staff (A-06, A-07)."""
    return guests(problem, date, rulebook) > 0 or not problem.office.contact_system


def users_in_house(
    problem: Problem, date: dt.date, minute: int, rulebook: Rulebook | None = None
) -> int:
    """Return the users in the house at clock ``minute`` of ``date``.

    They are last night's guests until they leave, day users (arrivals rounded up,
    departures rounded down), and tonight's guests once they are back.
    """
    day = problem.forecast_by_date[date]
    profile = problem.profile_by_name[day.profile]
    arrived = sum(move.percent for move in profile.arrivals if move.at <= minute)
    departed = sum(move.percent for move in profile.departures if move.at <= minute)
    inside = -(-day.day_users * arrived // 100) - day.day_users * departed // 100
    if minute < profile.guests_leave:
        inside += guests(problem, date - ONE_DAY, rulebook)
    if minute >= profile.guests_return:
        inside += guests(problem, date, rulebook)
    return inside


def staff_on_visits(problem: Problem, date: dt.date, minute: int) -> int:
    """Return the staff out on visits at clock ``minute`` of ``date``."""
    day = problem.forecast_by_date[date]
    if day.visits == 0:
        return 0
    return sum(
        _out(day, window.percent, window.visits_per_worker)
        if window.workers is None
        else window.workers
        for window in problem.profile_by_name[day.profile].visits
        if window.span.start <= minute < window.span.end
    )


def _out(day: ForecastDay, percent: int, per_worker: int) -> int:
    visits = -(-day.visits * percent // 100)
    return -(-visits // per_worker)


def movement_minutes(profile: DayProfile) -> set[int]:
    """Return the clock minutes at which users or visits of a profile change."""
    edges = {profile.guests_leave, profile.guests_return}
    edges |= {move.at for move in (*profile.arrivals, *profile.departures)}
    for window in profile.visits:
        edges |= set(window.span)
    return edges


WEEK_DAYS = 7


class Services(Frozen):
    """How often each service is expected in the period."""

    day_use: int
    visits: int
    stays: int

    @property
    def total(self) -> int:
        """Sum of all services; day use followed by a stay counts as two."""
        return self.day_use + self.visits + self.stays


def services(problem: Problem, dates: Iterable[dt.date] | None = None) -> Services:
    """Sum up the forecast by service; an unknown number of guests counts as 0.

    Parameters
    ----------
    problem
        The month.
    dates
        Dates of the period; ``None``: all of them.
    """
    wanted = problem.period.dates if dates is None else tuple(dates)
    days = [problem.forecast_by_date[date] for date in wanted]
    return Services(
        day_use=sum(day.day_users for day in days),
        visits=sum(day.visits for day in days),
        stays=sum(day.overnight or 0 for day in days),
    )


def services_floor(registrants: int, days: int, per_week: int) -> Fraction:
    """Return the least number of services in the period (C-06).

    Parameters
    ----------
    registrants
        Registered users.
    days
        Dates in the period.
    per_week
        Services a week that each of them should have on average.
    """
    return Fraction(per_week * days * registrants, WEEK_DAYS)


def services_per_week(total: int, registrants: int, days: int) -> Fraction:
    """Return the average number of services of a registrant in a week (C-06).

    Raises
    ------
    ZeroDivisionError
        If nobody is registered.
    """
    return Fraction(total * WEEK_DAYS, registrants * days)


def monitoring_per_week(registrants: int, days: int) -> int:
    """Return the users to see a week so that all are seen once in the period.

    Parameters
    ----------
    registrants
        Registered users.
    days
        Dates in the period.
    """
    return -(-registrants * WEEK_DAYS // days)


class LeastPlaces(NamedTuple):
    """The least legal capacities for day use and for overnight stays."""

    day_use: int
    overnight: int


def least_places(problem: Problem) -> LeastPlaces:
    """Return the least capacities: for day use, half of the registered one (D).

    For overnight stays, a third of the office's own capacity for day use.
    """
    rule, own = load(problem.period)["D"], problem.office.capacity
    return LeastPlaces(
        day_use=-(-own.registered // rule.int("registered_per_day_use")),
        overnight=-(-own.day_use // rule.int("day_use_per_overnight")),
    )


def square_metres(problem: Problem) -> int:
    """Return the least floor area for day users in square metres; 0 if none is set.

    From 16 places on, 3 square metres a place are required.
    """
    rule, places = load(problem.period)["D"], problem.office.capacity.day_use
    if places < rule.int("wide_room_from"):
        return 0
    return places * rule.int("square_metres_a_head")
