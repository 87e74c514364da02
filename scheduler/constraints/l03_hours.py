"""L-03: the hours of the period that a contract agrees on.

Breach: 160 hours agreed, 18 shifts of eight hours and one day of leave. Correct: 19
shifts and one day of leave, or 18 shifts and two days of leave.  Absence counts like
leave: its hours need not be made up.

Source: contract.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import credited_minutes
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require each person's credited minutes to be within the contract's band."""
    least = model.scope(rule, "hours_min")
    most = model.scope(rule, "hours_max")
    for member in problem.staff:
        contract = problem.contract_of(member)
        if contract.minutes_min is None and contract.minutes_max is None:
            continue
        credited = credited_minutes(model, member)
        if contract.minutes_min is not None:
            least.at(staff=member.name).at_least(credited, contract.minutes_min)
        if contract.minutes_max is not None:
            most.at(staff=member.name).at_most(credited, contract.minutes_max)
