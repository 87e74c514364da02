"""The baseline: the current roster, in the variables of the changed month's model.

It gives the distance of another roster from it, holds what is settled, and bounds each
limit by what the current roster breaks already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from ortools.sat.python.cp_model import CpModel, LinearExpr

from scheduler.audit import audit
from scheduler.audit.findings import ALL, Tolerated
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.constraints.language.roster_model import RosterModel
from scheduler.constraints.language.scope import excess, total_of
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Disagreement
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import Absence
from scheduler.domain.shifts import OnCall
from scheduler.domain.staff import StaffMember
from scheduler.solver.standing.edits import Settled, with_days_off
from scheduler.solver.weights import BROKEN, NEAR, NEAR_CELL, weighed


class Baseline:
    """The current roster in the variables of a model.

    Parameters
    ----------
    roster
        The current roster; in its empty cells every option counts as unchanged.
    now
        First date that may change; the first of the period by default.
    tolerated
        How far each limit may be broken; not at all by default.
    """

    def __init__(
        self,
        model: RosterModel,
        roster: Roster,
        now: dt.date | None = None,
        tolerated: Tolerated | None = None,
    ) -> None:
        self.model = model
        self.problem = model.problem
        self.roster = roster
        self.now = now or self.problem.period.first
        self.tolerated = tolerated or Tolerated(model.rulebook, ())
        self.rest = tuple(d for d in self.problem.period.dates if d >= self.now)
        self._on: dict[dt.date, dict[int, int] | None] = {}

    # -- how far another roster is from it ---------------------------------------------

    def changes(self, member: StaffMember, date: dt.date) -> LinearSum:
        """Return the number of changes for a person on a date: duty, night on call."""
        duty = self.roster.by_cell.get((member.name, date))
        total = LinearSum()
        if duty is not None:
            total += LinearSum(1) - self.model.same(member, date, duty)
        calls = self.model.on_call(member, date)
        if self.roster.on_call_by_date.get(date) == member.name:
            return total + (LinearSum(1) - calls)
        return total + calls

    def cells(self, names: Collection[StaffId] | None = None) -> LinearSum:
        """Return the number of changes for some people, or all by default."""
        return LinearSum.total(
            self.changes(member, date)
            for date in self.rest
            for member in self.problem.staff
            if names is None or member.name in names
        )

    def distance(self) -> LinearExpr:
        """Return the weighted loss: wishes first, then changed cells and guidelines."""
        cells = expression(self.cells()) * NEAR_CELL
        return LinearExpr.sum([weighed(self.model, NEAR), cells])

    # -- what of it is held ------------------------------------------------------------

    def hold(self, cp: CpModel, settled: Settled) -> None:
        """Fix what is past and everything else that is settled."""
        self.hold_past(cp)
        self.hold_cells(cp, settled.cells)
        self.hold_nights(cp, settled.nights)
        self.hold_absent(cp, settled.absences)

    def hold_past(self, cp: CpModel) -> None:
        """Fix the dates before ``now``, breaks included; empty cells are days off."""
        stands = with_days_off(self.problem, self.roster)
        for date in self.problem.period.dates:
            if date < self.now:
                self._hold(cp, self.model.values_on(date, stands) or {})

    def hold_cells(
        self, cp: CpModel, cells: Collection[tuple[StaffId, dt.date]]
    ) -> None:
        """Fix cells from ``now`` on to their current duty where it is an option."""
        members = self.problem.member_by_name
        for name, date in cells:
            duty = self.roster.by_cell.get((name, date))
            if duty is not None and date >= self.now and name in members:
                self._set(cp, self.model.same(members[name], date, duty), 1)

    def hold_nights(self, cp: CpModel, nights: Collection[dt.date]) -> None:
        """Fix who is on call in nights from ``now`` on, where the model allows it."""
        members = self.problem.member_by_name
        for date in nights:
            name = self.roster.on_call_by_date.get(date)
            if name is not None and date >= self.now and name in members:
                self._set(cp, self.model.on_call(members[name], date), 1)

    def hold_people(self, cp: CpModel, names: Collection[StaffId]) -> None:
        """Fix the cells of some people from ``now`` on, and their nights on call."""
        roster = self.roster
        self.hold_cells(cp, [cell for cell in roster.by_cell if cell[0] in names])
        calls = roster.on_call_by_date.items()
        self.hold_nights(cp, [date for date, name in calls if name in names])

    def hold_off_call(self, cp: CpModel, nights: Iterable[OnCall]) -> None:
        """Keep people from some nights on call, those from ``now`` on."""
        members = self.problem.member_by_name
        for night in nights:
            if night.date >= self.now and night.staff in members:
                member = members[night.staff]
                self._set(cp, self.model.on_call(member, night.date), 0)

    def hold_absent(self, cp: CpModel, absences: Collection[Absence]) -> None:
        """Fix absent people to their pins and off call on the dates of absence."""
        for absence in absences:
            member = self.problem.member_by_name[absence.staff]
            for date in self.rest:
                if date in absence:
                    self._set(cp, self.model.on_call(member, date), 0)
                    pin = self.problem.pin_by_cell.get((absence.staff, date))
                    if pin is not None:
                        self._set(cp, self.model.same(member, date, pin), 1)

    def hold_far(self, cp: CpModel, around: Collection[dt.date], days: int) -> None:
        """Fix every date that is more than ``days`` days from all dates in ``around``.

        Breaks are fixed too on dates on which nothing has to change.
        """
        for date in self.rest:
            if any(abs((date - one).days) <= days for one in around):
                continue
            changes = [self.changes(member, date) for member in self.problem.staff]
            stands = self._values_on(date)
            # Where ``lowest`` is 1, the current duty is no option any more: it must
            # change.
            if stands is not None and not any(one.lowest for one in changes):
                self._hold(cp, stands)
                continue
            for one in changes:
                if one.terms and not one.lowest:
                    cp.add(expression(one) <= 0)

    def hold_limits(self, cp: CpModel, stances: Collection[Stance] = ALL) -> LinearSum:
        """Post that no limit be broken more than is tolerated.

        Parameters
        ----------
        stances
            Stances whose limits are enforced.  Those of others may be broken at a cost.

        Returns
        -------
        LinearSum
            The cost of breaking those (`BROKEN`).
        """
        price = LinearSum()
        for spot, facet, terms in self.model.spots():
            allowed = self.tolerated.allowed(spot)
            if facet.stance in stances:
                cp.add(total_of(terms) <= allowed)
            elif facet.stance in BROKEN:
                each = BROKEN[facet.stance] * facet.weight
                price += excess(cp, terms, allowed) * each
        return price

    def _set(self, cp: CpModel, total: LinearSum, value: int) -> None:
        if total.terms:
            cp.add(expression(total) == value)

    def _hold(self, cp: CpModel, values: Mapping[int, int]) -> None:
        for index, value in values.items():
            cp.add(self.model.variable(index) == value)

    # -- values ------------------------------------------------------------------------

    @cached_property
    def values(self) -> Mapping[int, int]:
        """The variable values, by index, that represent it; empty if none do."""
        return self.model.values_of(self.roster) or {}

    def read(self, values: Sequence[int]) -> Roster:
        """Return the roster for variable values, keeping breaks on unchanged dates."""
        found = self.model.read(values)
        unchanged = {
            date
            for date in self.problem.period.dates
            if date < self.now or self._is_unchanged(found, date)
        }
        duties = tuple(
            self.roster.by_cell.get((duty.staff, duty.date), duty)
            if duty.date in unchanged
            else duty
            for duty in found.duties
        )
        return found.model_copy(update={"duties": duties})

    def read_held(
        self,
        values: Sequence[int],
        problem: Problem,
        stances: Collection[Stance] = ALL,
    ) -> Roster:
        """Return the roster for values, after checking the held limits by an audit.

        Raises
        ------
        Disagreement
            If the audit finds a limit broken more than is tolerated.  Our bug.
        """
        roster = self.read(values)
        self.check_held(audit(problem, roster, self.model.rulebook), stances)
        return roster

    def check_held(
        self, found: Sequence[Finding], stances: Collection[Stance] = ALL
    ) -> None:
        """Check that the held limits are kept, by the findings of a roster's audit.

        Raises
        ------
        Disagreement
            If a limit is broken more than is tolerated.  Our bug.
        """
        beyond = self.tolerated.beyond(found, stances)
        if beyond:
            raise Disagreement(f"{beyond[0].rule} {beyond[0].facet}")

    def _is_unchanged(self, read: Roster, date: dt.date) -> bool:
        """Return whether a roster has the same values as this one on a date.

        Breaks may be exchanged between members of a crew.
        """
        values = self.model.values_on(date, read)
        return values is not None and values == self._values_on(date)

    def _values_on(self, date: dt.date) -> dict[int, int] | None:
        if date not in self._on:
            self._on[date] = self.model.values_on(date, self.roster)
        return self._on[date]
