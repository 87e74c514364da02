"""Find rosters as good as the first in which other people bear the burdens."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ortools.sat.python.cp_model import LinearExpr

from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.constraints.selectors import is_night
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.model import build
from scheduler.solver.reasons import Reasons
from scheduler.solver.search import Search, SearchLimits, hold_levels
from scheduler.solver.solution import Reached, Solution, conclude

MAY_BE_WORSE = Stance.COMFORT
"""The only level on which a candidate may be worse than the first roster.  If
guidelines were free as well, differences would be bought by leaving hours short of
people."""


def candidates(
    problem: Problem,
    first: Solution,
    count: int,
    limits: SearchLimits | None = None,
    stop: threading.Event | None = None,
) -> tuple[Solution, ...]:
    """Return rosters of the same worth that differ in who bears which burden.

    Each has the same value as the first, or better, on every level but comfort.  Among
    these the search minimises how many nights, nights on call and shifts on Saturdays,
    Sundays and holidays the same person has in an earlier candidate too.

    Parameters
    ----------
    count
        Number of rosters wanted, the first one included.
    limits
        Threads, seed and the time for all; each candidate also has a limit of its own.
    stop
        Set it from another thread to end the search with the candidates found.

    Returns
    -------
    tuple of Solution
        The first, then up to ``count - 1`` others, all different.
    """
    found = [first]
    given = limits or SearchLimits()
    others = _Others(problem, first, given, stop, count - 1)
    while len(found) < count:
        parts = count - len(found)
        another = others.unlike([one.roster for one in found], parts)
        if another is None:
            break
        found.append(another)
    return tuple(found)


class _Others:
    """The search for rosters as good as the first."""

    def __init__(
        self,
        problem: Problem,
        first: Solution,
        limits: SearchLimits,
        stop: threading.Event | None,
        count: int,
    ) -> None:
        self._problem = problem
        self._first = first
        budget = limits.budgets.candidates
        known = first.roster.provenance
        self._each = budget.each
        if known is not None and not limits.repeatable:
            # All together take about as long as the first roster took.
            self._each = min(budget.each, max(budget.least, known.seconds / count))
        self._search = Search(limits, stop)
        self._model = build(problem)
        self._open = self._model.cp.clone()
        held = {
            one.level: one.value
            for one in first.outcomes
            if one.level is not MAY_BE_WORSE
        }
        hold_levels(self._model, self._model.cp, held)

    def unlike(self, rosters: Sequence[Roster], parts: int) -> Solution | None:
        """Return the roster that shares the fewest burdens with those given, if any.

        Parameters
        ----------
        parts
            Number of searches among which the remaining time is divided.
        """
        budgets = self._search.budgets
        most = min(self._each, self._search.left / parts)
        search = self._search.another(most)
        has_reasons = bool(self._first.roster.reasons)
        kept = min(budgets.reasons.wishes, search.left / 4) if has_reasons else 0
        cp = self._model.cp.clone()
        alike = []
        for roster in rosters:
            carried = list(self._carried(roster))
            common = expression(LinearSum.total(carried))
            cp.add(common <= len(carried) - budgets.candidates.least_swaps)
            alike.append(common)
        cp.minimize(LinearExpr.sum(alike))
        for index, value in (self._model.values_of(rosters[0]) or {}).items():
            cp.add_hint(self._model.variable(index), value)
        values = () if search.is_over else search.run(cp, search.left - kept).values
        return self._solution(values, search) if values else None

    def _carried(self, roster: Roster) -> Iterator[LinearSum]:
        """Yield for each burden of a roster a sum that is 1 if its person keeps it."""
        for call in roster.on_call:
            member = self._problem.member_by_name[call.staff]
            yield self._model.on_call(member, call.date)
        for duty in roster.duties:
            shift = self._problem.shift_of(duty)
            if shift is None:
                continue
            member = self._problem.member_by_name[duty.staff]
            if shift.is_night:
                yield self._model.starts(member, duty.date, is_night)
            elif self._problem.period.is_day_of_rest(duty.date):
                yield self._model.starts(member, duty.date)

    def _solution(self, values: Sequence[int], search: Search) -> Solution:
        """Return the audited solution of values, with reasons of refused wishes."""
        solution = conclude(
            self._problem, self._model, values, self._reached(values), search
        )
        own = search.another(search.budgets.reasons.wishes)
        finder = Reasons(self._model, self._open, values)
        reasons = tuple(finder.refusals(own))
        roster = solution.roster.model_copy(update={"reasons": reasons})
        return replace(solution, roster=roster)

    def _reached(self, values: Sequence[int]) -> dict[Stance, Reached]:
        """Return each level's new value, with the first search's bound, still valid."""
        return {
            outcome.level: Reached(
                self._model.penalty_at(outcome.level, values),
                outcome.bound,
                confirmed=outcome.confirmed,
            )
            for outcome in self._first.outcomes
        }
