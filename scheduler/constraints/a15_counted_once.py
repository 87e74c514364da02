"""A-15: everybody counts once, for the job done in that hour.

Breach: on call from 21:00 and on the late shift until 21:30; or a segment in a role
the person does not hold. Correct: a late shift that ends at 21:00.

Source: NOTICE06 2-2(1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.spacing import close_shifts, close_standby

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.model import RosterModel
    from scheduler.modelling.options import Option
    from scheduler.rulebook import Rule

_TOUCHING = 0
"""Two intervals overlap if they are less than nothing apart."""


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Forbid two duties of one person in one minute."""
    scope = model.scope(rule, "overlap")
    for member in problem.staff:
        for clash in close_shifts(model, problem, member, _TOUCHING):
            scope.at_most(clash, 1)
        for clash in close_standby(model, problem, member, _TOUCHING):
            scope.at_most(clash, 1)


def excludes_shift(
    model: RosterModel, rule: Rule, member: StaffMember, date: dt.date, option: Option
) -> bool:
    """Whether the shift allows only other roles than the option's."""
    if option.shift is None:
        return False
    allowed = model.problem.shift_by_symbol[option.shift].roles
    return bool(allowed) and any(role not in allowed for role in option.roles)
