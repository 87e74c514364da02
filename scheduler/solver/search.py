"""One run of the solver: how it is set up, what it may take, and how it is stopped.

All searches of one task share a `Search`: its clock, its threads, its stop request.
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


OTHERWISE: dict[str, float] = {"presolve_inclusion_work_limit": 0, "symmetry_level": 0}
"""How a confirming search differs, beside its seed: without the steps of presolve that
release 9.15 has open reports of wrong certificates about (or-tools #5274, #5293,
#5295)."""


@dataclass(frozen=True)
class SearchLimits:
    """How long and how to search.

    Attributes
    ----------
    seconds
        For all searches of one task together: wall clock, or where the search is
        repeatable the solver's deterministic time.
    workers
        Threads of CP-SAT.  Part of the answer: a different number may find another
        roster of the same value.
    seed
        Seed of the search.
    repeatable
        Interleave the threads in a fixed order and measure work instead of time, so
        that the same input gives the same roster, cell by cell.
    budgets
        What each part of a task may take of the time.
    """

    seconds: float = 300.0
    workers: int = 8
    seed: int = 0
    repeatable: bool = False
    budgets: Budgets = BUDGETS


Parameters = Mapping[str, float | tuple[str, ...]]
"""Parameters of CP-SAT by name."""

IMPROVING_WORKERS = 4

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
"""How a search is set up that has a roster and mostly its bound, and looks for better
ones: large neighbourhoods get the threads."""


class Found(NamedTuple):
    """What one run of the solver came to.

    ``values`` are by variable index, empty if there is no solution; ``bound`` is what
    no solution can go below.
    """

    status: CpSolverStatus
    values: tuple[int, ...]
    bound: int
    seconds: float

    @property
    def is_impossible(self) -> bool:
        """Whether the solver calls the model infeasible."""
        return self.status == cp_model.INFEASIBLE

    @property
    def is_optimal(self) -> bool:
        """Whether the solver calls the solution the best."""
        return self.status == cp_model.OPTIMAL


class Search:
    """The clock and the set-up that the searches of one task share.

    Parameters
    ----------
    limits
        Time, threads and seed.
    stops
        Set one of them from another thread to end whatever runs.
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
        """Return a search with the same stop request, for a part of the time left.

        Parameters
        ----------
        seconds
            Its limit, in the limit's own measure; no more than is left here.
        workers
            Its threads, if they are others.
        stop
            What ends it too.
        """
        threads = workers or self.limits.workers
        limits = replace(self.limits, seconds=min(seconds, self.left), workers=threads)
        part = Search(limits, *self._stops, stop)
        part._whole = self
        return part

    def share(self, part: float, *others: float) -> float:
        """Return the time for a part: what it takes at most, or less if less is left.

        Parameters
        ----------
        part
            What it takes at most.
        others
            What the parts after it do; they get their share of what is left.
        """
        return min(1.0, self.left / (part + sum(others))) * part

    @property
    def budgets(self) -> Budgets:
        """What each part of the task may take."""
        return self.limits.budgets

    @property
    def seconds(self) -> float:
        """Wall clock since the task began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """What is left of the limit, in the limit's own measure."""
        spent = self._worked if self.limits.repeatable else self.seconds
        return max(0.0, self.limits.seconds - spent)

    @property
    def is_over(self) -> bool:
        """Whether there is no time for another search, or nobody waits for it."""
        return self.is_stopped or self.left < self.budgets.poll

    @property
    def is_stopped(self) -> bool:
        """Whether nobody waits for another search."""
        return any(stop.is_set() for stop in self._stops)

    def run(
        self,
        cp: CpModel,
        seconds: float,
        listener: Callable[[int, int], None] | None = None,
        parameters: Parameters | None = None,
    ) -> Found:
        """Solve a model.

        Parameters
        ----------
        cp
            The model, with objective and hint.
        seconds
            Most this search may take, in the limit's own measure.
        listener
            Told value and bound at every better solution, from another thread.
        parameters
            Of CP-SAT, where this search differs from the others.

        Raises
        ------
        Disagreement
            If the solver does not accept the model, which says nothing about the
            month.  Our bug.
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
        """Count work, in the solver's deterministic time, here and in the whole."""
        self._worked += work
        if self._whole is not None:
            self._whole.spend(work)

    def confirm(self, cp: CpModel, seconds: float) -> Found:
        """Ask once more, set up otherwise, whether a model has a solution.

        One answer is not called a proof.
        """
        seed = self.limits.seed + 1
        return self.run(cp, seconds, parameters={**OTHERWISE, "random_seed": seed})

    def _solver(self, seconds: float, parameters: Parameters) -> CpSolver:
        solver = CpSolver()
        limits, chosen = self.limits, solver.parameters
        chosen.num_workers = limits.workers
        chosen.random_seed = limits.seed
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
        """Watch for a stop request while a search runs (or-tools #3621)."""
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
    """Ask a model, or a clone of it, to charge no more on some levels."""
    for level, value in most.items():
        penalty = model.penalty(level)
        if penalty is not None:
            cp.add(penalty <= value)


class _Callback(CpSolverSolutionCallback):
    def __init__(self, listener: Callable[[int, int], None]) -> None:
        super().__init__()
        self._listener = listener

    def on_solution_callback(self) -> None:
        self._listener(round(self.objective_value), _whole(self.best_objective_bound))


def _whole(bound: float) -> int:
    """Return a bound as an integer: penalties are whole and never negative."""
    return max(0, math.ceil(bound - TOLERANCE)) if math.isfinite(bound) else 0
