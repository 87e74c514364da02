"""Plan the rest of a month again, and disturb as few people as possible.

Law comes first, then contracts, then the number of people whose days change, then the
number of changed cells, then notice: a change for tomorrow costs more than one in two
weeks.  Of plans alike in all that, wishes and evenness decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import LinearExpr

from scheduler.audit import audit, level_totals
from scheduler.domain.errors import Disagreement, GaveUp
from scheduler.domain.plan import Plan
from scheduler.domain.stance import LEVELS, Stance
from scheduler.model import RosterModel
from scheduler.modelling.linear import LinearSum
from scheduler.modelling.scope import expression
from scheduler.search import IMPROVING, Search, SearchLimits
from scheduler.weighing import weighed, weighed_at

if TYPE_CHECKING:
    import datetime as dt
    import threading
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Scenario
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember

LAW = {
    Stance.PINNED: 100_000,
    Stance.STATUTORY: 10_000,
    Stance.MUST: 100,
    Stance.CONTRACT: 1,
}
"""What is kept before anybody is spared."""

KEPT = 10_000_000
PERSON = 100_000
CELL = 100
"""Weights: a minute of contract is worth more than all people, a person more than all
cells, a cell more than the notice of one."""

NOTICE_DAYS = 14
"""From so many days ahead on, a change costs no more for being soon."""

AROUND = (0, 1, 3)
"""Dates to either side of what has changed that may differ, in successive attempts."""

AROUND_SECONDS = 0.7
"""Most that one of these attempts may take."""

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
        Threads and seed; each plan has a time of its own.
    held
        Cells that stay as they are, such as those changed by hand.
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
        problem, roster, scenario, held, Search(limits or SearchLimits(), stop)
    )
    for number in range(most):
        plan = replanning.next()
        if plan is None:
            if number == 0:
                raise GaveUp
            return
        yield plan


class _Replanning:
    """The month as it is now, what is past held, and the plans found so far."""

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        scenario: Scenario,
        held: Collection[tuple[StaffId, dt.date]],
        search: Search,
    ) -> None:
        self._scenario = scenario
        self._before = roster
        self._search = search
        self._problem = scenario.applied_to(problem, roster)
        self._model = RosterModel(self._problem)
        self._cp = self._model.cp
        self._asked = [
            m for m in self._problem.staff if m.name not in _causes(scenario)
        ]
        self._around = tuple(_dates(self._problem, problem, roster, scenario))
        self._hold_past(held)
        self._disturbed = {m.name: self._disturbs(m) for m in self._asked}
        self._found: list[Plan] = []

    # -- the model -----------------------------------------------------------------

    def _hold_past(self, held: Collection[tuple[StaffId, dt.date]]) -> None:
        """Hold what is past, breaks included, and what was changed by hand."""
        for date in self._problem.period.dates:
            if date < self._scenario.now:
                past = self._model.values_on(date, self._before) or {}
                for index, value in past.items():
                    self._cp.add(self._model.variable(index) == value)
        members = self._problem.member_by_name
        for name, date in held:
            duty = self._before.by_cell.get((name, date))
            if duty is not None and date >= self._scenario.now and name in members:
                kept = self._model.same(members[name], date, duty)
                if kept.terms:
                    self._cp.add(expression(kept) == 1)

    def _changes(self, member: StaffMember, date: dt.date) -> LinearSum:
        """Count what differs on a date for a person: the duty, the night on call."""
        duty = self._before.by_cell.get((member.name, date))
        total = LinearSum()
        if duty is not None:
            total += LinearSum(1) - self._model.same(member, date, duty)
        calls = self._model.on_call(member, date)
        if self._before.on_call_by_date.get(date) == member.name:
            return total + (LinearSum(1) - calls)
        return total + calls

    def _rest(self) -> Iterator[dt.date]:
        for date in self._problem.period.dates:
            if date >= self._scenario.now:
                yield date

    def _disturbs(self, member: StaffMember) -> LinearSum:
        """One if anything differs for a person."""
        disturbs = self._cp.new_bool_var(f"{member.name}/disturbed")
        total = LinearSum.total(self._changes(member, date) for date in self._rest())
        if total.highest > 0:
            self._cp.add(expression(total) <= total.highest * disturbs)
        return LinearSum.of([disturbs])

    def _disturbance(self) -> LinearSum:
        """Return what a plan asks of people: of how many, how much, how soon."""
        people = LinearSum.total(self._disturbed.values()) * PERSON
        cells = LinearSum()
        for date in self._rest():
            ahead = (date - self._scenario.now).days
            each = CELL + max(0, NOTICE_DAYS - ahead)
            for member in self._asked:
                cells += self._changes(member, date) * each
        return people + cells

    # -- searching -----------------------------------------------------------------

    def next(self) -> Plan | None:
        """Return the plan that disturbs least and spares somebody of each found."""
        cp = self._cp.clone()
        for plan in self._found:
            people = [self._disturbed[name] for name in plan.disturbed]
            cp.add(expression(LinearSum.total(people)) <= len(people) - 1)
        if any(not plan.disturbed for plan in self._found):
            return None
        law, disturbance = weighed(self._model, LAW), self._disturbance()
        cost = LinearExpr.sum([law * KEPT, expression(disturbance)])
        cp.minimize(cost)
        values: Sequence[int] = ()
        hint: Mapping[int, int] = self._model.values_of(self._before) or {}
        for days in AROUND:
            some = cp.clone()
            self._hold_far(some, days)
            self._model.hint(some, hint)
            found = self._search.run(some, AROUND_SECONDS)
            values = found.values or values
            hint = dict(enumerate(values)) or hint
        whole = cp.clone()
        self._model.hint(whole, hint)
        found = self._search.run(whole, LAST_SECONDS)
        values = found.values or values
        if not values:
            return None
        kept = weighed_at(self._model, LAW, values) * KEPT
        cp.add(cost <= kept + disturbance.value(values))
        plan = self._plan(self._tie_broken(cp, values), found.is_optimal)
        self._found.append(plan)
        return plan

    def _hold_far(self, cp: CpModel, days: int) -> None:
        """Hold dates far from all that has changed."""
        for date in self._rest():
            if all(abs((date - one).days) > days for one in self._around):
                for member in self._asked:
                    changes = self._changes(member, date)
                    if changes.lowest == 0 or changes.terms:
                        cp.add(expression(changes) <= 0)

    def _tie_broken(self, cp: CpModel, values: Sequence[int]) -> Sequence[int]:
        """Let wishes and evenness decide among plans that cost the same."""
        levels = [self._model.penalty(level) for level in (Stance.WISH, Stance.FAIR)]
        parts = [p for p in levels if p is not None]
        if not parts:
            return values
        cp.minimize(LinearExpr.weighted_sum(parts, [1_000_000, 1][: len(parts)]))
        self._model.hint(cp, dict(enumerate(values)))
        found = self._search.run(cp, TIE_SECONDS, None, IMPROVING)
        return found.values or values

    def _plan(self, values: Sequence[int], is_least: bool) -> Plan:
        read = self._model.read(lambda variable: values[variable.index])
        roster = read.model_copy(
            update={"duties": tuple(self._with_breaks(read)), "provenance": None}
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

    def _with_breaks(self, read: Roster) -> Iterator[Duty]:
        """Yield the duties, with breaks as they were on dates that nothing changed."""
        unchanged = {
            date
            for date in self._problem.period.dates
            if date < self._scenario.now or self._is_as_before(read, date)
        }
        for duty in read.duties:
            known = self._before.by_cell.get((duty.staff, duty.date))
            as_before = duty.date in unchanged and known is not None
            yield known if as_before and known is not None else duty

    def _is_as_before(self, read: Roster, date: dt.date) -> bool:
        """Whether people, and those who take each break, are as many as before."""
        values = self._model.values_on(date, read)
        return values is not None and values == self._model.values_on(
            date, self._before
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
