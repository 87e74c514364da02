"""Staffing, nights, the people on the list and their desks: rules A, D, G and K-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.calendar_months import nurse_duties
from scheduler.audit.figures.places import least_places
from scheduler.audit.figures.presence import duties_between, stretches
from scheduler.audit.papers import staff_list
from scheduler.audit.papers.compliance.month import Measure, Month, Strictest, tightest
from scheduler.audit.papers.staff_list import may_do
from scheduler.domain.finding import Unit
from scheduler.domain.shifts import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scheduler.audit.figures.day_curve import Moment
    from scheduler.domain.base import StaffId
    from scheduler.domain.shifts import Duty

MONTH_DAYS = range(1, 32)


def _day_hours(month: Month) -> Strictest | None:
    return tightest(
        Strictest(
            unit=Unit.PERSON_MINUTES,
            required=day.required,
            planned=day.planned,
            date=day.date,
        )
        for day in month.hours
    )


def _month_hours(month: Month) -> Strictest:
    return Strictest(
        unit=Unit.PERSON_MINUTES,
        required=month.month_hours.required,
        planned=month.month_hours.planned,
    )


def _presence(month: Month) -> Strictest | None:
    least = month.rulebook["A-04"].int("present_min")
    by_day = (moment for moment in month.curve if moment.night is None)
    return _people(by_day, lambda _: least)


def _house_ratio(month: Month) -> Strictest | None:
    held = (moment for moment in month.curve if moment.is_house_held)
    return _people(held, lambda moment: moment.house_required)


def _people(
    moments: Iterable[Moment], required: Callable[[Moment], int]
) -> Strictest | None:
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=required(moment),
            planned=moment.planned,
            date=moment.date,
            begin=moment.begin,
            end=moment.end,
        )
        for moment in moments
    )


def _awake(month: Month) -> Strictest | None:
    least = month.rulebook["A-06"].int("awake_min")
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=least,
            planned=night.least_awake,
            date=night.date,
            people=night.awake,
        )
        for night in month.nights
        if night.needed
    )


def _on_call(month: Month) -> Strictest | None:
    least = month.rulebook["A-06"].int("on_call_min")
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=least,
            planned=least if night.on_call_missing == 0 else 0,
            date=night.date,
            people=() if night.on_call is None else (night.on_call,),
        )
        for night in month.nights
        if night.needed
    )


def _contact(month: Month) -> Strictest | None:
    least = month.rulebook["A-07"].int("contact_min")
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=least,
            planned=int(night.on_call is not None),
            date=night.date,
            people=() if night.on_call is None else (night.on_call,),
        )
        for night in month.nights
        if not night.needed
    )


def _full_timers(month: Month) -> Strictest:
    least = month.rulebook["A-09"].int("full_timers_min")
    return _heads(least, staff_list.full_timers(month.problem))


def _nurses(month: Month) -> Strictest:
    least = month.rulebook["A-10"].int("nurses_min")
    return _heads(least, staff_list.nurses(month.problem))


def _planners(month: Month) -> Strictest:
    least = month.rulebook["A-11"].int("planners_min")
    return _heads(least, staff_list.planners(month.problem))


def _managers(month: Month) -> Strictest:
    least = month.rulebook["A-13"].int("managers_min")
    return _heads(least, staff_list.managers(month.problem))


def _heads(required: int, found: list[StaffId]) -> Strictest:
    return Strictest(
        unit=Unit.PEOPLE, required=required, planned=len(found), people=tuple(found)
    )


def _nurse_shifts(month: Month) -> Strictest:
    dates = month.problem.period.dates
    begun = nurse_duties(month.problem, month.roster, dates)
    return Strictest(
        unit=Unit.TIMES,
        required=month.problem.office.settings.nurse_shifts,
        planned=len(begun),
        people=tuple(dict.fromkeys(duty.staff for duty in begun)),
    )


def _own_duties(month: Month) -> list[Duty]:
    period = month.problem.period
    return duties_between(month.problem, month.roster, period.first, period.last)


def _planner_desk(month: Month) -> Strictest:
    floor = month.problem.office.settings.planner_desk
    return _desk(month, Role.PLANNER, floor, MONTH_DAYS)


def _planner_desk_early(month: Month) -> Strictest | None:
    last = month.rulebook["G"].int("early_last_day")
    floor = month.problem.office.settings.planner_desk_early
    return _desk_if_any(month, floor, range(1, last + 1))


def _planner_desk_late(month: Month) -> Strictest | None:
    first = month.rulebook["G"].int("late_first_day")
    floor = month.problem.office.settings.planner_desk_late
    return _desk_if_any(month, floor, range(first, MONTH_DAYS.stop))


def _manager_desk(month: Month) -> Strictest:
    floor = month.problem.office.settings.manager_desk
    return _desk(month, Role.MANAGER, floor, MONTH_DAYS)


def _desk_if_any(month: Month, floor: int, days: range) -> Strictest | None:
    if not any(date.day in days for date in month.problem.period.dates):
        return None
    return _desk(month, Role.PLANNER, floor, days)


def _desk(month: Month, role: Role, floor: int, days: range) -> Strictest:
    duties = [duty for duty in _own_duties(month) if duty.date.day in days]
    members = month.problem.member_by_name
    at_desk = [
        stretch
        for stretch in stretches(month.problem, duties)
        if stretch.role is role
        and not stretch.on_break
        and may_do(members[stretch.staff], role)
    ]
    return Strictest(
        unit=Unit.MINUTES,
        required=floor,
        planned=sum(stretch.interval.minutes for stretch in at_desk),
        people=tuple(dict.fromkeys(stretch.staff for stretch in at_desk)),
    )


def _registered(month: Month) -> Strictest:
    office = month.problem.office
    return Strictest(
        unit=Unit.PEOPLE,
        required=office.capacity.registered,
        planned=office.registered,
        at_most=True,
    )


def _day_use(month: Month) -> Strictest | None:
    capacity = month.problem.office.capacity.day_use
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=capacity,
            planned=day.day_users,
            at_most=True,
            date=day.date,
        )
        for day in month.problem.forecast.days
    )


def _day_use_least(month: Month) -> Strictest:
    least = least_places(month.problem)
    return _places(least.day_use, month.problem.office.capacity.day_use)


def _overnight_least(month: Month) -> Strictest:
    least = least_places(month.problem)
    return _places(least.overnight, month.problem.office.capacity.overnight)


def _places(required: int, planned: int) -> Strictest:
    return Strictest(unit=Unit.PEOPLE, required=required, planned=planned)


def _overnight(month: Month) -> Strictest | None:
    capacity = month.problem.office.capacity.overnight
    return tightest(
        Strictest(
            unit=Unit.PEOPLE,
            required=capacity,
            planned=night.guests,
            at_most=True,
            date=night.date,
        )
        for night in month.nights
    )


MEASURES: dict[tuple[str, str], Measure] = {
    ("A-03", "daily"): _day_hours,
    ("A-03", "monthly"): _month_hours,
    ("A-03", "daily_reported"): _day_hours,
    ("A-03", "monthly_reported"): _month_hours,
    ("A-04", "presence"): _presence,
    ("A-06", "awake"): _awake,
    ("A-06", "on_call"): _on_call,
    ("A-07", "contact"): _contact,
    ("A-09", "on_list"): _full_timers,
    ("A-10", "on_list"): _nurses,
    ("A-10", "shifts"): _nurse_shifts,
    ("A-11", "on_list"): _planners,
    ("A-11", "desk"): _planner_desk,
    ("A-13", "on_list"): _managers,
    ("A-13", "desk"): _manager_desk,
    ("D", "registered"): _registered,
    ("D", "day_use"): _day_use,
    ("D", "overnight"): _overnight,
    ("D", "day_use_least"): _day_use_least,
    ("D", "overnight_least"): _overnight_least,
    ("G", "desk_early"): _planner_desk_early,
    ("G", "desk_late"): _planner_desk_late,
    ("K-01", "must"): _house_ratio,
    ("K-01", "guideline"): _house_ratio,
    ("K-01", "report"): _house_ratio,
}
"""Measures by rule and facet."""
