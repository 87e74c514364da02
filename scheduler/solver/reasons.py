"""Explain refused wishes and missed guidelines by what satisfying them would cost.

A refused wish is forced to be granted and the month solved again around its date: first
with a few dates free to change, then with more.  A missed guideline is forced to be
kept in the same way: first with all levels above guidelines held, then with fairness
free, then with wishes, at last with everything free.  What is lost in the best roster
found is the reason.

One roster is enough for a true statement: the levels have already proven that something
must be lost, and the roster shows that accepting this loss suffices.  That nothing less
suffices is told only where the search ended by itself (`Reason.is_least`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ortools.sat.python.cp_model import BoundedLinearExpression, CpModel, LinearExpr

from scheduler.audit import audit
from scheduler.audit.figures.people import refused_wishes
from scheduler.audit.findings import in_order_of_time
from scheduler.constraints.language.linear import expression
from scheduler.constraints.language.roster_model import RosterModel
from scheduler.constraints.language.scope import total_of
from scheduler.domain.advice import Obstacle, Reason
from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.joint import JointProblem
from scheduler.domain.precheck import Line, Verdict
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request, Strength
from scheduler.domain.roster import Roster
from scheduler.precheck.cells import Cells
from scheduler.precheck.contracts import contracts
from scheduler.solver.reserve_gaps import TIME_OFF
from scheduler.solver.search import Found, Search, bare, hold_levels
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.widening import widen
from scheduler.solver.weights import LOST, LOST_CELL, Weights, weighed, weighed_at

_BEFORE = LEVELS[: LEVELS.index(Stance.GUIDELINE)]
_NAMED = (*_BEFORE, Stance.GUIDELINE)
"""Levels of which is named what a guideline would cost there."""

TRADES: tuple[tuple[tuple[Stance, ...], tuple[Stance, ...]], ...] = (
    (_BEFORE, (Stance.GUIDELINE,)),
    (_BEFORE[:-1], (Stance.FAIR,)),
    ((*_BEFORE[:-2], Stance.FAIR), (Stance.WISH,)),
    ((), tuple(LOST)),
)
"""For a guideline, pairs of levels held at their values and levels that may get worse,
in the order in which a manager would give them up."""


class Reasons:
    """Finds the reasons of refused wishes and missed guidelines of a finished roster.

    Parameters
    ----------
    cp
        The CP-SAT model as it was before any level was held.
    values
        The roster's variable values, by index.
    """

    def __init__(self, model: RosterModel, cp: CpModel, values: Sequence[int]) -> None:
        self._problem = model.problem
        self._model = model
        self._cp = cp
        self._values = values
        roster = model.read(values)
        self._baseline = Baseline(model, roster)
        self._made = _Lost(model.problem, roster)

    def refusals(self, search: Search) -> Iterator[Reason]:
        """Yield a reason for every refused wish, in the order of the requests."""
        for request in self._problem.requests:
            if request in self._made.refused:
                yield self._refusal(request, search)

    def obstacles(self, search: Search) -> Iterator[Obstacle]:
        """Yield an obstacle for each spot at which a guideline is missed.

        Only as many as the budget allows.
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
        """Return the reason of a refused wish.

        The search widens until no more is lost than wishes of equal worth.
        """
        granted = (
            one for one in self._problem.requests if one not in self._made.refused
        )
        own = own_sum(self._problem, request, tuple(granted))
        if own is not None:
            # Proven by counting; no roster need be searched for what else it costs.
            return Reason(request=request, own=own.line, beside=own.beside)
        if search.is_over:
            return Reason(request=request)
        cp = self._forced(self._model.refusals[request] == 0, LOST)
        self._keep_pins_of_others(cp, request.staff)
        reaches = search.budgets.reasons.around_wish
        unlost, best, is_least = self._cost_of(self._values), None, False
        searches = widen(self._baseline, cp, (request.date,), reaches, search)
        for reach, found in zip(reaches, searches, strict=False):
            if found.values:
                cost = self._cost_of(found.values)
                if best is None or cost < best[0]:
                    best = cost, found.values
            is_least = reach.days is None and found.is_optimal
            if best and best[0] <= unlost:
                is_least = True
                break
        if best is None:
            return Reason(request=request)
        return self._refused_for(request, *best, is_least=is_least)

    def _refused_for(
        self, request: Request, cost: int, values: Sequence[int], *, is_least: bool
    ) -> Reason:
        """Return the reason shown by a roster that grants the request."""
        lost = _Lost(self._problem, self._model.read(values))
        new = (f for f in lost.breaches if f not in self._made.breaches)
        breaches = tuple(sorted(new, key=lambda f: nearness(f, request)))
        gives_way = self._gives_way(lost)
        unlost = self._cost_of(self._values)
        return Reason(
            request=request,
            breaches=breaches,
            gives_way=gives_way,
            others=tuple(self._free_others(request, breaches)),
            same_worth=bool(gives_way) and not breaches and cost == unlost,
            is_least=is_least,
            unfinished=cost < unlost or not (breaches or gives_way),
        )

    def _free_others(
        self, request: Request, breaches: Sequence[Finding]
    ) -> Iterator[StaffId]:
        """Yield people who could do the missing duty but were granted time off."""
        nights = {f.date for f in breaches if f.rule == "A-06"}
        dates = {finding.date for finding in breaches if finding.date}
        if not breaches:
            return
        for member in self._problem.staff:
            can = not nights or any(
                self._problem.shift_by_symbol[symbol].is_night
                for symbol in member.shifts
            )
            if can and member.name != request.staff and self._asks(member.name, dates):
                yield member.name

    def _asks(self, name: StaffId, dates: set[dt.date]) -> bool:
        asked = self._problem.requests_by_cell
        return any(
            one.want in TIME_OFF and one not in self._made.refused
            for date in dates
            for one in asked.get((name, date), ())
        )

    # -- guidelines ----------------------------------------------------------------

    def _places(self) -> Iterator[tuple[Spot, Finding]]:
        """Yield the first guideline finding at each spot, in order of time."""
        places: dict[Spot, Finding] = {}
        for finding in in_order_of_time(self._made.findings):
            if finding.stance is Stance.GUIDELINE:
                places.setdefault(self._model.rulebook.spot_of(finding), finding)
        yield from places.items()

    def _obstacle(
        self, finding: Finding, kept: BoundedLinearExpression | bool, search: Search
    ) -> Obstacle:
        """Return the obstacle of a missed guideline, giving up more levels by steps."""
        around = () if finding.date is None else (finding.date,)
        budget = search.budgets.reasons
        for held, free in TRADES:
            # What law or contracts would have to give is told of the whole month.
            reaches = budget.around_guideline if held else budget.at_any_cost
            weights = {level: LOST.get(level, 1) for level in free}
            cp = self._forced(kept, weights)
            reached = {lv: self._model.penalty_at(lv, self._values) for lv in held}
            hold_levels(self._model, cp, reached)
            for found in widen(self._baseline, cp, around, reaches, search):
                if found.values:
                    return self._missed_for(finding, held, found)
                if search.is_over:
                    return Obstacle(finding=finding)
        return Obstacle(finding=finding, impossible=found.is_impossible)

    def _missed_for(
        self, finding: Finding, held: Collection[Stance], found: Found
    ) -> Obstacle:
        """Return the obstacle shown by a roster that keeps the guideline.

        Named is what is worse at any level that was not held, also at one that had no
        price: a search that ended may leave nothing else that is lost.
        """
        lost = _Lost(self._problem, self._model.read(found.values))
        known = {_key(one): one.amount for one in self._made.findings}
        breaches = tuple(
            one
            for one in lost.findings
            if one.stance in _NAMED
            and one.stance not in held
            and one.rule != "W-01"
            and one.amount > known.get(_key(one), 0)
        )
        gives_way = self._gives_way(lost)
        return Obstacle(
            finding=finding,
            breaches=breaches,
            gives_way=gives_way,
            is_least=found.is_optimal,
            unfinished=not (breaches or gives_way),
        )

    def _keep_pins_of_others(self, cp: CpModel, name: StaffId) -> None:
        """Hold the pinned cells of all others that are kept now."""
        for spot, _facet, terms in self._model.spots():
            is_kept = not any(self._values[slack.index] for slack, _ in terms)
            if spot.rule == "W-02" and spot.staff not in ("", name) and is_kept:
                cp.add(total_of(terms) == 0)

    # -- both ----------------------------------------------------------------------

    def _forced(
        self, asked: BoundedLinearExpression | bool, weights: Weights
    ) -> CpModel:
        """Return a model with a constraint forced that minimises the weighted loss."""
        cp = bare(self._cp)
        cp.add(asked)
        lost = weighed(self._model, weights) * LOST_CELL
        cp.minimize(LinearExpr.sum([lost, expression(self._baseline.cells())]))
        return cp

    def _gives_way(self, lost: _Lost) -> tuple[Request, ...]:
        """Return the requests granted now that another roster refuses."""
        refused = lost.refused - self._made.refused
        return tuple(one for one in self._problem.requests if one in refused)

    def _cost_of(self, values: Sequence[int]) -> int:
        return weighed_at(self._model, LOST, values)


class _Lost:
    """The losses of a roster: its refused wishes and the limits that it breaks."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.findings = tuple(audit(problem, roster))
        self.refused = frozenset(refused_wishes(problem, roster))
        self.breaches = tuple(
            finding
            for finding in self.findings
            if finding.stance in LOST and finding.rule != "W-01"
        )


def nearness(finding: Finding, request: Request) -> tuple[int, int]:
    """Return an order in which the nearest cause of a refusal comes first.

    It is the person's contract or date, then others on the date, then the person on
    other dates, then contracts of others; last is what the roster that was found
    happens to break elsewhere.
    """
    days = 0 if finding.date is None else abs((finding.date - request.date).days)
    if request.staff in finding.people:
        return (0 if days == 0 else 2), days
    if finding.date is None:
        return 3, 0
    return (1 if days == 0 else 4), days


def _key(finding: Finding) -> tuple[object, ...]:
    """Return what identifies a finding, apart from its amount."""
    facts = finding.facts
    what = facts.get("name"), facts.get("burden"), facts.get("shift")
    where = finding.date, finding.begin, finding.end
    return finding.rule, finding.facet, finding.people, what, where


class OwnSum(NamedTuple):
    """A sum of one person's contract that a wish makes impossible."""

    line: Line
    beside: tuple[Request, ...]
    """Other wishes of the person, granted now, without which the sum adds up."""


def own_sum(
    problem: Problem, request: Request, granted: Collection[Request]
) -> OwnSum | None:
    """Return the sum that does not add up once a wish is granted, if there is one.

    Parameters
    ----------
    problem
        The month; only the person's own part of it is counted.
    granted
        Wishes that the roster grants.
    """
    if isinstance(problem, JointProblem):
        # What does not add up in one house may in several.
        return None
    known = {line.code for line in _broken(problem, request, ())}
    others = [one for one in granted if one.staff == request.staff and one != request]
    for beside in ([], others) if others else ([],):
        found = _new(problem, request, beside, known)
        if found is not None:
            return OwnSum(found, _needed(problem, request, beside, found))
    return None


def _needed(
    problem: Problem, request: Request, beside: Sequence[Request], line: Line
) -> tuple[Request, ...]:
    """Leave out wishes without which the same sum does not add up either."""
    kept = list(beside)
    for one in beside:
        fewer = [other for other in kept if other != one]
        left = _broken(problem, request, (request, *fewer))
        if any(found.code == line.code for found in left):
            kept = fewer
    return tuple(kept)


def _new(
    problem: Problem,
    request: Request,
    beside: Sequence[Request],
    known: Collection[str],
) -> Line | None:
    """Return a broken sum that is not broken without the wishes."""
    broken = _broken(problem, request, (request, *beside))
    return next((line for line in broken if line.code not in known), None)


def _broken(
    problem: Problem, request: Request, granted: Collection[Request]
) -> list[Line]:
    """Return the broken sums of the person's contract with some wishes granted."""
    alone = problem.model_copy(
        update={
            "staff": tuple(m for m in problem.staff if m.name == request.staff),
            "requests": tuple(
                one.model_copy(update={"strength": Strength.MUST})
                if one in granted
                else one
                for one in problem.requests
                if one.staff == request.staff
            ),
        }
    )
    lines = contracts(Cells(alone))
    return [line for line in lines if line.verdict is Verdict.IMPOSSIBLE]
