"""Amounts of the model for a given roster: variables fixed, slacks minimised."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python import cp_model

from scheduler.domain.finding import LEVELS
from scheduler.model import build

if TYPE_CHECKING:
    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


class Verdict(NamedTuple):
    """The model's result for one roster.

    Attributes
    ----------
    allowed
        Whether no enforced limit is broken.
    amounts
        Amounts by which soft limits are broken, by rule and facet, without zeros.
    inherited
        Enforced limits that the tail alone breaks, of which the model asks only what
        is still possible.
    """

    allowed: bool
    amounts: dict[tuple[str, str], int]
    inherited: frozenset[tuple[str, str]]


def judge(
    problem: Problem,
    roster: Roster,
    *,
    standing: Roster | None = None,
    model: RosterModel | None = None,
    least: bool = True,
) -> Verdict:
    """Return the model's result for a roster, with its variables fixed to it.

    Parameters
    ----------
    standing
        A roster that the model must be able to express, whatever its cells contain.
    model
        The problem's model, if it was built already; it is altered, and of no use
        afterwards.
    least
        Whether the amounts are the least, not just any: where the roster leaves cells
        open, the least take long.
    """
    model = model or build(problem, standing=standing)
    values = model.values_of(roster)
    if values is None:
        return Verdict(False, {}, model.inherited)
    for index, value in values.items():
        model.cp.add(model.variable(index) == value)
    if least:
        penalties = [model.penalty(level) for level in LEVELS]
        model.cp.minimize(sum(penalty for penalty in penalties if penalty is not None))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return Verdict(False, {}, model.inherited)
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    amounts = model.amounts(solver.value)
    return Verdict(True, {k: a for k, a in amounts.items() if a}, model.inherited)


def any_allowed(
    problem: Problem, seed: int, model: RosterModel | None = None
) -> Roster:
    """Return a roster that breaks no enforced limit, another one for each seed.

    ``model`` is the problem's model, if it was built already; it is not altered.
    """
    model = model or build(problem)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.randomize_search = True
    solver.parameters.stop_after_first_solution = True
    status = solver.solve(model.cp)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE), solver.status_name(status)
    return model.read(solver.value)
