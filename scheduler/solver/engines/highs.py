"""HiGHS, a mixed-integer solver: its relaxation and cuts prove what CP-SAT finds.

Everything it says is floating point: solutions are rounded and checked in integers, and
a bound counts less its tolerance.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import highspy
import numpy as np
from highspy import cb

from scheduler.solver.engines.exchange import Engine, Exchange
from scheduler.solver.engines.linear_program import UNBOUNDED, AtLeast, LinearProgram

TOLERANCE = 1e-3
"""Taken off a bound before it is rounded up: a thousand times the solver's own
tolerance for a row or an integer, far less than the one that tells two values apart."""

GAP = 0.99
"""HiGHS ends once its bound is this near to its value: integers are then proven."""

NO_SOLUTION = 0
"""`HighsInfo.primal_solution_status` of a run that has found none."""

POLL = 0.05
"""Seconds between two looks whether it is still to wait."""

UNTIMED = float("inf")
"""No time limit."""


def run(
    exchange: Exchange,
    seconds: float,
    is_stopped: Callable[[], bool],
    start: Sequence[int] = (),
    seed: int = 0,
    nodes: int | None = None,
    implied: Sequence[AtLeast] = (),
    is_to_wait: Callable[[], bool] = lambda: False,
) -> None:
    """Solve a program in one thread, until it ends or is stopped.

    Better solutions of other engines are taken in on the way, and its own given out.

    Parameters
    ----------
    exchange
        The program, and the other engines' solutions.
    seconds
        Time limit.
    is_stopped
        Asked a few times a second; true ends the run.
    start
        A solution to begin with, by variable index, if there is one.
    nodes
        Most nodes of the search tree: a limit that is the same on every machine.
    implied
        Rows that every solution satisfies.
    is_to_wait
        Asked as often; while it is true the run stands still, where it can.
    """
    solver = _solver(exchange.program.with_rows(implied), seconds, seed, nodes)
    if start:
        given = highspy.HighsSolution()
        given.col_value = [float(one) for one in start]
        solver.setSolution(given)
    callbacks = _Callbacks(exchange, is_stopped, is_to_wait)
    solver.setCallback(callbacks, None)
    for kind in callbacks.kinds:
        solver.startCallback(kind)
    solver.run()
    if _has_failed(solver) and not is_stopped():
        solver.setOptionValue("presolve", "off")
        solver.run()
        if _has_failed(solver):
            return
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        exchange.call_impossible(Engine.HIGHS)
    elif status == highspy.HighsModelStatus.kOptimal:
        exchange.offer(_whole(solver.getSolution().col_value))
    callbacks.take_bound(solver.getInfo().mip_dual_bound)


def _has_failed(solver: highspy.Highs) -> bool:
    """Tell whether a run ended in an error, or lost a solution that it had found.

    Where coefficients differ by six powers of ten, a solution of the presolved rows may
    miss the rows themselves by a little more than the tolerance.  Release 1.16 then
    ends with an error, or calls the model infeasible; without presolve it does neither.
    """
    status = solver.getModelStatus()
    has_solution = solver.getInfo().primal_solution_status != NO_SOLUTION
    is_lost = status == highspy.HighsModelStatus.kInfeasible and has_solution
    return bool(is_lost or status == highspy.HighsModelStatus.kSolveError)


def _solver(
    program: LinearProgram, seconds: float, seed: int, nodes: int | None
) -> highspy.Highs:
    """Return HiGHS with the program, quiet and in one thread."""
    solver = quiet()
    chosen = {
        "threads": 1,
        "random_seed": seed,
        "time_limit": seconds,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": GAP * program.step,
    }
    if nodes is not None:
        chosen["mip_max_nodes"] = nodes
    for name, value in chosen.items():
        solver.setOptionValue(name, value)
    solver.passModel(rows_of(program))
    return solver


def rows_of(program: LinearProgram) -> highspy.HighsLp:
    """Return the program as HiGHS has it."""
    rows = highspy.HighsLp()
    rows.num_col_, rows.num_row_ = len(program.low), len(program.row_low)
    rows.col_cost_, rows.offset_ = program.cost.astype(float), float(program.offset)
    rows.col_lower_, rows.col_upper_ = _floats(program.low), _floats(program.high)
    rows.row_lower_ = _floats(program.row_low)
    rows.row_upper_ = _floats(program.row_high)
    rows.integrality_ = [highspy.HighsVarType.kInteger] * len(program.low)
    matrix = rows.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = program.starts.astype(np.int32)
    matrix.index_ = program.columns.astype(np.int32)
    matrix.value_ = program.coefficients.astype(float)
    return rows


def quiet() -> highspy.Highs:
    """Return a solver that prints nothing."""
    return _Quiet()


class _Quiet(highspy.Highs):
    """HiGHS without the banner that its own callbacks print when they are set up."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)


class _Callbacks:
    """The callbacks of one run: solutions and bounds out, solutions and a stop in."""

    def __init__(
        self,
        exchange: Exchange,
        is_stopped: Callable[[], bool],
        is_to_wait: Callable[[], bool],
    ) -> None:
        self._exchange = exchange
        self._is_stopped, self._is_to_wait = is_stopped, is_to_wait
        self._given: tuple[int, ...] = ()
        self.kinds = (
            cb.HighsCallbackType.kCallbackMipImprovingSolution,
            cb.HighsCallbackType.kCallbackMipInterrupt,
            cb.HighsCallbackType.kCallbackMipUserSolution,
        )

    def __call__(self, kind: Any, _text: str, out: Any, into: Any, _own: Any) -> None:
        """Take one call of the solver, in its thread."""
        if kind == cb.HighsCallbackType.kCallbackMipImprovingSolution:
            self._exchange.offer(_whole(out.mip_solution))
        elif kind == cb.HighsCallbackType.kCallbackMipInterrupt:
            self.take_bound(out.mip_dual_bound)
            while self._is_to_wait() and not self._is_stopped():
                time.sleep(POLL)
            if self._is_stopped():
                into.user_interrupt = True
        else:
            value, values = self._exchange.incumbent
            if value is None or values is self._given:
                return
            if value < out.mip_primal_bound - GAP:
                self._given = values
                into.setSolution(np.array(values, dtype=float))

    def take_bound(self, bound: float) -> None:
        """Give out a bound, rounded up on the safe side."""
        whole = self._exchange.program.rounded_up(bound, TOLERANCE)
        self._exchange.raise_bound(Engine.HIGHS, whole)


def _whole(values: Any) -> list[int]:
    """Return floating-point values as the integers next to them."""
    return [int(one) for one in np.rint(np.asarray(values))]


def _floats(bounds: Any) -> Any:
    """Return bounds as HiGHS has them, infinite where there is none."""
    floats = bounds.astype(float)
    floats[bounds <= -UNBOUNDED] = -np.inf
    floats[bounds >= UNBOUNDED] = np.inf
    return floats
