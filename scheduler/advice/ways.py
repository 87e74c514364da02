"""The ways out of a month that is not legal, in the elastic month: cheapest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python.cp_model import LinearExpr

from scheduler.advice.elastic import SHORT, ElasticMonth, Use, value_of
from scheduler.domain.period import LONGEST_PERIOD
from scheduler.domain.stance import Stance
from scheduler.modelling.scope import expression
from scheduler.near import AROUND, Made

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Hashable, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.domain.roster import Roster
    from scheduler.search import Search

FIRST_LOOK = 1.5
"""Seconds after which a search that presolve has not settled goes on around the
breaches, where ways out are found sooner."""

AROUND_SECONDS = 3.0
"""Most that one of these searches may take."""

CONFIRM_SECONDS = 4.0
"""Most that confirming a price may take."""

NEAR_SECONDS = 2.0
"""Most that one search for the roster nearest to the one made may take."""

LEAST_SECONDS = 0.1
"""Less is not worth a search."""


class Way(NamedTuple):
    """A solution of the elastic month.

    ``price`` and ``bound`` are values of its objective, in sixtieths of a point;
    nothing unlike the ways found before costs less than ``bound``.
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
    roster
        The best roster of the usual month.
    dates
        On which it is broken; none, where that has no date.
    search
        Clock and set-up.
    """

    def __init__(
        self,
        month: ElasticMonth,
        roster: Roster,
        dates: Collection[dt.date],
        search: Search,
    ) -> None:
        self._month = month
        self._dates = dates
        self._search = search
        self._made = Made(month.model, month.problem, roster)
        self._start = month.values_of(roster)
        self._found: list[Way] = []
        self._unlike_in_kind = True

    def next(self, seconds: float) -> Way | None:
        """Return the cheapest way out that leaves out something of each one found.

        Another kind of way is more worth knowing than another person for the same, so
        the latter is looked for only where there is none of the former.  Where no way
        keeps the law, the first one told is that which comes nearest.
        """
        ends = self._search.left - seconds
        way = self._cheapest(self._model(), ends)
        if way is None and not self._found:
            way = self._cheapest(self._model(lawful=False), ends)
        if way is None and self._found and self._unlike_in_kind:
            self._unlike_in_kind = False
            way = self._cheapest(self._model(), ends)
        if way is not None:
            self._found.append(way)
        return way

    def _model(self, *, lawful: bool = True) -> CpModel:
        """Return the elastic month without the ways found, its price to be least."""
        cp = self._month.model.cp.clone()
        short = self._month.model.penalty(Stance.STATUTORY)
        if lawful and short is not None:
            cp.add(short <= 0)
        for way in self._found:
            self._forbid(cp, way)
        cp.minimize(self._month.objective())
        return cp

    def _forbid(self, cp: CpModel, way: Way) -> None:
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

    def _cheapest(self, cp: CpModel, ends: float) -> Way | None:
        """Search everywhere for a moment, then around the breaches, then everywhere.

        The first search tells whether there is a way at all, and mostly the bound.
        """
        best: Sequence[int] = ()
        bound = 0
        for days, most in (
            (LONGEST_PERIOD, FIRST_LOOK),
            *((days, AROUND_SECONDS) for days in AROUND[:-1] if self._dates),
            (LONGEST_PERIOD, self._search.left),
        ):
            some = cp.clone()
            if days < LONGEST_PERIOD:
                self._made.hold(some, self._dates, days)
            self._hint(some, best)
            left = max(min(most, self._search.left - ends), LEAST_SECONDS)
            found = self._search.run(some, left)
            if days == LONGEST_PERIOD:
                bound = max(bound, found.bound)
                if found.is_impossible:
                    return None
            if found.values and self._price(found.values) < self._price(best):
                best = found.values
            if best and self._price(best) <= bound:
                break
        if not best:
            return None
        if self._price(best) > bound:
            best = self._trimmed(cp, best)
        price = self._price(best)
        confirmed = price <= bound and self._is_least(cp, price)
        best = self._nearest(cp, best, price)
        return Way(best, price, min(price, bound), confirmed)

    def _price(self, values: Sequence[int]) -> int:
        """Return the value of the objective; where nothing was found, above all."""
        return self._month.value(values) if values else SHORT * SHORT

    def _hint(self, cp: CpModel, values: Sequence[int]) -> None:
        self._month.model.hint(cp, dict(enumerate(values)) or self._start)

    def _trimmed(self, cp: CpModel, values: Sequence[int]) -> Sequence[int]:
        """Concede no more than needed of what a solution concedes."""
        fewer = cp.clone()
        for use in self._month.uses:
            fewer.add(expression(use.amount) <= value_of(use.amount, values))
        self._hint(fewer, values)
        return self._search.run(fewer, CONFIRM_SECONDS).values or values

    def _is_least(self, cp: CpModel, price: int) -> bool:
        """Ask under another configuration whether anything costs less."""
        below = cp.clone()
        below.clear_objective()  # type: ignore[no-untyped-call]
        below.add(self._month.objective() <= price - 1)
        return self._search.confirm(below, CONFIRM_SECONDS).is_impossible

    def _nearest(self, cp: CpModel, values: Sequence[int], price: int) -> Sequence[int]:
        """Return the way out of a price that is nearest to the roster made."""
        near = cp.clone()
        near.add(self._month.objective() <= price)
        near.minimize(self._made.cost())
        for days in AROUND:
            some = near.clone()
            self._made.hold(some, self._dates, days)
            self._hint(some, values)
            found = self._search.run(some, NEAR_SECONDS).values
            if found:
                return found
        return values
