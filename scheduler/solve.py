"""Find the month: levels in order, each held while the next is improved.

Nothing leaves here without the audit: it recomputes every level from clock times, and
a roster on which model and audit name different numbers is not returned.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpSolver, CpSolverSolutionCallback, LinearExpr

from scheduler.audit import audit, level_totals
from scheduler.domain.errors import Disagreement, GaveUp
from scheduler.domain.roster import LevelOutcome, Provenance, Roster
from scheduler.domain.stance import LEVELS, Stance
from scheduler.model import RosterModel
from scheduler.rulebook import load

if TYPE_CHECKING:
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem

POLL_SECONDS = 0.1
"""How often a running search looks whether it was asked to stop."""

DECISIVE = (Stance.STATUTORY, Stance.MUST)
"""Levels whose bound, if positive, says that no legal roster exists."""


@dataclass(frozen=True)
class SearchLimits:
    """How long and how to search.

    Attributes
    ----------
    seconds
        Wall clock for all levels together.
    workers
        Threads of CP-SAT.  Part of the answer: a different number may find another
        roster of the same value.
    seed
        Seed of the search.
    """

    seconds: float = 300.0
    workers: int = 8
    seed: int = 0


@dataclass(frozen=True)
class Progress:
    """What the search knows right now.

    ``value`` is ``None`` until the level has a first roster; ``seconds`` counts from
    the start of `solve`.
    """

    seconds: float
    level: Stance
    value: int | None
    bound: int


@dataclass(frozen=True)
class Solution:
    """A finished search: the roster, what the audit says of it, and how good it is."""

    roster: Roster
    findings: tuple[Finding, ...]
    outcomes: tuple[LevelOutcome, ...]

    @property
    def is_legal(self) -> bool:
        """Whether no law and no must of the office is broken."""
        return not any(finding.stance.is_hard for finding in self.findings)

    @property
    def is_proven(self) -> bool:
        """Whether the breaches that remain are proven to be the least possible."""
        return all(o.is_proven for o in self.outcomes if o.level in DECISIVE)


Listener = Callable[[Progress], None]


def solve(
    problem: Problem,
    limits: SearchLimits | None = None,
    on_progress: Listener | None = None,
    stop: threading.Event | None = None,
) -> Solution:
    """Make the month's roster.

    Parameters
    ----------
    problem
        A problem without mistakes.
    limits
        Time, threads and seed.
    on_progress
        Called, possibly from another thread, at every better roster or bound.
    stop
        Set it from another thread to end the search with the best roster so far.

    Raises
    ------
    GaveUp
        If no roster was found in time.
    Disagreement
        If the solver calls the model impossible, which a month of days off refutes,
        or if model and audit differ.  Our bug.
    """
    return _Search(problem, limits or SearchLimits(), on_progress, stop).run()


@dataclass(frozen=True)
class _Reached:
    """What the solver says of a level; the audit has not spoken yet."""

    value: int
    bound: int
    seconds: float = 0.0
    confirmed: bool = False


class _Search:
    def __init__(
        self,
        problem: Problem,
        limits: SearchLimits,
        on_progress: Listener | None,
        stop: threading.Event | None,
    ) -> None:
        self._problem = problem
        self._limits = limits
        self._report = on_progress or (lambda progress: None)
        self._stop = stop or threading.Event()
        self._began = time.monotonic()
        self._rulebook = load(problem.period)
        self._model = RosterModel(problem, self._rulebook)
        self._values: list[int] = []
        self._reached: dict[Stance, _Reached] = {}

    def run(self) -> Solution:
        for level in LEVELS:
            self._solve_level(level)
        roster = self._model.read(lambda variable: self._values[variable.index])
        findings = audit(self._problem, roster, self._rulebook)
        outcomes = self._audited(findings)
        provenance = self._provenance(outcomes)
        return Solution(
            roster.model_copy(update={"provenance": provenance}), findings, outcomes
        )

    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def _share(self, level: Stance) -> float:
        """Return the seconds for a search: half of what remains, all at the end."""
        remaining = max(0.0, self._limits.seconds - self._elapsed())
        return remaining if level is LEVELS[-1] else remaining / 2

    def _solve_level(self, level: Stance) -> None:
        seconds = self._share(level)
        penalty = self._model.penalty(level)
        if self._values and penalty is None:
            reached = _Reached(0, 0)
        elif self._values and (self._stop.is_set() or seconds < POLL_SECONDS):
            reached = _Reached(self._value_of(level), 0)
        else:
            reached = self._search(level, seconds)
            if level in DECISIVE and penalty is not None and reached.bound > 0:
                reached = self._confirm(penalty, reached, self._share(level))
        self._reached[level] = reached
        if penalty is not None:
            self._model.cp.add(penalty <= reached.value)

    def _search(self, level: Stance, seconds: float) -> _Reached:
        """Minimise one level from the best roster so far."""
        cp = self._model.cp
        penalty = self._model.penalty(level)
        cp.clear_objective()  # type: ignore[no-untyped-call]
        if penalty is not None:
            cp.minimize(penalty)
        cp.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(self._values):
            cp.add_hint(self._model.variable(index), value)
        solver = self._solver(seconds)
        began = self._elapsed()
        with self._stopping(solver):
            status = solver.solve(cp, _Listener(self, level))
        took = self._elapsed() - began
        if status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
            raise Disagreement(f"{level}: {solver.status_name(status)}")
        if status == cp_model.UNKNOWN:
            if not self._values:
                raise GaveUp
            return _Reached(self._value_of(level), 0, took)
        self._values = list(solver.response_proto.solution)
        value = self._value_of(level)
        bound = value if status == cp_model.OPTIMAL else _rounded_up(solver)
        self._report(Progress(self._elapsed(), level, value, bound))
        return _Reached(value, bound, took)

    def _confirm(
        self, penalty: LinearExpr, reached: _Reached, seconds: float
    ) -> _Reached:
        """Ask under another configuration whether anything lies below the bound.

        Release 9.15 has open reports of wrong certificates that come from presolve
        (or-tools #5274, #5293, #5295); one answer is not called a proof.  A bound that
        the second search refutes is dropped.
        """
        below = self._model.cp.clone()
        below.clear_objective()  # type: ignore[no-untyped-call]
        below.clear_hints()  # type: ignore[no-untyped-call]
        below.add(penalty <= reached.bound - 1)
        solver = self._solver(seconds)
        solver.parameters.random_seed = self._limits.seed + 1
        solver.parameters.presolve_inclusion_work_limit = 0
        solver.parameters.symmetry_level = 0
        began = self._elapsed()
        with self._stopping(solver):
            status = solver.solve(below)
        took = reached.seconds + self._elapsed() - began
        refuted = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return _Reached(
            reached.value,
            0 if refuted else reached.bound,
            took,
            confirmed=status == cp_model.INFEASIBLE,
        )

    def _value_of(self, level: Stance) -> int:
        return self._model.penalty_at(level, self._values)

    def _solver(self, seconds: float) -> CpSolver:
        solver = CpSolver()
        parameters = solver.parameters
        parameters.num_workers = self._limits.workers
        parameters.random_seed = self._limits.seed
        parameters.max_time_in_seconds = max(seconds, POLL_SECONDS)
        parameters.catch_sigint_signal = False
        parameters.log_to_stdout = False
        return solver

    @contextmanager
    def _stopping(self, solver: CpSolver) -> Iterator[None]:
        """Watch for the wish to stop while a search runs (or-tools #3621)."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(POLL_SECONDS):
                if self._stop.is_set():
                    solver.stop_search()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def _audited(self, findings: tuple[Finding, ...]) -> tuple[LevelOutcome, ...]:
        """Hold the audit's totals against the solver's, level by level.

        A slack may stand higher than needed where a level stopped early, so the
        audit's number may be the smaller one; it is the one that is reported.
        """
        totals = level_totals(self._rulebook, findings)
        outcomes = []
        for level, reached in self._reached.items():
            audited = totals.get(level, 0)
            if not reached.bound <= audited <= reached.value:
                raise Disagreement(f"{level}: {reached}, audit {audited}")
            outcomes.append(
                LevelOutcome(
                    level=level,
                    value=audited,
                    bound=reached.bound,
                    seconds=round(reached.seconds, 3),
                    confirmed=reached.confirmed,
                )
            )
        return tuple(outcomes)

    def _provenance(self, outcomes: tuple[LevelOutcome, ...]) -> Provenance:
        return Provenance(
            made_at=dt.datetime.now().replace(microsecond=0),
            input_sha256=fingerprint(self._problem),
            rulebook_sha256=self._rulebook.sha256,
            shotaki_version=metadata.version("shotaki"),
            ortools_version=metadata.version("ortools"),
            seed=self._limits.seed,
            workers=self._limits.workers,
            seconds=round(self._elapsed(), 3),
            outcomes=outcomes,
        )

    def progress(self, level: Stance, value: int | None, bound: int) -> None:
        """Pass on what the running search has reached."""
        self._report(Progress(self._elapsed(), level, value, bound))


class _Listener(CpSolverSolutionCallback):
    """Hears of better rosters while a level is searched; stores nothing."""

    def __init__(self, search: _Search, level: Stance) -> None:
        super().__init__()
        self._search = search
        self._level = level

    def on_solution_callback(self) -> None:
        self._search.progress(
            self._level,
            round(self.objective_value),
            max(0, round(self.best_objective_bound)),
        )


def fingerprint(problem: Problem) -> str:
    """Return the SHA-256 of a problem's JSON."""
    return hashlib.sha256(problem.model_dump_json().encode()).hexdigest()


def _rounded_up(solver: CpSolver) -> int:
    """Return the bound as an integer: penalties are whole and never negative."""
    tolerance = 1e-6
    return max(0, math.ceil(solver.best_objective_bound - tolerance))
