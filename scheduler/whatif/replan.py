"""Plan the rest of a month again, and disturb as few people as possible.

Law comes first, then contracts, then the number of people whose days change, then the
number of changed cells, then notice: a change for tomorrow costs more than one in two
weeks.  Of plans alike in all that, wishes and evenness decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python.cp_model import LinearExpr

from scheduler.audit import audit, level_totals
from scheduler.domain.errors import Disagreement, GaveUp
from scheduler.domain.period import LONGEST_PERIOD
from scheduler.domain.plan import Plan
from scheduler.domain.stance import LEVELS, Stance
from scheduler.model import RosterModel
from scheduler.modelling.scope import expression
from scheduler.search import IMPROVING, Search, SearchLimits
from scheduler.weighing import weighed, weighed_at
from scheduler.whatif.disturbance import Disturbance

if TYPE_CHECKING:
    import datetime as dt
    import threading
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Scenario
    from scheduler.search import Found, Parameters

LAW = {
    Stance.STATUTORY: 1_000_000,
    Stance.MUST: 100,
    Stance.CONTRACT: 1,
}
"""What is kept before anybody is spared: a minute of law before any must."""

KEPT = 3_000_000
"""Weight of a minute of contract: more than all people and cells."""

PIN_SECONDS = 1.0
"""Most that finding out which pins can be kept may take."""

AROUND = (0, 1, 3)
"""Dates to either side of what has changed that may differ, in successive attempts."""

AROUND_SECONDS = 0.7
"""Most that one of these attempts may take."""

FEW_PEOPLE = 3
"""Plans for more people than these are improved, not asked for."""

PEOPLE_SECONDS = 0.5
"""Most that asking whether so many people are enough may take."""

LAST_SECONDS = 2.0
"""Most that the search over the whole rest of the month may take."""

TIE_SECONDS = 0.7
"""Most that wishes and evenness may take among plans alike in all else."""

PLANS = 3


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
    GaveUp
        If not even a plan that breaks rules was found in time.
    Disagreement
        If model and audit differ.  Our bug.
    """
    replanning = _Replanning(
        problem, roster, scenario, Search(limits or SearchLimits(), stop)
    )
    replanning.hold(held, held_nights)
    replanning.keep_pins()
    for number in range(most):
        if number and replanning.is_over:
            return
        plan = replanning.next()
        if plan is None:
            if number == 0:
                raise GaveUp
            return
        yield plan


class _Best(NamedTuple):
    """What a search came to, and whether nothing better exists."""

    values: Sequence[int]
    proven: bool


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
        self._problem = scenario.applied_to(problem, roster)
        self._model = RosterModel(self._problem)
        self._cp = self._model.cp
        self._around = tuple(_dates(self._problem, problem, roster, scenario))
        staff = self._problem.staff
        self._disturbance = Disturbance(
            self._model, self._cp, roster, scenario.now, staff
        )
        self._disturbance.hold_past(self._cp)
        self._disturbance.hold_absent(self._cp, scenario.absences)
        causes = _causes(scenario)
        self._names = [one.name for one in staff if one.name not in causes]
        self._found: list[Plan] = []

    def hold(
        self, cells: Collection[tuple[StaffId, dt.date]], nights: Collection[dt.date]
    ) -> None:
        """Hold cells, and who is on call in nights, as they stand."""
        self._disturbance.hold_cells(self._cp, cells)
        self._disturbance.hold_nights(self._cp, nights)

    @property
    def is_over(self) -> bool:
        """Whether there is no time for another plan, or nobody waits for it."""
        return self._search.is_over

    def keep_pins(self) -> None:
        """Hold as many pins as can be: what has happened is not weighed."""
        pins = self._model.penalty(Stance.PINNED)
        if pins is not None:
            cp = self._cp.clone()
            cp.minimize(pins)
            found = self._run(cp, PIN_SECONDS)
            if found.values:
                broken = self._model.penalty_at(Stance.PINNED, found.values)
                self._cp.add(pins <= broken)

    def next(self) -> Plan | None:
        """Return the plan that disturbs least and spares somebody of each found."""
        if any(not plan.disturbed for plan in self._found):
            return None
        cp = self._cp.clone()
        for plan in self._found:
            people = self._disturbance.people(plan.disturbed)
            cp.add(expression(people) <= len(plan.disturbed) - 1)
        best = self._best(cp)
        if not best.values:
            return None
        plan = self._plan(self._tie_broken(cp, best.values), best.proven)
        self._found.append(plan)
        return plan

    def _best(self, cp: CpModel) -> _Best:
        """Search near what has changed, then everywhere, then ask for fewer people."""
        law = weighed(self._model, LAW)
        cost = self._disturbance.cost(_causes(self._scenario))
        values: Sequence[int] = ()
        proven = False
        hint: Mapping[int, int] = self._model.values_of(self._before) or {}
        for days in (*AROUND, LONGEST_PERIOD):
            some = cp.clone()
            some.minimize(LinearExpr.sum([law * KEPT, expression(cost)]))
            self._disturbance.hold_far(some, self._around, days)
            self._model.hint(some, hint)
            everywhere = days == LONGEST_PERIOD
            found = self._run(some, LAST_SECONDS if everywhere else AROUND_SECONDS)
            values = found.values or values
            hint = dict(enumerate(values)) or hint
            proven = everywhere and found.is_optimal
        if values:
            cp.add(law <= weighed_at(self._model, LAW, values))
        if values and not proven:
            values = self._fewer(cp, values)
        return _Best(values, proven)

    def _fewer(self, cp: CpModel, values: Sequence[int]) -> Sequence[int]:
        """Ask for ever more people among few dates, up to one less than are asked.

        That few people are enough is found sooner so than by improving on a plan that
        asks many.
        """
        cost = self._disturbance.cost(_causes(self._scenario))
        people = self._disturbance.people(self._names)
        for number in range(min(FEW_PEOPLE + 1, people.value(values))):
            for days in AROUND[1:]:
                some = cp.clone()
                some.add(expression(people) <= number)
                some.minimize(expression(cost))
                self._disturbance.hold_far(some, self._around, days)
                found = self._run(some, PEOPLE_SECONDS)
                if found.values:
                    return found.values
        return values

    def _run(
        self, cp: CpModel, seconds: float, parameters: Parameters | None = None
    ) -> Found:
        """Search no longer than the limit of all plans leaves."""
        left = min(seconds, self._search.left)
        return self._search.run(cp, left, None, parameters)

    def _tie_broken(self, cp: CpModel, values: Sequence[int]) -> Sequence[int]:
        """Let wishes and evenness decide among plans that cost the same."""
        levels = [self._model.penalty(level) for level in (Stance.WISH, Stance.FAIR)]
        parts = [p for p in levels if p is not None]
        if not parts:
            return values
        cost = self._disturbance.cost(_causes(self._scenario))
        cp.add(expression(cost) <= cost.value(values))
        cp.minimize(LinearExpr.weighted_sum(parts, [1_000_000, 1][: len(parts)]))
        self._model.hint(cp, dict(enumerate(values)))
        found = self._run(cp, TIE_SECONDS, IMPROVING)
        return found.values or values

    def _plan(self, values: Sequence[int], is_least: bool) -> Plan:
        read = self._model.read(lambda variable: values[variable.index])
        roster = read.model_copy(
            update={
                "duties": tuple(self._disturbance.with_breaks(read)),
                "provenance": None,
            }
        )
        findings = audit(self._problem, roster, self._model.rulebook)
        totals = level_totals(self._model.rulebook, findings)
        for level in LEVELS:
            if totals[level] > self._model.penalty_at(level, values):
                raise Disagreement(f"{level}: audit {totals[level]}")
        return Plan(
            scenario=self._scenario,
            problem=self._problem,
            before=self._before,
            roster=roster,
            findings=findings,
            is_least=is_least,
        )


def _causes(scenario: Scenario) -> set[StaffId]:
    """Return the people whose days change because of themselves."""
    return {
        *(absence.staff for absence in scenario.absences),
        *(one.staff for one in scenario.leaving),
        *(member.name for member in scenario.joining),
    }


def _dates(
    problem: Problem, usual: Problem, roster: Roster, scenario: Scenario
) -> Iterator[dt.date]:
    """Yield the dates on which something is not as it was planned."""
    for date in problem.period.dates:
        if date < scenario.now:
            continue
        pins = (pin for pin in problem.pins.duties if pin.date == date)
        changed = problem.forecast_by_date[date] != usual.forecast_by_date[date]
        moved = any(
            (known := roster.by_cell.get((pin.staff, date))) is None
            or (known.shift, known.off) != (pin.shift, pin.off)
            for pin in pins
        )
        left = any(
            one.last < date
            and (d := roster.by_cell.get((one.staff, date))) is not None
            and d.shift is not None
            for one in scenario.leaving
        )
        if changed or moved or left:
            yield date
