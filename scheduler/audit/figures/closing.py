"""Closing a month: what a roster, as it was worked, leaves to the year's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.calendar_months import month_parts
from scheduler.audit.figures.fte import (
    FullTimeEquivalents,
    WorkType,
    full_time_equivalents,
)
from scheduler.audit.timeline import Timeline
from scheduler.audit.users import registrant_days, services
from scheduler.domain.shifts import OffKind, Role, ShiftKind
from scheduler.domain.staff import CERTIFIED_CARE_WORKER
from scheduler.domain.year import ClosedDay, ClosedMonth, ClosedPerson, Staffing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


def closed_months(problem: Problem, roster: Roster) -> tuple[ClosedMonth, ...]:
    """Return what each calendar month of a period, or part of one, leaves.

    Parameters
    ----------
    problem
        The month; its forecast has the users who came.
    roster
        The roster as it was worked.
    """
    return tuple(
        ClosedMonth(
            roster=roster.fingerprint,
            days=tuple(_days(problem, part.dates)),
            registered=problem.office.registered,
            services=services(problem, part.dates).total,
            registrant_days=registrant_days(problem, part.dates),
            people=tuple(_people(problem, roster, part.dates)),
            staffing=staffing(
                problem, full_time_equivalents(problem, roster, part.dates)
            ),
        )
        for part in month_parts(problem.period)
    )


def _days(problem: Problem, dates: tuple[dt.date, ...]) -> Iterator[ClosedDay]:
    for date in dates:
        day = problem.forecast_by_date[date]
        yield ClosedDay(
            date=date,
            day_users=day.day_users,
            overnight=day.overnight,
            visits=day.visits,
        )


def _people(
    problem: Problem, roster: Roster, dates: tuple[dt.date, ...]
) -> Iterator[ClosedPerson]:
    timeline = Timeline(problem, roster)
    for member in problem.staff:
        name = member.name
        shifts = [
            stint.shift
            for stint in timeline.stints_of_period(name)
            if stint.date in dates
        ]
        offs = [timeline.off(name, date) for date in dates]
        yield ClosedPerson(
            staff=name,
            nights=sum(shift.kind is ShiftKind.NIGHT for shift in shifts),
            on_call=sum(roster.on_call_by_date.get(date) == name for date in dates),
            leave=2 * offs.count(OffKind.PAID_LEAVE)
            + sum(shift.half_leave for shift in shifts),
        )


def staffing(problem: Problem, fte: FullTimeEquivalents) -> Staffing:
    """Return the minutes that shares of staff are of (E-01)."""
    members = problem.member_by_name
    pool = [job for job in fte.jobs if job.role.in_care_pool]
    care = [job for job in pool if job.role is Role.CARE]
    return Staffing(
        full_timer=fte.denominators.minutes,
        care=sum(job.minutes for job in care),
        certified=sum(
            job.minutes
            for job in care
            if CERTIFIED_CARE_WORKER in members[job.staff].qualifications
        ),
        pool=sum(job.minutes for job in pool),
        full_time=sum(
            job.minutes for job in pool if job.work_type in (WorkType.A, WorkType.B)
        ),
    )
