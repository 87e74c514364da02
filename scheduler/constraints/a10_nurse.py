"""A-10: a nurse works in the month, as often as the office wants.

Breach: the office asks for 4 nurse shifts and its nurse has 3. Correct: she has 4, in
the role of nurse for at least a segment each, and not at an event for all of it.

Source: LAW34 art. 63(4); the number is the office's.
"""

from __future__ import annotations

from functools import partial

from scheduler.constraints.language import Option, RosterModel
from scheduler.constraints.language.options import on_floor, spans_of
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role, Shift
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require the office's number of nurse shifts in the period."""
    licensed = [m for m in problem.staff if m.holds_one_of(rule.names("licences"))]
    as_nurse = partial(_as_nurse, problem)
    total = model.begun(licensed, problem.period.dates, as_nurse)
    model.scope(rule, "shifts").at_least(total, problem.office.nurse_shifts)


def _as_nurse(problem: Problem, shift: Shift, option: Option) -> bool:
    """Tell whether a shift has a minute as nurse that no event takes."""
    away = spans_of(problem, option.events)
    return shift.counts and any(
        role is Role.NURSE for _, role in on_floor(shift, option.roles, away)
    )
