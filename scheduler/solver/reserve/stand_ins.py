"""Stand-ins: who could step in for an absence, and which desk hours are protected.

Defined on the input alone, without a roster.  `missing` and `search` each apply the
definition to a roster independently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.able import is_protected
from scheduler.audit.staff_list import may_do
from scheduler.audit.users import on_call_is_needed
from scheduler.constraints.selectors import may_begin
from scheduler.domain.absences import ReserveGapKind
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.requests import Want
from scheduler.domain.shifts import Role, Shift, ShiftKind
from scheduler.rulebook import rules_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

FREE = (Want.DAY_OFF, Want.PAID_LEAVE, Want.MORNING_OFF, Want.AFTERNOON_OFF)
"""Requests by which a person is not asked to step in on the date."""


class StandIn(NamedTuple):
    """A person who could take a shift on a date, or be on call in its night.

    Attributes
    ----------
    minutes
        Work minutes of the shortest shift that they could take; 0 for a night on call.
    dates
        Dates of the period that they must have off for it, the date itself first.
    """

    member: StaffMember
    minutes: int
    dates: tuple[dt.date, ...]


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
        Quota(managing, Role.MANAGER, dates, settings.manager_desk),
    )
    return tuple(quota for quota in every if quota.minutes and quota.dates)


def could_do(problem: Problem, member: StaffMember, shift: Shift, role: Role) -> bool:
    """Return whether a person on a shift could work in a role for all of it."""
    holds = role in member.roles and may_do(problem, member, role)
    fits = not shift.roles or role in shift.roles
    return shift.counts and holds and fits


def by_night(problem: Problem, date: dt.date) -> tuple[StandIn, ...]:
    """Return who could take the night shift of a date, given both its dates off."""
    dates = tuple(one for one in (date, date + ONE_DAY) if one in problem.period)
    return tuple(_stand_ins(problem, dates, at_night=True))


def by_day(problem: Problem, date: dt.date) -> tuple[StandIn, ...]:
    """Return who could take a day shift at least as long as a full-timer's day."""
    return tuple(_stand_ins(problem, (date,), at_night=False))


def needs_on_call(problem: Problem, date: dt.date) -> bool:
    """Return whether a night needs somebody of the office on call (A-06)."""
    least = rules_of(problem)["A-06"].int("on_call_min")
    return least > 0 and on_call_is_needed(problem, date)


def on_call(problem: Problem, date: dt.date) -> tuple[StandIn, ...]:
    """Return who could be on call in the night of a date."""
    return tuple(
        StandIn(member, 0, (date,))
        for member in problem.staff
        if member.on_call
        and member.is_employed_through(date, problem.office.night_band)
        and not is_protected(problem, member, date, problem.office.night_band)
        and not _asked_for(problem, member, (date,), (*FREE, Want.NOT_ON_CALL))
    )


def calls_before(
    problem: Problem, date: dt.date
) -> tuple[int | None, tuple[dt.date, ...]]:
    """Return the weekly limit of nights on call, and the dates of the week before.

    Nights later in the week can be exchanged, so they do not count (F-10).
    """
    standby, most = problem.office.settings.standby, None
    if standby.permission:
        most = rules_of(problem)["F-10"].int("per_week_max")
    elif standby.from_home:
        most = standby.home_per_week_max
    weeks = problem.period.weeks(problem.office.settings.week_starts_on)
    week = next(week for week in weeks if date in week)
    return most, tuple(one for one in week if one < date)


def nights_most(problem: Problem, member: StaffMember) -> int | None:
    """Return a person's most nights by contract, or else by the office's setting."""
    own = member.contract.nights_max
    return problem.office.settings.nights_most if own is None else own


def _stand_ins(
    problem: Problem, dates: tuple[dt.date, ...], *, at_night: bool
) -> Iterator[StandIn]:
    """Yield the people who can be asked, each with their shortest suitable shift."""
    least = 0 if at_night else _full_day(problem)
    shifts = [one for one in problem.shifts if _is_plain(one, at_night=at_night)]
    for member in problem.staff:
        if not _can_be_asked(problem, member, dates):
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


def _can_be_asked(
    problem: Problem, member: StaffMember, dates: tuple[dt.date, ...]
) -> bool:
    """Return whether employment, contract, requests and pins let a person step in."""
    return (
        all(date in member.employed for date in dates)
        and may_begin(problem, member, dates[0])
        and not _asked_for(problem, member, dates, FREE)
        and not any((member.name, date) in problem.pin_by_cell for date in dates)
    )


def _asked_for(
    problem: Problem,
    member: StaffMember,
    dates: tuple[dt.date, ...],
    wants: tuple[Want, ...],
) -> bool:
    return any(
        request.want in wants
        for date in dates
        for request in problem.requests_by_cell.get((member.name, date), ())
    )


def _is_plain(shift: Shift, *, at_night: bool) -> bool:
    is_night = shift.kind is ShiftKind.NIGHT or shift.passes_midnight
    return not shift.on_request and is_night == at_night


def _full_day(problem: Problem) -> int:
    """Return a full-timer's day in minutes, capped at the longest day shift."""
    by_day = [one for one in problem.shifts if _is_plain(one, at_night=False)]
    longest = max((shift.work_minutes for shift in by_day), default=0)
    return min(problem.office.settings.full_time_day, longest)
