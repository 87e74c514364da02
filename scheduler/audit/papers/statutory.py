"""The statutory staffing table (勤務形態一覧表): who works when in which job (H).

Everything that the table shows is computed here or taken from the audit's figures
(A-18, B, H-01 to H-06); what writes it to a sheet only lays it out.  It has a row for
each job of a person, so a shift of two jobs has a symbol for each of them, with its own
hours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum

from scheduler.audit.bands import day_band
from scheduler.audit.figures.bands import day_hours, nights
from scheduler.audit.figures.calendar_months import month_parts
from scheduler.audit.figures.fte import (
    FullTimeEquivalents,
    Job,
    full_time_equivalents,
    licensed_tenths,
    raised_dates,
)
from scheduler.audit.figures.people import role_minutes
from scheduler.audit.staff_list import (
    FOUR_WEEKS,
    Listed,
    full_time_nurses,
    long_absence,
    managers,
    nurses,
    planners,
)
from scheduler.audit.stints import Stint
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.audit.users import AverageUsers, average_users
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.clock import ONE_DAY, WEEK, Clock
from scheduler.domain.office import FteDenominator
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import OffKind, Role
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of


class TableSymbol(Frozen):
    """The content of a cell.  Durations are minutes, and belong to its date."""

    shift: ShiftId | None = None
    role: Role | None = None
    """The job, if the cell has only the part of the shift that is done in it."""
    off: OffKind | None = None
    kind: ShiftId | None = None
    """The office's own symbol of the day off."""
    is_on_call: bool = False
    """Whether the person is on call in the night that begins on the date."""
    begin: Clock | None = None
    end: Clock | None = None
    day: int = 0
    """Work in the day bands of this and the next date."""
    next_morning: int = 0
    """The part of it after midnight."""
    night: int = 0
    """Work in the night bands, nights on call that are work included."""
    on_call: int = 0
    """The part of it on call."""
    half_leave: int = 0
    """Half days of paid leave."""
    special_leave: int = 0
    """Days of special leave."""
    training: int = 0
    """Work that counts for no job here, such as training and trips."""

    @property
    def pause(self) -> int:
        """Minutes between begin and end that are no work in the job."""
        if self.begin is None or self.end is None:
            return 0
        return self.end - self.begin - (self.day + self.night - self.on_call)


def symbol_of(
    problem: Problem,
    timeline: Timeline,
    member: StaffMember,
    role: Role,
    date: dt.date,
) -> TableSymbol | None:
    """Return what stands in the row of a person's job on a date, if anything.

    Days off stand in every row of the person; leave, training and whatever has no job
    in the first; nights on call in the first job of the care pool, or else the first.
    """
    duty = timeline.duty(member.name, date)
    first = role is member.roles[0]
    pool = [one for one in member.roles if one.in_care_pool]
    on_call = timeline.on_call(date) == member.name
    called = on_call and role is (pool or member.roles)[0]
    stint = next((s for s in timeline.stints[member.name] if s.date == date), None)
    if stint is not None:
        found = _of_shift(problem, member, role, stint, first=first)
    elif duty is not None and duty.off is not None:
        found = _of_day_off(duty.off, duty.kind)
    else:
        found = None
    return _called(problem, timeline, member, date, found) if called else found


def _of_day_off(off: OffKind, kind: ShiftId | None) -> TableSymbol:
    return TableSymbol(
        off=off,
        kind=kind,
        half_leave=2 * (off is OffKind.PAID_LEAVE),
        special_leave=int(off is OffKind.SPECIAL_LEAVE),
    )


def _of_shift(
    problem: Problem, member: StaffMember, role: Role, stint: Stint, *, first: bool
) -> TableSymbol | None:
    """Return the part of a shift in one job; ``None`` if the cell stays empty."""
    hours = {one.role: one for one in role_minutes(problem, member, [stint])}
    jobs = [one for one, minutes in hours.items() if minutes.total]
    leave = int(stint.shift.half_leave)
    training = stint.minutes if first and not stint.shift.counts else 0
    if role not in jobs and not (first and (leave or training or not jobs)):
        return None
    own = [piece for piece, done in stint.at_work if done is role]
    begin = min((p.start for p in own), default=stint.span.start) - stint.offset
    end = max((p.end for p in own), default=stint.span.end) - stint.offset
    whole = jobs in ([role], [])
    if whole:
        begin, end = stint.span.shifted(-stint.offset)
    following = [day_band(problem, stint.date + n * ONE_DAY) for n in (1, 2)]
    counted = hours.get(role)
    return TableSymbol(
        shift=stint.shift.symbol,
        role=None if whole else role,
        begin=begin,
        end=end,
        day=counted.day if counted else 0,
        night=counted.night if counted else 0,
        next_morning=sum(
            piece.intersection(band).minutes for piece in own for band in following
        ),
        half_leave=leave,
        training=training,
    )


def _called(
    problem: Problem,
    timeline: Timeline,
    member: StaffMember,
    date: dt.date,
    found: TableSymbol | None,
) -> TableSymbol:
    """Return a cell with the night on call added."""
    minutes = 0
    if problem.office.settings.standby.is_work:
        own = timeline.standbys[member.name]
        minutes = next(night.minutes for night in own if night.date == date)
    base = found or TableSymbol()
    return base.model_copy(
        update={
            "is_on_call": True,
            "night": base.night + minutes,
            "on_call": minutes,
        }
    )


def carried_in(problem: Problem, timeline: Timeline, date: dt.date) -> int:
    """Return the pool's minutes in a date's day band of shifts begun the day before."""
    band = day_band(problem, date)
    return sum(
        piece.intersection(band).minutes
        for stint in timeline.begun_between(date - 2 * ONE_DAY, date - ONE_DAY)
        for piece, role in stint.at_work
        if role is not None and role.in_care_pool
    )


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

    @property
    def weekly(self) -> float:
        """Minutes of a week on average, over all dates of the table."""
        return self.minutes / len(self.cells) * WEEK


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
    nurses: Listed
    """Licensed nurses who work as nurses or in care (A-10)."""
    full_time_nurses: Listed
    """Full-time nurses of the licences that a kantaki needs (A-19)."""
    planners: Listed
    """Care managers with licence and training (A-11)."""
    managers: Listed
    """Full-time managers with training (A-13)."""
    licensed: tuple[int, int] | None = None
    """FTE of licensed nurses, in tenths by hours and by the form, where a kantaki needs
    so many (A-19)."""

    @property
    def is_whole(self) -> bool:
        """Whether the dates are four whole weeks, or a whole calendar month."""
        if self.span is TableSpan.FOUR_WEEKS:
            return len(self.dates) == FOUR_WEEKS * WEEK
        first, last = self.dates[0], self.dates[-1]
        return first.day == 1 and (last + ONE_DAY).day == 1

    def of_job(self, role: Role) -> tuple[TableRow, ...]:
        """Return the rows of one job."""
        return tuple(row for row in self.rows if row.job.role is role)


def statutory_tables(
    problem: Problem, roster: Roster, edition: Edition, span: TableSpan
) -> tuple[StatutoryTable, ...]:
    """Return the tables of a roster: one, or one for each calendar month it touches."""
    if span is TableSpan.FOUR_WEEKS:
        spans = [problem.period.dates[: FOUR_WEEKS * WEEK]]
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
    timeline = timeline_of(problem, roster)
    fte = full_time_equivalents(problem, roster, dates)
    rulebook = rules_of(problem)
    is_kantaki = rulebook["A-19"].is_for(problem.office.kind)
    return StatutoryTable(
        edition=edition,
        span=span,
        dates=tuple(dates),
        rows=tuple(_rows(problem, timeline, fte, dates)),
        days=tuple(_days(problem, roster, dates)),
        carried_in=carried_in(problem, timeline, dates[0]),
        fte=fte,
        users=average_users(problem.office, rulebook["A-05"]),
        nurses=nurses(problem).of(dates),
        full_time_nurses=full_time_nurses(problem).of(dates),
        planners=planners(problem).of(dates),
        managers=managers(problem).of(dates),
        licensed=licensed_tenths(problem, fte) if is_kantaki else None,
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
    absent = [timeline.off(member.name, date) for date in dates if date not in beyond]
    full_time = job.work_type.is_full_time
    is_raised = member.contract.short_time_30h
    return TableRow(
        job=job,
        cells=cells,
        short_absence=absent.count(OffKind.LONG_LEAVE) if full_time else 0,
        raised_dates=raised_dates(problem, member, dates) if is_raised else None,
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
