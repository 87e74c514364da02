"""Check last month's tail, the ledger, the forecast, users, rosters from elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations

from scheduler.audit.consistency.report import (
    Loc,
    all_outside,
    foreign,
    listed,
    mistake,
    mistake_at,
    repeated,
    repeated_lines,
    repeated_names,
    unknown,
)
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.errors import Mistake
from scheduler.domain.forecast import ForecastDay, Service
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, OffKind, OnCall

TAIL_DAYS = 7
"""Dates a tail should reach back: a whole week, whatever its first weekday."""

LONGEST_TAIL = 31
"""Dates a tail may reach back."""


def history_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find unknown people, dates not before the period, and impossible duties."""
    history, first = problem.history, problem.period.first
    people = problem.member_by_name
    for part in ("duties", "on_call", "days_off_before"):
        for i, entry in enumerate(getattr(history, part)):
            loc: Loc = ("history", part, i)
            yield from unknown("unknown_person", entry.staff, people, (*loc, "staff"))
            date, loc = getattr(entry, "date", None), (*loc, "date")
            if date is not None and date >= first:
                yield mistake("tail_in_period", loc, date=date, first=first)
            if date is not None and (first - date).days > LONGEST_TAIL:
                yield mistake("tail_far", loc, date=date, limit=LONGEST_TAIL)
    yield from repeated_cells("history", history.duties, history.on_call)
    for i, duty in enumerate(history.duties):
        yield from of_duty(("history", "duties", i), duty, problem)
    missing = [date for date in _to_the_eve(problem) if date not in history.dates]
    if missing:
        loc = ("history", "duties")
        yield mistake("tail_dates_missing", loc, dates=listed(missing))


def repeated_cells(
    part: str, duties: Iterable[Duty], on_call: Iterable[OnCall]
) -> Iterator[Mistake]:
    """Find cells with two duties, and nights with two people on call."""
    yield from repeated_lines("duplicate_duties", (part, "duties"), duties, _cell)
    yield from repeated_lines(
        "duplicate_on_call", (part, "on_call"), on_call, lambda night: night.date
    )


def history_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find a tail that is too short, and people with dates missing from it."""
    known = {_cell(duty) for duty in problem.history.duties}
    dates = problem.history.dates
    if not dates or dates[0] > problem.period.first - dt.timedelta(days=TAIL_DAYS):
        yield mistake("tail_short", ("history", "duties"), wanted=TAIL_DAYS)
    for member in problem.staff:
        employed = [date for date in dates if date in member.employed]
        missing = [date for date in employed if (member.name, date) not in known]
        if missing:
            loc, dates_missing = ("history", "duties"), listed(missing)
            yield mistake("tail_gap", loc, name=member.name, dates=dates_missing)
    yield from _leave_going_on(problem)


def _leave_going_on(problem: Problem) -> Iterator[Mistake]:
    """Find people on leave on the eve of the period for whom nothing more is said."""
    first = problem.period.first
    said = {_cell(duty) for duty in problem.pins.duties}
    said |= {(one.staff, first) for one in problem.spells if first in one}
    for duty in problem.history.duties:
        member = problem.member_by_name.get(duty.staff)
        is_eve = duty.date == first - ONE_DAY and duty.off is OffKind.LONG_LEAVE
        if not is_eve or member is None or first not in member.employed:
            continue
        if (duty.staff, first) not in said:
            loc, date = ("history", "duties"), listed([first])
            yield mistake("leave_goes_on", loc, name=duty.staff, date=date)


def _to_the_eve(problem: Problem) -> list[dt.date]:
    """Return the dates from the tail's first to the eve of the period.

    The eve must be there: a night that begins on it ends in the period.
    """
    dates = problem.history.dates
    days = (problem.period.first - dates[0]).days if dates else 0
    return [dates[0] + dt.timedelta(days=n) for n in range(min(days, LONGEST_TAIL))]


def _cell(duty: Duty) -> tuple[str, dt.date]:
    return duty.staff, duty.date


def of_duty(
    loc: Loc, duty: Duty, problem: Problem, *, roles_open: bool = False
) -> Iterator[Mistake]:
    """Find what makes one duty impossible by the shift table.

    With ``roles_open`` the duty may have no roles.
    """
    if (duty.shift is None) == (duty.off is None):
        yield mistake("duty_unclear", loc)
        return
    if duty.kind is not None:
        kinds = problem.kind_by_symbol
        yield from unknown("unknown_kind", duty.kind, kinds, (*loc, "kind"))
        if duty.kind in kinds and kinds[duty.kind].off is not duty.off:
            yield mistake("duty_unclear", loc)
    if duty.shift is None:
        return
    shifts = problem.shift_by_symbol
    yield from unknown("unknown_shift", duty.shift, shifts, (*loc, "shift"))
    shift = shifts.get(duty.shift)
    if shift is None:
        return
    named = bool(duty.roles) or not roles_open
    if named and len(duty.roles) != len(shift.segments):
        segments = len(shift.segments)
        yield mistake("duty_roles", (*loc, "roles"), segments=segments)
    if not all(shift.interval.covers(pause) for pause in duty.breaks):
        yield mistake("duty_breaks", (*loc, "breaks"))
    if duty.worked is not None:
        # Model and audit plan with the shift's own times (see `domain.actual`).
        yield mistake("duty_worked", (*loc, "worked"))


def forecast_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find missing and repeated dates, dates outside the period, unknown profiles."""
    days = problem.forecast.days
    dates: list[tuple[Loc, dt.date]] = [
        (("forecast", "days", i, "date"), day.date) for i, day in enumerate(days)
    ]
    yield from repeated("duplicate_date", dates)
    yield from all_outside(problem.period, dates)
    for i, day in enumerate(days):
        line = ("forecast", "days", i)
        profiles = problem.profile_by_name
        yield from unknown("unknown_profile", day.profile, profiles, (*line, "profile"))
        yield from _of_satellites(problem, day, line)
    known = {day.date for day in days}
    missing = [date for date in problem.period.dates if date not in known]
    if missing and not (days and len(missing) == problem.period.days):
        code = "forecast_incomplete" if days else "forecast_empty"
        yield mistake(code, ("forecast", "days"), dates=listed(missing))


_OF_A_MAIN = ("satellite_overnight", "satellite_visits", "satellite_stays")
_OF_A_SATELLITE = ("main_visits", "main_stays")


def _of_satellites(problem: Problem, day: ForecastDay, line: Loc) -> Iterator[Mistake]:
    """Find numbers of satellites that an office cannot have (A-12)."""
    is_main = not problem.office.kind.is_satellite
    code = "has_no_main" if is_main else "has_no_satellites"
    for field in _OF_A_SATELLITE if is_main else _OF_A_MAIN:
        if getattr(day, field):
            yield mistake(code, (*line, field))
    if is_main and day.satellite_visits > day.visits:
        loc = (*line, "satellite_visits")
        yield mistake("more_than_all_visits", loc, visits=day.visits)
    if is_main and day.satellite_stays > (day.overnight or 0):
        loc = (*line, "satellite_stays")
        yield mistake("more_than_all_guests", loc, guests=day.overnight or 0)


def forecast_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find dates with more users than a capacity, or than are registered.

    The audit checks only the capacities (D).
    """
    yield from _above_registered(problem)
    yield from _above_capacity(problem)


def _above_capacity(problem: Problem) -> Iterator[Mistake]:
    """Find dates above a capacity without a stated reason, one mistake a service."""
    capacity = problem.office.capacity
    limits = {"day_users": capacity.day_use, "overnight": capacity.overnight}
    for field, limit in limits.items():
        above: dict[Loc, int] = {
            ("forecast", "days", i, field): getattr(day, field)
            for i, day in enumerate(problem.forecast.days)
            if (getattr(day, field) or 0) > limit and not day.over_capacity_reason
        }
        if above:
            most = max(above.values())
            code = "forecast_above_capacity"
            yield mistake_at(code, above, planned=most, limit=limit)


def _above_registered(problem: Problem) -> Iterator[Mistake]:
    """Find dates with more users than are registered, one mistake a service."""
    registered = problem.office.registered
    for field, code in (
        ("day_users", "day_users_above_registered"),
        ("overnight", "overnight_above_registered"),
    ):
        above = [
            (i, day.date, getattr(day, field) or 0)
            for i, day in enumerate(problem.forecast.days)
            if (getattr(day, field) or 0) > registered
        ]
        if above:
            first, _date, _planned = above[0]
            yield mistake(
                code,
                ("forecast", "days", first, field),
                registered=registered,
                planned=max(planned for _, _, planned in above),
                dates=len(above),
            )


def ledger_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find unknown people and shifts, repeated accounts, more granted than asked."""
    people, shifts = problem.member_by_name, problem.shift_by_symbol
    accounts = [(("ledger", i, "staff"), e.staff) for i, e in enumerate(problem.ledger)]
    yield from repeated("duplicate_account", accounts)
    for i, entry in enumerate(problem.ledger):
        loc = ("ledger", i)
        yield from unknown("unknown_person", entry.staff, people, (*loc, "staff"))
        for j, one in enumerate(entry.shifts):
            at = (*loc, "shifts", j, "shift")
            yield from unknown("unknown_shift", one.shift, shifts, at)
        if entry.wishes_granted > entry.wishes_asked:
            yield mistake(
                "granted_more",
                (*loc, "wishes_granted"),
                granted=entry.wishes_granted,
                asked=entry.wishes_asked,
            )


def roster_mistakes(problem: Problem, roster: Roster) -> Iterator[Mistake]:
    """Find unknown people, dates outside the period, and impossible duties."""
    for part in ("duties", "on_call"):
        yield from foreign(problem, ("roster", part), getattr(roster, part))
    for i, duty in enumerate(roster.duties):
        yield from of_duty(("roster", "duties", i), duty, problem)


# -- the sheets of users ---------------------------------------------------------------


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
