"""Rosters that mend somebody's absence on one date, and what is proven of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from ortools.sat.python.cp_model import CpModel

from scheduler.constraints.language.linear import LinearSum
from scheduler.domain.base import StaffId
from scheduler.solver.budgets import Reach
from scheduler.solver.search import Search
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.widening import (
    Disruption,
    FewestPeople,
    fewest_people,
    steps,
)


class LeastRepair(NamedTuple):
    """The values of a roster, or none, and whether none that asks fewer can be."""

    values: Sequence[int]
    is_proven: bool


@dataclass(frozen=True)
class AbsenceRepairs:
    """The rosters that mend one absence, in the variables of a model.

    Those near the date are looked for first: that is faster and changes fewer cells.
    Only a search with all dates free can prove that there are none, or none better.
    """

    staff: StaffId
    date: dt.date
    """Who is absent, and when."""
    search: Search
    baseline: Baseline
    cp: CpModel
    price: LinearSum
    """Cost of the limits that may be broken: the least of it comes before all else."""
    disruption: Disruption

    def fewest(self) -> LeastRepair:
        """Return a roster that asks as few people as can be.

        Few are tried first, which is fast.  Then fewer than the roster found asks, as
        long as there is one.
        """
        asked = ruled_out = -1
        found: Sequence[int] = ()
        for most, reach in product((self._few, self._everybody), self._reaches):
            way = self._with_most(most, reach)
            if way.values:
                found = way.values
                break
            if reach == self._reaches[-1]:
                asked = most
                ruled_out = most if way.is_impossible else ruled_out
        if not found:
            return LeastRepair((), ruled_out == self._everybody)
        while (fewer := self._people(found) - 1) > ruled_out:
            if fewer == asked:
                return LeastRepair(found, is_proven=False)
            way = self._with_most(fewer, self._reaches[-1])
            if not way.values:
                return LeastRepair(found, way.is_impossible)
            found = way.values
        return LeastRepair(found, is_proven=True)

    def cheapest(self) -> LeastRepair:
        """Return a roster that breaks least, then asks as few people as can be."""
        near, whole = self._reaches
        some = self._with_most(self._everybody, near)
        all_dates = self._with_most(self._everybody, whole, some.values)
        if some.values and not all_dates.values:
            return LeastRepair(some.values, is_proven=False)
        return LeastRepair(all_dates.values, all_dates.is_proven)

    def _with_most(
        self, most: int, reach: Reach, known: Sequence[int] = ()
    ) -> FewestPeople:
        """Return the best roster that asks at most so many people."""
        budgets = self.search.budgets
        is_few = most <= self._few
        ((cp, _),) = steps(self.baseline, self.cp, (self.date,), (reach,))
        self.baseline.model.hint(cp, dict(enumerate(known)))
        return fewest_people(
            self.disruption,
            cp,
            self.search,
            last=(self.staff,),
            others=(most, most),
            price=self.price if self.price.terms else None,
            work=budgets.disruption.work if is_few else budgets.absences.work_for_all,
        )

    def _people(self, values: Sequence[int]) -> int:
        """Return how many people a roster asks."""
        return self.disruption.people_but(()).value(values)

    @property
    def _few(self) -> int:
        return self.search.budgets.disruption.few

    @property
    def _everybody(self) -> int:
        return len(self.baseline.problem.staff)

    @property
    def _reaches(self) -> Sequence[Reach]:
        return self.search.budgets.absences.around
