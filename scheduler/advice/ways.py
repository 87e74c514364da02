"""Search the elastic month for sets of concessions, the cheapest first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ortools.sat.python.cp_model import CpModel, LinearExpr

from scheduler.advice.elastic import ElasticMonth, Use
from scheduler.constraints.language.linear import expression
from scheduler.domain.agreements import Concession, Spot
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.solver.budgets import Reach
from scheduler.solver.search import IMPROVING, Found, Search
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.standing.widening import widen
from scheduler.solver.weights import (
    AIMED_AT,
    LEFT_ALONE,
    SHORT,
    STIR,
    weighed,
    weighed_at,
)

MOST_HOURS = 16
"""Most hours more that one person is asked for."""

MORE_HOURS = (Concession.HOUR_MORE, Concession.OVERTIME_HOUR)


class WayOut(NamedTuple):
    """A solution of the elastic month: a roster and its set of concessions.

    ``price`` and ``bound`` are in sixtieths of a point; no way out that differs from
    those found before costs less than ``bound``.  ``confirmed`` means that a second
    search found nothing cheaper; only the first way out is confirmed.
    """

    values: Sequence[int]
    price: int
    bound: int
    confirmed: bool


class WaysOut:
    """Searches the elastic month for ways out, each different from those before.

    Parameters
    ----------
    standing
        The ordinary month and its best roster.  Once it has begun, dates far from the
        breaches change only if they must.
    dates
        Dates of the breaches; empty if they have none.
    people
        Who is named by the breaches.

    Attributes
    ----------
    has_ended
        Whether no way out is left that takes less than all of one found before.
    """

    def __init__(
        self,
        month: ElasticMonth,
        standing: StandingMonth,
        dates: Collection[dt.date],
        search: Search,
        people: Collection[StaffId] = (),
    ) -> None:
        self._month = month
        self._people = people
        self._dates = dates
        self._search = search
        # Its part that the way out now looked for may take.
        self._part = search
        self._budget = search.budgets.repairs
        self._has_begun = standing.since is not None
        settled = standing.settled
        self._made = Baseline(month.model, standing.roster, settled.now)
        # Temporary workers have no current days that could change.
        everybody = {member.name for member in standing.problem.staff}
        self._everybody = everybody
        away = self._made.cells(settled.away)
        self._stirred = self._made.cells(everybody) + away * LEFT_ALONE
        self._start = self._begin()
        self._found: list[WayOut] = []
        self._unlike_in_kind = True
        self.has_ended = False

    def next(self, seconds: float) -> WayOut | None:
        """Return the cheapest way out that avoids something of each one found before.

        Ways out of another kind are preferred to the same kind with another person or
        date, which is searched only if there is no other kind.  If no way out keeps the
        law, the first one is the one that comes nearest to it.
        """
        self._part = self._search.another(seconds)
        way = self._cheapest()
        if way is None and self._found and self._unlike_in_kind:
            self._unlike_in_kind = False
            way = self._cheapest()
        if way is not None:
            self._found.append(way)
        return way

    def near(self, most: int) -> Iterator[WayOut]:
        """Yield ways out in which few people's days differ, each of another kind.

        What each of them takes is the least with these days, not with all.
        """
        found: list[WayOut] = []
        while len(found) < most and not self._search.is_over:
            cp = self._model(found)
            self._keep_askable(cp)
            best = self._least_of_few(cp)
            if self._price(best) >= SHORT:
                return
            found.append(WayOut(best, self._price(best), 0, confirmed=False))
            if len(found) == 1:
                self._start = dict(enumerate(best))
            yield found[-1]

    def _begin(self) -> Mapping[int, int]:
        """Return the current roster as a complete solution, to start searches from."""
        standing = self._month.baseline.values
        model = self._month.model
        cp = model.cp.clone()
        for index, value in standing.items():
            cp.add(model.variable(index) == value)
        cp.minimize(self._objective())
        found = self._search.run(cp, min(self._budget.begin, self._search.left))
        return dict(enumerate(found.values)) or standing

    def _model(self, found: Sequence[WayOut]) -> CpModel:
        """Return the elastic month without some ways out, minimising the price."""
        cp = self._month.model.cp.clone()
        for way in found:
            self._forbid(cp, way)
        cp.minimize(self._objective())
        return cp

    def _objective(self) -> LinearExpr:
        """Return the price plus, once the month has begun, the cost of changed cells.

        Wishes and guidelines then break ties.
        """
        price = self._month.objective()
        if not self._has_begun:
            return price
        stirred = expression(self._stirred) * STIR
        return LinearExpr.sum([price, stirred, weighed(self._month.model, AIMED_AT)])

    def _worth(self, values: Sequence[int]) -> int:
        """Return the value of `_objective` at variable values, by index."""
        price = self._month.value(values)
        if not self._has_begun:
            return price
        stirred = self._stirred.value(values) * STIR
        return price + stirred + weighed_at(self._month.model, AIMED_AT, values)

    def _is_hopeless(self, cp: CpModel) -> bool:
        """Return whether the law provably cannot be kept, mostly by presolve alone."""
        lawful = cp.clone()
        lawful.clear_objective()  # type: ignore[no-untyped-call]
        lawful.add(expression(self._month.short) <= 0)
        return self._part.run(lawful, self._budget.hopeless).is_impossible

    def _forbid(self, cp: CpModel, way: WayOut) -> None:
        """Exclude ways out that use every concession of one found before."""
        # At least one of the concessions of that way out must be left out entirely.
        taken = {self._sort(use) for use, _ in self._month.taken(way.values)}
        left_out = []
        for sort in sorted(taken, key=str):
            none = cp.new_bool_var("left out")
            alike = [use for use in self._month.uses if self._sort(use) == sort]
            used = LinearExpr.sum([expression(use.amount) for use in alike])
            cp.add(used <= 0).only_enforce_if(none)
            left_out.append(none)
        cp.add_bool_or(left_out)

    def _keep_askable(self, cp: CpModel) -> None:
        """Exclude ways out that ask for too many things, or too much of a person."""
        things: dict[Hashable, list[Use]] = defaultdict(list)
        for use in self._month.uses:
            about: Hashable = use.about
            if isinstance(use.about, Spot) and not use.about.staff:
                about = use.about.model_copy(update={"date": None})
            things[use.concession, about].append(use)
            if use.concession in MORE_HOURS:
                cp.add(expression(use.amount) <= MOST_HOURS * HOUR)
        asked = []
        for uses in things.values():
            is_asked = cp.new_bool_var("asked for")
            most = sum(use.amount.highest for use in uses)
            amount = LinearExpr.sum([expression(use.amount) for use in uses])
            cp.add(amount <= most * is_asked)
            asked.append(is_asked)
        cp.add(LinearExpr.sum(asked) <= self._budget.most_actions)

    def _sort(self, use: Use) -> Hashable:
        """Return a key; concessions with the same key count as no alternatives."""
        return use.concession if self._unlike_in_kind else (use.concession, use.about)

    def _cheapest(self) -> WayOut | None:
        """Return the cheapest way out unlike those found that keeps the law, if any.

        Only the first way out may fall short of the law, if none keeps it.  The search
        starts from the current roster, which is a solution because statutory shortage
        has a price, so that large neighbourhood search can improve on it.
        """
        cp = self._model(self._found)
        self.has_ended = bool(self._found) and self._is_hopeless(cp)
        if self.has_ended:
            return None
        best, bound = self._least_around(cp), 0
        if self._price(best) >= SHORT:
            few = best
            if self._found and not self._has_begun:
                few = self._least_of_few(cp)
            start = dict(enumerate(few)) or self._start
            found, bound = self._least(cp, start)
            best = min(found, few, key=self._price)
        if self._has_begun:
            bound = 0
        price = self._price(best)
        if not best or (self._found and price >= SHORT):
            return None
        confirmed = False
        if not self._found and (self._has_begun or price <= bound):
            confirmed = self._is_least(cp, price)
        if not self._has_begun and self._part.left > 0:
            best = self._near(cp, best, price)
            price = self._price(best)
        return WayOut(best, price, price if confirmed else min(price, bound), confirmed)

    def _price(self, values: Sequence[int]) -> int:
        """Return the price of a solution; `SHORT` if there is none."""
        return self._month.value(values) if values else SHORT

    def _least_around(self, cp: CpModel) -> Sequence[int]:
        """Return the cheapest solution near the breaches, if the month has begun."""
        best: Sequence[int] = ()
        is_optimal = False
        if self._has_begun and self._dates:
            reaches = self._budget.reach
            for found in self._widen(cp, reaches, self._part, onward=True):
                best, is_optimal = found.values or best, found.is_optimal
        if is_optimal or self._price(best) >= SHORT:
            return best
        return self._trimmed(cp, best)

    def _least_of_few(self, cp: CpModel) -> Sequence[int]:
        """Return the cheapest solution in which few people's days differ.

        First nobody's do, then only those of the people whom the breaches name: with
        little to decide it is found in a moment, and a better start than the current
        roster, which may break what has no concession.
        """
        best: Sequence[int] = ()
        for names in dict.fromkeys((frozenset(), frozenset(self._people))):
            some = cp.clone()
            self._made.hold_people(some, self._everybody - names)
            left = min(self._budget.few, self._part.left / 4)
            found = self._improve(some, self._start, left).values
            best = min(found, best, key=self._price)
        return best

    def _least(
        self, cp: CpModel, start: Mapping[int, int]
    ) -> tuple[Sequence[int], int]:
        """Return the cheapest solution found, and a lower bound on the objective."""
        best: Sequence[int] = ()
        bound = 0
        for most in (self._budget.first_search, self._part.left):
            found = self._improve(cp, start, min(most, self._part.left))
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
        """Search from a start solution, given as hints for the decision variables."""
        some = cp.clone()
        self._month.model.hint(some, start)
        most = max(seconds, self._search.budgets.least)
        return self._part.run(some, most, parameters=IMPROVING)

    def _trimmed(self, cp: CpModel, values: Sequence[int]) -> Sequence[int]:
        """Return a solution that drops unneeded concessions of a given one."""
        fewer = cp.clone()
        for use in self._month.uses:
            fewer.add(expression(use.amount) <= use.amount.value(values))
        found = self._improve(fewer, dict(enumerate(values)), self._budget.trim)
        return found.values or values

    def _is_least(self, cp: CpModel, price: int) -> bool:
        """Return whether a second search, set up otherwise, finds nothing cheaper."""
        below = cp.clone()
        below.clear_objective()  # type: ignore[no-untyped-call]
        below.add(self._month.objective() <= price - 1)
        return self._part.confirm(below, self._budget.confirm).is_impossible

    def _near(self, cp: CpModel, values: Sequence[int], price: int) -> Sequence[int]:
        """Return the solution of a price that is nearest to the current roster."""
        near = cp.clone()
        near.add(self._month.objective() <= price)
        near.minimize(self._made.distance())
        for found in self._widen(near, self._budget.around, self._search):
            if found.values:
                return found.values
        start = dict(enumerate(values))
        return self._improve(near, start, self._budget.nearest).values or values

    def _widen(
        self,
        cp: CpModel,
        reaches: Sequence[Reach],
        search: Search,
        *,
        onward: bool = False,
    ) -> Iterator[Found]:
        """Yield the results of a widening search around the breaches."""
        return widen(
            self._made,
            cp,
            self._dates,
            reaches,
            search,
            start=self._start,
            onward=onward,
            parameters=IMPROVING,
        )
