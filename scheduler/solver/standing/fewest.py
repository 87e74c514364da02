"""The fewest people who need other days, and then the fewest cells.

That few people are not enough is settled far sooner than the fewest are found by
improving on a way that asks more: a month in which few may move is small.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python.cp_model import LinearExpr

from scheduler.constraints.language.scope import expression
from scheduler.solver.search import OTHERWISE
from scheduler.solver.standing.disturbance import PERSON
from scheduler.solver.weights import AIMED_AT, weighed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.linear import LinearSum
    from scheduler.domain.base import StaffId
    from scheduler.solver.search import Found, Parameters, Search
    from scheduler.solver.standing.disturbance import Disturbance
    from scheduler.solver.standing.month import Month

WORK = 0.6
"""What one search may take, in the solver's deterministic time: work, not time, so that
the answers are the same on a busy machine."""

QUICK: Parameters = {
    **OTHERWISE,
    "max_presolve_iterations": 1,
    "cp_model_probing_level": 0,
}
"""How a search is set up whose model is small: long preparation does not pay."""

PRICE = 10_000_000
"""Weight of what is broken beyond the standard against all people and cells."""

DISTURBED = 10_000
"""Weight of what is asked of people against wishes and guidelines, which decide
among equals."""


class Way(NamedTuple):
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


def fewest(
    month: Month,
    cp: CpModel,
    disturbance: Disturbance,
    search: Search,
    *,
    told: Collection[StaffId] = (),
    last: Collection[StaffId] = (),
    others: tuple[int, int],
    price: LinearSum | None = None,
    work: float = WORK,
    at_once: int = 1,
) -> Way:
    """Ask for ever more people until they are enough.

    Parameters
    ----------
    month
        The month; its model reads the values.
    cp
        A clone of the month's model that holds what is asked and what is past.
    disturbance
        Whose differences count, posted on ``cp``.
    search
        Clock, threads and seed.  One thread is best: the model is small.
    told
        People who are spoken to anyway; of them only the cells count.
    last
        People who are asked only where as few others are not enough.
    others
        How many other people at first, and how many at most.
    price
        Of limits that may be broken; it comes before people within one number of them.
    work
        What the search for each number may take.
    at_once
        How many numbers are asked for at the same time.
    """
    cost = disturbance.cost(told) + disturbance.people(last) * PERSON
    objective = [expression(cost) * DISTURBED]
    objective.append(weighed(month.model, AIMED_AT))
    if price is not None:
        objective.append(expression(price) * (PRICE * DISTURBED))
    cp.minimize(LinearExpr.sum(objective))
    asked = expression(disturbance.people_but(told))
    enough = Event()
    inner = search.another(search.left, stop=enough)

    def with_most(number: int) -> Found:
        some = cp.clone()
        some.add(asked <= number)
        parameters = {**QUICK, "max_deterministic_time": work}
        return inner.run(some, inner.left, parameters=parameters)

    is_proven = True
    first, most = others
    with ThreadPoolExecutor(at_once) as pool:
        for found in pool.map(with_most, range(first, most + 1)):
            if found.values:
                enough.set()
                pool.shutdown(cancel_futures=True)
                return Way(found.values, is_proven and found.is_optimal)
            is_proven = is_proven and found.is_impossible
    return Way((), is_proven)
