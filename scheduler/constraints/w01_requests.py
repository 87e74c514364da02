"""W-01: wishes and leave, each granted or not.

Not granted: a day off wished for the 12th, and 明 or a night on call on the 12th.
Granted: a day off or paid leave, and nobody calls that night.

Source: the office's sheet of requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.requests import Request, Want
from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.model import RosterModel
    from scheduler.modelling.scope import Scope
    from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Ask for every request, as strongly as the person does."""
    for request in problem.requests:
        scope = model.scope(rule, request.strength.value)
        member = problem.member_by_name[request.staff]
        _ask(model, scope, member, request)


def _ask(
    model: RosterModel, scope: Scope, member: StaffMember, request: Request
) -> None:
    slack = scope.slack(1)
    date = request.date
    if request.want is Want.SHIFT:
        wished = model.starts(member, date, lambda s, _: s.symbol in request.shifts)
        scope.at_least(wished, 1, slack=slack)
    elif request.want is Want.NOT_SHIFT:
        refused = model.starts(member, date, lambda s, _: s.symbol in request.shifts)
        scope.at_most(refused, 0, slack=slack)
    else:
        if request.want is Want.DAY_OFF:
            kinds = (OffKind.DAY_OFF, OffKind.PAID_LEAVE, OffKind.AWAY)
            scope.at_least(model.off(member, date, *kinds), 1, slack=slack)
        elif request.want is Want.PAID_LEAVE:
            leave = model.off(member, date, OffKind.PAID_LEAVE)
            scope.at_least(leave, 1, slack=slack)
        scope.at_most(model.on_call(member, date), 0, slack=slack)
