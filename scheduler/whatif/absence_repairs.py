"""Rosters that mend somebody's absence on one date, and what is proven of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ortools.sat.python.cp_model import CpModel

from scheduler.constraints.language.linear import LinearSum
from scheduler.domain.base import StaffId
from scheduler.solver.budgets import Reach
from scheduler.solver.search import Search
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.counting import CountingQuery
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
    counted: CountingQuery | None
    """The absence with contracts kept, if it can be counted."""

    def fewest(self) -> LeastRepair:
        """Return a roster that asks as few people as can be.

        Few are tried first, which is fast.  Then fewer than the roster found asks, as
        long as there is one.
        """
        asked = ruled_out = -1
        found: Sequence[int] = ()
        near, _ = self._reaches
        for most in (self._few, self._everybody):
            found = self._with_most(most, near).values
            if found:
                break
            way = self._over_all_dates(most)
            found, asked = way.values, most
            if found:
                break
            ruled_out = most if way.is_impossible else ruled_out
        if not found:
            return LeastRepair((), ruled_out == self._everybody)
        while (fewer := self._people(found) - 1) > ruled_out:
            if fewer == asked:
                return LeastRepair(found, is_proven=False)
            way = self._over_all_dates(fewer)
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

    def _over_all_dates(self, most: int) -> FewestPeople:
        """Return the best roster that asks at most so many people, whatever changes.

        Counting tells soon whether there is any; where it does not, a search among few
        does not either (docs/performance.md).
        """
        near, whole = self._reaches
        if self.counted is None:
            return self._with_most(most, whole)
        budget, is_few = self.search.budgets.absences, most <= self._few
        rounds = budget.rounds if is_few else budget.rounds_for_all
        answer = self.counted.solve(most, rounds, self.search)
        if answer.is_impossible:
            return FewestPeople((), is_proven=True, needed=most + 1)
        if not answer.values and most < self._everybody:
            return FewestPeople((), is_proven=False, needed=0)
        return self._with_most(most, near if answer.values else whole, answer.values)

    def _with_most(
        self, most: int, reach: Reach, known: Sequence[int] = ()
    ) -> FewestPeople:
        """Return the best roster that asks at most so many people."""
        budgets = self.search.budgets
        is_few = most <= self._few
        dates = self.disruption.dates(known) if known else ()
        ((cp, _),) = steps(self.baseline, self.cp, (self.date, *dates), (reach,))
        self.disruption.hint(cp, known)
        return fewest_people(
            self.disruption,
            cp,
            self.search,
            last=(self.staff,),
            others=(most, most),
            price=self.price if self.price.terms else None,
            work=budgets.absences.work if is_few else budgets.absences.work_for_all,
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
