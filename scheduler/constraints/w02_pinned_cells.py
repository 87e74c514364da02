"""W-02: cells the manager has fixed beforehand.

Changed: 早 fixed for A on the 12th, and A has 日 there; B fixed on call in its night,
and C is; a day off fixed for A, who is on call in its night. Kept: a shift fixed
without roles, whatever is done in it; a day off and a night on call both fixed; any
fixed cell of somebody who did not come, also if the absence was made paid leave.

Source: the office's sheet of pins.
"""

from __future__ import annotations

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Want
from scheduler.domain.shifts import Duty, OffKind
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require every pin, with a slack: a law that forbids it takes precedence."""
    duties, nights = model.scope(rule, "duty"), model.scope(rule, "on_call")
    called = {(night.staff, night.date) for night in problem.pins.on_call}
    for pin in problem.pin_by_cell.values():
        cell = duties.at(staff=pin.staff, date=pin.date)
        slack = cell.slack(1)
        cell.at_least(_kept(model, problem, pin), 1, slack=slack)
        if pin.off is OffKind.DAY_OFF and (pin.staff, pin.date) not in called:
            member = problem.member_by_name[pin.staff]
            cell.at_most(model.on_call(member, pin.date), 0, slack=slack)
    for night in problem.pins.on_call:
        member = problem.member_by_name[night.staff]
        cell = nights.at(staff=night.staff, date=night.date)
        cell.at_least(model.on_call(member, night.date), 1)


def _kept(model: RosterModel, problem: Problem, pin: Duty) -> LinearSum:
    """Return one if the cell is as pinned, or the person did not come, else zero."""
    member = problem.member_by_name[pin.staff]
    missed = {OffKind.ABSENT}
    asked = problem.requests_by_cell.get((pin.staff, pin.date), ())
    if all(request.want is not Want.PAID_LEAVE for request in asked):
        missed.add(OffKind.PAID_LEAVE)
    if pin.off is not None:
        return model.off(member, pin.date, *(missed | {pin.off}))
    return model.off(member, pin.date, *missed) + model.starts(
        member,
        pin.date,
        lambda shift, option: (
            shift.symbol == pin.shift and pin.roles in ((), option.roles)
        ),
    )
