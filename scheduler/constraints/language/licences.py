"""People whose licences a rule asks for, by the kind of office."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rulebook


def planners(problem: Problem, rulebook: Rulebook) -> frozenset[StaffId]:
    """Return those who plan with the papers that the office needs (A-11)."""
    licence = bool(rulebook["A-11"].int("licence"))
    return frozenset(m.name for m in problem.staff if m.plans(with_licence=licence))


def nurses(problem: Problem, rulebook: Rulebook) -> frozenset[StaffId]:
    """Return those who hold one of the licences that count as a nurse's (A-10)."""
    licences = rulebook["A-10"].names("licences")
    return frozenset(m.name for m in problem.staff if m.holds_one_of(licences))


def told_apart(problem: Problem, rulebook: Rulebook) -> frozenset[StaffId]:
    """Return the nurses, if a rule counts the minutes of each of them (A-19)."""
    counted = rulebook["A-19"].is_for(rulebook.kind)
    return nurses(problem, rulebook) if counted else frozenset()
