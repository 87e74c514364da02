"""L-02: the days off (公休) that a contract owes in the period.

Breach: nine owed, eight given and one 明. Correct: nine given;
paid leave and absence come on top.

Source: contract.
"""

from __future__ import annotations

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import OffKind
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require the days off owed to each person."""
    scope = model.scope(rule, "days_off")
    for member in problem.staff:
        given = LinearSum.total(
            model.off(member, date, OffKind.DAY_OFF) for date in problem.period.dates
        )
        owed = problem.contract_of(member).days_off_min or 0
        scope.at(staff=member.name).at_least(given, owed)
