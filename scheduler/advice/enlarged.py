"""The month enlarged by a recruit, and the search for better rosters of it.

Every roster found is audited before it counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python.cp_model import CpModel, LinearExpr

from scheduler.advice.offers import to_be_mended
from scheduler.audit import audit
from scheduler.audit.figures.people import refused_wishes
from scheduler.constraints.language.roster_model import RosterModel
from scheduler.constraints.language.scope import FacetKey
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Stance, Unit
from scheduler.domain.homes import Home
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.staff import StaffMember
from scheduler.model import build
from scheduler.rulebook import rules_of
from scheduler.solver.search import IMPROVING, Found, Parameters, Search, hold_levels
from scheduler.solver.solution import DECISIVE, no_less_charged
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.edits import with_days_off
from scheduler.solver.weights import LAW_FIRST, weighed

LAW = (Stance.PINNED, Stance.STATUTORY)
"""Levels that may not become worse in any search here."""


@dataclass(frozen=True)
class Quality:
    """The quality of a roster according to its audit.

    ``short`` is the statutory shortage in person-minutes; ``refused`` counts wishes.
    """

    totals: Mapping[Stance, int]
    short: int
    refused: int
    lacks: frozenset[FacetKey]
    """What is broken, by rule and facet."""
    dates: frozenset[dt.date]
    """Dates of the breaches of the strictest level that has any."""
    people: frozenset[StaffId]
    """Whose contracts, or musts, are broken."""

    @classmethod
    def of(cls, problem: Problem, roster: Roster) -> Quality:
        """Return the quality of a roster."""
        rulebook = rules_of(problem)
        findings = audit(problem, roster, rulebook)
        totals = rulebook.level_totals(findings)
        worst = next((level for level in LAW_FIRST if totals[level]), None)
        return cls(
            totals=totals,
            dates=frozenset(
                finding.date
                for finding in findings
                if finding.date and finding.stance is worst
            ),
            people=frozenset(
                name for finding in to_be_mended(findings) for name in finding.people
            ),
            short=sum(
                finding.amount
                for finding in findings
                if finding.stance is Stance.STATUTORY
                and finding.unit is Unit.PERSON_MINUTES
            ),
            refused=len(refused_wishes(problem, roster)),
            lacks=frozenset((one.rule, one.facet) for one in to_be_mended(findings)),
        )

    @property
    def lacks_something(self) -> bool:
        """Whether law, a must, a pin or a contract is broken, or a wish refused."""
        kept = (*DECISIVE, Stance.CONTRACT)
        return self.refused > 0 or any(self.totals[level] for level in kept)

    @property
    def worth(self) -> tuple[int, ...]:
        """The totals of the levels in order, to be compared; less is better."""
        return tuple(self.totals[level] for level in LAW_FIRST)


class Enlarged:
    """The month with a recruit, and the best roster of it found so far.

    Parameters
    ----------
    home
        The house that the recruit joins, of the month without the recruit.
    known
        Confirmed minima of law and musts with a recruit who can do more.

    Attributes
    ----------
    quality
        The quality of the best roster found so far.
    least
        Confirmed minima of law and musts, each given those of the levels before it.
    """

    def __init__(
        self,
        home: Home,
        roster: Roster,
        member: StaffMember,
        known: Mapping[Stance, int],
    ) -> None:
        self.member = member
        self.least: dict[Stance, int] = {}
        self._asked: dict[Stance, int] = {}
        self._known = known
        self._others = {one.name for one in home.whole.staff}
        self._problem = home.whole.with_more([(home.number, member)])
        self._roster = with_days_off(self._problem, roster)
        self.quality = Quality.of(self._problem, self._roster)

    @property
    def is_best(self) -> bool:
        """Whether law and musts are confirmed to be at their minima."""
        return all(self.least.get(one) == self.quality.totals[one] for one in DECISIVE)

    @cached_property
    def _model(self) -> RosterModel:
        return build(self._problem)

    def take_over(self, other: Enlarged) -> None:
        """Adopt the roster of a recruit with fewer weekdays if it is better."""
        quality = Quality.of(self._problem, other._roster)
        if quality.worth < self.quality.worth:
            self._roster, self.quality = other._roster, quality

    def improve(self, search: Search) -> None:
        """Look for a better roster, for as long as a search may take.

        First only the recruit's cells may change, then also those of the people of the
        breaches, whom the recruit relieves.  Then each broken level of law is
        minimised alone; if it can be lowered, the dates around its breaches are
        searched.  At last the whole month is searched.
        """
        if not self._can_gain:
            return
        quarter = search.left / 4
        every = weighed(self._model, LAW_FIRST)
        self._minimise(every, self._alone(), search, quarter)
        if self.quality.people:
            relieved = self._alone(self.quality.people)
            self._minimise(every, relieved, search, quarter)
        for level in self._open(LAW):
            self._keep_law(level, every, search)
        if any(self._value(level) > self._asked.get(level, 0) for level in LAW_FIRST):
            whole = self._no_worse()
            self._minimise(every, whole, search, search.left, parameters=IMPROVING)

    def _keep_law(self, level: Stance, every: LinearExpr, search: Search) -> None:
        """Look for a roster that is better on a level of law, near the best so far."""
        penalty = self._model.penalty(level)
        if penalty is None:
            return
        share = search.left / 3
        lawful = self._minimise(penalty, self._no_worse(), search, share, take=False)
        if lawful is None or not lawful.values:
            return
        if self._model.penalty_at(level, lawful.values) < self._value(level):
            cp, baseline = self._no_worse(), Baseline(self._model, self._roster)
            days = search.budgets.hires.around
            baseline.hold_far(cp, self.quality.dates, days)
            self._minimise(every, cp, search, search.left / 3)
            self._take(lawful.values)
        if lawful.is_optimal:
            self._asked[level] = self._model.penalty_at(level, lawful.values)

    @property
    def _can_gain(self) -> bool:
        """Whether a level is above its known minimum."""
        below = (Stance.CONTRACT, Stance.WISH)
        return any(self._open(DECISIVE)) or any(map(self._value, below))

    def _open(self, levels: Sequence[Stance]) -> Iterator[Stance]:
        """Yield the levels whose value is above their known minimum."""
        known: Mapping[Stance, int] = self._known
        for level in DECISIVE:
            value, bound = self._value(level), known.get(level, 0)
            if value > bound and level in levels and level not in self.least:
                yield level
            # A minimum known with other values on the levels before it says nothing
            # here.
            if value != bound:
                known = {}

    def _value(self, level: Stance) -> int:
        return self.quality.totals[level]

    def _alone(self, besides: Collection[StaffId] = ()) -> CpModel:
        """Return the model with everybody but the recruit, and some others, fixed."""
        cp, baseline = self._no_worse(), Baseline(self._model, self._roster)
        baseline.hold_people(cp, self._others.difference(besides))
        return cp

    def _no_worse(self) -> CpModel:
        """Return the model with law as good as in the best roster, which is hinted."""
        cp = self._model.cp.clone()
        hold_levels(self._model, cp, {level: self._value(level) for level in LAW})
        self._model.hint(cp, self._model.values_of(self._roster) or {})
        return cp

    def _minimise(
        self,
        objective: LinearExpr,
        cp: CpModel,
        search: Search,
        seconds: float,
        *,
        parameters: Parameters | None = None,
        take: bool = True,
    ) -> Found | None:
        """Minimise an objective on a model; adopt the roster found if it is better."""
        if search.is_over or seconds < search.budgets.least:
            return None
        cp.minimize(objective)
        found = search.run(cp, seconds, parameters=parameters)
        if take:
            self._take(found.values)
        return found

    def settle(self, search: Search) -> None:
        """Test, level by level, whether law and musts could be lower still."""
        for level in DECISIVE:
            if level in self._open((level,)) and not self._is_least(level, search):
                return
            self.least[level] = self._value(level)

    def _is_least(self, level: Stance, search: Search) -> bool:
        """Return whether two searches call a level lower still infeasible.

        Levels with confirmed minima are held at these.  One search is enough where the
        level was minimised alone before.
        """
        cp = self._model.cp.clone()
        better = {**self.least, level: self._value(level) - 1}
        hold_levels(self._model, cp, better)
        was_asked = self._asked.get(level) == self._value(level)
        for ask in (search.run, search.confirm)[was_asked:]:
            if search.is_over or not ask(cp, search.left).is_impossible:
                return False
        return True

    def _take(self, values: Sequence[int]) -> None:
        """Audit the roster of some values, and adopt it if it is better."""
        if not values:
            return
        roster = self._model.read(values)
        quality = Quality.of(self._problem, roster)
        no_less_charged(self._model, values, quality.totals, tuple(LAW_FIRST))
        if quality.worth < self.quality.worth:
            self._roster, self.quality = roster, quality
