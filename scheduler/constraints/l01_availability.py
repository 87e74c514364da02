"""L-01: shifts, weekdays and dates that a contract allows.

Breach: a night for somebody who does no nights, a Sunday for a part-timer who works
Monday to Friday, a night or a night on call on the last date of employment. Correct: a
day shift on a Friday.

Source: contract.
"""

from __future__ import annotations

import datetime as dt
from itertools import product

from scheduler.constraints.language import CellFilter, RosterModel, Start, any_shift
from scheduler.constraints.selectors import is_here, one_of
from scheduler.domain.agreements import ON_CALL, Spot
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import LEAVE, OffKind, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Forbid nights on call on leave or absence, and limit duties outside the contract.

    A duty outside the contract has a variable only if the limit gives way
    (`excludes_shift`).
    """
    employed = model.scope(rule, "employed")
    into_next = problem.office.on_call_band.end > DAY
    available, duty = model.scope(rule, "available"), model.scope(rule, "duty")
    for member, date in product(problem.staff, problem.period.dates):
        on_call = model.on_call(member, date)
        leave = model.off(member, date, *LEAVE)
        cell = employed.at(staff=member.name, date=date)
        cell.at_most(leave + on_call, 1)
        if into_next and date + ONE_DAY in problem.period:
            away = model.off(member, date + ONE_DAY, OffKind.LONG_LEAVE)
            cell.at_most(away + on_call, 1)
        if date in member.employed and not member.contract.allows(date, problem.period):
            cell = available.at(staff=member.name, date=date)
            meant = is_here if member.home else any_shift
            cell.at_most(model.starts(member, date, meant), 0)
        elif barred := _not_there(problem, member, date):
            cell = available.at(staff=member.name, date=date)
            cell.at_most(model.starts(member, date, one_of(barred)), 0)
        for symbol in model.symbols(member, date):
            shift = problem.shift_by_symbol[symbol]
            if not _agreed(member, shift):
                cell = duty.at(staff=member.name, date=date, name=symbol)
                cell.at_most(model.starts(member, date, one_of((shift,))), 0)
        if not member.on_call:
            cell = duty.at(staff=member.name, date=date, name=ON_CALL)
            cell.at_most(on_call, 0)


def excludes_shift(cells: CellFilter, rule: Rule, start: Start) -> bool:
    """Tell whether the contract excludes the shift, and does not give way."""
    member, date, shift, _option = start
    if not member.is_employed_through(date, shift.interval):
        return True
    allowed = member.contract.allows(date, cells.problem.period)
    is_there = allowed and member.may_begin_in(shift.elsewhere, date)
    if not is_there and not cells.may_exceed(
        Spot(rule=rule.id, facet="available", staff=member.name, date=date)
    ):
        return True
    return not _agreed(member, shift) and not cells.may_exceed(
        _duty(rule, member, date, shift.symbol)
    )


def excludes_on_call(
    cells: CellFilter, rule: Rule, member: StaffMember, date: dt.date
) -> bool:
    """Tell whether the person takes no nights on call, or is not employed all night."""
    takes = member.on_call or cells.may_exceed(_duty(rule, member, date, ON_CALL))
    band = cells.problem.office.on_call_band
    return not takes or not member.is_employed_through(date, band)


def _not_there(
    problem: Problem, member: StaffMember, date: dt.date
) -> tuple[Shift, ...]:
    """Return the shifts of houses in which the person does not begin on the date."""
    if not member.away_on:
        return ()
    return tuple(
        shift
        for shift in problem.all_shifts
        if not member.may_begin_in(shift.elsewhere, date)
    )


def _agreed(member: StaffMember, shift: Shift) -> bool:
    """Tell whether a contract has the shift, or it is one of the kinds of day."""
    return shift.symbol in member.shifts or shift.own_kind is not None


def _duty(rule: Rule, member: StaffMember, date: dt.date, name: str) -> Spot:
    return Spot(rule=rule.id, facet="duty", staff=member.name, date=date, name=name)
