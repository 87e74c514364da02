"""How many people's days must change, by counting: one model, many questions.

Exact reads a month's model once and is then asked about one absence, or one person who
takes a shift, after the other: assumptions say which.  That two people are not enough
is a matter of counting, which takes it a few hundredths of a second where CP-SAT takes
half a second or does not end (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum, expression

if TYPE_CHECKING:
    import datetime as dt

    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT

    from scheduler.domain.base import StaffId
    from scheduler.solver.search import IncrementalModel, Search, Solved
    from scheduler.solver.standing.baseline import Baseline


class PeopleCount:
    """The number of people whose days change, and limits on it that may be assumed.

    Parameters
    ----------
    cp
        A model of the month, to which variables and rows are added.
    baseline
        The roster that changes are counted from.
    uncounted
        For a person and a date, variables of which one at 1 leaves a change uncounted.
    """

    def __init__(
        self,
        cp: CpModel,
        baseline: Baseline,
        uncounted: Callable[[StaffId, dt.date], Sequence[IntVar]],
    ) -> None:
        staff = baseline.problem.staff
        self._asked = {member.name: cp.new_bool_var("asked") for member in staff}
        for member in staff:
            for date in baseline.rest:
                reason = sum(uncounted(member.name, date))
                changed = baseline.changes(member, date)
                only_if(cp, changed, self._asked[member.name] + reason)
        self._most = [cp.new_bool_var("most") for _ in staff]
        for most, is_limit in enumerate(self._most):
            people = sum(self._asked.values())
            cp.add(people <= most).only_enforce_if(is_limit)

    def asked(self, name: StaffId) -> IntVar:
        """Return the variable that is 1 if a person's days change."""
        return self._asked[name]

    def at_most(self, people: int) -> dict[int, int]:
        """Return what is to be assumed for at most so many people."""
        if people >= len(self._most):
            return {}
        return {self._most[people].index: 1}


def only_if(cp: CpModel, changed: LinearSum, reason: LinearExprT) -> None:
    """Allow changes only where a reason is at least 1."""
    if changed.highest:
        cp.add(expression(changed) <= changed.highest * reason)


@dataclass(frozen=True)
class CountingQuery:
    """One of the questions that are asked of a model."""

    model: IncrementalModel
    count: PeopleCount
    assumed: Mapping[int, int]
    """What is asked, as values of variables."""

    def solve(self, most: int, rounds: int, search: Search) -> Solved:
        """Return a solution that asks at most so many people, or that there is none."""
        assumed = {**self.assumed, **self.count.at_most(most)}
        return self.model.solve(assumed, rounds, lambda: search.is_stopped)
