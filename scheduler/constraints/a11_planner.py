"""A-11: the care managers' least planning hours in the month.

Breach: the office protects 40 desk hours and the roster has 38. Correct: 40, in
segments whose role is planner; the same hours count for nobody's care.

Source: LAW34 art. 63(10)-(12); the law gives no number, the floor is the office's.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import desk_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require the office's least planning hours."""
    total = desk_minutes(model, problem.period.dates, Role.PLANNER)
    model.scope(rule, "desk").at_least(total, problem.office.settings.planner_desk)
