"""Find the month: levels in order, each held while the next is improved.

Nothing leaves here without the audit: it recomputes every level from clock times, and
a roster on which model and audit name different numbers is not returned.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from scheduler.audit import audit, level_totals
from scheduler.domain.errors import Disagreement, GaveUp
from scheduler.domain.roster import LevelOutcome, Provenance, Roster
from scheduler.domain.stance import LEVELS, Stance
from scheduler.model import RosterModel
from scheduler.reasons import Refusals
from scheduler.rulebook import load
from scheduler.search import Search, SearchLimits

if TYPE_CHECKING:
    import threading

    from ortools.sat.python.cp_model import LinearExpr

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.reason import Reason

__all__ = ["Progress", "SearchLimits", "Solution", "fingerprint", "solve"]

DECISIVE = (Stance.PINNED, Stance.STATUTORY, Stance.MUST)
"""Levels whose bound, if positive, says that no legal roster exists."""

OTHERWISE = {"presolve_inclusion_work_limit": 0, "symmetry_level": 0}
"""How the confirming search differs, beside its seed: without the steps of presolve
that release 9.15 has open reports of wrong certificates about (or-tools #5274, #5293,
#5295)."""


CONFIRM_SECONDS = 20.0
"""What confirming a level that no law stands behind may take."""

REASON_SECONDS = 20.0
"""What the reasons of all refused wishes together may take beyond the limit."""


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
    search = Search(limits or SearchLimits(), stop)
    return _Levels(problem, search, on_progress or (lambda progress: None)).run()


@dataclass(frozen=True)
class _Reached:
    """What the solver says of a level; the audit has not spoken yet."""

    value: int
    bound: int
    seconds: float = 0.0
    confirmed: bool = False


class _Levels:
    """The levels of one problem, one after another."""

    def __init__(self, problem: Problem, search: Search, report: Listener) -> None:
        self._problem = problem
        self._search = search
        self._report = report
        self._rulebook = load(problem.period)
        self._model = RosterModel(problem, self._rulebook)
        self._levels = tuple(
            level
            for level in LEVELS
            if level is not Stance.PINNED or problem.pins.count
        )
        self._open = self._model.cp.clone()
        self._values: tuple[int, ...] = ()
        self._reached: dict[Stance, _Reached] = {}

    def run(self) -> Solution:
        for level in self._levels:
            self._solve_level(level)
        roster = self._model.read(lambda variable: self._values[variable.index])
        findings = audit(self._problem, roster, self._rulebook)
        outcomes = self._audited(findings)
        told = {
            "provenance": self._provenance(outcomes),
            "reasons": self._reasons(),
        }
        return Solution(roster.model_copy(update=told), findings, outcomes)

    def _reasons(self) -> tuple[Reason, ...]:
        search = self._search.another(REASON_SECONDS)
        given = self._problem, self._model, self._open, self._values, search
        return tuple(Refusals(*given).reasons())

    def _share(self, level: Stance) -> float:
        """Return the seconds for a search: half of what remains, all at the end."""
        left = self._search.left
        return left if level is self._levels[-1] else left / 2

    def _solve_level(self, level: Stance) -> None:
        penalty = self._model.penalty(level)
        if self._values and penalty is None:
            reached = _Reached(0, 0)
        elif self._values and self._search.is_over:
            reached = _Reached(self._value_of(level), 0)
        else:
            reached = self._minimise(level, penalty)
            if penalty is not None and 0 < reached.bound == reached.value:
                reached = self._confirm(level, penalty, reached)
        self._reached[level] = reached
        if penalty is not None:
            self._model.cp.add(penalty <= reached.value)

    def _minimise(self, level: Stance, penalty: LinearExpr | None) -> _Reached:
        """Minimise one level from the best roster so far."""
        cp = self._model.cp
        self._model.aim(penalty, self._values)

        def told(value: int, bound: int) -> None:
            self._report(Progress(self._search.seconds, level, value, bound))

        found = self._search.run(cp, self._share(level), told)
        if found.is_impossible:
            raise Disagreement(f"{level}: the solver calls it impossible")
        if not found.values:
            if not self._values:
                raise GaveUp
            return _Reached(self._value_of(level), 0, found.seconds)
        self._values = found.values
        value = self._value_of(level)
        bound = value if found.is_optimal else found.bound
        told(value, bound)
        return _Reached(value, bound, found.seconds)

    def _confirm(
        self, level: Stance, penalty: LinearExpr, reached: _Reached
    ) -> _Reached:
        """Ask under another configuration whether anything lies below the bound.

        One answer is not called a proof.  A bound that the second search refutes is
        dropped.
        """
        below = self._model.cp.clone()
        below.clear_objective()  # type: ignore[no-untyped-call]
        below.clear_hints()  # type: ignore[no-untyped-call]
        below.add(penalty <= reached.bound - 1)
        otherwise = {**OTHERWISE, "random_seed": self._search.limits.seed + 1}
        seconds = self._share(level)
        if level not in DECISIVE:
            seconds = min(seconds, CONFIRM_SECONDS)
        found = self._search.run(below, seconds, parameters=otherwise)
        return _Reached(
            reached.value,
            0 if found.values else reached.bound,
            reached.seconds + found.seconds,
            confirmed=found.is_impossible,
        )

    def _value_of(self, level: Stance) -> int:
        return self._model.penalty_at(level, self._values)

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
            seed=self._search.limits.seed,
            workers=self._search.limits.workers,
            repeatable=self._search.limits.repeatable,
            seconds=round(self._search.seconds, 3),
            outcomes=outcomes,
        )


def fingerprint(problem: Problem) -> str:
    """Return the SHA-256 of a problem's JSON."""
    return hashlib.sha256(problem.model_dump_json().encode()).hexdigest()
