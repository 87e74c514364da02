"""The rows, dates and figures of the statutory staffing table (A-18, B, H-01 to H-06).

Everything that the table shows is computed here or taken from the audit's figures; what
writes it to a sheet only lays it out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum

from scheduler.audit.denominator import FOUR_WEEKS, WEEK_DAYS
from scheduler.audit.figures.bands import day_hours, nights
from scheduler.audit.figures.calendar_months import month_parts
from scheduler.audit.figures.fte import (
    FullTimeEquivalents,
    Job,
    full_time_equivalents,
    long_absence,
)
from scheduler.audit.papers.statutory.symbols import (
    TableSymbol,
    carried_in,
    symbol_of,
)
from scheduler.audit.staff_list import managers, nurses, planners
from scheduler.audit.timeline import Timeline
from scheduler.audit.users import AverageUsers, average_users
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.office import FteDenominator
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import OffKind, Role
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of

JOBS = (Role.MANAGER, Role.PLANNER, Role.NURSE, Role.CARE)
"""The order of the jobs in the table."""


class TableSpan(StrEnum):
    """The dates of a table (4週・暦月)."""

    MONTH = "month"
    """The calendar month; if the period touches two, a table for each."""
    FOUR_WEEKS = "four_weeks"
    """The first 28 dates of the period, over four of a full-timer's weeks."""


class Edition(StrEnum):
    """Whether a table shows what was planned or what was worked (予定・実績)."""

    PLANNED = "planned"
    ACTUAL = "actual"


class TableRow(Frozen):
    """One job of one person."""

    job: Job
    cells: tuple[TableSymbol | None, ...]
    """What stands on each date of the table; ``None`` for an empty cell."""
    short_absence: int = 0
    """Dates of leave of absence that count as worked, of up to a month (B-04)."""
    raised_dates: int | None = None
    """With legal short hours, the dates on which the person counts as a full-timer
    (B-05); ``None`` for everybody else."""
    leave_day: int = 0
    """What a day of leave counts, in minutes; nothing for part-timers (B-04)."""

    @property
    def events(self) -> int:
        """Minutes at events of the office, which no symbol has (B-01)."""
        return self.job.credit.events

    @property
    def on_call(self) -> int:
        """Minutes of nights on call that are work; no full-time equivalents (B-08)."""
        return sum(cell.on_call for cell in self.cells if cell)

    @property
    def minutes(self) -> int:
        """Minutes in both bands, nights on call that are work included."""
        return sum(cell.day + cell.night for cell in self.cells if cell)


class TableDay(Frozen):
    """The foot of the table for one date."""

    date: dt.date
    day_users: int
    overnight: int | None
    """``None`` if the number is not known."""
    visits: int
    required: int
    """Minutes of care by day that the standard asks for (A-03)."""
    planned: int
    on_duty: tuple[StaffId, ...]
    on_call: StaffId | None


class StatutoryTable(Frozen):
    """The staffing table of some dates of a roster."""

    edition: Edition
    span: TableSpan
    dates: tuple[dt.date, ...]
    rows: tuple[TableRow, ...]
    days: tuple[TableDay, ...]
    carried_in: int
    """Care by day on the first date of shifts that began before it, in minutes."""
    fte: FullTimeEquivalents
    users: AverageUsers
    nurses: tuple[StaffId, ...]
    """Licensed nurses who work as nurses or in care (A-10)."""
    planners: tuple[StaffId, ...]
    """Care managers with licence and training (A-11)."""
    managers: tuple[StaffId, ...]
    """Full-time managers with training (A-13)."""

    @property
    def is_whole(self) -> bool:
        """Whether the dates are four whole weeks, or a whole calendar month."""
        if self.span is TableSpan.FOUR_WEEKS:
            return len(self.dates) == FOUR_WEEKS * WEEK_DAYS
        first, last = self.dates[0], self.dates[-1]
        return first.day == 1 and (last + dt.timedelta(days=1)).day == 1

    def of_job(self, role: Role) -> tuple[TableRow, ...]:
        """Return the rows of one job."""
        return tuple(row for row in self.rows if row.job.role is role)


def statutory_tables(
    problem: Problem, roster: Roster, edition: Edition, span: TableSpan
) -> tuple[StatutoryTable, ...]:
    """Return the tables of a roster: one, or one for each calendar month it touches.

    Parameters
    ----------
    problem, roster
        The month.
    edition
        Whether it is the plan or the roster as it was worked.
    span
        Calendar month or four weeks.
    """
    if span is TableSpan.FOUR_WEEKS:
        spans = [problem.period.dates[: FOUR_WEEKS * WEEK_DAYS]]
        problem = _by_four_weeks(problem)
    else:
        spans = [part.dates for part in month_parts(problem.period)]
    return tuple(_table(problem, roster, edition, span, dates) for dates in spans)


def _by_four_weeks(problem: Problem) -> Problem:
    """Return the month with four of a full-timer's weeks as the denominator (B-03)."""
    office = problem.office
    settings = office.settings.model_copy(
        update={"fte_denominator": FteDenominator.FOUR_WEEKS}
    )
    changed = office.model_copy(update={"settings": settings})
    return problem.model_copy(update={"office": changed})


def _table(
    problem: Problem,
    roster: Roster,
    edition: Edition,
    span: TableSpan,
    dates: Sequence[dt.date],
) -> StatutoryTable:
    timeline = Timeline(problem, roster)
    fte = full_time_equivalents(problem, roster, dates)
    rulebook = rules_of(problem)
    return StatutoryTable(
        edition=edition,
        span=span,
        dates=tuple(dates),
        rows=tuple(_rows(problem, timeline, fte, dates)),
        days=tuple(_days(problem, roster, dates)),
        carried_in=carried_in(problem, timeline, dates[0]),
        fte=fte,
        users=average_users(problem.office, rulebook["A-05"]),
        nurses=tuple(nurses(problem)),
        planners=tuple(planners(problem)),
        managers=tuple(managers(problem)),
    )


def _rows(
    problem: Problem,
    timeline: Timeline,
    fte: FullTimeEquivalents,
    dates: Sequence[dt.date],
) -> Iterator[TableRow]:
    for role in JOBS:
        # Within a job from A to D, each in the order of the staff list.
        for job in sorted(fte.jobs, key=lambda job: job.work_type):
            member = problem.member_by_name[job.staff]
            employed = any(date in member.employed for date in dates)
            if job.role is role and (employed or job.minutes):
                yield _row(problem, timeline, member, job, dates)


def _row(
    problem: Problem,
    timeline: Timeline,
    member: StaffMember,
    job: Job,
    dates: Sequence[dt.date],
) -> TableRow:
    cells = tuple(
        symbol_of(problem, timeline, member, job.role, date) for date in dates
    )
    if job.role is not member.roles[0]:
        return TableRow(job=job, cells=cells)
    beyond = long_absence(problem, member)
    away = sum(date in beyond for date in dates)
    absent = [timeline.off(member.name, date) for date in dates if date not in beyond]
    full_time = job.work_type.is_full_time
    raised = member.contract.short_time_30h
    return TableRow(
        job=job,
        cells=cells,
        short_absence=absent.count(OffKind.LONG_LEAVE) if full_time else 0,
        raised_dates=len(dates) - away if raised else None,
        leave_day=member.contract.day_minutes if full_time else 0,
    )


def _days(
    problem: Problem, roster: Roster, dates: Sequence[dt.date]
) -> Iterator[TableDay]:
    by_night = {night.date: night for night in nights(problem, roster)}
    for hours in day_hours(problem, roster):
        if hours.date in dates:
            expected = problem.forecast_by_date[hours.date]
            night = by_night[hours.date]
            yield TableDay(
                date=hours.date,
                day_users=expected.day_users,
                overnight=expected.overnight,
                visits=expected.visits,
                required=hours.required,
                planned=hours.planned,
                on_duty=night.on_duty,
                on_call=night.on_call,
            )
