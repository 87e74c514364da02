"""L-05: the nights a contract agrees on.

Breach: at most four agreed and five given; at least eight agreed and seven given.
Correct: four; eight.

Source: contract.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import is_night
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require each person's nights to be within the contract's band."""
    most = model.scope(rule, "nights_max")
    least = model.scope(rule, "nights_min")
    for member in problem.staff:
        contract = problem.contract_of(member)
        nights = model.begun([member], problem.period.dates, is_night)
        if contract.nights_max is not None:
            most.at(staff=member.name).at_most(nights, contract.nights_max)
        if contract.nights_min is not None:
            least.at(staff=member.name).at_least(nights, contract.nights_min)
