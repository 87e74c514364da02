"""CP-SAT: quick to a first roster, and on small models."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, CpSolverSolutionCallback
from ortools.sat.python.cp_model_helper import CpSolverStatus, SatParameters

from scheduler.domain.errors import Disagreement
from scheduler.solver.engines.exchange import Engine, Exchange

TOLERANCE = 1e-6
"""Numerical error allowed for when a floating-point bound is rounded up."""

UNBOUNDED = -(2**60)
"""The lower bound of a run that has none."""

Parameters = Mapping[str, float | tuple[str, ...] | SatParameters.SearchBranching]
"""CP-SAT parameters by name."""


@dataclass(frozen=True)
class Callbacks:
    """How a run hears of a stop request and tells of its progress.

    Attributes
    ----------
    is_stopped
        Asked every ``poll`` seconds; true ends the run.
    better
        Told of values, by variable index, of each better solution; from another thread.
    bound
        Told of each better lower bound on the objective; from another thread.
    """

    is_stopped: Callable[[], bool]
    poll: float
    better: Callable[[tuple[int, ...], int], None] | None = None
    bound: Callable[[int], None] | None = None


@dataclass(frozen=True)
class Answer:
    """What a run ended with; ``work`` is deterministic time."""

    status: CpSolverStatus
    values: tuple[int, ...]
    bound: int
    work: float

    @property
    def is_impossible(self) -> bool:
        """Whether CP-SAT reports the model as infeasible."""
        return self.status == cp_model.INFEASIBLE

    @property
    def is_optimal(self) -> bool:
        """Whether CP-SAT reports the solution as optimal."""
        return self.status == cp_model.OPTIMAL


def run(cp: CpModel, parameters: Parameters, callbacks: Callbacks) -> Answer:
    """Solve a model, with its objective and hint.

    Raises
    ------
    Disagreement
        If CP-SAT reports the model as invalid.  Our bug.
    """
    solver = CpSolver()
    # Ctrl-C is the caller's to handle, by a stop request.
    solver.parameters.catch_sigint_signal = False
    solver.parameters.log_to_stdout = False
    for name, value in parameters.items():
        if isinstance(value, tuple):
            getattr(solver.parameters, name).extend(value)
        else:
            setattr(solver.parameters, name, value)
    if callbacks.bound is not None:
        tell = callbacks.bound
        solver.best_bound_callback = lambda bound: tell(_whole(bound))
    better = _Better(callbacks.better) if callbacks.better is not None else None
    with _stopping(solver, callbacks):
        status = solver.solve(cp, better)
    if status == cp_model.MODEL_INVALID:
        raise Disagreement(cp.validate())
    has_solution = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Answer(
        status,
        tuple(solver.response_proto.solution) if has_solution else (),
        _whole(solver.best_objective_bound),
        solver.response_proto.deterministic_time,
    )


def give_out(answer: Answer, exchange: Exchange) -> None:
    """Tell the other engine what a run ended with."""
    if answer.is_impossible:
        exchange.call_impossible(Engine.CP_SAT)
    if answer.values:
        exchange.offer(answer.values)
        exchange.raise_bound(Engine.CP_SAT, answer.bound)


@contextmanager
def _stopping(solver: CpSolver, callbacks: Callbacks) -> Iterator[None]:
    """Poll for a stop request in a thread while a search runs (or-tools #3621)."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(callbacks.poll):
            if callbacks.is_stopped():
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


class _Better(CpSolverSolutionCallback):
    """Tells of values and bound at every new solution."""

    def __init__(self, tell: Callable[[tuple[int, ...], int], None]) -> None:
        super().__init__()
        self._tell = tell

    def on_solution_callback(self) -> None:
        bound = _whole(self.best_objective_bound)
        self._tell(tuple(self.response_proto.solution), bound)


def _whole(bound: float) -> int:
    """Return a bound rounded up."""
    return math.ceil(bound - TOLERANCE) if math.isfinite(bound) else UNBOUNDED
