"""Plan the rest of a month again, and disturb as few people as possible.

Minimised in this order: breaches of law, breaches of contracts, people whose days
change, changed cells, and short notice (a change for tomorrow costs more than one in
two weeks).  Among plans alike in all of these wishes, fair shares (M-01) and guidelines
decide, in this order, in a short search of its own: it compares the plans that change
cells within a day of the same dates.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import NamedTuple

from ortools.sat.python.cp_model import CpModel

from scheduler.audit.findings import ALL, LAW
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Stance
from scheduler.domain.plan import Gain, Plan
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import Scenario
from scheduler.solver.budgets import Reach
from scheduler.solver.executors import cores
from scheduler.solver.search import IMPROVING, Found, Parameters, Search, SearchLimits
from scheduler.solver.standing.edits import Settled
from scheduler.solver.standing.widening import FewestPeople, fewest_people, widen
from scheduler.solver.weights import BROKEN_FIRST, PERSON
from scheduler.whatif.changed_month import ChangedMonth


def replan(
    problem: Problem,
    roster: Roster,
    scenario: Scenario,
    limits: SearchLimits | None = None,
    *,
    settled: Settled | None = None,
    most: int | None = None,
    stop: threading.Event | None = None,
) -> Iterator[Plan]:
    """Yield plans for the rest of a month, the least disturbing first.

    The first is found quickly.  Where it breaks what may be kept, or is not proven
    least, a longer search follows: what that finds is the next plan, and if nothing is
    better, the first comes again, proven (`scheduler.domain.plan.number_of`).

    Parameters
    ----------
    limits
        Threads and seed, and the time for all plans; each takes seconds of it.
    settled
        What must not change besides the past, such as cells edited by hand.
    most
        Most plans; each spares at least one person of every earlier plan, but for the
        one that shares out what the least asks of one person.
    stop
        Set it from another thread to end with the plans so far.

    Raises
    ------
    Disagreement
        If model and audit differ.  Our bug.
    """
    search = Search(limits or SearchLimits(), stop)
    changed = ChangedMonth(problem, roster, scenario, settled)
    most = most or search.budgets.replan.plans
    yield from _Replanning(changed, search).plans(most)


class _Reached(NamedTuple):
    """A solution, what was held while it was sought, and whether it is proven least."""

    values: Sequence[int]
    """By variable index."""
    held: tuple[Stance, ...]
    """The stances held hard."""
    is_least: bool
    spared: Set[StaffId] | None = None
    """People whose days were not to change; ``None`` if it is not clear whether they
    had to."""
    may_keep_all: bool = False
    """Whether a limit gave way although few people may be enough to keep all."""


class _Asked(NamedTuple):
    """A solution that asks not too many people, or else whether none can exist.

    Fewer people than ``needed`` are not enough.
    """

    reached: _Reached | None
    is_impossible: bool = False
    needed: int = 0


class _Replanning:
    """The search for plans of a changed month, and those found so far."""

    def __init__(self, changed: ChangedMonth, search: Search) -> None:
        self._changed = changed
        self._spared = changed.spared
        self._search = search
        self._budget = search.budgets.replan
        self._found: list[Plan] = []
        self._first: _Reached | None = None
        self._best: _Reached | None = None

    def plans(self, most: int) -> Iterator[Plan]:
        """Yield plans, as `replan` does."""
        while len(self._found) < most and not (self._found and self._search.is_over):
            plan = self._next()
            if plan is None:
                return
            yield plan
            if len(self._found) == 1 < most:
                yield from self._look_longer()
                yield from self._sharing() if len(self._found) < most else ()

    def _next(self) -> Plan | None:
        """Return the least disturbing plan that spares somebody of each plan found."""
        if any(not plan.disturbed for plan in self._found):
            return None
        reached = self._reached()
        if reached is not None:
            self._first = self._first or reached
            return self._taken(reached)
        if self._found:
            return None
        # No time to plan: the scenario applied, with all that it breaks.
        plan = self._changed.plan(self._changed.happened)
        self._found.append(plan)
        return plan

    def _look_longer(self) -> Iterator[Plan]:
        """Yield a plan that is better than the first, or the first if none is.

        Better is to keep every limit where the first does not, and otherwise to disturb
        less.  Nothing is yielded where the first is proven already, or neither is found
        out.  Both searches run at once.
        """
        first = self._first
        if first is None or first.spared is None or self._search.is_over:
            return
        enough = Event()
        with ThreadPoolExecutor(1) as pool:
            less = None if first.is_least else pool.submit(self._less, first, enough)
            try:
                keeping = self._keeping_all(first)
            except BaseException:
                enough.set()
                raise
            if keeping is not None:
                enough.set()
        if keeping is not None:
            yield self._taken(keeping, Gain.KEEPS_MORE)
            return
        reached = less.result() if less is not None else None
        if reached is not None and reached.values == first.values:
            self._found[0] = replace(self._found[0], is_least=True)
            yield self._found[0]
        elif reached is not None:
            yield self._taken(reached, Gain.DISTURBS_LESS)

    def _sharing(self) -> Iterator[Plan]:
        """Yield a plan that shares out what the best one asks of one person.

        Nothing where no one person is asked for much, or law is broken.
        """
        best = self._best
        if best is None or not best.held or self._search.is_over:
            return
        some = self._search.budgets.disruption.some
        unshared = self._changed.unshared(best.values, some)
        if not unshared:
            return
        cp, price = self._changed.cp(best.held, best.spared or frozenset())
        if price.terms:
            cp.add(expression(price) <= price.value(best.values))
        for load, share in unshared:
            cp.add(expression(load) <= share)
        people = self._changed.people().value(best.values)
        others = people, max(people, some)
        way = self._fewest(cp, others, work=self._budget.work, at_once=cores())
        if way.values:
            reached = best._replace(values=way.values, is_least=False)
            yield self._taken(reached, Gain.SHARES)

    def _keeping_all(self, first: _Reached) -> _Reached | None:
        """Return a solution that keeps every limit, if it is open whether one does."""
        if not first.may_keep_all:
            return None
        cp, _ = self._changed.cp(ALL, first.spared or frozenset())
        few = self._search.budgets.disruption.few
        way = self._fewest(cp, (few, few), work=self._budget.longer)
        if not way.values:
            return None
        return first._replace(values=way.values, held=ALL, is_least=way.is_proven)

    def _less(self, first: _Reached, enough: Event) -> _Reached | None:
        """Return a solution that disturbs less than the first, or the first, proven."""
        cp, price = self._changed.cp(first.held, first.spared or frozenset())
        if price.terms:
            cp.add(expression(price) <= price.value(first.values))
        people = self._changed.people().value(first.values)
        # With so many people at most, those with fewer are among them.
        others = max(0, people - 1), people
        work, cost = self._budget.longer, self._changed.cost()
        way = self._fewest(cp, others, work=work, stop=enough, at_once=cores())
        if way.values and cost.value(way.values) < cost.value(first.values):
            return first._replace(values=way.values, is_least=way.is_proven)
        return first._replace(is_least=True) if way.values and way.is_proven else None

    def _taken(self, reached: _Reached, gain: Gain | None = None) -> Plan:
        """Return the plan of a solution, noted as the next one found."""
        roster = self._changed.read(reached.values, reached.held)
        plan = self._changed.plan(roster, is_least=reached.is_least, gain=gain)
        self._found.append(plan)
        if self._best is None or gain is not None:
            self._best = reached
        return plan

    def _reached(self) -> _Reached | None:
        """Return the least disturbing solution, if possible without those away.

        People who are away or leave, or are absent already, are asked for another day
        only if all others are not enough.
        """
        first = self._few_or_some(self._spared)
        if first.reached is not None or not self._spared:
            return first.reached or self._any()
        with_them = self._few_or_some(frozenset()).reached
        if with_them is not None and not first.is_impossible:
            # Sparing them may still be possible: this one is not proven least.
            return with_them._replace(is_least=False, spared=None)
        return with_them or self._any()

    def _few_or_some(self, spared: Set[StaffId]) -> _Asked:
        """Ask few people, or else some at the expense of contracts.

        Both searches run at once, a thread each.
        """
        enough = Event()
        cp, price = self._changed.cp(LAW, spared, self._found)
        with ThreadPoolExecutor(1) as pool:
            some = pool.submit(self._some, cp, price, enough)
            try:
                few = self._few(spared)
            except BaseException:
                enough.set()
                raise
            if few.reached is not None:
                enough.set()
                return few
        way = some.result()
        if way.values:
            # Where no contract has to give way, what was ruled out before still is.
            is_kept = price.value(way.values) == 0
            fewer = self._fewer(cp, price, way.values, few.needed if is_kept else 0)
            is_open = not (is_kept or few.is_impossible)
            return _Asked(fewer._replace(spared=spared, may_keep_all=is_open))
        return _Asked(None, way.is_impossible)

    def _few(self, spared: Set[StaffId]) -> _Asked:
        """Hold every limit, ask few people, and spare some entirely."""
        cp, _ = self._changed.cp(ALL, spared, self._found)
        # Where an earlier plan of this kind is least, a further one asks no fewer.
        found = max(
            (
                len(plan.disturbed)
                for plan in self._found
                if plan.is_least
                and (spared == self._spared or self._spared & set(plan.disturbed))
            ),
            default=0,
        )
        few = self._search.budgets.disruption.few
        fewest = min(found, few)
        threads = max(1, cores() - 1)
        way = self._fewest(cp, (fewest, few), work=self._budget.work, at_once=threads)
        if not way.values:
            return _Asked(None, way.is_impossible, way.needed)
        return _Asked(_Reached(way.values, ALL, way.is_proven, spared))

    def _some(self, cp: CpModel, price: LinearSum, enough: Event) -> FewestPeople:
        """Hold law and musts, and minimise contract breaches with some people."""
        some = self._search.budgets.disruption.some
        return self._fewest(cp, (some, some), price, self._budget.work, stop=enough)

    def _any(self) -> _Reached | None:
        """Minimise all breaches, with cells near the changes free first, then any.

        Where much has changed, neighbourhood search around the last solution gains
        most; it is repeated as long as it gains.
        """
        cp, price = self._changed.cp((), others=self._found)
        self._keep_pins(cp)
        cost = self._changed.cost()
        # Each person who is to be spared counts as many others: asked only at the last.
        some = self._search.budgets.disruption.some
        cost += self._changed.disruption.people(self._spared) * (PERSON * some)
        cp.minimize(expression(price) * BROKEN_FIRST + expression(cost))
        near = self._found[-1].roster if self._found else self._changed.happened
        start = self._changed.month.model.values_of(near) or {}
        values: Sequence[int] = ()
        for found in self._widen(cp, self._budget.around, start):
            values = found.values or values
        start = dict(enumerate(values)) or start
        for found in self._widen(cp, self._budget.whole, start, IMPROVING):
            broken = price.value(values) if values else None
            values = found.values or values
            if found.is_optimal:
                return _Reached(values, (), is_least=True)
            # A whole round without fewer breaches ends the search.
            if not values or price.value(values) == broken:
                break
        return self._fewer(cp, price, values)._replace(held=()) if values else None

    def _widen(
        self,
        cp: CpModel,
        reaches: Sequence[Reach],
        start: Mapping[int, int],
        parameters: Parameters | None = None,
    ) -> Iterator[Found]:
        """Yield improvements on a solution, each step with more cells free."""
        return widen(
            self._changed.baseline,
            cp,
            self._changed.around,
            reaches,
            self._search,
            start=start,
            onward=True,
            parameters=parameters,
        )

    def _keep_pins(self, cp: CpModel) -> None:
        """Fix as many pins as possible; the scenario itself is not traded off."""
        pins = self._changed.month.model.penalty(Stance.PINNED)
        if pins is not None:
            some = cp.clone()
            some.minimize(pins)
            found = self._search.run(some, min(self._budget.pins, self._search.left))
            if found.values:
                broken = self._changed.month.model.penalty_at(
                    Stance.PINNED, found.values
                )
                cp.add(pins <= broken)

    def _fewer(
        self, cp: CpModel, price: LinearSum, values: Sequence[int], needed: int = 0
    ) -> _Reached:
        """Return the solution of no larger penalty that asks the fewest people.

        Fewer than ``needed`` are not enough.
        """
        people = self._changed.people().value(values)
        cp.add(expression(price) <= price.value(values))
        work = self._budget.fewer / (people + 1)
        way = self._fewest(cp, (needed, people), work=work, at_once=cores())
        return _Reached(way.values or values, LAW, way.is_proven and bool(way.values))

    def _fewest(
        self,
        cp: CpModel,
        others: tuple[int, int],
        price: LinearSum | None = None,
        work: float | None = None,
        stop: Event | None = None,
        at_once: int = 1,
    ) -> FewestPeople:
        return fewest_people(
            self._changed.disruption,
            cp,
            self._search.another(self._search.left, workers=1, stop=stop),
            spoken_to=self._changed.new,
            others=others,
            price=price,
            work=work,
            # Of those that break contracts fewer people are asked for in the next step.
            ties=0.0 if price is not None else self._budget.ties,
            at_once=at_once,
        )
