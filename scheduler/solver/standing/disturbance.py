"""What a plan asks of people: how many have other days, how many cells, how soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.scope import expression
from scheduler.solver.standing.edits import whole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.base import StaffId
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Absence
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember

PERSON = 100_000
CELL = 100
"""Weights: a person more than all cells, a cell more than the notice of one."""

NOTICE_DAYS = 14
"""From so many days ahead on, a change costs no more for being soon."""


class Disturbance:
    """The differences of a plan from a roster, in the variables of a model.

    Parameters
    ----------
    model
        Of the month.
    cp
        The model's solver model or a clone of it, to which is added whose days differ.
    before
        The roster as it stands; of a cell that it leaves empty anything may come.
    now
        First date that may differ.
    asked
        Whose changes count.
    """

    def __init__(
        self,
        model: RosterModel,
        cp: CpModel,
        before: Roster,
        now: dt.date,
        asked: Sequence[StaffMember],
    ) -> None:
        self._model = model
        self._before = before
        self._asked = tuple(asked)
        self._dates = model.problem.period.dates
        self._now = now
        self._rest = tuple(date for date in self._dates if date >= now)
        self._disturbed = {m.name: self._disturbs(cp, m) for m in self._asked}

    def people(self, names: Collection[StaffId]) -> LinearSum:
        """Count those of some people who are disturbed."""
        return LinearSum.total(self._disturbed[name] for name in names)

    def people_but(self, told: Collection[StaffId]) -> LinearSum:
        """Count all who are disturbed beside some."""
        return self.people([name for name in self._disturbed if name not in told])

    def cost(self, told: Collection[StaffId] = ()) -> LinearSum:
        """Return what a plan asks: of how many people, how much, how soon.

        Parameters
        ----------
        told
            People who are spoken to anyway; of them only the cells count.
        """
        total = self.people_but(told) * PERSON
        for date in self._rest:
            each = CELL + max(0, NOTICE_DAYS - (date - self._now).days)
            for member in self._asked:
                total += self._changes(member, date) * each
        return total

    def cells(self) -> LinearSum:
        """Count what differs, as `scheduler.domain.plan.changes` does."""
        return LinearSum.total(
            self._changes(member, date) for date in self._rest for member in self._asked
        )

    def hold_past(self, cp: CpModel) -> None:
        """Hold what is past, breaks included; empty cells were days off."""
        stands = whole(self._model.problem, self._before)
        for date in self._dates:
            if date < self._now:
                past = self._model.values_on(date, stands) or {}
                self._hold(cp, past)

    def hold_cells(
        self, cp: CpModel, cells: Collection[tuple[StaffId, dt.date]]
    ) -> None:
        """Hold cells that are not past as they stand, as far as they can be."""
        members = self._model.problem.member_by_name
        for name, date in cells:
            duty = self._before.by_cell.get((name, date))
            if duty is not None and date >= self._now and name in members:
                kept = self._model.same(members[name], date, duty)
                if kept.terms:
                    cp.add(expression(kept) == 1)

    def hold_nights(self, cp: CpModel, nights: Collection[dt.date]) -> None:
        """Hold who is on call in nights that are not past, as far as they can be."""
        members = self._model.problem.member_by_name
        for date in nights:
            name = self._before.on_call_by_date.get(date)
            if name is not None and date >= self._now and name in members:
                calls = self._model.on_call(members[name], date)
                if calls.terms:
                    cp.add(expression(calls) == 1)

    def hold_absent(self, cp: CpModel, absences: Collection[Absence]) -> None:
        """Let nobody work or be on call who is absent, also on what were days off."""
        problem = self._model.problem
        for absence in absences:
            member = problem.member_by_name[absence.staff]
            for date in self._rest:
                if date not in absence:
                    continue
                calls = self._model.on_call(member, date)
                if calls.terms:
                    cp.add(expression(calls) == 0)
                pin = problem.pin_by_cell.get((absence.staff, date))
                away = None if pin is None else self._model.same(member, date, pin)
                if away is not None and away.terms:
                    cp.add(expression(away) == 1)

    def hold_far(self, cp: CpModel, around: Collection[dt.date], days: int) -> None:
        """Hold every date that lies more than ``days`` from all of those given.

        Breaks are held as well on dates on which nothing has to change.
        """
        for date in self._rest:
            if any(abs((date - one).days) <= days for one in around):
                continue
            changed = [self._changes(member, date) for member in self._asked]
            kept = [one for one in changed if one.lowest == 0]
            for changes in kept:
                cp.add(expression(changes) <= 0)
            stands = self._model.values_on(date, self._before)
            if stands is not None and len(kept) == len(changed):
                self._hold(cp, stands)

    def _hold(self, cp: CpModel, values: Mapping[int, int]) -> None:
        for index, value in values.items():
            cp.add(self._model.variable(index) == value)

    def with_breaks(self, read: Roster) -> Iterator[Duty]:
        """Yield a plan's duties, with breaks as they were where nothing changed."""
        unchanged = {
            date
            for date in self._dates
            if date < self._now or self._is_as_before(read, date)
        }
        for duty in read.duties:
            known = self._before.by_cell.get((duty.staff, duty.date))
            as_before = duty.date in unchanged and known is not None
            yield known if as_before and known is not None else duty

    def _is_as_before(self, read: Roster, date: dt.date) -> bool:
        """Whether people, and those who take each break, are as many as before."""
        values = self._model.values_on(date, read)
        before = self._model.values_on(date, self._before)
        return values is not None and values == before

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

    def _disturbs(self, cp: CpModel, member: StaffMember) -> LinearSum:
        """One if anything differs for a person."""
        disturbs = cp.new_bool_var(f"{member.name}/disturbed")
        total = LinearSum.total(self._changes(member, date) for date in self._rest)
        if total.highest > 0:
            cp.add(expression(total) <= total.highest * disturbs)
        return LinearSum.of([disturbs])
