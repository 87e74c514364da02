"""Why wishes are refused and guidelines missed: the best roster in which one is not.

A refused wish is granted by force and the month solved again around its date: first a
few dates, the rest of the roster held as it is, then more of them.  A missed guideline
is kept by force at its place in the same way: first with all that comes before
guidelines held as it is, then with evenness free, and at last with everything free.
What is lost in the best roster found is the reason.  That something must be lost is
proven by the levels themselves, so a roster found is enough to tell the truth: allow
what the reason names, and the wish can be granted, the guideline kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import LinearExpr

from scheduler.audit import audit
from scheduler.audit.figures.people import refused_wishes
from scheduler.audit.findings import in_order_of_time
from scheduler.constraints.language.linear import expression
from scheduler.constraints.language.scope import total_of
from scheduler.domain.advice import Obstacle, Reason
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.period import LONGEST_PERIOD
from scheduler.domain.shifts import ShiftKind
from scheduler.rulebook.spots import spot_of
from scheduler.solver.reserve.stand_ins import FREE
from scheduler.solver.search import bare, hold_levels
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.widening import widen
from scheduler.solver.weights import LOST, LOST_CELL, Weights, weighed, weighed_at

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ortools.sat.python.cp_model import BoundedLinearExpression, CpModel

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.agreements import Spot
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Request
    from scheduler.domain.roster import Roster
    from scheduler.solver.search import Search

_BEFORE = LEVELS[: LEVELS.index(Stance.GUIDELINE)]

TRADES: tuple[tuple[tuple[Stance, ...], tuple[Stance, ...]], ...] = (
    (_BEFORE, (Stance.GUIDELINE,)),
    (_BEFORE[:-1], (Stance.FAIR,)),
    ((), tuple(LOST)),
)
"""Levels held at their values, and those given up, for a guideline: in the order in
which a manager would give up something."""


class Reasons:
    """What one finished roster does not give, and what stands in the way.

    Parameters
    ----------
    model
        Of the month that the roster was made from.
    cp
        The model as it was before the levels were held.
    values
        The roster, by variable index.
    """

    def __init__(self, model: RosterModel, cp: CpModel, values: Sequence[int]) -> None:
        self._problem = model.problem
        self._model = model
        self._cp = cp
        self._values = values
        roster = self._read(values)
        self._baseline = Baseline(model, roster)
        self._made = _Lost(model.problem, roster)

    def refusals(self, search: Search) -> Iterator[Reason]:
        """Yield a reason for every refused wish, in the order of the requests."""
        for request in self._problem.requests:
            if request in self._made.refused:
                yield self._refusal(request, search)

    def obstacles(self, search: Search) -> Iterator[Obstacle]:
        """Yield what stands in the way at each place where a guideline is missed.

        No more than there is time for.
        """
        terms = {spot: terms for spot, _facet, terms in self._model.spots()}
        for spot, finding in list(self._places())[: search.budgets.reasons.places]:
            if search.is_over:
                return
            if spot in terms:
                kept = total_of(terms[spot]) == 0
                yield self._obstacle(finding, kept, search)

    # -- wishes --------------------------------------------------------------------

    def _refusal(self, request: Request, search: Search) -> Reason:
        """Widen the attempt until nothing but equal wishes is lost, or time is up."""
        if search.is_over:
            return Reason(request=request)
        granted = self._model.refusals[request] == 0
        cp = self._forced(granted, LOST)
        reaches = search.budgets.reasons.around_wish
        unlost, best = self._cost_of(self._values), None
        for found in widen(self._baseline, cp, (request.date,), reaches, search):
            if found.values:
                cost = self._cost_of(found.values)
                if best is None or cost < best[0]:
                    best = cost, found.values
            if best and best[0] <= unlost:
                break
        if best is None:
            return Reason(request=request)
        return self._refused_for(request, *best)

    def _refused_for(
        self, request: Request, cost: int, values: Sequence[int]
    ) -> Reason:
        lost = _Lost(self._problem, self._read(values))
        new = (f for f in lost.breaches if f not in self._made.breaches)
        breaches = tuple(sorted(new, key=lambda f: _distance(f, request)))
        gives_way = tuple(
            one
            for one in self._problem.requests
            if one in lost.refused and one not in self._made.refused
        )
        unlost = self._cost_of(self._values)
        return Reason(
            request=request,
            breaches=breaches,
            gives_way=gives_way,
            others=tuple(self._free_others(request, breaches)),
            same_worth=bool(gives_way) and not breaches and cost == unlost,
            unfinished=cost < unlost or not (breaches or gives_way),
        )

    def _free_others(
        self, request: Request, breaches: Sequence[Finding]
    ) -> Iterator[StaffId]:
        """Yield who could do the duty that is missing, but has asked to be free."""
        nights = {f.date for f in breaches if f.rule == "A-06"}
        dates = {finding.date for finding in breaches if finding.date}
        if not breaches:
            return
        for member in self._problem.staff:
            can = not nights or any(
                self._problem.shift_by_symbol[symbol].kind is ShiftKind.NIGHT
                for symbol in member.shifts
            )
            if can and member.name != request.staff and self._asks(member.name, dates):
                yield member.name

    def _asks(self, name: StaffId, dates: set[dt.date]) -> bool:
        asked = self._problem.requests_by_cell
        return any(
            one.want in FREE and one not in self._made.refused
            for date in dates
            for one in asked.get((name, date), ())
        )

    # -- guidelines ----------------------------------------------------------------

    def _places(self) -> Iterator[tuple[Spot, Finding]]:
        """Yield the first finding at each place, in order of time."""
        places: dict[Spot, Finding] = {}
        for finding in in_order_of_time(self._made.findings):
            if finding.stance is Stance.GUIDELINE:
                rule = self._model.rulebook[finding.rule]
                places.setdefault(spot_of(finding, rule), finding)
        yield from places.items()

    def _obstacle(
        self, finding: Finding, kept: BoundedLinearExpression | bool, search: Search
    ) -> Obstacle:
        around = () if finding.date is None else (finding.date,)
        reaches = search.budgets.reasons.around_guideline
        for held, free in TRADES:
            weights = {level: LOST.get(level, 1) for level in free}
            cp = self._forced(kept, weights)
            reached = {lv: self._model.penalty_at(lv, self._values) for lv in held}
            hold_levels(self._model, cp, reached)
            for found in widen(self._baseline, cp, around, reaches, search):
                if found.values:
                    return self._missed_for(finding, free, self._read(found.values))
                if search.is_over:
                    return Obstacle(finding=finding)
        return Obstacle(finding=finding, impossible=found.is_impossible)

    def _missed_for(
        self, finding: Finding, free: Sequence[Stance], roster: Roster
    ) -> Obstacle:
        lost = _Lost(self._problem, roster)
        known = {_key(one): one.amount for one in self._made.findings}
        breaches = tuple(
            one
            for one in lost.findings
            if one.stance in free
            and one.rule != "W-01"
            and one.amount > known.get(_key(one), 0)
        )
        gives_way = tuple(
            one
            for one in self._problem.requests
            if one in lost.refused and one not in self._made.refused
        )
        return Obstacle(
            finding=finding,
            breaches=breaches,
            gives_way=gives_way,
            unfinished=not (breaches or gives_way),
        )

    # -- both ----------------------------------------------------------------------

    def _forced(
        self, asked: BoundedLinearExpression | bool, weights: Weights
    ) -> CpModel:
        """Return the month in which something is so, and least is lost by it."""
        cp = bare(self._cp)
        cp.add(asked)
        lost = weighed(self._model, weights) * LOST_CELL
        cp.minimize(LinearExpr.sum([lost, expression(self._baseline.cells())]))
        return cp

    def _cost_of(self, values: Sequence[int]) -> int:
        return weighed_at(self._model, LOST, values)

    def _read(self, values: Sequence[int]) -> Roster:
        return self._model.read(lambda variable: values[variable.index])


class _Lost:
    """What a roster does not give: refused wishes, and what it breaks besides."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.findings = tuple(audit(problem, roster))
        self.refused = frozenset(refused_wishes(problem, roster))
        self.breaches = tuple(
            finding
            for finding in self.findings
            if finding.stance in LOST and finding.rule != "W-01"
        )


def _distance(finding: Finding, request: Request) -> int:
    """Return how many dates lie between; what has no date comes last."""
    if finding.date is None:
        return LONGEST_PERIOD
    return abs((finding.date - request.date).days)


def _key(finding: Finding) -> tuple[object, ...]:
    """Return what a finding is about, however much it is."""
    facts = finding.facts
    what = facts.get("name"), facts.get("burden"), facts.get("shift")
    where = finding.date, finding.begin, finding.end
    return finding.rule, finding.facet, finding.people, what, where
