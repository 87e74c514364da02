"""Check the sheets of users: names, changes, places, and numbers typed beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

from scheduler.audit.consistency.report import (
    Loc,
    listed,
    mistake,
    mistake_at,
    repeated_names,
    unknown,
)
from scheduler.domain.errors import Mistake
from scheduler.domain.forecast import Service
from scheduler.domain.problem import Problem


def user_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find users entered twice, changes for nobody, and two changes for one date."""
    users = problem.registrants
    yield from repeated_names("duplicate_user", ("registrants",), users)
    changes = tuple(enumerate(problem.use_changes))
    names = {user.name for user in users}
    for i, change in changes:
        loc = ("use_changes", i, "user")
        yield from unknown("unknown_user", change.user, names, loc)
    for (_i, one), (j, other) in combinations(changes, 2):
        if one.user == other.user and (other.first in one or one.first in other):
            on = max(one.first, other.first)
            at = ("use_changes", j, "first")
            yield mistake("change_twice", at, name=one.user, on=on)


def user_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find numbers that differ from the plans, and users for whom there is no place."""
    if problem.registrants:
        yield from _typed_otherwise(problem)
        yield from _registered(problem)
        yield from _short_use(problem)


def _typed_otherwise(problem: Problem) -> Iterator[Mistake]:
    """Find typed numbers that are not those of the plans, one mistake a service."""
    for service in Service:
        found: dict[Loc, str] = {}
        for i, day in enumerate(problem.forecast.days):
            typed = getattr(day, service.value)
            planned = problem.attendance.day(day.date).number(service)
            if getattr(day, f"{service.value}_at") is None and typed != planned:
                given = "?" if typed is None else typed
                loc = ("forecast", "days", i, service.value)
                found[loc] = f"{day.date.month}/{day.date.day}: {given} ({planned})"
        if found:
            numbers = "、".join(found.values())
            yield mistake_at("typed_not_planned", found, dates=numbers)


def _registered(problem: Problem) -> Iterator[Mistake]:
    """Find a number of registrants that is not that of the sheet, or above capacity."""
    attendance, office = problem.attendance, problem.office
    by_date = {
        date: sum(attendance.is_registered(user, date) for user in attendance.users)
        for date in problem.period.dates
    }
    on, most = max(by_date.items(), key=lambda one: one[1])
    if most != office.registered:
        facts = {"registered": office.registered, "counted": most, "on": on}
        yield mistake("registered_not_counted", ("office", "registered"), **facts)
    if most > office.capacity.registered:
        facts = {"capacity": office.capacity.registered, "counted": most, "on": on}
        yield mistake("users_above_capacity", ("office", "registered"), **facts)


def _short_use(problem: Problem) -> Iterator[Mistake]:
    """Find short-use guests on dates on which registrants take all the places.

    A short-use guest comes only where registrants leave a place free (short use).
    """
    capacity = problem.office.capacity
    places = {
        Service.DAY_USE: capacity.day_use,
        Service.OVERNIGHT: capacity.overnight,
    }
    for service, limit in places.items():
        crowded = [
            date
            for date in problem.period.dates
            if problem.attendance.day(date).number(service) > limit
        ]
        for i, user in enumerate(problem.registrants):
            dates = [d for d in crowded if _comes(problem, user.name, service, d)]
            if user.short_use and dates:
                facts = {"name": user.name, "limit": limit, "dates": listed(dates)}
                loc = ("registrants", i, "short_use")
                yield mistake(f"short_use_{service.value}", loc, **facts)


def _comes(problem: Problem, name: str, service: Service, date: dt.date) -> bool:
    uses = problem.attendance.uses_on(date)
    return any(use.user.name == name and use.service is service for use in uses)
