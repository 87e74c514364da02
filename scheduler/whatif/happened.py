"""The roster with what has happened put into it, and nothing else changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.shifts import Duty, OffKind
from scheduler.solver.standing.taking import in_full, with_duty, with_on_call, without

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Scenario


def happened(problem: Problem, roster: Roster, scenario: Scenario) -> Roster:
    """Return the roster without whoever is away or has left, and with what was told.

    Parameters
    ----------
    problem
        The month as it is now.
    roster
        As it stood.
    """
    dates = [date for date in problem.period.dates if date >= scenario.now]
    for absence in scenario.absences:
        for date in dates:
            if date in absence:
                roster = without(problem, roster, absence.staff, date)
    for one in scenario.leaving:
        if one.last >= scenario.now:
            roster = _without_last_night(problem, roster, one.staff, one.last)
    for duty in scenario.duties:
        roster = with_duty(problem, roster, in_full(problem, duty))
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
    """Return the roster with a day away or off where somebody has left or comes."""
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
