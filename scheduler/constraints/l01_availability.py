"""L-01: shifts, weekdays and dates that a contract allows.

Breach: a night for somebody who does no nights, a Sunday for a part-timer who works
Monday to Friday. Correct: a day shift on a Friday.

Source: contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.model import RosterModel
    from scheduler.modelling.options import Option
    from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Keep nights on call away from paid leave."""
    scope = model.scope(rule, "available")
    for member in problem.staff:
        for date in problem.period.dates:
            leave = model.off(member, date, OffKind.PAID_LEAVE)
            scope.at_most(leave + model.on_call(member, date), 1)


def excludes_shift(
    problem: Problem, rule: Rule, member: StaffMember, date: dt.date, option: Option
) -> bool:
    """Whether the contract has no such shift on the date."""
    contract = member.contract
    holiday = date in problem.period.holiday_names
    return (
        option.shift not in member.shifts
        or date.weekday() not in contract.weekdays
        or (holiday and not contract.public_holidays)
    )


def excludes_on_call(
    problem: Problem, rule: Rule, member: StaffMember, date: dt.date
) -> bool:
    """Whether the person takes no nights on call, or is not employed that night."""
    return not member.on_call or date not in member.employed
