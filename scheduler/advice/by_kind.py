"""Ways out by kind: each leaves out some kinds of concession altogether.

Where much has to be asked, no few things are enough, and a manager chooses between
kinds of them: help from outside for the whole month, musts of the office that give way,
contracts that do.  With some kinds left out a first way out is found in a moment,
mostly far too dear, and neighbourhoods then make it cheaper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ortools.sat.python.cp_model import CpModel

from scheduler.advice.elastic import ElasticMonth, Use
from scheduler.advice.ways import WayOut
from scheduler.constraints.language.linear import expression
from scheduler.constraints.language.scope import FacetKey
from scheduler.domain.agreements import Concession, Spot
from scheduler.solver.search import FIRST, IMPROVING, Parameters, Search

CHEAPER: Parameters = {**IMPROVING, "num_workers": 2}
"""Parameters for making a way out cheaper that is far too dear: with four threads it
stays dearer, and with neighbourhoods alone a search does not end where it is proven."""

May = Callable[["Use"], bool]
"""Returns whether a way out may take a concession."""


class WaysByKind:
    """Searches an elastic month for ways out, each without some kinds of concession.

    Parameters
    ----------
    broken
        The limits that the best roster breaks, by rule and facet, with the kind of
        concession that each takes; the dearest first.
    is_unlawful
        Whether the best roster breaks what has no concession, too.
    """

    def __init__(
        self,
        month: ElasticMonth,
        broken: Mapping[FacetKey, Concession],
        search: Search,
        *,
        is_unlawful: bool,
    ) -> None:
        self.month = month
        self._is_unlawful = is_unlawful
        self._broken = broken
        self._kinds = tuple(dict.fromkeys(broken.values()))
        self._search = search
        self._budget = search.budgets.repairs
        self._found: list[WayOut] = []

    def pure(self) -> Iterator[WayOut]:
        """Yield ways out by help alone, then by the office's own people alone.

        If it is enough that what is broken anyway gives way further, nothing else does.
        Where law is broken, own people are not enough: it came before all that gives.
        """
        yield from self._found_with(_is_outside)
        for kind in () if self._is_unlawful else self._kinds:
            others = {key for key, own in self._broken.items() if own is not kind}
            found = list(self._found_with(_is_among(others))) if others else []
            yield from found or self._found_with(_is_own_beside(kind))

    def mixed(self) -> Iterator[WayOut]:
        """Yield ways out by help and own people, without one kind of those broken."""
        for kind in self._kinds:
            yield from self._found_with(_is_beside(kind))

    def _found_with(self, may: May) -> Iterator[WayOut]:
        """Yield the way out that is found with some concessions, if one is."""
        if self._search.is_over:
            return
        cp = self.month.model.cp.clone()
        cp.add(expression(self.month.short) <= 0)
        for use in self.month.uses:
            if not may(use):
                cp.add(expression(use.amount) <= 0)
        start = self._start(cp, may)
        if not start:
            return
        cp.minimize(self.month.objective())
        self.month.model.hint(cp, dict(enumerate(start)))
        effort = {**CHEAPER, "max_deterministic_time": self._budget.cheaper_work}
        values = self._search.run(cp, self._search.left, effort).values or start
        way = WayOut(values, self.month.value(values), 0, confirmed=False)
        self._found.append(way)
        yield way

    def _start(self, cp: CpModel, may: May) -> Sequence[int]:
        """Return the cheapest way out found so far that will do, else any at all."""
        known = [way for way in self._found if self._takes_only(way, may)]
        if known:
            return min(known, key=lambda way: way.price).values
        effort = {**FIRST, "max_deterministic_time": self._budget.first_work}
        return self._search.run(cp, self._search.left, effort).values

    def _takes_only(self, way: WayOut, may: May) -> bool:
        return all(may(use) for use, _amount in self.month.taken(way.values))


def _is_outside(use: Use) -> bool:
    """Return whether somebody comes from outside."""
    return use.concession is Concession.HELP_HOUR


def _is_among(keys: set[FacetKey]) -> May:
    """Return a test whether one of some limits gives way."""
    return lambda use: (
        isinstance(use.about, Spot) and (use.about.rule, use.about.facet) in keys
    )


def _is_own_beside(kind: Concession) -> May:
    """Return a test whether own people or the office give way, in another kind."""
    return lambda use: not _is_outside(use) and use.concession is not kind


def _is_beside(kind: Concession) -> May:
    """Return a test whether a concession is of another kind."""
    return lambda use: use.concession is not kind
