"""Solve a month: lexicographic optimisation, one level after another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ortools.sat.python.cp_model import LinearExpr

from scheduler.domain.absences import Reserve
from scheduler.domain.errors import Disagreement, GaveUp
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.model import build
from scheduler.solver.engines.linear_program import AtLeast, GrowingModel
from scheduler.solver.fewest import fewest
from scheduler.solver.on_hand import completed
from scheduler.solver.reasons import Reasons
from scheduler.solver.reserve import more_in_reserve
from scheduler.solver.search import FIRST, Search, SearchLimits, bare, hold_levels
from scheduler.solver.solution import DECISIVE, Reached, Solution, conclude

__all__ = ["Progress", "SearchLimits", "Solution", "solve"]


@dataclass(frozen=True)
class Progress:
    """A progress message of the search.

    ``value`` is ``None`` until the level has a first roster; ``seconds`` counts from
    the start of `solve`.  ``level`` is ``None`` during the search for a reserve.
    ``best`` reads the best roster so far; ``None`` before there is one.
    """

    seconds: float
    level: Stance | None
    value: int | None
    bound: int
    best: Callable[[], Roster] | None = None


Listener = Callable[[Progress], None]

ADVISED = (*DECISIVE, Stance.CONTRACT)
"""Levels for which there is advice once something must be broken."""


def solve(
    problem: Problem,
    limits: SearchLimits | None = None,
    on_progress: Listener | None = None,
    stop: threading.Event | None = None,
    *,
    on_hand: Sequence[Roster] = (),
    robust: bool = False,
    follows: float = 0.0,
    may_follow: float = 0.0,
) -> Solution:
    """Return the best roster of a month, minimising the levels in order.

    Each level is held at its value while the next one is minimised.

    Parameters
    ----------
    problem
        A validated problem.
    limits
        Time, threads and seed; the time includes the reasons of refused wishes.
    on_progress
        Called, possibly from another thread, at every better roster and whenever a
        level ends.
    stop
        Set it from another thread to end the search with the best roster so far.
    on_hand
        Rosters of the same month, made for this input or another.  The search begins
        from the one that keeps most, so that what it finds is no worse.
    robust
        Whether to look, among rosters equal on every level, for one with a reserve for
        absences.
    follows, may_follow
        Time to leave for what the caller does next, and additional time to leave if
        law, a must, a pin or a contract is broken.

    Raises
    ------
    GaveUp
        If no roster was found in time.
    Disagreement
        If CP-SAT reports the model as infeasible, although a month of days off
        satisfies it, or if model and audit differ.  Our bug.
    """
    search = Search(limits or SearchLimits(), stop)
    report = on_progress or (lambda progress: None)
    levels = _Levels(problem, search, report, follows, may_follow)
    return levels.run(on_hand, robust=robust)


class _Levels:
    """The lexicographic search: solves the levels of one problem in order."""

    def __init__(
        self,
        problem: Problem,
        search: Search,
        report: Listener,
        follows: float,
        may_follow: float,
    ) -> None:
        self._problem = problem
        self._search = search
        self._report = report
        self._follows, self._may_follow = follows, may_follow
        self._budget = search.budgets.levels
        self._model = build(problem)
        self._rows = GrowingModel(self._model.cp)
        self._levels = tuple(
            level
            for level in LEVELS
            if level is not Stance.PINNED or problem.pinned_cells
        )
        # The reasons are sought in the model as it is before any level is held.
        self._open = self._model.cp.clone()
        self._values: tuple[int, ...] = ()
        self._begun_from: str | None = None
        self._reached: dict[Stance, Reached] = {}
        self._implied: tuple[AtLeast, ...] = ()

    def run(self, on_hand: Sequence[Roster], *, robust: bool) -> Solution:
        """Solve the levels, look for a reserve if wanted, and find the reasons."""
        self._begin_from(on_hand)
        if not self._values or any(map(self._value_of, DECISIVE)):
            self._find_legal()
        for level in self._levels:
            if level is Stance.CONTRACT and self._values:
                self._implied = fewest(self._model, self._rows.program())
            self._solve_level(level)
        reserve = self._keep_in_reserve() if robust else None
        given = self._problem, self._model, self._values, self._reached, self._search
        solution = conclude(*given, reserve, self._begun_from)
        reasons = Reasons(self._model, self._open, self._values)
        told = {
            "reasons": tuple(reasons.refusals(self._part(Stance.WISH))),
            "obstacles": tuple(reasons.obstacles(self._part(Stance.GUIDELINE))),
        }
        roster = solution.roster.model_copy(update=told)
        return replace(solution, roster=roster)

    def _keep_in_reserve(self) -> Reserve:
        """Look for a roster of the same worth with more reserve, and adopt it."""
        self._report(Progress(self._search.seconds, None, None, 0))
        seconds = min(self._left, self._budget.reserve)
        given = self._problem, self._model, self._values, self._search, seconds
        values, reserve = more_in_reserve(*given)
        self._values = tuple(values)
        return reserve

    def _part(self, level: Stance) -> Search:
        """Return a sub-search for the reasons of what a level does not satisfy."""
        left = max(0.0, self._search.left - self._kept_for_others)
        return self._search.another(min(self._for_reasons[level], left))

    @property
    def _for_reasons(self) -> dict[Stance, float]:
        budget = self._search.budgets.reasons
        return {Stance.WISH: budget.wishes, Stance.GUIDELINE: budget.guidelines}

    @property
    def _left(self) -> float:
        """Time left for the levels; all of it until there is a roster."""
        kept = self._kept_for_others + self._kept_for_reasons if self._values else 0.0
        return max(0.0, self._search.left - kept)

    @property
    def _is_over(self) -> bool:
        return self._search.is_over or self._left < self._search.budgets.least

    def _is_late(self, level: Stance) -> bool:
        """Return whether no time is left for a level.

        One on which advice depends has some: what is broken in the first roster, and
        by how much, says nothing of what the month lacks.
        """
        if level in ADVISED:
            return self._search.is_over
        return self._is_over

    @property
    def _kept_for_others(self) -> float:
        """Time to leave for the caller, given the levels solved so far."""
        is_short = any(
            reached.value > 0
            for level, reached in self._reached.items()
            if level in ADVISED
        )
        return self._follows + (self._may_follow if is_short else 0.0)

    @property
    def _kept_for_reasons(self) -> float:
        """Time to leave for the reasons of refused wishes and missed guidelines."""
        share = self._search.limits.seconds * self._budget.share_for_reasons
        return sum(
            min(seconds, share)
            for level, seconds in self._for_reasons.items()
            if self._may_lack(level)
        )

    def _may_lack(self, level: Stance) -> bool:
        """Return whether a level may end above 0, given the levels solved so far."""
        reached = self._reached.get(level)
        is_asked = self._model.penalty(level) is not None
        return is_asked and (reached is None or reached.value > 0)

    def _share(self, level: Stance) -> float:
        """Return the seconds for a level's search, of which later levels leave some."""
        later = [
            one
            for one in self._levels[self._levels.index(level) + 1 :]
            if self._may_lack(one)
        ]
        share = self._budget.share(level, later, self._left)
        if level in ADVISED:
            least = self._search.limits.seconds * self._budget.least_advised
            share = max(share, min(least, self._search.left / 2))
        return max(share, self._search.budgets.least)

    def _begin_from(self, rosters: Sequence[Roster]) -> None:
        """Begin from the best of some rosters, if one fits the month."""
        begun = completed(self._model, rosters, self._search)
        if begun is not None:
            self._values, self._begun_from = tuple(begun.values), begun.fingerprint
            first = self._levels[0]
            self._report(self._ended(first, self._value_of(first), 0))

    def _find_legal(self) -> None:
        """Look for a first roster that keeps pins, law and musts, whatever else.

        Without the slacks of their limits it is mostly found within a second, and
        neighbourhoods keep the contracts soon after; with slacks it takes two to four
        (docs/performance.md).  If none is found, the levels find the best one by one.
        """
        first = self._levels[0]
        self._report(Progress(self._search.seconds, first, None, 0))
        cp = bare(self._model.cp)
        hold_levels(self._model, cp, dict.fromkeys(DECISIVE, 0))
        effort = {"max_deterministic_time": self._budget.legal_work}
        seconds = self._search.left / 4
        values = self._search.run(cp, seconds, {**FIRST, **effort}).values
        if values:
            self._values = values
            best = partial(self._model.read, self._values)
            self._report(Progress(self._search.seconds, first, 0, 0, best))

    def _solve_level(self, level: Stance) -> None:
        """Solve a level and hold its value."""
        penalty = self._model.penalty(level)
        if self._values and penalty is None:
            reached = Reached(0, 0)
        elif self._values and (self._value_of(level) == 0 or self._is_late(level)):
            value = self._value_of(level)
            self._report(self._ended(level, value, 0))
            reached = Reached(value, 0)
        else:
            reached = self._minimise(level, penalty)
        self._reached[level] = reached
        if penalty is not None:
            # Hold the level: none of the later ones may make it worse.
            self._model.cp.add(penalty <= reached.value)

    def _minimise(self, level: Stance, penalty: LinearExpr | None) -> Reached:
        """Minimise one level, starting from the best roster so far."""
        self._model.aim(penalty, self._values)

        def tell(value: int, bound: int, values: Sequence[int]) -> None:
            best = partial(self._model.read, values)
            self._report(Progress(self._search.seconds, level, value, bound, best))

        is_advised = level in ADVISED
        budget = self._budget
        seconds = self._share(level)
        found = self._search.minimise(
            self._model.cp,
            seconds,
            budget.confirming,
            tell,
            self._values,
            implied=self._implied,
            program=self._rows.program(),
        )
        if found.is_impossible:
            raise Disagreement(f"{level}: the solver calls it impossible")
        if not found.values:
            raise GaveUp
        self._values = found.values
        value = self._value_of(level)
        confirmed = value <= found.agreed
        bound = found.bound
        if is_advised and found.agreed > 0:
            # Half a proof that both engines share is better than one that is not.
            bound, confirmed = found.agreed, True
        self._report(self._ended(level, value, bound))
        return Reached(value, bound, found.seconds, confirmed)

    def _ended(self, level: Stance, value: int, bound: int) -> Progress:
        """Return the message of a level's value, with the best roster so far."""
        best = partial(self._model.read, self._values)
        return Progress(self._search.seconds, level, value, bound, best)

    def _value_of(self, level: Stance) -> int:
        return self._model.penalty_at(level, self._values)
