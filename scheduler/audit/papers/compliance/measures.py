"""Measures of the compliance page: required and planned where a limit is tightest.

A facet's record names its measure: one of `MEASURES`, or ``person.`` and a figure of
each person's month, which is compared with the facet's limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scheduler.audit import staff_list
from scheduler.audit.figures.calendar_months import nurse_duties
from scheduler.audit.figures.day_curve import Moment
from scheduler.audit.figures.limits import limit_of, visit_people
from scheduler.audit.figures.people import PersonMonth
from scheduler.audit.papers.compliance.month import MeasuredMonth, Strictest, tightest
from scheduler.audit.rules.a12_visit_people import there_by_day
from scheduler.audit.rules.a19_kantaki_nurses import nurse_minutes
from scheduler.audit.timeline import Timeline
from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Unit
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Strength
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.rulebook import Rule

MONTH_DAYS = range(1, 32)

Measure = Callable[[MeasuredMonth, Rule, int], Strictest | None]
"""Returns the tightest moment of a rule's limit; ``None`` if nothing is to compare.

The third argument is the limit, 0 if no single number expresses it.
"""

PERSON = "person."
"""Prefix of measures that are taken of each person."""


def strictest(month: MeasuredMonth, rule: Rule, name: str) -> Strictest | None:
    """Return where a limit is tightest.

    Parameters
    ----------
    month
        The month.
    rule, name
        The rule, and the facet whose limit it is.
    """
    measure = rule.facet[name].measure
    if not measure:
        return None
    if measure.startswith(PERSON):
        return _of_people(month, rule, name, measure.removeprefix(PERSON))
    limit = limit_of(Spot(rule=rule.id, facet=name), month.rulebook, month.problem)
    return MEASURES[measure](month, rule, limit or 0)


def _of_people(
    month: MeasuredMonth, rule: Rule, name: str, figure: str
) -> Strictest | None:
    """Compare a figure of each person's month with the person's limit."""
    facet = rule.facet[name]
    found = []
    for own in month.people:
        spot = Spot(rule=rule.id, facet=name, staff=own.staff)
        required = limit_of(spot, month.rulebook, month.problem)
        planned = _planned(month, own, figure)
        if required is not None and planned is not None:
            found.append(
                Strictest(
                    unit=facet.compared_in,
                    required=required,
                    planned=planned,
                    at_most=facet.at_most,
                    people=(own.staff,),
                )
            )
    return tightest(found)


def _planned(month: MeasuredMonth, own: PersonMonth, figure: str) -> int | None:
    if figure == "nights_if_any":
        return _nights(month, own)
    number: int | None = getattr(own, figure)
    return number


def _nights(month: MeasuredMonth, own: PersonMonth) -> int | None:
    """Return a person's nights; ``None`` for people who have none and may do none."""
    table = month.problem.shift_by_symbol
    shifts = month.problem.member_by_name[own.staff].shifts
    can = any(table[symbol].kind is ShiftKind.NIGHT for symbol in shifts)
    return own.nights if can or own.nights else None


def _wishes(strength: Strength) -> Measure:
    def measure(month: MeasuredMonth, _rule: Rule, _limit: int) -> Strictest | None:
        asked = [
            wish
            for own in month.people
            for wish in own.wishes
            if wish.request.strength is strength
        ]
        if not asked:
            return None
        refused = [wish.request.staff for wish in asked if not wish.granted]
        return Strictest(
            unit=Unit.TIMES,
            required=len(asked),
            planned=len(asked) - len(refused),
            people=tuple(dict.fromkeys(refused)),
        )

    return measure


def _day_hours(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest | None:
    return tightest(
        Strictest(
            unit=Unit.PERSON_MINUTES,
            required=day.required,
            planned=day.planned,
            date=day.date,
        )
        for day in month.hours
    )


def _month_hours(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest:
    return Strictest(
        unit=Unit.PERSON_MINUTES,
        required=month.month_hours.required,
        planned=month.month_hours.planned,
    )


def _presence(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest | None:
    by_day = (moment for moment in month.curve if moment.night is None)
    return _people((moment, limit, moment.planned) for moment in by_day)


def _house_ratio(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest | None:
    held = (moment for moment in month.curve if moment.is_house_held)
    return _people((one, one.house_required, one.in_house) for one in held)


def _people(moments: Iterable[tuple[Moment, int, int]]) -> Strictest | None:
    """Return the strictest of moments, each with the people required and planned."""
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=required,
            planned=planned,
            date=moment.date,
            begin=moment.begin,
            end=moment.end,
        )
        for moment, required, planned in moments
    )


def _awake(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest | None:
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=limit,
            planned=night.least_awake,
            date=night.date,
            people=night.awake,
        )
        for night in month.nights
        if night.needed
    )


def _on_call(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest | None:
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=limit,
            planned=limit if night.on_call_missing == 0 else 0,
            date=night.date,
            people=() if night.on_call is None else (night.on_call,),
        )
        for night in month.nights
        if night.called and limit
    )


def _contact(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest | None:
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=limit,
            planned=int(night.on_call is not None),
            date=night.date,
            people=() if night.on_call is None else (night.on_call,),
        )
        for night in month.nights
        if not night.called and limit
    )


def _heads(found: Callable[[Problem], list[StaffId]]) -> Measure:
    """Return a measure that counts people of a kind on the staff list."""

    def measure(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest:
        names = found(month.problem)
        return Strictest(
            unit=Unit.PEOPLE, required=limit, planned=len(names), people=tuple(names)
        )

    return measure


def _nurse_shifts(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest:
    dates = month.problem.period.dates
    begun = nurse_duties(month.problem, month.roster, dates)
    return Strictest(
        unit=Unit.TIMES,
        required=limit,
        planned=len(begun),
        people=tuple(dict.fromkeys(duty.staff for duty in begun)),
    )


def _planner_desk(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest:
    return _desk(month, Role.PLANNER, limit, MONTH_DAYS)


def _planner_desk_early(
    month: MeasuredMonth, rule: Rule, limit: int
) -> Strictest | None:
    last = rule.int("early_last_day")
    return _desk_if_any(month, limit, range(1, last + 1))


def _planner_desk_late(
    month: MeasuredMonth, rule: Rule, limit: int
) -> Strictest | None:
    first = rule.int("late_first_day")
    return _desk_if_any(month, limit, range(first, MONTH_DAYS.stop))


def _manager_desk(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest:
    return _desk(month, Role.MANAGER, limit, MONTH_DAYS)


def _desk_if_any(month: MeasuredMonth, floor: int, days: range) -> Strictest | None:
    if not any(date.day in days for date in month.problem.period.dates):
        return None
    return _desk(month, Role.PLANNER, floor, days)


def _desk(month: MeasuredMonth, role: Role, floor: int, days: range) -> Strictest:
    members, period = month.problem.member_by_name, month.problem.period
    at_desk = [
        stretch
        for stint in Timeline(month.problem, month.roster).begun
        if stint.date in period and stint.date.day in days
        for stretch in stint.stretches
        if stretch.role is role
        and not stretch.on_break
        and staff_list.may_do(month.problem, members[stretch.staff], role)
    ]
    return Strictest(
        unit=Unit.MINUTES,
        required=floor,
        planned=sum(stretch.interval.minutes for stretch in at_desk),
        people=tuple(dict.fromkeys(stretch.staff for stretch in at_desk)),
    )


def _visit_people(month: MeasuredMonth, rule: Rule, limit: int) -> Strictest | None:
    if rule.int("visit_people_min") == 0:
        return None
    timeline = Timeline(month.problem, month.roster)
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=visit_people(month.problem, date),
            planned=len(there_by_day(timeline, month.problem, date)),
            date=date,
        )
        for date in month.problem.period.dates
    )


def _nurse_minutes(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest:
    timeline = Timeline(month.problem, month.roster)
    counted = nurse_minutes(timeline, month.problem)
    return Strictest(
        unit=Unit.MINUTES,
        required=limit,
        planned=sum(counted.values()),
        people=tuple(name for name, minutes in counted.items() if minutes),
    )


def _registered(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest:
    return Strictest(
        unit=Unit.PEOPLE,
        required=limit,
        planned=month.problem.office.registered,
        at_most=True,
    )


def _day_use(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest | None:
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=limit,
            planned=day.day_users,
            at_most=True,
            date=day.date,
        )
        for day in month.problem.forecast.days
    )


def _overnight(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest | None:
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=limit,
            planned=night.guests,
            at_most=True,
            date=night.date,
        )
        for night in month.nights
    )


def _day_use_places(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest:
    planned = month.problem.office.capacity.day_use
    return Strictest(unit=Unit.PEOPLE, required=limit, planned=planned)


def _overnight_places(month: MeasuredMonth, _rule: Rule, limit: int) -> Strictest:
    planned = month.problem.office.capacity.overnight
    return Strictest(unit=Unit.PEOPLE, required=limit, planned=planned)


MEASURES: dict[str, Measure] = {
    "day_hours": _day_hours,
    "month_hours": _month_hours,
    "presence": _presence,
    "house_ratio": _house_ratio,
    "awake": _awake,
    "on_call": _on_call,
    "contact": _contact,
    "full_timers": _heads(staff_list.full_timers),
    "nurses": _heads(staff_list.nurses),
    "nurse_shifts": _nurse_shifts,
    "planners": _heads(staff_list.planners),
    "planner_desk": _planner_desk,
    "planner_desk_early": _planner_desk_early,
    "planner_desk_late": _planner_desk_late,
    "managers": _heads(staff_list.managers),
    "manager_desk": _manager_desk,
    "visit_people": _visit_people,
    "full_time_nurses": _heads(staff_list.full_time_nurses),
    "nurse_minutes": _nurse_minutes,
    "registered": _registered,
    "day_use": _day_use,
    "overnight": _overnight,
    "day_use_places": _day_use_places,
    "overnight_places": _overnight_places,
    "wishes_must": _wishes(Strength.MUST),
    "wishes_strong": _wishes(Strength.STRONG),
    "wishes_weak": _wishes(Strength.WEAK),
}
"""Measures by the name that a facet's record refers to."""
