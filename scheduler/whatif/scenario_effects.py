"""Apply a scenario to roster, pins and staff, before anything is planned.

What results is the current roster with the scenario's events and nothing else changed.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from scheduler.domain.shifts import Duty, OffKind
from scheduler.domain.staff import DateSpan, in_proportion
from scheduler.solver.standing.edits import (
    with_absence,
    with_duty,
    with_on_call,
    with_usual_jobs,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Scenario
    from scheduler.domain.staff import Contract, StaffMember


def apply_scenario(problem: Problem, roster: Roster, scenario: Scenario) -> Roster:
    """Return the roster with absences, leavers and duties of the scenario applied.

    Parameters
    ----------
    problem
        The month with the scenario applied.
    roster
        The roster before.
    """
    dates = [date for date in problem.period.dates if date >= scenario.now]
    for absence in scenario.absences:
        for date in dates:
            if date in absence:
                roster = with_absence(problem, roster, absence.staff, date)
    for one in scenario.leaving:
        if one.last >= scenario.now:
            roster = _without_last_night(problem, roster, one.staff, one.last)
    for duty in scenario.duties:
        roster = with_duty(problem, roster, with_usual_jobs(problem, duty))
    for member in problem.staff:
        for date in dates:
            roster = _with_standing(problem, roster, member.name, date)
    return roster


def _without_last_night(
    problem: Problem, roster: Roster, name: StaffId, last: dt.date
) -> Roster:
    """Return the roster without a night that would end after somebody's last day."""
    member = problem.member_by_name[name]
    band = problem.office.night_band
    if roster.on_call_by_date.get(last) == name and not member.is_employed_through(
        last, band
    ):
        roster = with_on_call(roster, last, None)
    duty = roster.by_cell.get((name, last))
    shift = problem.shift_by_symbol.get(duty.shift) if duty and duty.shift else None
    if shift and not member.is_employed_through(last, shift.interval):
        day_off = Duty(staff=name, date=last, off=OffKind.DAY_OFF)
        roster = with_duty(problem, roster, day_off)
    return roster


def _with_standing(
    problem: Problem, roster: Roster, name: StaffId, date: dt.date
) -> Roster:
    """Return the roster with a person's cell filled as their employment asks."""
    duty = roster.by_cell.get((name, date))
    is_employed = date in problem.member_by_name[name].employed
    if not is_employed and roster.on_call_by_date.get(date) == name:
        roster = with_on_call(roster, date, None)
    if is_employed and duty is None:
        return with_duty(
            problem, roster, Duty(staff=name, date=date, off=OffKind.DAY_OFF)
        )
    if not is_employed and (duty is None or duty.off is not OffKind.AWAY):
        rest = [d for d in roster.duties if (d.staff, d.date) != (name, date)]
        away = Duty(staff=name, date=date, off=OffKind.AWAY)
        return roster.model_copy(update={"duties": (*rest, away)})
    return roster


def without_changed_pins(usual: Problem, problem: Problem) -> Problem:
    """Return the month as it was, without the pins that the scenario changes."""
    kept = set(problem.pins.duties)
    pins = tuple(pin for pin in usual.pins.duties if pin in kept)
    return usual.model_copy(
        update={"pins": usual.pins.model_copy(update={"duties": pins})}
    )


def with_days_of(
    names: Collection[StaffId], roster: Roster, happened: Roster
) -> Roster:
    """Return the roster with some people's days taken from the roster ``happened``."""
    duties = [duty for duty in roster.duties if duty.staff not in names]
    duties += [duty for duty in happened.duties if duty.staff in names]
    nights = [night for night in roster.on_call if night.staff not in names]
    nights += [night for night in happened.on_call if night.staff in names]
    return roster.model_copy(update={"duties": tuple(duties), "on_call": tuple(nights)})


def dates_changed(
    problem: Problem, usual: Problem, roster: Roster, scenario: Scenario
) -> Iterator[dt.date]:
    """Yield the dates on which the scenario departs from what was planned."""
    for date in problem.period.dates:
        if date < scenario.now:
            continue
        pins = (pin for pin in problem.pins.duties if pin.date == date)
        changed = problem.forecast_by_date[date] != usual.forecast_by_date[date]
        moved = any(
            (known := roster.by_cell.get((pin.staff, date))) is None
            or (known.shift, known.off) != (pin.shift, pin.off)
            for pin in pins
        )
        left = any(
            one.last < date
            and (d := roster.by_cell.get((one.staff, date))) is not None
            and d.shift is not None
            for one in scenario.leaving
        )
        if changed or moved or left:
            yield date


def newcomer(
    name: StaffId, first: dt.date, like: StaffMember, period: Period
) -> StaffMember:
    """Return a new member who works as another person does, from a date on.

    Parameters
    ----------
    first
        First date of employment.
    like
        Whose contract, roles, qualifications, groups and shifts are copied.
    period
        The contract's hours, days off and nights are scaled to the part of it that the
        newcomer works; least nights are rounded down, most nights up.
    """
    employed = DateSpan(first=first)
    theirs, whole = (
        sum(date in span for date in period.dates) for span in (employed, like.employed)
    )
    ratio = min(Fraction(1), Fraction(theirs, whole or period.days))
    return like.model_copy(
        update={
            "name": name,
            "employed": employed,
            "contract": _of_the_part(like.contract, ratio),
        }
    )


def _of_the_part(contract: Contract, ratio: Fraction) -> Contract:
    if ratio == 1:
        return contract
    least, most = contract.nights_min, contract.nights_max
    return in_proportion(contract, ratio).model_copy(
        update={
            "nights_min": None if least is None else floor(least * ratio),
            "nights_max": None if most is None else ceil(most * ratio),
        }
    )
