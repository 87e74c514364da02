"""Calendar months: those a period touches (B-02), and what one leaves when closed.

A period from the 21st to the 20th contains no whole calendar month; figures judged by
the month are then given for the two parts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby

from scheduler.audit.figures.bands import BandHours, month_hours, nights
from scheduler.audit.figures.fte import (
    FullTimeEquivalents,
    Job,
    WorkType,
    full_time_equivalents,
    licensed_tenths,
)
from scheduler.audit.rules.a03_day_hours import required_on
from scheduler.audit.rules.a10_nurse import nurse_shifts
from scheduler.audit.staff_list import is_nurse
from scheduler.audit.timeline import timeline_of
from scheduler.audit.users import registrant_days, services
from scheduler.domain.base import Frozen
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import StaffingReading
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.qualifications import CERTIFIED_CARE_WORKER
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import OffKind, Role
from scheduler.domain.year import ClosedDay, ClosedMonth, ClosedPerson, Staffing
from scheduler.rulebook import rules_of


class MonthPart(Frozen):
    """The dates of a period that lie in one calendar month."""

    dates: tuple[dt.date, ...]

    @property
    def is_whole(self) -> bool:
        """Whether they are the whole month."""
        first, last = self.dates[0], self.dates[-1]
        return first.day == 1 and (last + ONE_DAY).day == 1


class PartFigures(Frozen):
    """Figures that are judged by the calendar month, for one part of it."""

    part: MonthPart
    fte: FullTimeEquivalents
    hours: BandHours
    """Hours in the day band, by the office's reading (A-03, C-02)."""
    short_nights: int
    """Short nights that begin in the part (C-03)."""
    nurse_shifts: int
    """Duties of licensed nurses in their role (A-10)."""
    visits: int
    """Visits expected (E-02)."""
    licensed: tuple[int, int] | None = None
    """FTE of licensed nurses, in tenths by hours and by the form, of a kantaki (A-19).
    """


def month_parts(period: Period) -> tuple[MonthPart, ...]:
    """Return the calendar months of a period, each with its dates."""
    by_month = groupby(period.dates, key=lambda date: (date.year, date.month))
    return tuple(MonthPart(dates=tuple(dates)) for _, dates in by_month)


def is_calendar_month(period: Period) -> bool:
    """Tell whether a period is one whole calendar month."""
    parts = month_parts(period)
    return len(parts) == 1 and parts[0].is_whole


def by_calendar_month(problem: Problem, roster: Roster) -> tuple[PartFigures, ...]:
    """Return the figures of each calendar month or part of one in the period."""
    timeline = timeline_of(problem, roster)
    is_kantaki = rules_of(problem)["A-19"].is_for(problem.office.kind)
    return tuple(
        PartFigures(
            part=part,
            fte=fte,
            hours=_hours(problem, roster, part.dates),
            short_nights=sum(
                night.is_short
                for night in nights(problem, roster)
                if night.date in part.dates
            ),
            nurse_shifts=len(nurse_shifts(timeline, problem, part.dates)),
            visits=services(problem, part.dates).visits_of_add_on,
            licensed=licensed_tenths(problem, fte) if is_kantaki else None,
        )
        for part in month_parts(problem.period)
        for fte in (full_time_equivalents(problem, roster, part.dates),)
    )


def _hours(problem: Problem, roster: Roster, dates: tuple[dt.date, ...]) -> BandHours:
    month = month_hours(problem, roster, dates)
    if problem.office.settings.staffing_reading is StaffingReading.MONTHLY:
        return month
    required = sum(required_on(problem, date) for date in dates)
    return BandHours(required=required, planned=month.planned)


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
            visits=services(problem, [date]).visits_of_add_on,
        )


def _people(
    problem: Problem, roster: Roster, dates: tuple[dt.date, ...]
) -> Iterator[ClosedPerson]:
    timeline = timeline_of(problem, roster)
    # Whoever works in several houses stands in the record of their own, with all of it.
    for member in problem.home.staff:
        name = member.name
        shifts = [
            stint.shift
            for stint in timeline.stints_of_period(name)
            if stint.date in dates
        ]
        offs = [timeline.off(name, date) for date in dates]
        yield ClosedPerson(
            staff=name,
            nights=sum(shift.is_night for shift in shifts),
            on_call=sum(roster.on_call_by_date.get(date) == name for date in dates),
            leave=2 * offs.count(OffKind.PAID_LEAVE)
            + sum(shift.half_leave for shift in shifts),
        )


def care_jobs(problem: Problem, jobs: Iterable[Job]) -> list[Job]:
    """Return the jobs that shares of certified care workers are of (E-01).

    Licensed nurses are none of them, whatever they do.
    """
    members = problem.member_by_name
    care = (job for job in jobs if job.role is Role.CARE)
    return [job for job in care if not is_nurse(problem, members[job.staff])]


def staffing(problem: Problem, fte: FullTimeEquivalents) -> Staffing:
    """Return the minutes that shares of staff are of (E-01)."""
    members = problem.member_by_name
    pool = [job for job in fte.jobs if job.role.in_care_pool]
    care = care_jobs(problem, pool)
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
