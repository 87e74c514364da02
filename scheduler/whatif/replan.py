"""Plan the rest of a month again, and disturb as few people as possible.

Law comes first, then contracts, then the number of people whose days change, then the
number of changed cells, then notice: a change for tomorrow costs more than one in two
weeks.  Of plans alike in all that, wishes and evenness decide.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit import audit, level_totals
from scheduler.audit.standard import ALL, LAW
from scheduler.constraints.language.linear import expression
from scheduler.domain.finding import Stance
from scheduler.domain.plan import Plan
from scheduler.domain.record import RosterRecord
from scheduler.solver.executors import cores
from scheduler.solver.search import IMPROVING, Search, SearchLimits
from scheduler.solver.solution import no_less_charged
from scheduler.solver.standing.disruption import Disruption, fewest_people
from scheduler.solver.standing.edits import Settled, with_leave_held
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.standing.widening import widen
from scheduler.solver.weights import BROKEN_FIRST, PERSON
from scheduler.whatif.scenario_effects import (
    apply_scenario,
    dates_changed,
    with_days_of,
    without_changed_pins,
)

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Mapping, Sequence, Set

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.linear import LinearSum
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Scenario
    from scheduler.solver.budgets import Reach
    from scheduler.solver.search import Found, Parameters
    from scheduler.solver.standing.disruption import FewestPeople


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

    Parameters
    ----------
    problem, roster
        The month, and the roster as it stands, hand edits included.
    scenario
        What has changed.
    limits
        Threads and seed, and the time of all plans; each takes seconds of it.
    settled
        What stays as it is, such as cells changed by hand, beside what is past.
    most
        How many plans; each further one spares somebody whom each earlier one asks.
    stop
        Set it from another thread to end with the plans so far.

    Raises
    ------
    Disagreement
        If model and audit differ.  Our bug.
    """
    search = Search(limits or SearchLimits(), stop)
    replanning = _Replanning(problem, roster, scenario, search, settled)
    for number in range(most or search.budgets.replan.plans):
        if number and replanning.is_over:
            return
        plan = replanning.next()
        if plan is None:
            return
        yield plan


class _Reached(NamedTuple):
    """What a search came to, whose limits it held, and whether it is the least."""

    values: Sequence[int]
    held: tuple[Stance, ...]
    is_least: bool


class _Few(NamedTuple):
    """A way that asks few people, if there is one, or whether there surely is none."""

    reached: _Reached | None
    is_impossible: bool


class _Replanning:
    """The month as it is now, what is past held, and the plans found so far."""

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        scenario: Scenario,
        search: Search,
        settled: Settled | None,
    ) -> None:
        self._scenario = scenario
        self._before = roster
        self._search = search
        self._budget = search.budgets.replan
        usual = with_leave_held(problem, roster)
        self._problem = scenario.applied_to(problem, roster)
        held = scenario.applied_to(usual, roster)
        self._month = StandingMonth(
            held, roster, usual=without_changed_pins(usual, held)
        )
        self._new = {member.name for member in scenario.joining}
        self._away = scenario.away
        self._happened = apply_scenario(self._problem, roster, scenario)
        self._month.tolerated.allow(self._of_what_happened())
        self._around = tuple(dates_changed(self._problem, problem, roster, scenario))
        self._baseline = self._month.baseline(
            with_days_of(self._away, roster, self._happened), scenario.now
        )
        base = self._month.model.cp
        self._disruption = Disruption(self._baseline, base)
        settled = settled or Settled(scenario.now)
        self._baseline.hold(base, replace(settled, absences=scenario.absences))
        self._found: list[Plan] = []

    @property
    def is_over(self) -> bool:
        """Whether there is no time for another plan, or nobody waits for it."""
        return self._search.is_over

    def next(self) -> Plan | None:
        """Return the plan that disturbs least and spares somebody of each found."""
        if any(not plan.disturbed for plan in self._found):
            return None
        reached = self._reached()
        if reached is not None:
            plan = self._plan(self._read(reached), reached.is_least)
        elif not self._found:
            # No time to plan anything: what has happened, and what it breaks.
            plan = self._plan(self._happened, is_least=False)
        else:
            return None
        self._found.append(plan)
        return plan

    def _reached(self) -> _Reached | None:
        """Return the least there is, leaving alone who is away or leaves if it can be.

        They are asked for another day only where all others are not enough.
        """
        without = self._few(self._away)
        first = without.reached or self._some(self._away)
        if first is not None or not self._away:
            return first or self._any()
        with_them = self._few(frozenset())
        if with_them.reached is not None and not without.is_impossible:
            return with_them.reached._replace(is_least=False)
        return with_them.reached or self._some(frozenset()) or self._any()

    def _few(self, spared: Set[StaffId]) -> _Few:
        """Keep to the whole standard with few people, of whom some are left alone."""
        cp, _ = self._cp(ALL, spared)
        found = max(
            (
                len(plan.disturbed)
                for plan in self._found
                if spared == self._away or self._away & set(plan.disturbed)
            ),
            default=0,
        )
        few = self._search.budgets.disruption.few
        way = self._fewest(cp, (min(found, few), few), work=self._budget.work)
        if not way.values:
            return _Few(None, way.is_impossible)
        return _Few(_Reached(way.values, ALL, way.is_proven), is_impossible=False)

    def _some(self, spared: Set[StaffId]) -> _Reached | None:
        """Keep law and musts, and as much of the contracts as some people can."""
        cp, price = self._cp(LAW, spared)
        some = self._search.budgets.disruption.some
        way = self._fewest(cp, (some, some), price, self._budget.work)
        if not way.values:
            return None
        return _Reached(self._fewer(cp, price, way.values), LAW, is_least=False)

    def _any(self) -> _Reached | None:
        """Keep what can be kept: near what has changed first, then anywhere.

        Where much has changed, most is gained by neighbourhoods around what was found,
        for as long as they gain.
        """
        cp, price = self._cp(())
        self._keep_pins(cp)
        cost = self._disruption.cost(self._new)
        some = self._search.budgets.disruption.some
        cost += self._disruption.people(self._away) * (PERSON * some)
        cp.minimize(expression(price) * BROKEN_FIRST + expression(cost))
        near = self._found[-1].roster if self._found else self._happened
        start = self._month.model.values_of(near) or {}
        values: Sequence[int] = ()
        for found in self._widen(cp, self._budget.around, start):
            values = found.values or values
        start = dict(enumerate(values)) or start
        for found in self._widen(cp, self._budget.whole, start, IMPROVING):
            broken = price.value(values) if values else None
            values = found.values or values
            if found.is_optimal:
                return _Reached(values, (), is_least=True)
            if not values or price.value(values) == broken:
                break
        if not values:
            return None
        return _Reached(self._fewer(cp, price, values), (), is_least=False)

    def _widen(
        self,
        cp: CpModel,
        reaches: Sequence[Reach],
        start: Mapping[int, int],
        parameters: Parameters | None = None,
    ) -> Iterator[Found]:
        """Improve on values, step by step."""
        return widen(
            self._baseline,
            cp,
            self._around,
            reaches,
            self._search,
            start=start,
            onward=True,
            parameters=parameters,
        )

    def _keep_pins(self, cp: CpModel) -> None:
        """Hold as many pins as can be: what was told is not weighed."""
        pins = self._month.model.penalty(Stance.PINNED)
        if pins is not None:
            some = cp.clone()
            some.minimize(pins)
            found = self._search.run(some, min(self._budget.pins, self._search.left))
            if found.values:
                broken = self._month.model.penalty_at(Stance.PINNED, found.values)
                cp.add(pins <= broken)

    def _fewer(
        self, cp: CpModel, price: LinearSum, values: Sequence[int]
    ) -> Sequence[int]:
        """Ask for fewer people than a plan does that keeps as much."""
        people = self._disruption.people_but(self._new).value(values)
        cp.add(expression(price) <= price.value(values))
        way = self._fewest(cp, (0, people - 1), seconds=self._budget.fewer)
        return way.values or values

    def _fewest(
        self,
        cp: CpModel,
        others: tuple[int, int],
        price: LinearSum | None = None,
        work: float | None = None,
        seconds: float = math.inf,
    ) -> FewestPeople:
        left = min(seconds, self._search.left)
        return fewest_people(
            self._disruption,
            cp,
            self._search.another(left, workers=1),
            spoken_to=self._new,
            others=others,
            price=price,
            work=work,
            at_once=cores(),
        )

    def _cp(
        self, stances: tuple[Stance, ...], spared: Set[StaffId] = frozenset()
    ) -> tuple[CpModel, LinearSum]:
        """Return a model that holds limits and spares somebody of each plan so far.

        Parameters
        ----------
        stances
            Whose limits are held.
        spared
            Of whom nothing is asked at all.
        """
        cp, price = self._month.cp(stances)
        if spared:
            cp.add(expression(self._disruption.people(spared)) == 0)
        for plan in self._found:
            people = self._disruption.people(plan.disturbed)
            cp.add(expression(people) <= len(plan.disturbed) - 1)
        return cp, price

    def _of_what_happened(self) -> Iterator[Finding]:
        """Yield what will be so whatever is planned.

        That is what a contract of somebody who is away, leaves or comes lacks by it,
        what is past, such as a night that was passed into the day after the last one,
        and what no roster can change: more users than places, nobody of a profession.
        """
        for finding in self._month.audit(self._happened):
            own = (
                len(finding.people) == 1 and finding.people[0] in self._away | self._new
            )
            facet = self._month.rulebook[finding.rule].facet[finding.facet]
            is_past = finding.date is not None and finding.date < self._scenario.now
            is_own = own and finding.stance is Stance.CONTRACT
            if facet.audit_only or is_past or is_own:
                yield finding

    def _read(self, reached: _Reached) -> Roster:
        """Return the roster of what was reached; law is counted twice, as everywhere.

        Raises
        ------
        Disagreement
            If model and audit differ.  Our bug.
        """
        model = self._month.model
        roster = self._baseline.read_held(
            reached.values, self._month.problem, reached.held
        )
        totals = level_totals(self._month.rulebook, self._month.audit(roster))
        no_less_charged(model, reached.values, totals)
        return roster

    def _plan(self, roster: Roster, is_least: bool) -> Plan:
        return Plan(
            scenario=self._scenario,
            problem=self._problem,
            before=self._before,
            roster=RosterRecord.of(roster).model_copy(update={"provenance": None}),
            findings=audit(self._problem, roster, self._month.rulebook),
            is_least=is_least,
        )
