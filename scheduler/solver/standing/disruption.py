"""What a changed roster asks of people, and the way that asks least.

First come the people who have other days, then the cells that differ, then how soon.
That few people are not enough is settled far sooner than the fewest are found by
improving on a way that asks more: a month in which few may move is small.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python.cp_model import LinearExpr

from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.solver.search import OTHERWISE
from scheduler.solver.weights import (
    AIMED_AT,
    BROKEN_FIRST,
    CELL,
    DISRUPTION,
    NOTICE_DAYS,
    PERSON,
    weighed,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.domain.base import StaffId
    from scheduler.domain.staff import StaffMember
    from scheduler.solver.search import Found, Parameters, Search
    from scheduler.solver.standing.baseline import Baseline

QUICK: Parameters = {
    **OTHERWISE,
    "max_presolve_iterations": 1,
    "cp_model_probing_level": 0,
}
"""How a search is set up whose model is small: long preparation does not pay."""


class Disruption:
    """How many people have other days than in a baseline, in the variables of a model.

    Parameters
    ----------
    baseline
        The roster that stands.
    cp
        The model's solver model or a clone of it, to which is added who is disturbed.
    """

    def __init__(self, baseline: Baseline, cp: CpModel) -> None:
        self.baseline = baseline
        staff = baseline.problem.staff
        self._disturbed = {m.name: self._disturbs(cp, m) for m in staff}

    def people(self, names: Collection[StaffId]) -> LinearSum:
        """Count those of some people who are disturbed."""
        return LinearSum.total(self._disturbed[name] for name in names)

    def people_but(self, spoken_to: Collection[StaffId]) -> LinearSum:
        """Count all who are disturbed beside some."""
        return self.people([name for name in self._disturbed if name not in spoken_to])

    def cost(self, spoken_to: Collection[StaffId] = ()) -> LinearSum:
        """Return what is asked: of how many people, how much, how soon.

        Parameters
        ----------
        spoken_to
            People who are spoken to anyway; of them only the cells count.
        """
        baseline = self.baseline
        total = self.people_but(spoken_to) * PERSON
        for date in baseline.rest:
            each = CELL + max(0, NOTICE_DAYS - (date - baseline.now).days)
            for member in baseline.problem.staff:
                total += baseline.changes(member, date) * each
        return total

    def _disturbs(self, cp: CpModel, member: StaffMember) -> LinearSum:
        """One if anything differs for a person."""
        disturbs = cp.new_bool_var(f"{member.name}/disturbed")
        total = self.baseline.cells((member.name,))
        if total.highest > 0:
            cp.add(expression(total) <= total.highest * disturbs)
        return LinearSum.of([disturbs])


class FewestPeople(NamedTuple):
    """The way that asks fewest people.

    ``values`` are by variable index, empty if none was found; ``is_proven`` says that
    there is none, or none that asks fewer people or changes fewer cells.
    """

    values: Sequence[int]
    is_proven: bool

    @property
    def is_impossible(self) -> bool:
        """Whether it is proven that there is none."""
        return self.is_proven and not self.values


def fewest_people(
    disruption: Disruption,
    cp: CpModel,
    search: Search,
    *,
    spoken_to: Collection[StaffId] = (),
    last: Collection[StaffId] = (),
    others: tuple[int, int],
    price: LinearSum | None = None,
    work: float | None = None,
    at_once: int = 1,
) -> FewestPeople:
    """Ask for ever more people until they are enough.

    Parameters
    ----------
    disruption
        Whose differences count, posted on ``cp`` or on what it is a clone of.
    cp
        A clone of the month's model that holds what is asked and what is settled.
    search
        Clock, threads and seed.  One thread is best: the model is small.
    spoken_to
        People who are spoken to anyway; of them only the cells count.
    last
        People who are asked only where as few others are not enough.
    others
        How many other people at first, and how many at most.
    price
        Of limits that may be broken; it comes before people within one number of them.
    work
        What the search for each number may take, in the solver's deterministic time.
    at_once
        How many numbers are asked for at the same time.
    """
    cost = disruption.cost(spoken_to) + disruption.people(last) * PERSON
    objective = [expression(cost) * DISRUPTION]
    objective.append(weighed(disruption.baseline.model, AIMED_AT))
    if price is not None:
        objective.append(expression(price) * (BROKEN_FIRST * DISRUPTION))
    cp.minimize(LinearExpr.sum(objective))
    asked = expression(disruption.people_but(spoken_to))
    enough = Event()
    inner = search.another(search.left, stop=enough)
    most_work = work or search.budgets.disruption.work

    def with_most(number: int) -> Found:
        some = cp.clone()
        some.add(asked <= number)
        parameters = {**QUICK, "max_deterministic_time": most_work}
        return inner.run(some, inner.left, parameters=parameters)

    is_proven = True
    first, most = others
    with ThreadPoolExecutor(at_once) as pool:
        for found in pool.map(with_most, range(first, most + 1)):
            if found.values:
                enough.set()
                pool.shutdown(cancel_futures=True)
                return FewestPeople(found.values, is_proven and found.is_optimal)
            is_proven = is_proven and found.is_impossible
    return FewestPeople((), is_proven)
