"""Searches that widen: over more and more dates (`widen`), or people (`fewest_people`).

A roster is mostly found close to the current one, sooner and with fewer changed cells.
Only a search over all dates can prove that there is none.  A model in which few people
may move is small, too, so that it is proven infeasible far sooner than a roster that
asks more is improved to the least.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import NamedTuple

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel

from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.constraints.language.scope import Objectives
from scheduler.domain.base import StaffId
from scheduler.domain.staff import StaffMember
from scheduler.solver.budgets import Reach
from scheduler.solver.search import OTHERWISE, Found, Parameters, Search, hold_levels
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.weights import (
    AIMED_AT,
    BROKEN_FIRST,
    CELL,
    DISRUPTION,
    NOTICE_DAYS,
    PERSON,
    TIES,
    in_order,
    weighed,
)


def steps(
    baseline: Baseline,
    cp: CpModel,
    around: Collection[dt.date],
    reaches: Sequence[Reach],
) -> Iterator[tuple[CpModel, Reach]]:
    """Yield clones of a model in which dates far from ``around`` are fixed.

    Parameters
    ----------
    around
        Dates from which the search widens; if empty, only steps over all dates are
        made.
    reaches
        The reach of each step.
    """
    for reach in reaches:
        if reach.days is not None and not around:
            continue
        some = cp.clone()
        if reach.days is not None:
            baseline.hold_far(some, around, reach.days)
        yield some, reach


def widen(
    baseline: Baseline,
    cp: CpModel,
    around: Collection[dt.date],
    reaches: Sequence[Reach],
    search: Search,
    *,
    start: Mapping[int, int] | None = None,
    onward: bool = False,
    parameters: Parameters | None = None,
) -> Iterator[Found]:
    """Yield the result of each step until the caller stops or time is up.

    The first step is always made, however little time is left.

    Parameters
    ----------
    baseline
        The current roster; each step fixes the dates beyond its reach to it.
    cp
        The model to search, with its objective, if any.
    around, reaches
        As for `steps`.
    search
        Steps without seconds of their own divide its time; unused time passes on.
    start
        Hint of every step, by variable index; the baseline's values by default.
    onward
        Whether each step is hinted with the solution of the step before.
    parameters
        CP-SAT parameters in which these searches differ from others.
    """
    begin = baseline.values if start is None else start
    for number, (some, reach) in enumerate(steps(baseline, cp, around, reaches)):
        if number and search.is_over:
            return
        baseline.model.hint(some, begin)
        share = search.left / (len(reaches) - number)
        most = share if reach.seconds is None else reach.seconds
        seconds = max(min(most, search.left), search.budgets.least)
        own = dict(parameters or {})
        if reach.work is not None:
            own["max_deterministic_time"] = reach.work
        found = search.run(some, seconds, parameters=own)
        if onward and found.values:
            begin = dict(enumerate(found.values))
        yield found


QUICK: Parameters = {
    **OTHERWISE,
    "max_presolve_iterations": 1,
    "cp_model_probing_level": 0,
}
"""Parameters of a search of a small model, for which long presolve does not pay."""

PEOPLE_FIRST: Parameters = {"search_branching": cp_model.PARTIAL_FIXED_SEARCH}
"""Parameters with which a search decides in the order of `Disruption.leave_alone`."""


class Disruption:
    """What a changed roster asks of people, in the variables of a model.

    The number of people whose days change comes first, then that of changed cells, then
    how soon.

    Parameters
    ----------
    cp
        The CP-SAT model or a clone of it, to which one variable a person is added.
    """

    def __init__(self, baseline: Baseline, cp: CpModel) -> None:
        self.baseline = baseline
        staff = baseline.problem.staff
        self._disturbed = {m.name: self._disturbs(cp, m) for m in staff}

    def people(self, names: Collection[StaffId]) -> LinearSum:
        """Return how many of some people are disturbed."""
        return LinearSum.total(self._disturbed[name] for name in names)

    def people_but(self, spoken_to: Collection[StaffId]) -> LinearSum:
        """Return how many people are disturbed, not counting ``spoken_to``."""
        return self.people([name for name in self._disturbed if name not in spoken_to])

    def dates(self, values: Sequence[int]) -> list[dt.date]:
        """Return the dates on which anything differs in a roster, by its values."""
        baseline, staff = self.baseline, self.baseline.problem.staff
        return [
            date
            for date in baseline.rest
            if any(baseline.changes(one, date).value(values) for one in staff)
        ]

    def hint(self, cp: CpModel, values: Sequence[int]) -> None:
        """Add a roster, by its values, as hint to a clone of the model.

        Whom it disturbs is told too: only a complete hint is a solution at once.  No
        values are no hint.
        """
        if not values:
            return
        self.baseline.model.hint(cp, dict(enumerate(values)))
        for name, disturbed in self._disturbed.items():
            is_changed = self.baseline.cells((name,)).value(values) > 0
            for literal, _ in disturbed.terms:
                cp.add_hint(literal, is_changed)

    def leave_alone(self, cp: CpModel) -> None:
        """Have a search decide first that people are left alone, one after another."""
        literals = [
            literal for one in self._disturbed.values() for literal, _ in one.terms
        ]
        cp.add_decision_strategy(
            literals, cp_model.CHOOSE_FIRST, cp_model.SELECT_MIN_VALUE
        )

    def cost(self, spoken_to: Collection[StaffId] = ()) -> LinearSum:
        """Return the cost of disruption: people, then cells, then short notice.

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
        """Return a sum that is 1 if anything differs for a person."""
        disturbs = cp.new_bool_var(f"{member.name}/disturbed")
        total = self.baseline.cells((member.name,))
        # One direction is enough, because the number of people disturbed is minimised.
        if total.highest > 0:
            cp.add(expression(total) <= total.highest * disturbs)
        return LinearSum.of([disturbs])


class FewestPeople(NamedTuple):
    """The changed roster that asks the fewest people, if one was found.

    ``values`` are by variable index, empty if none was found.  ``is_proven`` means that
    none exists, or none that asks fewer people or changes fewer cells.  Fewer other
    people than ``needed`` are not enough, if fewer than the first number tried are not.
    """

    values: Sequence[int]
    is_proven: bool
    needed: int

    @property
    def is_impossible(self) -> bool:
        """Whether it is proven that no such roster exists."""
        return self.is_proven and not self.values


def fewest_people(
    disruption: Disruption,
    cp: CpModel,
    search: Search,
    *,
    spoken_to: Collection[StaffId] = (),
    last: Collection[StaffId] = (),
    last_as: int = 1,
    others: tuple[int, int],
    price: LinearSum | None = None,
    work: float | None = None,
    at_once: int = 1,
    people_first: bool = False,
    first_found: bool = False,
    ties: float = 0.0,
) -> FewestPeople:
    """Find a roster that disturbs the fewest people, allowing one more at each step.

    Parameters
    ----------
    disruption
        The disruption, posted on ``cp`` or on the model of which it is a clone.
    cp
        A clone of the month's model with what is asked and what is settled posted.
    search
        Clock, threads and seed.  One thread is best: the models are small.
    spoken_to
        People who are spoken to anyway; of them only the cells count.
    last
        People who are asked only if as few others are not enough.
    last_as
        As how many others more each of them counts.
    others
        Number of other people to try first, and the largest to try.
    price
        Cost of limits that may be broken; for a given number of people it is minimised
        before the disruption.
    work
        Deterministic time of the search with each number of people.
    at_once
        How many numbers of people are tried in parallel.
    people_first
        Whether the search decides first whom to leave alone.  Of one person who takes
        one shift it so settles more with the same work (docs/performance.md).
    first_found
        Whether the first roster found will do, to be made better by another search.
    ties
        Work of further searches, for the best by `TIES` of the rosters that cost no
        more and differ within a day of the same dates; without it the first search
        breaks ties by `AIMED_AT`.
    """
    cost = disruption.cost(spoken_to) + disruption.people(last) * (PERSON * last_as)
    if price is not None:
        cost += price * BROKEN_FIRST
    model = disruption.baseline.model
    aimed_at = 0 if ties else weighed(model, AIMED_AT)
    cp.minimize(expression(cost) * DISRUPTION + aimed_at)
    branching = PEOPLE_FIRST if people_first else {}
    ends = {"stop_after_first_solution": first_found}
    first, most = others
    asked_of = disruption.people_but(spoken_to)
    asked = expression(asked_of)
    enough = Event()
    inner = search.another(search.left, stop=enough)
    most_work = work or search.budgets.disruption.work

    def with_most(number: int) -> Found:
        some = cp.clone()
        some.add(asked <= number)
        if people_first:
            disruption.leave_alone(some)
        effort = {"max_deterministic_time": most_work}
        return inner.run(some, inner.left, {**QUICK, **branching, **ends, **effort})

    def best_of_equals(values: Sequence[int]) -> Sequence[int]:
        some = cp.clone()
        some.add(asked <= asked_of.value(values))
        some.add(expression(cost) <= cost.value(values))
        disruption.baseline.hold_far(some, disruption.dates(values), days=1)
        return best_in_order(model, some, values, search, ties)

    needed = first
    with ThreadPoolExecutor(at_once) as pool:
        # Results come in the order of the numbers, so the first roster found asks the
        # fewest people; the searches for more are then stopped.
        tried = range(first, most + 1)
        for number, found in zip(tried, pool.map(with_most, tried), strict=True):
            if found.values:
                enough.set()
                pool.shutdown(cancel_futures=True)
                is_proven = needed == number and costs_least(found, cost)
                values = best_of_equals(found.values) if ties else found.values
                return FewestPeople(values, is_proven, needed)
            if found.is_impossible:
                # Nor are fewer than these, even if that alone was not found out.
                needed = number + 1
    return FewestPeople((), needed > most, needed)


def best_in_order(
    model: Objectives, cp: CpModel, start: Sequence[int], search: Search, work: float
) -> Sequence[int]:
    """Return the solution that is best by `TIES`, or the best found with some work.

    Parameters
    ----------
    cp
        A clone of the model with what else is asked; objective and hints are replaced.
    start
        A solution, by variable index.
    """
    best = start
    for weights in in_order({level: model.highest(level) for level in TIES}):
        cp.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(best):
            cp.add_hint(cp.get_int_var_from_proto_index(index), value)
        cp.minimize(weighed(model, weights))
        effort = {"max_deterministic_time": work}
        found = search.run(cp, search.left, {**QUICK, **effort})
        best, work = found.values or best, work - found.work
        if work <= 0:
            break
        hold_levels(model, cp, {one: model.penalty_at(one, best) for one in weights})
    return best


def costs_least(found: Found, cost: LinearSum) -> bool:
    """Whether no roster is proven to cost less; what only breaks ties may be open."""
    return found.is_optimal or found.bound // DISRUPTION >= cost.value(found.values)
