"""Houses that are planned together, while the roster of one of them is being edited.

They are read as `shotaki check` reads their workbooks, with what was typed into one for
somebody who works in several as if it had been typed into all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property

from scheduler.audit import audit
from scheduler.audit.consistency.people import joint_mistakes
from scheduler.audit.houses import together
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.files.houses import typed_in_all


class AllHouses:
    """The houses as they stand, with what was typed into one.

    Parameters
    ----------
    problem
        All houses as one.
    house
        Number of the house whose cells were typed.
    rosters
        Of the houses, in their order.
    typed
        Those cells of the house that differ from its workbook.

    Attributes
    ----------
    rosters
        With the typed cells in all houses.
    whole, contradictions
        All of them as one roster, and where they contradict each other.
    """

    def __init__(
        self,
        problem: JointProblem,
        house: int,
        rosters: Sequence[RosterRecord],
        typed: Iterable[tuple[StaffId, dt.date]],
    ) -> None:
        self.problem = problem
        self.rosters = typed_in_all(problem, house, rosters, typed)
        self.whole, self.contradictions = together(problem, self.rosters)
        self._house = house

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Of the audit of all houses; each names its house."""
        return audit(self.problem, self.whole)

    @property
    def own(self) -> tuple[Finding, ...]:
        """Those of the house itself, as its own audit would name them."""
        name = self.problem.houses[self._house].office.name
        return tuple(
            one.model_copy(update={"house": ""})
            for one in self.findings
            if one.house == name
        )


class Joining:
    """Makes one problem of the houses, anew only when one of theirs has changed."""

    def __init__(self) -> None:
        self._houses: tuple[Problem, ...] = ()
        self._made: JointProblem | None = None

    def of(self, houses: Sequence[Problem]) -> JointProblem | None:
        """Return the houses as one; ``None`` if they do not fit each other."""
        known = self._houses
        if len(known) != len(houses) or any(map(_differ, known, houses)):
            self._houses = tuple(houses)
            self._made = None if joint_mistakes(houses) else joint(houses)
        return self._made


def _differ(one: Problem, other: Problem) -> bool:
    return one is not other
