"""Everybody who may take a vacant shift, in one model that counts whom else that asks.

It asks a little less than each search does, as whatever was settled of who may take the
shift is open on that date and the next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.solver.standing.counting import CountingQuery, PeopleCount

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

    from scheduler.domain.base import StaffId
    from scheduler.solver.search import Search
    from scheduler.solver.standing.baseline import Baseline


class TakersCounted:
    """A month with a vacant shift that one person takes.

    Parameters
    ----------
    cp
        The month's model with all that is settled; rows are added.
    baseline
        The roster in which the shift is vacant.
    takes
        By person, a sum that is one if they take it.
    search
        How it is set up.
    """

    def __init__(
        self,
        cp: CpModel,
        baseline: Baseline,
        takes: Mapping[StaffId, LinearSum],
        search: Search,
    ) -> None:
        self._taker = {name: cp.new_bool_var("takes") for name in takes}
        for name, is_taker in self._taker.items():
            cp.add(expression(takes[name]) >= is_taker)

        def own(name: StaffId, _date: dt.date) -> tuple[IntVar, ...]:
            return (self._taker[name],) if name in self._taker else ()

        cp.add_exactly_one(self._taker.values())
        self._count = PeopleCount(cp, baseline, own)
        self._model = search.incremental(cp)

    def of(self, taker: StaffId) -> CountingQuery | None:
        """Return the question whom else it asks if a person takes the shift."""
        if self._model is None or taker not in self._taker:
            return None
        is_taker = {self._taker[taker].index: 1}
        return CountingQuery(self._model, self._count, is_taker)
