"""The absences of a month in one model, in which the people that each asks are counted.

It asks a little less than the month does: the breaks of what is past may change, and
limits of who is absent that the absence breaks are no limits any more.  So what is
impossible here is so there, but a roster found here is a hint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from scheduler.audit.findings import ALL
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.constraints.language.scope import total_of
from scheduler.domain.roster import Roster, changes
from scheduler.domain.shifts import Duty, OffKind
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.counting import CountingQuery, PeopleCount, only_if
from scheduler.solver.standing.edits import with_absence

if TYPE_CHECKING:
    import datetime as dt

    from ortools.sat.python.cp_model import CpModel, IntVar

    from scheduler.domain.agreements import Spot
    from scheduler.domain.base import StaffId
    from scheduler.solver.search import Search
    from scheduler.solver.standing.month import StandingMonth

    Cell = tuple[StaffId, dt.date]


class AbsencesCounted:
    """A month in which any one person may be absent, and whom that asks.

    Parameters
    ----------
    month
        The month, whose model has options for all these absences.
    cases
        Person and date of each absence.
    search
        How it is set up.
    """

    def __init__(
        self, month: StandingMonth, cases: Collection[Cell], search: Search
    ) -> None:
        self._month = month
        cp = month.model.cp.clone()
        self._absent = {case: cp.new_bool_var("absent") for case in cases}
        self._hold_absences(cp)
        self._limits: dict[Spot, int] = {}
        self._own_limits: dict[Spot, IntVar] = {}
        self._hold_limits(cp)
        usual = month.baseline()
        mornings = tuple(self._mornings())
        reasons: defaultdict[Cell, list[IntVar]] = defaultdict(list)
        for case, is_absent in self._absent.items():
            reasons[case].append(is_absent)
        for cell, is_absent, _ in mornings:
            reasons[cell].append(is_absent)
        self._count = PeopleCount(cp, usual, lambda *cell: reasons[cell])
        for (name, date), is_absent, alone in mornings:
            member = month.problem.member_by_name[name]
            other = Baseline(month.model, alone).changes(member, date)
            only_if(cp, other, self._count.asked(name) + 1 - is_absent)
        self._past = {date: cp.new_bool_var("past") for date in usual.rest}
        self._hold_past(cp, usual)
        self._model = search.incremental(cp)

    def of(
        self, baseline: Baseline, held: Collection[Cell], staff: StaffId
    ) -> CountingQuery | None:
        """Return an absence on the first date left; ``None`` if it cannot be said.

        Parameters
        ----------
        baseline
            The roster with the absence and nothing else changed.
        held
            Other cells that stay as they are.
        staff
            Who is absent.
        """
        if self._model is None or self._is_unknown(baseline):
            return None
        return CountingQuery(
            self._model, self._count, self._assumed(baseline, held, staff)
        )

    def _hold_absences(self, cp: CpModel) -> None:
        """Hold that at most one person is absent on one date."""
        cp.add(sum(self._absent.values()) <= 1)
        for (name, date), is_absent in self._absent.items():
            member = self._month.problem.member_by_name[name]
            absent = Duty(staff=name, date=date, off=OffKind.ABSENT)
            option = self._month.model.same(member, date, absent)
            cp.add(expression(option) <= is_absent)

    def _hold_limits(self, cp: CpModel) -> None:
        """Hold all limits; of who is absent, those that are assumed."""
        own: defaultdict[StaffId, list[IntVar]] = defaultdict(list)
        for (name, _), is_absent in self._absent.items():
            own[name].append(is_absent)
        for spot, facet, terms in self._month.model.spots():
            if facet.stance not in ALL:
                continue
            allowed = self._limits[spot] = self._month.tolerated.allowed(spot)
            limit = cp.add(total_of(terms) <= allowed)
            if spot.staff in own:
                if spot not in self._own_limits:
                    is_held = self._own_limits[spot] = cp.new_bool_var("held")
                    cp.add(is_held + sum(own[spot.staff]) >= 1)
                limit.only_enforce_if(self._own_limits[spot])

    def _mornings(self) -> Iterator[tuple[Cell, IntVar, Roster]]:
        """Yield the mornings after nights of which somebody is absent.

        With the variable of the absence, and the roster with it.
        """
        month = self._month
        for (name, date), is_absent in self._absent.items():
            alone = with_absence(month.problem, month.roster, name, date)
            for change in changes(month.problem, month.roster, alone):
                if change.date != date:
                    yield (change.staff, change.date), is_absent, alone

    def _hold_past(self, cp: CpModel, usual: Baseline) -> None:
        """Hold the dates up to one that is assumed to be past."""
        later = None
        for date, is_past in reversed(self._past.items()):
            if later is not None:
                cp.add_implication(later, is_past)
            later = is_past
            for member in self._month.problem.staff:
                only_if(cp, usual.changes(member, date), 1 - is_past)

    def _is_unknown(self, baseline: Baseline) -> bool:
        """Return whether the absence breaks a limit that this model always holds."""
        allowed = baseline.tolerated.allowed
        return any(
            allowed(spot) > usual and spot not in self._own_limits
            for spot, usual in self._limits.items()
        )

    def _assumed(
        self, baseline: Baseline, held: Collection[Cell], staff: StaffId
    ) -> dict[int, int]:
        """Return what holds with an absence, as values of variables."""
        members, date = baseline.problem.member_by_name, baseline.now
        known = {self._absent[staff, date].index: 1}
        before = [is_past for one, is_past in self._past.items() if one < date]
        known |= {is_past.index: 1 for is_past in before[-1:]}
        for spot, is_held in self._own_limits.items():
            if spot.staff == staff:
                usual = self._limits[spot]
                known[is_held.index] = int(baseline.tolerated.allowed(spot) <= usual)
        for name, day in {*held, (staff, date)}:
            duty = baseline.roster.by_cell.get((name, day))
            if duty is not None and day >= date and name in members:
                known |= _as(baseline.model.same(members[name], day, duty), 1)
        return known | _as(baseline.model.on_call(members[staff], date), 0)


def _as(total: LinearSum, value: int) -> dict[int, int]:
    """Return the value of a sum's variable, if it is one variable alone."""
    if total.constant or len(total.terms) != 1 or total.terms[0][1] != 1:
        return {}
    return {total.terms[0][0].index: value}
