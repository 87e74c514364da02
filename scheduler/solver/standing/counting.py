"""How many people's days must change, by counting: one model, many questions.

Exact reads a month's model once and is then asked about one absence, or one person who
takes a shift, after the other: assumptions say which.  That two people are not enough
is a matter of counting, which takes it a few hundredths of a second where CP-SAT takes
half a second or does not end (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

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

    def people(self, values: Sequence[int]) -> int:
        """Return how many people's days change in a solution, at most."""
        return sum(values[one.index] for one in self._asked.values())

    def at_most(self, people: int) -> dict[int, int]:
        """Return what is to be assumed for at most so many people."""
        if people >= len(self._most):
            return {}
        return {self._most[people].index: 1}


def only_if(cp: CpModel, changed: LinearSum, reason: LinearExprT) -> None:
    """Allow changes only where a reason is at least 1."""
    if changed.highest:
        cp.add(expression(changed) <= changed.highest * reason)


class Fewest(NamedTuple):
    """What is known of the fewest people that are enough."""

    ruled_out: int
    """So many are not enough; -1 if nothing is known."""
    values: Sequence[int]
    """A solution with the fewest found, by variable index; empty if there is none."""
    people: int
    """So many people it asks at most."""

    @property
    def is_least(self) -> bool:
        """Whether fewer than in the solution are not enough."""
        return bool(self.values) and self.ruled_out == self.people - 1


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

    def fewest(self, most: int, rounds: int, search: Search) -> Fewest:
        """Return how many people of at most so many are needed, as far as it ends."""
        values: Sequence[int] = ()
        people = most + 1
        while people:
            answer = self.solve(people - 1, rounds, search)
            if answer.is_impossible:
                return Fewest(people - 1, values, people)
            if not answer.values:
                return Fewest(-1, values, people)
            values = answer.values
            people = min(people - 1, self.count.people(values))
        return Fewest(-1, values, people)
