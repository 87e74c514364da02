"""Other solvers on one level of a task, each as it comes out of the box."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers.highs_pb2 import HighsOptionsProto
from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ortools.sat.python.cp_model import CpModel


class Best(NamedTuple):
    """The best solution of a level, by variable index, and its value."""

    value: int
    values: tuple[int, ...]


Solver = Callable[["CpModel", float, int], Best | None]
"""Minimise a level for at most some seconds, or until it has the value wanted."""


def plain_cp_sat(cp: CpModel, seconds: float, wanted: int) -> Best | None:
    """Run CP-SAT with the parameters it has by default."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(cp, _Until(wanted))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return Best(round(solver.objective_value), tuple(solver.response_proto.solution))


def highs(cp: CpModel, seconds: float, wanted: int) -> Best | None:
    """Run HiGHS through MathOpt."""
    program = _Program(cp)
    target = HighsOptionsProto(double_options={"objective_target": wanted + 0.5})
    found = mathopt.solve(
        program.model,
        mathopt.SolverType.HIGHS,
        params=mathopt.SolveParameters(time_limit=_limit(seconds), highs=target),
        model_params=program.hint,
    )
    return program.best(found)


def scip(cp: CpModel, seconds: float, wanted: int) -> Best | None:
    """Run SCIP through MathOpt."""
    program = _Program(cp)

    def told(data: mathopt.CallbackData) -> mathopt.CallbackResult:
        value = program.value([data.solution[one] for one in program.variables])
        return mathopt.CallbackResult(terminate=value <= wanted)

    solutions = mathopt.CallbackRegistration(events={mathopt.Event.MIP_SOLUTION})
    found = mathopt.solve(
        program.model,
        mathopt.SolverType.GSCIP,
        params=mathopt.SolveParameters(time_limit=_limit(seconds)),
        model_params=program.hint,
        callback_reg=solutions,
        cb=told,
    )
    return program.best(found)


SOLVERS: dict[str, Solver] = {"CP-SAT": plain_cp_sat, "HiGHS": highs, "SCIP": scip}


ENDLESS = 2**60


def _limit(seconds: float) -> dt.timedelta:
    return dt.timedelta(seconds=seconds)


class _Until(cp_model.CpSolverSolutionCallback):
    """Ends a search of CP-SAT at the value wanted."""

    def __init__(self, wanted: int) -> None:
        super().__init__()
        self._wanted = wanted

    def on_solution_callback(self) -> None:
        if round(self.objective_value) <= self._wanted:
            self.stop_search()


class _Program:
    """A CP-SAT model of linear constraints for MathOpt."""

    def __init__(self, cp: CpModel) -> None:
        proto = cp.proto
        self._objective = proto.objective
        self.model = mathopt.Model()
        domains = (list(one.domain) for one in proto.variables)
        self.variables = [
            self.model.add_integer_variable(lb=domain[0], ub=domain[-1])
            for domain in domains
        ]
        for constraint in proto.constraints:
            terms, low, high = _row(constraint)
            if terms is None:
                raise TypeError(f"not linear: {constraint}")
            self.model.add_linear_constraint(lb=low, ub=high, expr=self._sum(terms))
        terms = zip(self._objective.vars, self._objective.coeffs, strict=True)
        self.model.minimize(self._sum(terms) + self._objective.offset)
        given = proto.solution_hint
        pairs = zip(given.vars, given.values, strict=True)
        start = {self.variables[index]: float(value) for index, value in pairs}
        hints = [mathopt.SolutionHint(variable_values=start)] if start else []
        self.hint = mathopt.ModelSolveParameters(solution_hints=hints)

    def _sum(self, terms: Iterator[tuple[int, int]]) -> mathopt.LinearSum:
        return mathopt.fast_sum(factor * self.variables[i] for i, factor in terms)

    def value(self, values: Sequence[float]) -> int:
        """Return the objective at values by variable index, rounded first."""
        terms = zip(self._objective.vars, self._objective.coeffs, strict=True)
        total = sum(factor * round(values[index]) for index, factor in terms)
        return round(total + self._objective.offset)

    def best(self, found: mathopt.SolveResult) -> Best | None:
        """Return the solution of a result, if it has one."""
        if not found.has_primal_feasible_solution():
            return None
        values = [round(one) for one in found.variable_values(self.variables)]
        return Best(self.value(values), tuple(values))


def _end(bound: int) -> float:
    """Return a bound of a row; CP-SAT writes the ends of 64 bits for none."""
    return bound if abs(bound) < ENDLESS else math.copysign(math.inf, bound)


def _row(constraint: cp_model.Constraint) -> tuple:
    """Return the terms of a constraint with bounds; no terms if it is not linear."""
    if constraint.has_linear() and not constraint.enforcement_literal:
        row = constraint.linear
        low, *_, high = row.domain
        if len(row.domain) == 2:
            terms = zip(row.vars, row.coeffs, strict=True)
            return terms, _end(low), _end(high)
    for name, least in (("exactly_one", 1), ("at_most_one", 0)):
        if getattr(constraint, f"has_{name}")():
            literals = list(getattr(constraint, name).literals)
            # A literal below 0 is a negation: 1 - x.
            negated = sum(one < 0 for one in literals)
            terms = [(one, 1) if one >= 0 else (-one - 1, -1) for one in literals]
            return terms, least - negated, 1 - negated
    return None, 0, 0
