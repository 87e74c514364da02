"""The ways out of a month that is not legal, in the elastic month: cheapest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python.cp_model import LinearExpr

from scheduler.constraints.language.linear import expression
from scheduler.solver.search import IMPROVING
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.widening import widen
from scheduler.solver.weights import (
    AIMED_AT,
    LEFT_ALONE,
    SHORT,
    STIR,
    weighed,
    weighed_at,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.advice.elastic import ElasticMonth, Use
    from scheduler.solver.budgets import Reach
    from scheduler.solver.search import Found, Search
    from scheduler.solver.standing.month import StandingMonth


class WayOut(NamedTuple):
    """A solution of the elastic month.

    ``price`` and ``bound`` are values of its objective, in sixtieths of a point;
    nothing unlike the ways found before costs less than ``bound``.  Of the first way
    alone a second search may have confirmed it.
    """

    values: Sequence[int]
    price: int
    bound: int
    confirmed: bool


class WaysOut:
    """Searches the elastic month for ways out, each unlike those found before.

    Parameters
    ----------
    month
        The elastic month.
    standing
        The usual month and its best roster.  Where some of it is past, dates far from
        the breaches stay if they can.
    dates
        On which it is broken; none, where that has no date.
    search
        Clock and set-up.
    """

    def __init__(
        self,
        month: ElasticMonth,
        standing: StandingMonth,
        dates: Collection[dt.date],
        search: Search,
    ) -> None:
        self._month = month
        self._dates = dates
        self._search = search
        self._budget = search.budgets.repairs
        self._has_begun = standing.since is not None
        settled = standing.settled
        self._made = Baseline(month.model, standing.roster, settled.now)
        # Whoever helps has no days that could differ.
        everybody = {member.name for member in standing.problem.staff}
        away = self._made.cells(settled.away)
        self._stirred = self._made.cells(everybody) + away * LEFT_ALONE
        self._start = self._begin()
        self._found: list[WayOut] = []
        self._unlike_in_kind = True

    def next(self, seconds: float) -> WayOut | None:
        """Return the cheapest way out that leaves out something of each one found.

        Another kind of way is more worth knowing than another person for the same, so
        the latter is looked for only where there is none of the former.  Where no way
        keeps the law, the first one told is that which comes nearest.
        """
        ends = self._search.left - seconds
        way = self._cheapest(ends)
        if way is None and self._found and self._unlike_in_kind:
            self._unlike_in_kind = False
            way = self._cheapest(ends)
        if way is not None:
            self._found.append(way)
        return way

    def _begin(self) -> Mapping[int, int]:
        """Return the roster made as a solution, so that a search has one at once."""
        standing = self._month.baseline.values
        model = self._month.model
        cp = model.cp.clone()
        for index, value in standing.items():
            cp.add(model.variable(index) == value)
        cp.minimize(self._objective())
        found = self._search.run(cp, min(self._budget.begin, self._search.left))
        return dict(enumerate(found.values)) or standing

    def _model(self) -> CpModel:
        """Return the elastic month without the ways found, its price to be least."""
        cp = self._month.model.cp.clone()
        for way in self._found:
            self._forbid(cp, way)
        cp.minimize(self._objective())
        return cp

    def _objective(self) -> LinearExpr:
        """Return the price, and once the month has begun what it stirs up.

        Of ways alike in both, wishes and guidelines then decide.
        """
        price = self._month.objective()
        if not self._has_begun:
            return price
        stirred = expression(self._stirred) * STIR
        return LinearExpr.sum([price, stirred, weighed(self._month.model, AIMED_AT)])

    def _worth(self, values: Sequence[int]) -> int:
        """Return the same at variable values."""
        price = self._month.value(values)
        if not self._has_begun:
            return price
        stirred = self._stirred.value(values) * STIR
        return price + stirred + weighed_at(self._month.model, AIMED_AT, values)

    def _is_hopeless(self, cp: CpModel) -> bool:
        """Return whether the law cannot be kept; mostly settled at once."""
        lawful = cp.clone()
        lawful.clear_objective()  # type: ignore[no-untyped-call]
        lawful.add(expression(self._month.short) <= 0)
        return self._search.run(lawful, self._budget.hopeless).is_impossible

    def _forbid(self, cp: CpModel, way: WayOut) -> None:
        taken = {self._sort(use) for use, _ in self._month.taken(way.values)}
        left_out = []
        for sort in sorted(taken, key=str):
            none = cp.new_bool_var("left out")
            alike = [use for use in self._month.uses if self._sort(use) == sort]
            used = LinearExpr.sum([expression(use.amount) for use in alike])
            cp.add(used <= 0).only_enforce_if(none)
            left_out.append(none)
        cp.add_bool_or(left_out)

    def _sort(self, use: Use) -> Hashable:
        """Return what two concessions have in common that are no alternatives."""
        return use.concession if self._unlike_in_kind else (use.concession, use.about)

    def _cheapest(self, ends: float) -> WayOut | None:
        """Return the cheapest way unlike those found that keeps the law.

        Only the first one, where there is none, may fall short of it.  The search
        begins at the roster made, which is a solution if what law wants has a price,
        so large neighbourhoods find their way from there.
        """
        cp = self._model()
        if self._found and self._is_hopeless(cp):
            return None
        best, bound = self._least_around(cp, ends), 0
        if self._price(best) >= SHORT:
            start = dict(enumerate(best)) or self._start
            best, bound = self._least(cp, start, ends)
        if self._has_begun:
            bound = 0
        price = self._price(best)
        if not best or (self._found and price >= SHORT):
            return None
        confirmed = False
        if not self._found and (self._has_begun or price <= bound):
            confirmed = self._is_least(cp, price)
        if not self._has_begun:
            best = self._near(cp, best, price)
            price = self._price(best)
        return WayOut(best, price, price if confirmed else min(price, bound), confirmed)

    def _price(self, values: Sequence[int]) -> int:
        return self._month.value(values) if values else SHORT

    def _least_around(self, cp: CpModel, ends: float) -> Sequence[int]:
        """Return the cheapest solution around the breaches, if the month has begun."""
        best: Sequence[int] = ()
        is_optimal = False
        if self._has_begun and self._dates:
            reach = self._budget.reach
            for found in self._widen(cp, reach, onward=True, until=ends):
                best, is_optimal = found.values or best, found.is_optimal
        if is_optimal or self._price(best) >= SHORT:
            return best
        return self._trimmed(cp, best)

    def _least(
        self, cp: CpModel, start: Mapping[int, int], ends: float
    ) -> tuple[Sequence[int], int]:
        """Return the cheapest solution of a month and what none costs less than."""
        best: Sequence[int] = ()
        bound = 0
        for most in (self._budget.first_search, self._search.left):
            left = min(most, self._search.left - ends)
            found = self._improve(cp, start, left)
            bound = max(bound, found.bound)
            if not found.values:
                break
            lawful = self._month.value(found.values) < SHORT
            best = self._trimmed(cp, found.values) if lawful else found.values
            start = dict(enumerate(best))
            if self._worth(best) <= bound:
                break
        return best, bound

    def _improve(self, cp: CpModel, start: Mapping[int, int], seconds: float) -> Found:
        """Search from a solution of which the variables that decide are given."""
        some = cp.clone()
        self._month.model.hint(some, start)
        most = max(seconds, self._search.budgets.least)
        return self._search.run(some, most, parameters=IMPROVING)

    def _trimmed(self, cp: CpModel, values: Sequence[int]) -> Sequence[int]:
        """Concede no more than needed of what a solution concedes."""
        fewer = cp.clone()
        for use in self._month.uses:
            fewer.add(expression(use.amount) <= use.amount.value(values))
        found = self._improve(fewer, dict(enumerate(values)), self._budget.trim)
        return found.values or values

    def _is_least(self, cp: CpModel, price: int) -> bool:
        """Ask under another configuration whether anything costs less."""
        below = cp.clone()
        below.clear_objective()  # type: ignore[no-untyped-call]
        below.add(self._month.objective() <= price - 1)
        return self._search.confirm(below, self._budget.confirm).is_impossible

    def _near(self, cp: CpModel, values: Sequence[int], price: int) -> Sequence[int]:
        """Return the way of a price that is nearest to the roster made."""
        near = cp.clone()
        near.add(self._month.objective() <= price)
        near.minimize(self._made.distance())
        for found in self._widen(near, self._budget.around):
            if found.values:
                return found.values
        start = dict(enumerate(values))
        return self._improve(near, start, self._budget.nearest).values or values

    def _widen(
        self,
        cp: CpModel,
        reaches: Sequence[Reach],
        *,
        onward: bool = False,
        until: float = 0.0,
    ) -> Iterator[Found]:
        """Search around the breaches, beginning at the roster made."""
        return widen(
            self._made,
            cp,
            self._dates,
            reaches,
            self._search,
            start=self._start,
            onward=onward,
            until=until,
            parameters=IMPROVING,
        )
