"""P-04: no single day of work between two days off.

Breach: 休日休. Correct: 休日日休; 休夜明休, for 明 is no day off; and 休日休 where the
contract leaves both other dates free anyway.

Source: settings of the office.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import rests
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require that no shift has days off on both sides, the tail included."""
    scope = model.held(rule, problem.office.settings.lone_work_day)
    if scope is None:
        return
    for member in problem.staff:
        for date in problem.period.dates[:-1]:
            beside = (date - ONE_DAY, date + ONE_DAY)
            if any(member.contract.allows(day, problem.period) for day in beside):
                before, after = (rests(model, member, other) for other in beside)
                alone = before + model.starts(member, date) + after
                scope.at(staff=member.name, date=date).at_most(alone, 2)
