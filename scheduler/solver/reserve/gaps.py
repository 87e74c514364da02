"""Count the dates of a roster on which an absence would find no reserve."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from scheduler.audit.bands import night_band
from scheduler.audit.figures.people import RESTS, PersonMonth, people
from scheduler.audit.staff_list import may_do
from scheduler.audit.timeline import Timeline
from scheduler.audit.users import night_is_needed
from scheduler.domain.absences import ReserveGap, ReserveGapKind
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.shifts import LEAVE, OffKind, Role, ShiftKind
from scheduler.solver.reserve.stand_ins import (
    Quota,
    StandIn,
    by_day,
    by_night,
    calls_before,
    could_do,
    needs_on_call,
    nights_most,
    on_call,
    quotas,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


def reserve_gaps(problem: Problem, roster: Roster) -> tuple[ReserveGap, ...]:
    """Return the dates without reserve, in order, each with the kind that is missing.

    Each kind is missing under these conditions.

    Desk hours (A-11, A-13, G): the hours of a date, once lost, can be made up neither
    by hours beyond the quota nor by the holders of the role spending their later shifts
    on it alone.

    Day: nobody (`StandIn`) has a day off on the date, another one before or after it,
    and hours and a day off to spare by contract.

    Night that needs somebody (A-06): nobody has both of its dates off and either hours,
    days off and a night to spare, or a later night to exchange.

    Night on call: nobody is free of shifts in it and of leave who may be on call once
    more in the week (F-10); nights later in the week do not count, as they can be
    exchanged.
    """
    roster_of = _Standing(problem, roster)
    found = {
        ReserveGap(date=date, kind=quota.kind)
        for quota in quotas(problem)
        for date in roster_of.lost_for_good(quota)
    }
    for date in problem.period.dates:
        ready = {
            ReserveGapKind.DAY: map(roster_of.is_ready_by_day, by_day(problem, date))
        }
        if night_is_needed(problem, date):
            at_night = by_night(problem, date)
            ready[ReserveGapKind.NIGHT] = map(roster_of.is_ready_at_night, at_night)
        if needs_on_call(problem, date):
            calls = on_call(problem, date)
            ready[ReserveGapKind.ON_CALL] = map(roster_of.is_ready_on_call, calls)
        found |= {
            ReserveGap(date=date, kind=kind) for kind in ready if not any(ready[kind])
        }
    kinds = list(ReserveGapKind)
    return tuple(sorted(found, key=lambda one: (one.date, kinds.index(one.kind))))


class _Standing:
    """The facts of one roster that decide who is in reserve."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self._problem = problem
        self._timeline = Timeline(problem, roster)
        self._on_call = self._timeline.nights
        self._off = {
            (duty.staff, duty.date): duty.off
            for duty in self._timeline.duties
            if duty.off
        }
        self._nights: dict[StaffId, list[dt.date]] = defaultdict(list)
        for stint in self._timeline.begun:
            if stint.shift.kind is ShiftKind.NIGHT:
                self._nights[stint.person].append(stint.date)
        self._months = {month.staff: month for month in people(problem, roster)}

    def lost_for_good(self, quota: Quota) -> Iterator[dt.date]:
        """Yield the dates whose desk hours, once lost, leave the quota short."""
        done, more = self._desk(quota.role)
        beyond = sum(done[date] for date in quota.dates) - quota.minutes
        for place, date in enumerate(quota.dates, start=1):
            later = sum(more[other] for other in quota.dates[place:])
            if done[date] and beyond - done[date] + later < 0:
                yield date

    def _desk(self, role: Role) -> tuple[Counter[dt.date], Counter[dt.date]]:
        """Return minutes worked in a role by date, and what its shifts could add."""
        done: Counter[dt.date] = Counter()
        more: Counter[dt.date] = Counter()
        members = self._problem.member_by_name
        for stint in self._timeline.begun:
            member = members[stint.person]
            if may_do(self._problem, member, role):
                minutes = stint.minutes_as(role)
                done[stint.date] += minutes
                if could_do(self._problem, member, stint.shift, role):
                    more[stint.date] += stint.shift.work_minutes - minutes
        return done, more

    def is_ready_at_night(self, one: StandIn) -> bool:
        """Return whether a person is in reserve for a night or could exchange one."""
        name, begins = one.member.name, one.dates[0]
        month = self._months[name]
        most = nights_most(self._problem, one.member)
        has_room = self._has_room(one, month) and (most is None or month.nights < most)
        return (
            self._is_off(one)
            and self._on_call.get(begins) != name
            and (has_room or any(date > begins for date in self._nights[name]))
        )

    def is_ready_on_call(self, one: StandIn) -> bool:
        """Return whether a person could be on call in a night in place of another."""
        name, date = one.member.name, one.dates[0]
        most, earlier = calls_before(self._problem, date)
        calls = sum(self._on_call.get(other) == name for other in earlier)
        band = night_band(self._problem, date)
        return (
            self._on_call.get(date) != name
            and self._off.get((name, date)) not in LEAVE
            and (most is None or calls < most)
            and not any(s.span.overlaps(band) for s in self._timeline.stints[name])
        )

    def is_ready_by_day(self, one: StandIn) -> bool:
        """Return whether a person is in reserve by day, with a day off beside it."""
        name, date = one.member.name, one.dates[0]
        beside = (date - ONE_DAY, date + ONE_DAY)
        return (
            self._is_off(one)
            and self._has_room(one, self._months[name])
            and any(self._is_resting(name, other) for other in beside)
        )

    def _is_off(self, one: StandIn) -> bool:
        """Return whether all dates of a stand-in are plain days off."""
        return all(
            self._off.get((one.member.name, date)) is OffKind.DAY_OFF
            for date in one.dates
        )

    def _is_resting(self, name: StaffId, date: dt.date) -> bool:
        return date <= self._problem.period.last and (
            self._off.get((name, date)) in RESTS
        )

    def _has_room(self, one: StandIn, month: PersonMonth) -> bool:
        """Return whether a person has hours and days off to spare by contract."""
        contract = self._problem.contract_of(one.member)
        most, owed = contract.minutes_max, contract.days_off_min or 0
        has_hours = most is None or month.credited + one.minutes <= most
        return has_hours and month.days_off - owed >= len(one.dates)
