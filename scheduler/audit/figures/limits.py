"""The limit in force at a spot: whether the input switches it on, and its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from operator import attrgetter

from scheduler.audit.figures.stretches import desk_tasks
from scheduler.audit.rules.a03_day_hours import required_month, required_on
from scheduler.audit.rules.a12_visit_people import visit_people
from scheduler.audit.rules.a19_kantaki_nurses import minutes_needed
from scheduler.audit.users import least_places
from scheduler.domain.agreements import Spot
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Counted, Per, PersonalLimit
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Facet, Rulebook, rules_of


def month_cap(problem: Problem) -> int:
    """Return the most minutes of work in the period (F-02).

    That is the week's hours times its dates, divided by seven.
    """
    return part_of_weeks(problem, problem.period.days)


def part_of_weeks(problem: Problem, days: int) -> int:
    """Return the flexible scheme's minutes of so many dates (F-02).

    44 hours a week apply to an office that declares fewer than ten employees, unless
    its staff list has ten people or more; else 40.
    """
    rule = rules_of(problem)["F-02"]
    week = rule.int("week_minutes")
    if problem.office.settings.small_office and is_small(problem):
        week = rule.int("small_office_week_minutes")
    return week * days // 7


def is_small(problem: Problem) -> bool:
    """Tell whether the staff list is short enough for 44 hours a week (F-02)."""
    below = rules_of(problem)["F-02"].int("small_office_below")
    return len(on_list(problem)) < below


def on_list(problem: Problem) -> list[StaffMember]:
    """Return the people who are employed on some date of the period."""
    dates = problem.period.dates
    return [m for m in problem.staff if any(date in m.employed for date in dates)]


def nights_of_office(problem: Problem, member: StaffMember) -> int | None:
    """Return a person's most nights by the office's limit (F-13).

    A higher limit in the contract takes precedence.
    """
    most = problem.office.settings.nights_most
    return most if most is None else max(most, member.contract.nights_max or 0)


def nights_wished(problem: Problem, member: StaffMember) -> int | None:
    """Return a person's most nights by the office's guideline (F-13).

    A higher least number in the contract takes precedence; for people who do nothing
    but nights the contract alone says how many.
    """
    if problem.does_nights_only(member):
        return None
    wished = problem.office.settings.nights_wished
    return max(wished, problem.contract_of(member).nights_min or 0)


def days_in_a_row(problem: Problem, member: StaffMember, *, must: bool) -> int:
    """Return a person's most days of work in a row: the hard limit, or the guideline.

    A smaller limit of the person's own takes precedence (F-13).
    """
    settings = problem.office.settings
    most = settings.days_in_a_row_most if must else settings.days_in_a_row_wished
    for one in problem.personal_limits:
        is_meant = one.staff == member.name and one.must == must
        if is_meant and one.counted is Counted.DAYS_IN_A_ROW:
            most = min(most, one.at_most or most)
    return most


def personal_limit(problem: Problem, spot: Spot) -> int | None:
    """Return the number of a person's own limit at a spot of P-09, if it has one."""
    for one in problem.personal_limits:
        if (one.staff, one.name) == (spot.staff, spot.name):
            number = sides_of(one).get(spot.facet.rpartition("_")[0])
            if number is not None:
                return number
    return None


def sides_of(limit: PersonalLimit) -> dict[str, int]:
    """Return the numbers of a personal limit, by side: most, week_least."""
    week = "week_" if limit.per is Per.WEEK else ""
    numbers = {"most": limit.at_most, "least": limit.at_least}
    if limit.counted is Counted.DAYS_IN_A_ROW:
        return {}
    return {f"{week}{side}": one for side, one in numbers.items() if one is not None}


AGREED = {
    "minutes_min": ("L-03", "hours_min", -1),
    "minutes_max": ("L-03", "hours_max", 1),
    "nights_min": ("L-05", "nights_min", -1),
    "nights_max": ("L-05", "nights_max", 1),
    "days_off_min": ("L-02", "days_off", -1),
}
"""Rule, facet and sign of the agreement that moves each limit of a contract."""


def contract_limit(problem: Problem, member: StaffMember, field: str) -> int | None:
    """Return a limit of a contract with its agreed exception; ``None``: no limit."""
    own: int | None = getattr(problem.contract_of(member), field)
    *of, sign = AGREED[field]
    agreed = (
        sign * one.amount
        for one in problem.agreements
        if [one.spot.rule, one.spot.facet, one.spot.staff] == [*of, member.name]
    )
    return None if own is None else own + sum(agreed)


def days_off_owed(problem: Problem, member: StaffMember) -> int:
    """Return the days off owed (L-02), less the agreed exceptions."""
    return max(0, contract_limit(problem, member, "days_off_min") or 0)


def hours_band(problem: Problem, member: StaffMember) -> tuple[int | None, int | None]:
    """Return the least and the most minutes (L-03), widened by agreed exceptions."""
    least = contract_limit(problem, member, "minutes_min")
    most = contract_limit(problem, member, "minutes_max")
    return None if least is None else max(0, least), most


def limit_of(spot: Spot, rulebook: Rulebook, problem: Problem) -> int | None:
    """Return the limit at a spot, in the unit its facet compares in.

    Returns
    -------
    int or None
        ``None`` if there is no limit, or no single number expresses it.

    Raises
    ------
    KeyError
        If the rulebook does not know the rule or the facet.
    """
    rule = rulebook[spot.rule]
    where = rule.facet[spot.facet].limit
    if where is None:
        return None
    # "number.in_a_row - 1": a source, a name in it, and what to subtract.
    path, _, less = where.partition(" - ")
    source, name = path.split(".")
    match source:
        case "figure":
            return FIGURES[name](problem, spot)
        case "number":
            return rule.int(name) - int(less or 0)
        case "contract":
            member = problem.member_by_name.get(spot.staff)
            owner: object = member and problem.contract_of(member)
        case "shift":
            owner = next(
                (one for one in problem.shifts if one.symbol == spot.name), None
            )
        case "capacity":
            owner = problem.office.capacity
        case _:
            owner = problem.office.settings
    number: int | None = getattr(owner, name) if owner else None
    return number


def _of_member(
    figure: Callable[[Problem, StaffMember], int | None], setting: str
) -> Callable[[Problem, Spot], int | None]:
    """Return a function of the spot's person; for unknown people, the setting."""

    def of(problem: Problem, spot: Spot) -> int | None:
        member = problem.member_by_name.get(spot.staff)
        if member is not None:
            return figure(problem, member)
        number: int | None = getattr(problem.office.settings, setting)
        return number

    return of


def _of_date(
    figure: Callable[[Problem, dt.date], int],
) -> Callable[[Problem, Spot], int | None]:
    """Return a function of the spot's date, which is nothing without one."""
    return lambda problem, spot: figure(problem, spot.date) if spot.date else None


FIGURES: dict[str, Callable[[Problem, Spot], int | None]] = {
    "day_hours": _of_date(required_on),
    "month_hours": lambda problem, _: required_month(problem, problem.period.dates),
    "month_cap": lambda problem, _: month_cap(problem),
    "manager_desk": lambda problem, _: problem.office.manager_desk,
    "nurse_shifts": lambda problem, _: problem.office.nurse_shifts,
    "day_use_least": lambda problem, _: least_places(problem).day_use,
    "overnight_least": lambda problem, _: least_places(problem).overnight,
    "nights_of_office": _of_member(nights_of_office, "nights_most"),
    "nights_wished": _of_member(nights_wished, "nights_wished"),
    "days_in_a_row_most": _of_member(
        partial(days_in_a_row, must=True), "days_in_a_row_most"
    ),
    "days_in_a_row_wished": _of_member(
        partial(days_in_a_row, must=False), "days_in_a_row_wished"
    ),
    "personal_limit": personal_limit,
    "desk_tasks": desk_tasks,
    "visit_people": _of_date(visit_people),
    "nurse_minutes": lambda problem, _: minutes_needed(problem),
}
"""Computed limits, by the name that a facet's record refers to."""


def is_in_force(facet: Facet, problem: Problem, spot: Spot | None = None) -> bool:
    """Tell whether the input switches a limit on, with the stance of the facet.

    Parameters
    ----------
    facet
        Its record names the input that switches it (`held_by`).
    spot
        A spot of the facet; without one, whether it is in force anywhere.
    """
    if facet.held_by is None:
        return True
    if spot is None and facet.group:
        group = getattr(problem.office.settings, facet.group)
        if not any(group in member.groups for member in problem.staff):
            return False
    said = _said(facet, facet.held_by, problem, spot)
    if facet.held_as is None and not facet.graded:
        return any(one is not None for one in said)
    wanted = facet.stance.value if facet.held_as is None else facet.held_as
    return any(one == wanted for one in said)


def _said(
    facet: Facet, held_by: str, problem: Problem, spot: Spot | None
) -> Iterator[object]:
    """Yield the values of the input that switches a facet, one for each line of it."""
    source, _, name = held_by.partition(".")
    match source:
        case "pairs":
            for pair in problem.pairs:
                first = [member.name for member in problem.people_of(pair.first)]
                if pair.kind == name and (spot is None or spot.staff in first):
                    yield Stance.as_set(must=pair.must).value
        case "personal_limits":
            for one in problem.personal_limits:
                is_meant = spot is None or (one.staff, one.name) == (
                    spot.staff,
                    spot.name,
                )
                if is_meant and name in sides_of(one):
                    yield Stance.as_set(must=one.must).value
        case "desk_tasks":
            for task in problem.desk_tasks:
                yield Stance.as_set(must=task.must).value
        case "pins":
            yield from getattr(problem.pins, name)
        case "shifts":
            # A line of the shift table counts only if it sets the limit itself.
            number = (facet.limit or held_by).rpartition(".")[2]
            for shift in problem.shifts:
                is_meant = spot is None or shift.symbol == spot.name
                if is_meant and getattr(shift, number) is not None:
                    yield getattr(shift, name)
        case "cover_rules" | "events":
            # The compliance page lists these facets even if there is no such line.
            yield facet.stance.value
        case _:
            yield attrgetter(name)(problem.office.settings)
