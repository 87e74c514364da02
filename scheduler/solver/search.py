"""Run CP-SAT: parameters, time limits and stop requests.

All searches of one task share a `Search`, with its clock, threads and stop request.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpSolver, CpSolverSolutionCallback

from scheduler.domain.errors import Disagreement
from scheduler.solver.budgets import BUDGETS, Budgets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ortools.sat.python.cp_model import CpModel
    from ortools.sat.python.cp_model_helper import CpSolverStatus

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.finding import Stance

TOLERANCE = 1e-6
"""Numerical error allowed for when a floating-point bound is rounded up."""


OTHERWISE: dict[str, float] = {"presolve_inclusion_work_limit": 0, "symmetry_level": 0}
"""Parameters of a confirming search, beside another seed: without the presolve steps
for which release 9.15 has open reports of wrong infeasibility or optimality (or-tools
#5274, #5293, #5295)."""


@dataclass(frozen=True)
class SearchLimits:
    """Time limit and set-up of all searches of one task.

    Attributes
    ----------
    seconds
        Time limit of all searches together: wall clock, or deterministic time of CP-SAT
        if ``repeatable``.
    workers
        Threads of CP-SAT.  A different number may find another roster of the same
        value.
    seed
        Random seed of CP-SAT.
    repeatable
        Run the threads in a fixed order (``interleave_search``) and measure
        deterministic time, so that the same input gives the same roster, cell by cell.
    budgets
        How much of the time each part of a task may take.
    """

    seconds: float = 300.0
    workers: int = 8
    seed: int = 0
    repeatable: bool = False
    budgets: Budgets = BUDGETS


Parameters = Mapping[str, float | tuple[str, ...]]
"""CP-SAT parameters by name."""

IMPROVING_WORKERS = 4
"""Threads of a search with `IMPROVING`."""

IMPROVING: Parameters = {
    "num_workers": IMPROVING_WORKERS,
    "ignore_subsolvers": (
        "core",
        "feasibility_pump",
        "fj",
        "fs_random_no_lp",
        "ls",
        "max_lp",
        "no_lp",
        "quick_restart",
        "reduced_costs",
    ),
}
"""Parameters for improving a known roster whose bound is mostly known too: with few
threads and without these subsolvers, large neighbourhood search gets the threads."""


class Found(NamedTuple):
    """The result of one run of CP-SAT.

    ``values`` are by variable index, empty if no solution was found; ``bound`` is a
    lower bound on the objective.
    """

    status: CpSolverStatus
    values: tuple[int, ...]
    bound: int
    seconds: float

    @property
    def is_impossible(self) -> bool:
        """Whether CP-SAT reports the model as infeasible."""
        return self.status == cp_model.INFEASIBLE

    @property
    def is_optimal(self) -> bool:
        """Whether CP-SAT reports the solution as optimal."""
        return self.status == cp_model.OPTIMAL


class Search:
    """The clock and set-up that all searches of one task share.

    Parameters
    ----------
    limits
        Time, threads and seed.
    stops
        Events; setting one of them from another thread stops the running search.
    """

    def __init__(self, limits: SearchLimits, *stops: threading.Event | None) -> None:
        self.limits = limits
        self._stops = tuple(stop for stop in stops if stop is not None)
        self._began = time.monotonic()
        self._worked = 0.0
        self._whole: Search | None = None

    def another(
        self,
        seconds: float,
        *,
        workers: int | None = None,
        stop: threading.Event | None = None,
    ) -> Search:
        """Return a sub-search with the same stop requests and part of the time left.

        Parameters
        ----------
        seconds
            Its time limit, in the measure of this search; cut to what is left here.
        workers
            Its number of threads; the same by default.
        stop
            An additional stop request.
        """
        threads = workers or self.limits.workers
        limits = replace(self.limits, seconds=min(seconds, self.left), workers=threads)
        part = Search(limits, *self._stops, stop)
        part._whole = self
        return part

    def share(self, part: float, *others: float) -> float:
        """Return the time for the next part, scaled down if not enough is left for all.

        Parameters
        ----------
        part
            Most time that the part takes.
        others
            Most time that each of the later parts takes.
        """
        return min(1.0, self.left / (part + sum(others))) * part

    @property
    def budgets(self) -> Budgets:
        """The budgets of the parts of the task."""
        return self.limits.budgets

    @property
    def seconds(self) -> float:
        """Wall-clock seconds since the task began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Time left, in the measure of the limit (wall clock or deterministic)."""
        spent = self._worked if self.limits.repeatable else self.seconds
        return max(0.0, self.limits.seconds - spent)

    @property
    def is_over(self) -> bool:
        """Whether the time is used up or a stop is requested."""
        return self.is_stopped or self.left < self.budgets.poll

    @property
    def is_stopped(self) -> bool:
        """Whether a stop is requested."""
        return any(stop.is_set() for stop in self._stops)

    def run(
        self,
        cp: CpModel,
        seconds: float,
        listener: Callable[[int, int], None] | None = None,
        parameters: Parameters | None = None,
    ) -> Found:
        """Solve a model and return the result.

        Parameters
        ----------
        cp
            The model, with objective and hint.
        seconds
            Most that this search may take, in the measure of the limit.
        listener
            Called with value and bound at every better solution, from another thread.
        parameters
            CP-SAT parameters in which this search differs from the others.

        Raises
        ------
        Disagreement
            If CP-SAT reports the model as invalid.  Our bug.
        """
        solver = self._solver(seconds, parameters or {})
        began = self.seconds
        with self._stopping(solver):
            status = solver.solve(cp, _Callback(listener) if listener else None)
        if status == cp_model.MODEL_INVALID:
            raise Disagreement(cp.validate())
        self.spend(solver.response_proto.deterministic_time)
        has_solution = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Found(
            status,
            tuple(solver.response_proto.solution) if has_solution else (),
            _whole(solver.best_objective_bound),
            self.seconds - began,
        )

    def spend(self, work: float) -> None:
        """Add deterministic time to what this search and its parents have used."""
        self._worked += work
        if self._whole is not None:
            self._whole.spend(work)

    def confirm(self, cp: CpModel, seconds: float) -> Found:
        """Solve a model again with another seed and less presolve.

        One infeasibility answer alone is not reported as a proof.
        """
        seed = self.limits.seed + 1
        return self.run(cp, seconds, parameters={**OTHERWISE, "random_seed": seed})

    def _solver(self, seconds: float, parameters: Parameters) -> CpSolver:
        """Return a CP-SAT solver with the parameters of this search."""
        solver = CpSolver()
        limits, chosen = self.limits, solver.parameters
        chosen.num_workers = limits.workers
        chosen.random_seed = limits.seed
        # Ctrl-C is the caller's to handle, by a stop request.
        chosen.catch_sigint_signal = False
        chosen.log_to_stdout = False
        if limits.repeatable:
            chosen.interleave_search = True
            chosen.max_deterministic_time = seconds
        else:
            chosen.max_time_in_seconds = max(seconds, self.budgets.poll)
        for name, value in parameters.items():
            if isinstance(value, tuple):
                getattr(chosen, name).extend(value)
            else:
                setattr(chosen, name, value)
        return solver

    @contextmanager
    def _stopping(self, solver: CpSolver) -> Iterator[None]:
        """Poll for a stop request in a thread while a search runs (or-tools #3621)."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(self.budgets.poll):
                if self.is_stopped:
                    solver.stop_search()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


def bare(cp: CpModel) -> CpModel:
    """Return a clone of a model without objective and hints."""
    clone = cp.clone()
    clone.clear_objective()  # type: ignore[no-untyped-call]
    clone.clear_hints()  # type: ignore[no-untyped-call]
    return clone


def hold_levels(model: RosterModel, cp: CpModel, most: Mapping[Stance, int]) -> None:
    """Post upper bounds on the objectives of some levels, on a model or its clone."""
    for level, value in most.items():
        penalty = model.penalty(level)
        if penalty is not None:
            cp.add(penalty <= value)


class _Callback(CpSolverSolutionCallback):
    """Passes value and bound to a listener at every new solution."""

    def __init__(self, listener: Callable[[int, int], None]) -> None:
        super().__init__()
        self._listener = listener

    def on_solution_callback(self) -> None:
        self._listener(round(self.objective_value), _whole(self.best_objective_bound))


def _whole(bound: float) -> int:
    """Return a bound rounded up: penalties are integers and never negative."""
    return max(0, math.ceil(bound - TOLERANCE)) if math.isfinite(bound) else 0
