"""A-13: the manager's least hours of management in the month.

Breach: the office keeps 40 hours for management and the manager has 36. Correct: 40,
in segments whose role is manager.

Source: LAW34 art. 64; the number is the office's.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import desk_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require the office's least management hours."""
    total = desk_minutes(model, problem.period.dates, Role.MANAGER)
    model.scope(rule, "desk").at_least(total, problem.office.manager_desk)
