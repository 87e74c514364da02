"""Amounts of the model for a given roster: variables fixed, slacks minimised."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python import cp_model

from scheduler.domain.finding import LEVELS, Stance
from scheduler.model import build
from scheduler.solver.search import hold_levels

if TYPE_CHECKING:
    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


MENDED = tuple(one for one in LEVELS if one.is_hard or one is Stance.CONTRACT)
"""Levels of what repairs mend, the most important first."""


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
    amounts: Counter[tuple[str, str]] = Counter()
    for spot, facet, terms in model.spots():
        if facet.stance in LEVELS:
            broken = sum(solver.value(slack) * times for slack, times in terms)
            amounts[spot.rule, spot.facet] += broken
    return Verdict(True, dict(+amounts), model.inherited)


def unbroken(problem: Problem, *levels: Stance) -> Roster | None:
    """Return a roster without a penalty on some levels, or ``None``: there is none.

    This is much sooner known than the least penalty.
    """
    model = build(problem)
    hold_levels(model, model.cp, dict.fromkeys(levels, 0))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.stop_after_first_solution = True
    status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return None
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE), solver.status_name(status)
    return model.read(solver.response_proto.solution)


def least_in_turn(problem: Problem, *levels: Stance) -> dict[Stance, int]:
    """Return the least penalty of each level, those before it held at theirs."""
    model = build(problem)
    found = dict.fromkeys(levels, 0)
    for level in levels:
        penalty = model.penalty(level)
        if penalty is None:
            continue
        model.cp.minimize(penalty)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(model.cp) == cp_model.OPTIMAL
        found[level] = round(solver.objective_value)
        hold_levels(model, model.cp, {level: found[level]})
    return found


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
    return model.read(solver.response_proto.solution)
