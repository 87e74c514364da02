"""The number that holds at a spot: so many nights or hours, at most or at least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.day_hours import required_minutes, required_month
from scheduler.audit.figures.places import least_places
from scheduler.rulebook import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.domain.agreements import Spot
    from scheduler.domain.office import Settings
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import Contract, StaffMember
    from scheduler.rulebook import Rule, Rulebook

OF_CONTRACT: dict[tuple[str, str], Callable[[Contract], int | None]] = {
    ("L-02", "days_off"): lambda contract: contract.days_off_min,
    ("L-03", "hours_min"): lambda contract: contract.minutes_min,
    ("L-03", "hours_max"): lambda contract: contract.minutes_max,
    ("L-04", "days_per_week"): lambda contract: contract.days_per_week_max,
    ("L-05", "nights_min"): lambda contract: contract.nights_min,
    ("L-05", "nights_max"): lambda contract: contract.nights_max,
}
"""Limits of one person."""

OF_OFFICE: dict[tuple[str, str], Callable[[Settings], int | None]] = {
    ("A-10", "shifts"): lambda settings: settings.nurse_shifts,
    ("A-11", "desk"): lambda settings: settings.planner_desk,
    ("A-13", "desk"): lambda settings: settings.manager_desk,
    ("F-11", "least"): lambda settings: settings.rest_least,
    ("F-13", "nights_most"): lambda settings: settings.nights_most,
    ("F-13", "nights_in_a_row"): lambda settings: settings.nights_in_a_row_most,
    ("F-13", "days_in_a_row_most"): lambda settings: settings.days_in_a_row_most,
    ("G", "desk_early"): lambda settings: settings.planner_desk_early,
    ("G", "desk_late"): lambda settings: settings.planner_desk_late,
    ("P-03", "must"): lambda settings: settings.days_off_together_times,
    ("P-06", "must"): lambda settings: settings.weekend_off_times,
}
"""Limits that the office has set for everybody."""

OF_LAW = {
    ("A-04", "presence"): "present_min",
    ("A-06", "awake"): "awake_min",
    ("A-06", "on_call"): "on_call_min",
    ("A-09", "on_list"): "full_timers_min",
    ("A-10", "on_list"): "nurses_min",
    ("A-11", "on_list"): "planners_min",
    ("A-13", "on_list"): "managers_min",
}
"""Limits that the rulebook gives as they are."""


def month_cap(problem: Problem) -> int:
    """Return the most minutes of work in the period (F-02).

    An office that says it has fewer than ten employees goes by 44 hours a week, unless
    its staff list has ten people or more.
    """
    rule = load(problem.period)["F-02"]
    week = rule.int("week_minutes")
    if problem.office.settings.small_office and is_small(problem, rule):
        week = rule.int("small_office_week_minutes")
    return week * problem.period.days // 7


def is_small(problem: Problem, rule: Rule) -> bool:
    """Tell whether few enough people are on the list for the 44 hours (F-02)."""
    return len(on_list(problem)) < rule.int("small_office_below")


def on_list(problem: Problem) -> list[StaffMember]:
    """Return the people who are employed on some date of the period."""
    dates = problem.period.dates
    return [m for m in problem.staff if any(date in m.employed for date in dates)]


def nights_of_office(problem: Problem, member: StaffMember) -> int | None:
    """Return the office's limit of nights for a person (F-13).

    Whoever agreed on more in the contract may have them.
    """
    most = problem.office.settings.nights_most
    return most if most is None else max(most, member.contract.nights_max or 0)


def days_off_owed(problem: Problem, member: StaffMember) -> int:
    """Return the days off owed (L-02), less what was agreed on for the period."""
    owed = member.contract.days_off_min or 0
    return max(0, owed - _agreed(problem, member, "L-02", "days_off"))


def hours_band(problem: Problem, member: StaffMember) -> tuple[int | None, int | None]:
    """Return the least and the most minutes (L-03), with what was agreed on."""
    least, most = member.contract.minutes_min, member.contract.minutes_max
    if least is not None:
        least = max(0, least - _agreed(problem, member, "L-03", "hours_min"))
    if most is not None:
        most += _agreed(problem, member, "L-03", "hours_max")
    return least, most


def _agreed(problem: Problem, member: StaffMember, rule: str, facet: str) -> int:
    return sum(
        one.amount
        for one in problem.agreements
        if (one.spot.rule, one.spot.facet, one.spot.staff) == (rule, facet, member.name)
    )


def limit_of(spot: Spot, rulebook: Rulebook, problem: Problem) -> int | None:
    """Return the number that holds at a spot, in the unit its facet compares in.

    Returns
    -------
    int or None
        ``None`` where there is no limit, or no single number is one.

    Raises
    ------
    KeyError
        If the rulebook does not know the rule.
    """
    key = (spot.rule, spot.facet)
    if key in OF_CONTRACT:
        member = problem.member_by_name.get(spot.staff)
        return OF_CONTRACT[key](member.contract) if member else None
    if key == ("F-13", "nights_most") and spot.staff in problem.member_by_name:
        return nights_of_office(problem, problem.member_by_name[spot.staff])
    if key in OF_OFFICE:
        return OF_OFFICE[key](problem.office.settings)
    if key in OF_LAW:
        return rulebook[spot.rule].int(OF_LAW[key])
    match key:
        case ("F-02", "month"):
            return month_cap(problem)
        case ("C-03", "row"):
            return rulebook["C-03"].int("in_a_row") - 1
        case ("C-03", "beyond"):
            return rulebook["C-03"].int("in_month") - 1
        case ("A-03", "daily"):
            return required_minutes(problem)[spot.date] if spot.date else None
        case ("A-03", "monthly"):
            return required_month(problem)
        case ("D", "day_use_least"):
            return least_places(problem).day_use
        case ("D", "overnight_least"):
            return least_places(problem).overnight
        case ("D", facet):
            return _capacity(problem, facet)
    return None


def _capacity(problem: Problem, facet: str) -> int | None:
    limit: int | None = getattr(problem.office.capacity, facet, None)
    return limit
