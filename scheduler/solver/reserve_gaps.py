"""Stand-ins for each absence, and the dates of a roster without one."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scheduler.audit.bands import night_band
from scheduler.audit.figures.able import is_protected
from scheduler.audit.figures.people import PersonMonth, people
from scheduler.audit.staff_list import may_do
from scheduler.audit.timeline import Timeline
from scheduler.audit.users import night_is_needed, on_call_is_needed
from scheduler.constraints.f10_standby import weekly_limit
from scheduler.domain.absences import ReserveGap, ReserveGapKind
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.homes import Home, at_home, homes
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Want
from scheduler.domain.roster import Roster
from scheduler.domain.shares import nights_most
from scheduler.domain.shifts import LEAVE, RESTS, OffKind, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of

TIME_OFF = (Want.DAY_OFF, Want.PAID_LEAVE, Want.MORNING_OFF, Want.AFTERNOON_OFF)
"""Requests by which a person is not asked to step in on the date."""


class StandIn(NamedTuple):
    """A person who could take a shift on a date, or be on call in its night."""

    member: StaffMember
    minutes: int
    """Work minutes of the shortest shift that they could take; 0 for a night on
    call."""
    dates: tuple[dt.date, ...]
    """Dates of the period that they must have off for it, the date itself first."""


class Quota(NamedTuple):
    """Least total minutes in a role on some dates of the period (A-11, A-13, G)."""

    kind: ReserveGapKind
    role: Role
    dates: tuple[dt.date, ...]
    minutes: int


def quotas(problem: Problem) -> tuple[Quota, ...]:
    """Return the quotas of desk hours that the office protects."""
    settings, dates = problem.office.settings, problem.period.dates
    rule = rules_of(problem)["G"]
    last, first = rule.int("early_last_day"), rule.int("late_first_day")
    early = tuple(date for date in dates if date.day <= last)
    late = tuple(date for date in dates if date.day >= first)
    planning, managing = ReserveGapKind.PLANNING, ReserveGapKind.MANAGING
    every = (
        Quota(planning, Role.PLANNER, dates, settings.planner_desk),
        Quota(planning, Role.PLANNER, early, settings.planner_desk_early),
        Quota(planning, Role.PLANNER, late, settings.planner_desk_late),
        Quota(managing, Role.MANAGER, dates, problem.office.manager_desk),
    )
    return tuple(quota for quota in every if quota.minutes and quota.dates)


def could_do(problem: Problem, member: StaffMember, shift: Shift, role: Role) -> bool:
    """Return whether a person on a shift could work in a role for all of it."""
    holds = role in member.roles and may_do(problem, member, role)
    fits = not shift.roles or role in shift.roles
    return shift.counts and holds and fits


def by_night(home: Home, date: dt.date) -> tuple[StandIn, ...]:
    """Return who could take a house's night of a date, given both its dates off."""
    dates = tuple(one for one in (date, date + ONE_DAY) if one in home.problem.period)
    return tuple(_stand_ins(home, dates, at_night=True))


def by_day(home: Home, date: dt.date) -> tuple[StandIn, ...]:
    """Return who could take a day shift at least as long as a full-timer's day."""
    return tuple(_stand_ins(home, (date,), at_night=False))


def needs_on_call(problem: Problem, date: dt.date) -> bool:
    """Return whether a night needs somebody of the office on call (A-06)."""
    least = rules_of(problem)["A-06"].int("on_call_min")
    return least > 0 and on_call_is_needed(problem, date)


def on_call(home: Home, date: dt.date) -> tuple[StandIn, ...]:
    """Return who could be on call in the night of a date."""
    problem = home.problem
    return tuple(
        StandIn(member, 0, (date,))
        for member in problem.staff
        if member.on_call
        and member.is_employed_through(date, problem.office.on_call_band)
        and not is_protected(problem, member, date, problem.office.on_call_band)
        and not _asked_for(home.whole, member, (date,), (*TIME_OFF, Want.NOT_ON_CALL))
    )


def calls_before(
    whole: Problem, name: StaffId, date: dt.date
) -> tuple[int | None, tuple[dt.date, ...]]:
    """Return a person's weekly limit of nights on call, and the week's dates before.

    Nights later in the week can be exchanged, so they do not count (F-10).
    """
    problem = at_home(whole, name).problem
    most = weekly_limit(problem, rules_of(problem)["F-10"])
    week = next(week for week in problem.weeks if date in week)
    return most, tuple(one for one in week if one < date)


def _stand_ins(
    home: Home, dates: tuple[dt.date, ...], *, at_night: bool
) -> Iterator[StandIn]:
    """Yield the people who can be asked, each with their shortest suitable shift.

    Of several houses, everybody on the house's staff list, for the house's shifts.
    """
    problem = home.problem
    least = 0 if at_night else _full_day(problem)
    shifts = [one for one in problem.shifts if _is_plain(one, at_night=at_night)]
    for member in problem.staff:
        if not _can_be_asked(home, member, dates):
            continue
        minutes = [
            shift.work_minutes
            for shift in shifts
            if shift.symbol in member.shifts
            and shift.work_minutes >= least
            and member.is_employed_through(dates[0], shift.interval)
            and not is_protected(problem, member, dates[0], shift.interval)
            and any(
                could_do(problem, member, shift, role)
                for role in Role
                if role.in_care_pool
            )
        ]
        if minutes:
            yield StandIn(member, min(minutes), dates)


def _can_be_asked(home: Home, member: StaffMember, dates: tuple[dt.date, ...]) -> bool:
    """Return whether employment, contract, requests and pins let a person step in.

    Contract, requests and pins are those of the house to which the person belongs, and
    the house's own line may say fewer weekdays.
    """
    belongs = at_home(home.whole, member.name).problem
    own = belongs.member_by_name[member.name]
    return (
        all(date in member.employed for date in dates)
        and member.contract.allows(dates[0], home.problem.period)
        and own.contract.allows(dates[0], belongs.period)
        and not _asked_for(home.whole, member, dates, TIME_OFF)
        and not any((member.name, date) in home.whole.pin_by_cell for date in dates)
    )


def _asked_for(
    whole: Problem,
    member: StaffMember,
    dates: tuple[dt.date, ...],
    wants: tuple[Want, ...],
) -> bool:
    return any(
        request.want in wants
        for date in dates
        for request in whole.requests_by_cell.get((member.name, date), ())
    )


def _is_plain(shift: Shift, *, at_night: bool) -> bool:
    is_night = shift.is_night or shift.passes_midnight
    return not shift.on_request and is_night == at_night


def _full_day(problem: Problem) -> int:
    """Return a full-timer's day in minutes, capped at the longest day shift."""
    by_day = [one for one in problem.shifts if _is_plain(one, at_night=False)]
    longest = max((shift.work_minutes for shift in by_day), default=0)
    return min(problem.office.settings.full_time_day, longest)


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
    months = {
        month.staff: month
        for home in homes(problem)
        for month in people(home.problem.home, home.roster(roster))
    }
    kinds = list(ReserveGapKind)
    return tuple(
        lack
        for home in homes(problem)
        for lack in sorted(
            _gaps(home, _Standing(home, home.roster(roster), months)),
            key=lambda one: (one.date, kinds.index(one.kind)),
        )
    )


def _gaps(home: Home, roster_of: _Standing) -> set[ReserveGap]:
    """Return what the dates of one house lack."""
    problem = home.problem
    found = {
        (date, quota.kind)
        for quota in quotas(problem)
        for date in roster_of.lost_for_good(quota)
    }
    for date in problem.period.dates:
        ready = {ReserveGapKind.DAY: map(roster_of.is_ready_by_day, by_day(home, date))}
        if night_is_needed(problem, date):
            at_night = by_night(home, date)
            ready[ReserveGapKind.NIGHT] = map(roster_of.is_ready_at_night, at_night)
        if needs_on_call(problem, date):
            calls = on_call(home, date)
            ready[ReserveGapKind.ON_CALL] = map(roster_of.is_ready_on_call, calls)
        found |= {(date, kind) for kind in ready if not any(ready[kind])}
    return {ReserveGap(date=date, kind=kind, house=home.name) for date, kind in found}


class _Standing:
    """The facts of one house's roster that decide who is in reserve.

    ``months`` are those of everybody in the house to which they belong.
    """

    def __init__(
        self, home: Home, roster: Roster, months: Mapping[StaffId, PersonMonth]
    ) -> None:
        problem = home.problem
        self._whole, self._problem, self._months = home.whole, problem, months
        self._timeline = Timeline(problem, roster)
        self._on_call = self._timeline.nights
        self._off = {
            (duty.staff, duty.date): duty.off
            for duty in self._timeline.duties
            if duty.off
        }
        self._nights: dict[StaffId, list[dt.date]] = defaultdict(list)
        for stint in self._timeline.begun:
            if stint.shift.is_night:
                self._nights[stint.person].append(stint.date)

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
        most = nights_most(*self._belongs(name))
        has_room = self._has_room(one, month) and (most is None or month.nights < most)
        return (
            self._is_off(one)
            and self._on_call.get(begins) != name
            and (has_room or any(date > begins for date in self._nights[name]))
        )

    def is_ready_on_call(self, one: StandIn) -> bool:
        """Return whether a person could be on call in a night in place of another."""
        name, date = one.member.name, one.dates[0]
        most, earlier = calls_before(self._whole, name, date)
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

    def _belongs(self, name: StaffId) -> tuple[Problem, StaffMember]:
        """Return the house in which a person's contract stands, and their line."""
        problem = at_home(self._whole, name).problem
        return problem, problem.member_by_name[name]

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
        problem, member = self._belongs(one.member.name)
        contract = problem.contract_of(member)
        most, owed = contract.minutes_max, contract.days_off_min or 0
        has_hours = most is None or month.credited + one.minutes <= most
        return has_hours and month.days_off - owed >= len(one.dates)
