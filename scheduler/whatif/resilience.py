"""The absence map: what each single absence would do to a roster.

An absence is covered as it is, by changes, only beyond contracts, or not at all.
Absences go to worker processes in small lots, and results are collected as they come; a
process builds the month's model once and keeps it for the lots that follow.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ortools.sat.python.cp_model import CpModel

from scheduler.audit import audit
from scheduler.audit.findings import ALL, LAW, Tolerated
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.domain.absences import Dropout, Outcome, Resilience
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Disagreement
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.homes import MonthOrder
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Change, Roster, changes, people_of
from scheduler.domain.scenario import Absence, Scenario
from scheduler.domain.shifts import Duty, OffKind
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.executors import Workers, ended, is_unanswered, stop_request
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.counting import CountingQuery
from scheduler.solver.standing.edits import Settled, with_absence
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.standing.widening import Disruption
from scheduler.whatif.absence_repairs import AbsenceRepairs
from scheduler.whatif.absences_counted import AbsencesCounted

Case = tuple[StaffId, "dt.date"]
"""The person who is absent, and the date."""


class Absences(MonthOrder):
    """A month whose absences are to be judged.  Hand edits in its roster stay."""

    first: dt.date
    """First date whose absences are judged."""


def resilience(
    order: Absences,
    workers: Workers,
    *,
    on_judged: Callable[[int, int], None] = lambda done, of: None,
    stop: threading.Event | None = None,
) -> Resilience:
    """Return what every single absence of a month would do.

    Parameters
    ----------
    on_judged
        Called from this thread with the number of absences judged, and of all.
    stop
        Set it from another thread, or a signal's handler: absences not judged by then
        stay undecided.
    """
    wanted = tuple(cases(order.problem, order.roster, order.first))
    text = order.model_dump_json()
    size = BUDGETS.absences.lot
    lots = [wanted[i : i + size] for i in range(0, len(wanted), size)]
    tasks = {workers.submit(judged, text, lot) for lot in lots}
    found: dict[Case, Dropout] = {}
    for some in ended(workers, tasks, stop):
        before = len(found)
        for task in some:
            for one in () if is_unanswered(task) else task.result():
                found[one.staff, one.date] = one
        if len(found) > before:
            on_judged(len(found), len(wanted))
    place = {member.name: number for number, member in enumerate(order.problem.staff)}
    return Resilience(
        tuple(
            found.get(case)
            or dropout(order.roster, case, Outcome.UNDECIDED, is_least=False)
            for case in sorted(wanted, key=lambda one: (place[one[0]], one[1]))
        )
    )


def judged(order: str, wanted: Sequence[Case]) -> tuple[Dropout, ...]:
    """Judge some absences of an order, until all are done or a stop is requested.

    If model and audit differ on one, a bug of ours, it is returned as undecided with
    the fault, so that the others are not lost.

    Parameters
    ----------
    order
        `Absences` as JSON.
    """
    stop = stop_request()
    found: list[Dropout] = []
    for case in wanted:
        if stop.is_set():
            break
        judge, seed = _judge(order)
        limits = SearchLimits(BUDGETS.each, workers=1, seed=seed)
        try:
            found.append(judge.judge(*case, Search(limits, stop)))
        except Disagreement as error:
            found.append(judge.undecided(case, str(error)))
    return tuple(found)


@lru_cache(maxsize=1)
def _judge(order: str) -> tuple[Judge, int]:
    known = Absences.model_validate_json(order)
    return Judge(known), known.seed


def cases(problem: Problem, roster: Roster, first: dt.date) -> Iterator[Case]:
    """Yield the absences from a date on that lose a shift or a night on call."""
    for date in problem.period.dates:
        for member in problem.staff:
            duty = roster.by_cell.get((member.name, date))
            works = duty is not None and duty.shift is not None
            is_called = roster.on_call_by_date.get(date) == member.name
            if date >= first and (works or is_called):
                yield member.name, date


def dropout(roster: Roster, case: Case, outcome: Outcome, **facts: Any) -> Dropout:
    """Return the outcome of an absence, with the work that is lost and other facts."""
    staff, date = case
    duty = roster.by_cell.get(case)
    return Dropout(
        staff=staff,
        date=date,
        shift=duty.shift if duty is not None else None,
        on_call=roster.on_call_by_date.get(date) == staff,
        outcome=outcome,
        **facts,
    )


OWN = (Stance.PINNED, Stance.MUST, Stance.CONTRACT)
"""Stances whose limits an absence may break if they concern the absent person alone:
pins, must-have wishes, contract."""


@dataclass(frozen=True)
class Loss:
    """An absence of one person on one date, and nothing else changed."""

    month: StandingMonth
    """The month and its roster before the absence."""
    staff: StaffId
    date: dt.date
    scenario: Scenario
    """The absence; all before its date is past."""
    problem: Problem
    alone: Roster
    """The month with the absence, and the roster with nothing else changed."""
    tolerated: Tolerated
    """How far a repaired roster may break each limit."""
    breaches: tuple[Finding, ...]
    """What the absence alone breaks."""

    @classmethod
    def of(
        cls,
        month: StandingMonth,
        known: Sequence[Finding],
        staff: StaffId,
        date: dt.date,
    ) -> Loss:
        """Return an absence, given what the audit finds in the current roster."""
        absence = Absence(staff=staff, first=date, last=date)
        scenario = Scenario(now=date, absences=(absence,))
        now = scenario.applied_to(month.problem, month.roster)
        alone = with_absence(month.problem, month.roster, staff, date)
        found = audit(now, alone, month.rulebook)
        tolerated = Tolerated(month.rulebook, known)
        tolerated.allow(
            one for one in found if one.people == (staff,) and one.stance in OWN
        )
        breaches = tolerated.beyond(found)
        return cls(month, staff, date, scenario, now, alone, tolerated, breaches)

    def remaining(
        self, roster: Roster, held: Collection[Stance]
    ) -> tuple[Finding, ...]:
        """Return what a repaired roster breaks beyond the tolerated.

        Parameters
        ----------
        held
            Stances whose limits it was to keep.

        Raises
        ------
        Disagreement
            If the audit finds one of these broken.  Our bug.
        """
        beyond = self.tolerated.beyond(audit(self.problem, roster, self.month.rulebook))
        for finding in beyond:
            if finding.stance in held:
                raise Disagreement(f"{finding.rule} {finding.facet}")
        return beyond

    def changes(self, roster: Roster) -> tuple[Change, ...]:
        """Return what a repaired roster changes beside the absence itself."""
        return tuple(changes(self.problem, self.alone, roster))

    def ends(
        self, outcome: Outcome, roster: Roster | None = None, **facts: Any
    ) -> Dropout:
        """Return the absence with its outcome, and the changes of a repaired roster."""
        changed = () if roster is None else self.changes(roster)
        return dropout(
            self.month.roster,
            (self.staff, self.date),
            outcome,
            changes=changed,
            asked=people_of(self.problem, changed),
            breaches=self.breaches,
            **facts,
        )


class Judge:
    """A month's model, on which absences are judged one after the other.

    Hand edits stay, except where an absence concerns them.  The model has options for
    all absences of the order from the start.
    """

    def __init__(self, order: Absences) -> None:
        self._by_hand = order.problem, order.made, order.roster
        self._cases = tuple(cases(order.problem, order.roster, order.first))
        self._month = StandingMonth.by_hand(*self._by_hand, absences=self._cases)
        self._known = self._month.audit(order.roster)
        self._counts: AbsencesCounted | None = None

    def judge(self, staff: StaffId, date: dt.date, search: Search) -> Dropout:
        """Return what follows if somebody is absent on a date."""
        loss = Loss.of(self._month, self._known, staff, date)
        if not loss.breaches:
            return loss.ends(Outcome.COVERED)
        return self._mended(loss, search)

    def undecided(self, case: Case, fault: str) -> Dropout:
        """Return an absence as undecided, with the fault that prevented a verdict."""
        facts = {"is_least": False, "fault": fault}
        return dropout(self._month.roster, case, Outcome.UNDECIDED, **facts)

    def _mended(self, loss: Loss, search: Search) -> Dropout:
        """Repair by asking few people, then anybody, then beyond contracts."""
        for held, best_of in (
            (ALL, AbsenceRepairs.fewest),
            (LAW, AbsenceRepairs.cheapest),
        ):
            if search.is_over:
                return loss.ends(Outcome.UNDECIDED, is_least=False)
            repairs = self._repairs(loss, search, held)
            way = best_of(repairs)
            if way.values:
                roster = repairs.baseline.read(way.values)
                return _described(loss, roster, held, is_least=way.is_proven)
        if not way.is_proven or not self._is_confirmed(loss, search):
            return loss.ends(Outcome.UNDECIDED, is_least=False)
        best = self._best(loss, search)
        if best is None:
            return loss.ends(Outcome.FATAL)
        return _described(loss, best, (), is_least=False)

    def _repairs(
        self, loss: Loss, search: Search, held: tuple[Stance, ...]
    ) -> AbsenceRepairs:
        """Return the rosters that keep the limits of some stances."""
        baseline, cp, price = self._asked(loss, held)
        counted = self._counted(loss, baseline, search) if held == ALL else None
        disruption = Disruption(baseline, cp)
        return AbsenceRepairs(
            loss.staff, loss.date, search, baseline, cp, price, disruption, counted
        )

    def _counted(
        self, loss: Loss, baseline: Baseline, search: Search
    ) -> CountingQuery | None:
        """Return the absence in the model that counts people, if there is one."""
        if not search.budgets.absences.rounds:
            return None
        if self._counts is None:
            self._counts = AbsencesCounted(self._month, self._cases, search)
        settled = Settled.by_hand(*self._by_hand, loss.scenario)
        return self._counts.of(baseline, settled.cells, loss.staff)

    def _is_confirmed(self, loss: Loss, search: Search) -> bool:
        """Confirm by the other kind of solver that law and musts cannot be kept."""
        _, cp, _ = self._asked(loss, LAW)
        return search.confirm(cp, search.left, countable=True).is_impossible

    def _best(self, loss: Loss, search: Search) -> Roster | None:
        """Return the roster with the least penalty, whomever it asks."""
        baseline, cp, price = self._asked(loss, ())
        cp.minimize(expression(price))
        parameters = {"max_deterministic_time": search.budgets.absences.work_for_all}
        found = search.run(cp, search.left, parameters=parameters)
        return baseline.read(found.values) if found.values else None

    def _asked(
        self, loss: Loss, held: tuple[Stance, ...]
    ) -> tuple[Baseline, CpModel, LinearSum]:
        """Return the baseline with the absence, a model with limits, and its penalty.

        Fixed are the absence, everybody else's presence, the past and settled cells.
        """
        model = self._month.model
        cp = model.cp.clone()
        baseline = Baseline(model, loss.alone, loss.date, loss.tolerated)
        price = baseline.hold_limits(cp, held)
        settled = Settled.by_hand(*self._by_hand, loss.scenario)
        own = {(loss.staff, loss.date)}
        baseline.hold(cp, replace(settled, cells=settled.cells | own))
        for name, date in self._cases:
            if (name, date) not in own:
                member = self._month.problem.member_by_name[name]
                absent = Duty(staff=name, date=date, off=OffKind.ABSENT)
                cp.add(expression(model.same(member, date, absent)) == 0)
        return baseline, cp, price


def _described(
    loss: Loss, roster: Roster, held: tuple[Stance, ...], *, is_least: bool
) -> Dropout:
    """Return the outcome of a repaired roster: its changes, and remaining breaches."""
    remaining = loss.remaining(roster, held)
    if any(finding.stance.is_hard for finding in remaining):
        return loss.ends(Outcome.FATAL, remaining=remaining)
    if remaining:
        facts = {"remaining": remaining, "is_least": is_least}
        return loss.ends(Outcome.STRAINED, roster, **facts)
    if not loss.changes(roster):
        return loss.ends(Outcome.COVERED)
    return loss.ends(Outcome.REPAIRABLE, roster, is_least=is_least)
