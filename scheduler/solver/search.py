"""Run the engines: parameters, time limits and stop requests.

All searches of one task share a `Search`, with its clock, threads and stop request.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import CpModel

from scheduler.domain.finding import Stance
from scheduler.solver.budgets import BUDGETS, Budgets
from scheduler.solver.engines import cp_sat, exact, highs
from scheduler.solver.engines.cp_sat import Parameters
from scheduler.solver.engines.exchange import Exchange, Found, Listener
from scheduler.solver.engines.incremental import IncrementalModel, Solved
from scheduler.solver.engines.linear_program import AtLeast, LinearProgram
from scheduler.solver.engines.portfolio import MOST_NODES, Improver, Race

if TYPE_CHECKING:
    from scheduler.constraints.language.scope import Objectives

__all__ = [
    "Found",
    "IncrementalModel",
    "Parameters",
    "Search",
    "SearchLimits",
    "Solved",
    "bare",
    "hold_levels",
]

OTHERWISE: dict[str, float] = {"presolve_inclusion_work_limit": 0, "symmetry_level": 0}
"""Without the presolve steps for which release 9.15 has open reports of wrong
infeasibility or optimality (or-tools #5274, #5293, #5295): for small searches that no
other engine confirms."""


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


FIRST: Parameters = {"num_workers": 2, "stop_after_first_solution": True}
"""Parameters for a first solution, without an objective: with one thread or eight some
seeds take ten times as long."""


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
        return self.is_stopped or self.left < self.budgets.least

    @property
    def is_stopped(self) -> bool:
        """Whether a stop is requested."""
        return any(stop.is_set() for stop in self._stops)

    def run(
        self, cp: CpModel, seconds: float, parameters: Parameters | None = None
    ) -> Found:
        """Solve a model by CP-SAT alone: for small searches, of which there are many.

        Parameters
        ----------
        cp
            The model, with objective and hint.
        seconds
            Most that this search may take, in the measure of the limit.
        parameters
            CP-SAT parameters in which this search differs from the others.

        Raises
        ------
        Disagreement
            If CP-SAT reports the model as invalid.  Our bug.
        """
        began = self.seconds
        callbacks = cp_sat.Callbacks(lambda: self.is_stopped, self.budgets.poll)
        answer = cp_sat.run(cp, self._parameters(seconds, parameters or {}), callbacks)
        self.spend(answer.work)
        return Found(
            answer.values,
            max(0, answer.bound),  # penalties and prices are never negative
            self.seconds - began,
            answer.is_impossible,
            answer.is_optimal,
            work=answer.work,
        )

    def minimise(
        self,
        cp: CpModel,
        seconds: float,
        confirming: float = 0.0,
        listener: Listener | None = None,
        start: Sequence[int] = (),
        *,
        improver: Improver | None = None,
        implied: Sequence[AtLeast] = (),
        program: LinearProgram | None = None,
    ) -> Found:
        """Solve a model by all engines, each checking what another claims.

        Parameters
        ----------
        cp
            The model, with objective and hint.
        seconds
            Most that this search may take, in the measure of the limit.
        confirming
            Most seconds of these for confirming a claim.
        listener
            Told of value and bound at every better one, from another thread.
        start
            Values of a known solution, by variable index.
        improver
            What takes CP-SAT's place from some time on; not if ``repeatable``.
        implied
            Rows that every solution satisfies, for proofs.
        program
            The model's rows, if they have been read already.

        Raises
        ------
        Disagreement
            If CP-SAT reports the model as invalid.  Our bug.
        """
        exchange = Exchange(program or LinearProgram.of(cp), listener)
        beside = {} if self.limits.repeatable else {"num_workers": self._beside}
        race = Race(
            seconds,
            confirming,
            self._parameters(seconds, beside),
            self.limits.seed,
            self.budgets.poll,
            repeatable=self.limits.repeatable,
            improver=improver,
            implied=implied,
        )
        self.spend(race.run(cp, exchange, lambda: self.is_stopped, start))
        return exchange.found()

    def confirm(self, cp: CpModel, seconds: float, *, countable: bool = False) -> Found:
        """Ask the other engines about a model that CP-SAT calls impossible.

        One engine's claim alone is not reported as a proof.

        Parameters
        ----------
        seconds
            Most wall-clock seconds.
        countable
            Whether to ask HiGHS alone, and to limit its nodes, as where a search is
            repeatable, so that the answer does not depend on how busy the machine is.
        """
        exchange = Exchange(LinearProgram.of(cp))
        if countable or self.limits.repeatable:
            nodes = MOST_NODES
            highs.run(exchange, seconds, lambda: self.is_stopped, nodes=nodes)
            return exchange.found()
        deadline = self.seconds + seconds

        def is_over() -> bool:
            is_said = exchange.is_settled or bool(exchange.incumbent[1])
            return is_said or self.is_stopped or self.seconds > deadline

        with ThreadPoolExecutor(1) as pool:
            if exact.is_there():
                pool.submit(exact.run, exchange, is_over)
            highs.run(exchange, seconds, is_over)
            pool.shutdown()
        return exchange.found()

    def incremental(self, cp: CpModel) -> IncrementalModel | None:
        """Return a model that is asked about again and again, under assumptions.

        ``None`` where Exact is not installed, or a search must be repeatable: what was
        asked before decides which of two rosters is found.
        """
        if not exact.is_there() or self.limits.repeatable:
            return None
        return IncrementalModel(cp)

    def spend(self, work: float) -> None:
        """Add deterministic time to what this search and its parents have used."""
        self._worked += work
        if self._whole is not None:
            self._whole.spend(work)

    @property
    def _beside(self) -> int:
        """Threads of CP-SAT beside HiGHS, which has a core to itself.

        More threads than cores would leave HiGHS too little (docs/performance.md).
        """
        return min(self.limits.workers, max(1, (os.cpu_count() or 2) - 1))

    def _parameters(self, seconds: float, others: Parameters) -> Parameters:
        """Return the parameters of CP-SAT for one search."""
        limits = self.limits
        chosen: dict[str, float | tuple[str, ...]] = {
            "num_workers": limits.workers,
            "random_seed": limits.seed,
        }
        if limits.repeatable:
            chosen |= {"interleave_search": True, "max_deterministic_time": seconds}
        else:
            chosen["max_time_in_seconds"] = max(seconds, self.budgets.least)
        return {**chosen, **others}


def bare(cp: CpModel) -> CpModel:
    """Return a clone of a model without objective and hints."""
    clone = cp.clone()
    clone.clear_objective()  # type: ignore[no-untyped-call]
    clone.clear_hints()  # type: ignore[no-untyped-call]
    return clone


def hold_levels(model: Objectives, cp: CpModel, most: Mapping[Stance, int]) -> None:
    """Post upper bounds on the objectives of some levels, on a model or its clone."""
    for level, value in most.items():
        penalty = model.penalty(level)
        if penalty is not None:
            cp.add(penalty <= value)
