"""Of rosters of the same worth, one in which absences find somebody in reserve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ortools.sat.python.cp_model import IntVar, LinearExpr

from scheduler.audit.users import night_is_needed
from scheduler.constraints.language.joint import JointModel
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.constraints.language.roster_model import RosterModel
from scheduler.constraints.selectors import (
    credited_minutes,
    desk_minutes,
    is_night,
    one_of,
)
from scheduler.domain.absences import WEIGHTS, Reserve, ReserveGap, ReserveGapKind, cost
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.errors import Disagreement
from scheduler.domain.homes import Home, at_home, homes
from scheduler.domain.problem import Problem
from scheduler.domain.shares import nights_most
from scheduler.domain.shifts import LEAVE, RESTS, OffKind, Role
from scheduler.solver.reserve_gaps import (
    Quota,
    StandIn,
    by_day,
    by_night,
    calls_before,
    could_do,
    needs_on_call,
    on_call,
    quotas,
    reserve_gaps,
)
from scheduler.solver.search import IMPROVING, IMPROVING_WORKERS, Search, bare


class ReserveModel:
    """The dates without reserve, in the variables of a model (`reserve_gaps`).

    "In reserve" is bounded from above only, and "without reserve" from below only,
    which is exact when the penalty is minimised.

    Parameters
    ----------
    model
        The model to which variables and constraints are added; levels stay unchanged.
    problem
        The month, of one office or of several houses.

    Attributes
    ----------
    penalty
        The weighted number of dates without reserve.
    """

    def __init__(self, model: RosterModel, problem: Problem) -> None:
        houses = model.houses if isinstance(model, JointModel) else (model,)
        lacks: dict[ReserveGap, IntVar] = {}
        for home in homes(problem):
            lacks |= _HouseReserve(houses, home).lacks
        self._lacks = lacks
        self.penalty = LinearExpr.weighted_sum(
            list(lacks.values()), [WEIGHTS[lack.kind] for lack in lacks]
        )

    def cost_at(self, values: Sequence[int]) -> int:
        """Return the value of the penalty, given variable values by index."""
        lacking = self._lacks.items()
        return sum(WEIGHTS[lack.kind] * values[var.index] for lack, var in lacking)


class _HouseReserve:
    """What the dates of one house lack; `lacks` has a variable for each."""

    def __init__(self, houses: Sequence[RosterModel], home: Home) -> None:
        self._houses, self._home = houses, home
        self._model, self._problem = houses[home.number], home.problem
        problem = self._problem
        self._room: dict[tuple[str, int, int, bool], IntVar] = {}
        self.lacks: dict[ReserveGap, IntVar] = {}
        for quota in quotas(problem):
            self._add_quota(quota)
        for date in problem.period.dates:
            if night_is_needed(problem, date):
                ready = [self._at_night(one) for one in by_night(home, date)]
                self._add(ReserveGapKind.NIGHT, date, ready)
            if needs_on_call(problem, date):
                ready = [self._on_call(one) for one in on_call(home, date)]
                self._add(ReserveGapKind.ON_CALL, date, ready)
            ready = [self._by_day(one) for one in by_day(home, date)]
            self._add(ReserveGapKind.DAY, date, ready)

    def _lack(self, kind: ReserveGapKind, date: dt.date) -> IntVar:
        """Return the variable that is 1 if a date is without a kind of reserve."""
        lack = ReserveGap(date=date, kind=kind, house=self._home.name)
        if lack not in self.lacks:
            self.lacks[lack] = self._new(f"{date}/no {kind}")
        return self.lacks[lack]

    def _new(self, name: str) -> IntVar:
        return self._model.cp.new_bool_var(name)

    def _add(
        self, kind: ReserveGapKind, date: dt.date, ready: Sequence[IntVar]
    ) -> None:
        """Post that a date is without reserve unless somebody is ready."""
        self._model.cp.add_bool_or(self._lack(kind, date), *ready)

    def _add_quota(self, quota: Quota) -> None:
        """Mark dates whose desk minutes the quota cannot spare."""
        cp = self._model.cp
        done = {
            date: desk_minutes(self._model, (date,), quota.role) for date in quota.dates
        }
        beyond = LinearSum.total(done.values()) - LinearSum(quota.minutes)
        later = LinearSum()
        # Later dates are added up on the way back: only they can make up for a loss.
        for date in reversed(quota.dates):
            if done[date].highest:
                lack = self._lack(quota.kind, date)
                # A date without desk work has nothing to lose.
                nothing = self._new(f"{date}/no {quota.role}")
                kept = beyond + later - done[date]
                enough = cp.add(expression(kept) >= 0)
                enough.only_enforce_if(~lack, ~nothing)
                cp.add(expression(done[date]) == 0).only_enforce_if(nothing)
            later = later + self._could_add(quota.role, date, done[date])

    def _could_add(self, role: Role, date: dt.date, done: LinearSum) -> LinearSum:
        """Return the minutes that a date's shifts could add to a role."""
        able = LinearSum()
        for member in self._problem.staff:
            for shift in self._problem.all_shifts:
                if could_do(self._problem, member, shift, role):
                    begins = self._model.starts(member, date, one_of((shift,)))
                    able += begins * shift.work_minutes
        return able - done

    def _at_night(self, one: StandIn) -> IntVar:
        """Return a variable that is 1 only if a person is in reserve for a night."""
        model, begins = self._model, one.dates[0]
        ready = self._ready(one)
        self._only_if(ready, LinearSum(1) - model.on_call(one.member, begins))
        later = (date for date in self._problem.period.dates if date > begins)
        nights = LinearSum.total(
            model.starts(one.member, date, is_night) for date in later
        )
        room = LinearSum.of([self._has_room(one, at_night=True)])
        self._only_if(ready, room + nights)
        return ready

    def _on_call(self, one: StandIn) -> IntVar:
        """Return a variable that is 1 only if a person could be on call in a night."""
        model, member, date = self._model, one.member, one.dates[0]
        ready = self._new(f"{member.name}/{date}/could be on call")
        busy = model.on_call(member, date) + model.off(member, date, *LEAVE)
        for days in (-1, 0, 1):
            band = self._problem.office.on_call_band.shifted(-days * DAY)
            shifts = [s for s in self._problem.all_shifts if s.interval.overlaps(band)]
            busy += model.starts(member, date + days * ONE_DAY, one_of(shifts))
        self._only_if(ready, LinearSum(1) - busy)
        most, earlier = calls_before(self._home.whole, member.name, date)
        if most is not None:
            calls = LinearSum.total(model.on_call(member, other) for other in earlier)
            self._only_if(ready, LinearSum(most) - calls)
        return ready

    def _only_if(self, ready: IntVar, total: LinearSum) -> None:
        """Post that ``ready`` implies a sum of at least 1."""
        if total.terms:
            self._model.cp.add(expression(total) >= 1).only_enforce_if(ready)
        elif total.constant < 1:
            self._model.cp.add(ready == 0)

    def _by_day(self, one: StandIn) -> IntVar:
        """Return a variable that is 1 only if a person is in reserve by day."""
        ready = self._ready(one)
        room = self._has_room(one, at_night=False)
        self._model.cp.add_implication(ready, room)
        date = one.dates[0]
        beside = LinearSum.total(
            self._model.off(one.member, other, *RESTS)
            for other in (date - ONE_DAY, date + ONE_DAY)
            if other <= self._problem.period.last
        )
        self._only_if(ready, beside)
        return ready

    def _ready(self, one: StandIn) -> IntVar:
        """Return a variable that is 1 only if a stand-in has all dates off."""
        ready = self._new(f"{one.member.name}/{one.dates[0]}/in reserve")
        for date in one.dates:
            self._only_if(ready, self._model.off(one.member, date, OffKind.DAY_OFF))
        return ready

    def _has_room(self, one: StandIn, *, at_night: bool) -> IntVar:
        """Return a variable that is 1 only if the contract leaves room for the work."""
        key = (one.member.name, one.minutes, len(one.dates), at_night)
        if key not in self._room:
            self._room[key] = self._new(f"{one.member.name}/room")
            for margin in self._margins(one, at_night=at_night):
                self._only_if(self._room[key], margin + LinearSum(1))
        return self._room[key]

    def _margins(self, one: StandIn, *, at_night: bool) -> list[LinearSum]:
        """Return days off, hours and nights left; each must be 0 or more.

        They are those of the contract, in the house to which the person belongs.
        """
        belongs = at_home(self._home.whole, one.member.name)
        model, problem = self._houses[belongs.number], belongs.problem
        member = problem.member_by_name[one.member.name]
        contract = problem.contract_of(member)
        given = LinearSum.total(
            model.off(member, date, OffKind.DAY_OFF) for date in problem.period.dates
        )
        owed = (contract.days_off_min or 0) + len(one.dates)
        margins = [given - LinearSum(owed)]
        if contract.minutes_max is not None:
            free = LinearSum(contract.minutes_max - one.minutes)
            margins.append(free - credited_minutes(model, member))
        most = nights_most(problem, member)
        if at_night and most is not None:
            nights = model.begun([member], problem.period.dates, is_night)
            margins.append(LinearSum(most - 1) - nights)
        return margins


def more_in_reserve(
    problem: Problem,
    model: RosterModel,
    values: Sequence[int],
    search: Search,
    seconds: float,
) -> tuple[Sequence[int], Reserve]:
    """Return the best roster of the same worth with fewer dates without reserve.

    Parameters
    ----------
    model
        The month's model, with every level held.
    values
        The variable values of the first roster, by index.
    search, seconds
        Set-up, and the most time that the search may take.

    Returns
    -------
    Sequence[int]
        Values of the best roster found, or those given.
    Reserve
        The dates without reserve before and after, and the bound.

    Raises
    ------
    Disagreement
        If model and `reserve_gaps` count differently.  Our bug.
    """

    def lacking(at: Sequence[int]) -> tuple[ReserveGap, ...]:
        return reserve_gaps(problem, model.read(at))

    before = lacking(values)
    if search.is_over:
        return values, Reserve(before=before, after=before, bound=0, seconds=0.0)
    reserve = ReserveModel(model, problem)
    start = _spelled_out(reserve, model, values, search)
    if start and reserve.cost_at(start) != cost(before):
        raise Disagreement(f"reserve: {reserve.cost_at(start)}, {cost(before)}")
    model.aim(reserve.penalty, start or values)
    many = search.limits.workers > IMPROVING_WORKERS
    found = search.run(model.cp, seconds, parameters=IMPROVING if many else {})
    best, after = values, before
    if found.values and reserve.cost_at(found.values) < cost(before):
        best = found.values[: len(values)]
        after = lacking(best)
        if not found.bound <= cost(after) <= reserve.cost_at(found.values):
            raise Disagreement(f"reserve: {found.bound}, {cost(after)}")
    bound = min(found.bound, cost(after))
    return best, Reserve(
        before=before, after=after, bound=bound, seconds=round(found.seconds, 3)
    )


def _spelled_out(
    reserve: ReserveModel, model: RosterModel, values: Sequence[int], search: Search
) -> Sequence[int]:
    """Return the values of a roster extended by those of the reserve variables.

    The roster is fixed and the penalty minimised; empty if that is not solved to
    optimality.
    """
    cp = bare(model.cp)
    for index, value in enumerate(values):
        cp.add(model.variable(index) == value)
    cp.minimize(reserve.penalty)
    found = search.run(cp, search.left)
    return found.values if found.is_optimal else ()
