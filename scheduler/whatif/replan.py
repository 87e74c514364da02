"""Plan the rest of a month again, and disturb as few people as possible.

Law comes first, then contracts, then the number of people whose days change, then the
number of changed cells, then notice: a change for tomorrow costs more than one in two
weeks.  Of plans alike in all that, wishes and evenness decide.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit import audit, level_totals
from scheduler.constraints.language.scope import expression
from scheduler.domain.errors import Disagreement
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.plan import Plan
from scheduler.solver.executors import cores
from scheduler.solver.search import IMPROVING, Search, SearchLimits
from scheduler.solver.standing.disturbance import PERSON, Disturbance
from scheduler.solver.standing.edits import (
    with_leave_held,
)
from scheduler.solver.standing.fewest import PRICE, fewest
from scheduler.solver.standing.fewest import WORK as QUICK_WORK
from scheduler.solver.standing.month import Month
from scheduler.solver.standing.standard import ALL, LAW
from scheduler.whatif.scenario_effects import (
    dates_changed,
    happened,
    with_days_of,
    without_changed_pins,
)

if TYPE_CHECKING:
    import datetime as dt
    import threading
    from collections.abc import Collection, Iterator, Mapping, Sequence, Set

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.linear import LinearSum
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Scenario
    from scheduler.solver.search import Found, Parameters
    from scheduler.solver.standing.fewest import Way


FEW_PEOPLE = 3
"""So many people are asked for one by one; more only where these are not enough."""

SOME_PEOPLE = 5
"""Before more people are asked than these, contracts give way."""

WORK = 1.5
"""What asking for so many people may take, in deterministic time."""

PIN_SECONDS = 1.0
"""Most that finding out which pins can be kept may take."""

AROUND = (1, 3)
"""Dates to either side of what has changed that may differ, in successive attempts."""

AROUND_SECONDS = 0.7
"""Most that one of these attempts may take."""

LAST_SECONDS = 3.0
"""Most that one attempt over the whole rest of the month may take."""

LAST_ATTEMPTS = 10
"""So often the whole rest is searched again, as long as less is broken each time."""

FEWER_SECONDS = 2.0
"""Most that asking for fewer people than were found may take."""

PLANS = 4
"""One, and three to choose from instead."""


def replan(
    problem: Problem,
    roster: Roster,
    scenario: Scenario,
    limits: SearchLimits | None = None,
    *,
    held: Collection[tuple[StaffId, dt.date]] = (),
    held_nights: Collection[dt.date] = (),
    most: int = PLANS,
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
    held
        Cells that stay as they are, such as those changed by hand.
    held_nights
        Nights in which the same person stays on call.
    most
        How many plans; each further one spares somebody whom each earlier one asks.
    stop
        Set it from another thread to end with the plans so far.

    Raises
    ------
    Disagreement
        If model and audit differ.  Our bug.
    """
    replanning = _Replanning(
        problem, roster, scenario, Search(limits or SearchLimits(), stop)
    )
    replanning.hold(held, held_nights)
    for number in range(most):
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
    ) -> None:
        self._scenario = scenario
        self._before = roster
        self._search = search
        usual = with_leave_held(problem, roster)
        self._problem = scenario.applied_to(problem, roster)
        held = scenario.applied_to(usual, roster)
        self._month = Month(held, roster, usual=without_changed_pins(usual, held))
        self._told = {member.name for member in scenario.joining}
        self._away = scenario.away
        self._happened = happened(self._problem, roster, scenario)
        self._month.standard.allow(self._of_what_happened())
        self._around = tuple(dates_changed(self._problem, problem, roster, scenario))
        base = self._month.model.cp
        self._disturbance = Disturbance(
            self._month.model,
            base,
            with_days_of(self._away, roster, self._happened),
            scenario.now,
            self._problem.staff,
        )
        self._disturbance.hold_past(base)
        self._disturbance.hold_absent(base, scenario.absences)
        self._found: list[Plan] = []

    def hold(
        self, cells: Collection[tuple[StaffId, dt.date]], nights: Collection[dt.date]
    ) -> None:
        """Hold cells, and who is on call in nights, as they stand."""
        base = self._month.model.cp
        self._disturbance.hold_cells(base, cells)
        self._disturbance.hold_nights(base, nights)

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
        way = self._fewest(cp, (min(found, FEW_PEOPLE), FEW_PEOPLE), work=WORK)
        if not way.values:
            return _Few(None, way.is_impossible)
        return _Few(_Reached(way.values, ALL, way.is_proven), is_impossible=False)

    def _some(self, spared: Set[StaffId]) -> _Reached | None:
        """Keep law and musts, and as much of the contracts as some people can."""
        cp, price = self._cp(LAW, spared)
        way = self._fewest(cp, (SOME_PEOPLE, SOME_PEOPLE), price, WORK)
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
        disturbance = self._disturbance
        cost = disturbance.cost(self._told)
        cost += disturbance.people(self._away) * (PERSON * SOME_PEOPLE)
        cp.minimize(expression(price) * PRICE + expression(cost))
        model = self._month.model
        values: Sequence[int] = ()
        near = self._found[-1].roster if self._found else self._happened
        start = model.values_of(near) or {}
        for days in AROUND:
            some = cp.clone()
            self._disturbance.hold_far(some, self._around, days)
            values = self._improved(some, values, start, AROUND_SECONDS).values
        for _ in range(LAST_ATTEMPTS):
            broken = price.value(values) if values else None
            found = self._improved(cp.clone(), values, start, LAST_SECONDS, IMPROVING)
            values = found.values
            if found.is_optimal:
                return _Reached(values, (), is_least=True)
            if not values or price.value(values) == broken:
                break
        if not values:
            return None
        return _Reached(self._fewer(cp, price, values), (), is_least=False)

    def _improved(
        self,
        cp: CpModel,
        values: Sequence[int],
        start: Mapping[int, int],
        seconds: float,
        parameters: Parameters | None = None,
    ) -> Found:
        """Search from values, or from a start where there are none; keep the values."""
        self._month.model.hint(cp, dict(enumerate(values)) or start)
        left = min(seconds, self._search.left)
        found = self._search.run(cp, left, None, parameters)
        return found if found.values else found._replace(values=tuple(values))

    def _keep_pins(self, cp: CpModel) -> None:
        """Hold as many pins as can be: what was told is not weighed."""
        pins = self._month.model.penalty(Stance.PINNED)
        if pins is not None:
            some = cp.clone()
            some.minimize(pins)
            found = self._search.run(some, min(PIN_SECONDS, self._search.left))
            if found.values:
                broken = self._month.model.penalty_at(Stance.PINNED, found.values)
                cp.add(pins <= broken)

    def _fewer(
        self, cp: CpModel, price: LinearSum, values: Sequence[int]
    ) -> Sequence[int]:
        """Ask for fewer people than a plan does that keeps as much."""
        people = self._disturbance.people_but(self._told).value(values)
        cp.add(expression(price) <= price.value(values))
        way = self._fewest(cp, (0, people - 1), seconds=FEWER_SECONDS)
        return way.values or values

    def _fewest(
        self,
        cp: CpModel,
        others: tuple[int, int],
        price: LinearSum | None = None,
        work: float = QUICK_WORK,
        seconds: float = math.inf,
    ) -> Way:
        left = min(seconds, self._search.left)
        return fewest(
            self._month,
            cp,
            self._disturbance,
            self._search.another(left, workers=1),
            told=self._told,
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
            cp.add(expression(self._disturbance.people(spared)) == 0)
        for plan in self._found:
            people = self._disturbance.people(plan.disturbed)
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
                len(finding.people) == 1
                and finding.people[0] in self._away | self._told
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
        roster = self._month.read(
            reached.values, self._disturbance, stances=reached.held
        )
        totals = level_totals(self._month.rulebook, self._month.audit(roster))
        for level in LEVELS:
            if totals[level] > model.penalty_at(level, reached.values):
                raise Disagreement(f"{level}: audit {totals[level]}")
        return roster

    def _plan(self, roster: Roster, is_least: bool) -> Plan:
        return Plan(
            scenario=self._scenario,
            problem=self._problem,
            before=self._before,
            roster=roster.model_copy(update={"provenance": None}),
            findings=audit(self._problem, roster, self._month.rulebook),
            is_least=is_least,
        )
