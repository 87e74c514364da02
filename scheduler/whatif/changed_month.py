"""The month as something has changed it: its past fixed, its rest open to a search."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property

from ortools.sat.python.cp_model import CpModel

from scheduler.audit import audit
from scheduler.audit.findings import Tolerated
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.constraints.selectors import is_night
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.plan import Gain, Plan
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import Scenario
from scheduler.domain.shifts import OnCall
from scheduler.domain.staff import StaffMember
from scheduler.solver.solution import no_less_charged
from scheduler.solver.standing.breaks import with_breaks_kept
from scheduler.solver.standing.edits import Settled, with_leave_held
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.standing.widening import Disruption
from scheduler.whatif.scenario_effects import (
    apply_scenario,
    dates_changed,
    with_days_of,
    without_changed_pins,
)


class ChangedMonth:
    """A month and its roster once a scenario has happened, as a model.

    Parameters
    ----------
    settled
        What must not change besides the past; nothing by default.

    Attributes
    ----------
    month
        The month with the scenario applied, its model and what may be broken.
    baseline, disruption
        The current roster in the model, and what a change of it asks of people.
    happened
        The roster with the scenario applied and nothing else changed.
    away, new
        Who is absent or leaves, and who joins.
    spared
        Who is asked only if all others are not enough: those away, and who is ill
        already.
    around
        The dates that the scenario changes.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        scenario: Scenario,
        settled: Settled | None = None,
    ) -> None:
        self._scenario = scenario
        self._before = roster
        usual = with_leave_held(problem, roster)
        self._problem = scenario.applied_to(problem, roster)
        held = scenario.applied_to(usual, roster)
        self.month = StandingMonth(
            held, roster, usual=without_changed_pins(usual, held)
        )
        self.new = {member.name for member in scenario.joining}
        self.away = scenario.away
        self.spared = scenario.spared_in(roster)
        self.happened = apply_scenario(self._problem, roster, scenario)
        self.month.tolerated.allow(self._of_what_happened())
        self.around = tuple(dates_changed(self._problem, problem, roster, scenario))
        self.baseline = self.month.baseline(
            with_days_of(self.away, roster, self.happened), scenario.now
        )
        base = self.month.model.cp
        self.disruption = Disruption(self.baseline, base)
        settled = settled or Settled(scenario.now)
        self.baseline.hold(base, replace(settled, absences=scenario.absences))
        self.baseline.hold_off_call(base, self._nights_lost())

    def cp(
        self,
        stances: tuple[Stance, ...],
        spared: Set[StaffId] = frozenset(),
        others: Collection[Plan] = (),
    ) -> tuple[CpModel, LinearSum]:
        """Return a model with limits held hard, and the price of breaking the others.

        Parameters
        ----------
        stances
            Stances whose limits are hard constraints.
        spared
            People whose days must not change.
        others
            Plans of each of which at least one person is spared.
        """
        cp, price = self.month.cp(stances)
        if spared:
            cp.add(expression(self.disruption.people(spared)) == 0)
        for plan in others:
            people = self.disruption.people(plan.disturbed)
            cp.add(expression(people) <= len(plan.disturbed) - 1)
        return cp, price

    def cost(self) -> LinearSum:
        """Return the cost of disruption; whoever joins is spoken to anyway."""
        return self.disruption.cost(self.new)

    def people(self) -> LinearSum:
        """Return how many people are disturbed, but for whoever joins."""
        return self.disruption.people_but(self.new)

    def unshared(
        self, values: Sequence[int], people: int
    ) -> list[tuple[LinearSum, int]]:
        """Return what each person has more than before, and what is a fair share of it.

        That is of shifts, of nights, and of nights on call by themselves: one, or more
        if not even so many people could share it so.  Empty if in a solution nobody has
        more than that; whoever joins is not asked.
        """
        staff = [one for one in self._problem.staff if one.name not in self.new]
        shares = []
        is_shared = True
        for loads in zip(*map(self._more_than_before, staff), strict=True):
            more = [max(0, load.value(values)) for load in loads]
            share = max(1, -(-sum(more) // people))
            is_shared = is_shared and max(more) <= share
            shares += [(load, share) for load in loads]
        return [] if is_shared else shares

    def _more_than_before(self, member: StaffMember) -> Iterator[LinearSum]:
        """Yield how many more shifts, nights and nights on call a person has."""
        model, dates = self.month.model, self.baseline.rest
        for total in (
            model.begun([member], dates),
            model.begun([member], dates, is_night),
            model.called([member], dates),
        ):
            yield total - LinearSum(total.value(self._values_before))

    @cached_property
    def _values_before(self) -> Sequence[int]:
        size = len(self.month.model.cp.proto.variables)
        return [self.baseline.values.get(index, 0) for index in range(size)]

    def read(self, values: Sequence[int], held: Collection[Stance]) -> Roster:
        """Return the roster of a solution, its penalties checked by the audit.

        Breaks of whoever keeps their shift stay, unless law, a must or a contract needs
        them elsewhere.

        Parameters
        ----------
        held
            The stances whose limits were hard constraints.

        Raises
        ------
        Disagreement
            If model and audit differ.  Our bug.
        """
        roster = self.baseline.read(values)
        found = self.month.audit(roster)
        self.baseline.check_held(found, held)
        totals = self.month.rulebook.level_totals(found)
        no_less_charged(self.month.model, values, totals)
        tolerated = Tolerated(self.month.rulebook, found)
        return with_breaks_kept(self.month.problem, self._before, roster, tolerated)

    def plan(
        self, roster: Roster, *, is_least: bool = False, gain: Gain | None = None
    ) -> Plan:
        """Return the plan of a roster, with the findings of its audit."""
        return Plan(
            scenario=self._scenario,
            problem=self._problem,
            before=self._before,
            roster=RosterRecord.of(roster).model_copy(update={"provenance": None}),
            findings=audit(self._problem, roster, self.month.rulebook),
            is_least=is_least,
            gain=gain,
        )

    def _of_what_happened(self) -> Iterator[Finding]:
        """Yield the findings that no plan can avoid.

        These are contract breaches of people who are away, leave or join; the past,
        such as a night worked into the day after somebody's last; and limits that no
        roster decides (more users than places, nobody of a profession).
        """
        for finding in self.month.audit(self.happened):
            own = len(finding.people) == 1 and finding.people[0] in self.away | self.new
            facet = self.month.rulebook.facet_of(finding)
            is_past = finding.date is not None and finding.date < self._scenario.now
            is_own = own and finding.stance is Stance.CONTRACT
            if facet.audit_only or is_past or is_own:
                yield finding

    def _nights_lost(self) -> Iterator[OnCall]:
        """Yield the nights on call that nobody has any more who had them.

        The model can represent the roster as it was, so it offers them still: such as
        the night of somebody's last day, which ends on the day after.
        """
        for night in self._before.on_call:
            if self.happened.on_call_by_date.get(night.date) != night.staff:
                yield night
