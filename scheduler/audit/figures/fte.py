"""Full-time equivalents and work types, as the statutory table has them (B, H-03)."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.audit.figures.hours import leave_minutes, role_minutes
from scheduler.audit.figures.presence import duties
from scheduler.audit.papers.staff_list import is_full_time
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.office import FteDenominator
from scheduler.domain.shifts import Role
from scheduler.rulebook import load

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Sequence

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember


WEEK_DAYS = 7
FOUR_WEEKS = 4
TENTH_OF_HOUR = 6
"""Minutes in 0.1 h, to which a full-timer's month is cut."""


class Denominators(Frozen):
    """Minutes of a full-timer on the dates of the hours divided, by each method."""

    chosen: FteDenominator
    """The method in force: the office's, or ``WEEK_X_DAYS_OVER_7`` in place of a
    prescribed month that was not given."""
    prescribed: int | None
    week_x_days_over_7: int
    four_weeks: int
    """Of four whole weeks, as the table of staffing prints them."""
    four_weeks_by_date: int
    """The same brought to the dates whose hours are divided: like by like."""

    @property
    def minutes(self) -> int:
        """Minutes by the method in force."""
        match self.chosen:
            case FteDenominator.PRESCRIBED if self.prescribed is not None:
                return self.prescribed
            case FteDenominator.FOUR_WEEKS:
                return self.four_weeks_by_date
            case _:
                return self.week_x_days_over_7


def week_minutes(full_time_week: int, floor: int) -> int:
    """Return the full-timer's week that FTE divides by, never below the floor (B-01).

    Parameters
    ----------
    full_time_week, floor
        Minutes a week; the floor is the notice's 32 hours.
    """
    return max(full_time_week, floor)


def cut_month(week: int, days: int, weeks: int = 1) -> int:
    """Return the minutes of so many weeks brought to so many dates (B-03).

    Week x days / 7, cut to a tenth of an hour.

    Parameters
    ----------
    week
        Minutes a week.
    days
        Dates whose hours are divided.
    weeks
        Whole weeks that the method goes by.
    """
    tenths = weeks * week * days // (weeks * WEEK_DAYS * TENTH_OF_HOUR)
    return tenths * TENTH_OF_HOUR


def denominators(problem: Problem, days: int | None = None) -> Denominators:
    """Return the full-timer's month by all three methods.

    Parameters
    ----------
    problem
        The month.
    days
        Dates whose hours are divided; ``None``: all of the period. Of fewer, the
        prescribed hours are taken in proportion, cut to the minute.
    """
    whole = problem.period.days
    days = whole if days is None else days
    settings = problem.office.settings
    floor = load(problem.period)["A-03"].int("fte_week_floor_minutes")
    week = week_minutes(settings.full_time_week, floor)
    chosen = settings.fte_denominator
    if chosen is FteDenominator.PRESCRIBED and settings.full_time_month is None:
        chosen = FteDenominator.WEEK_X_DAYS_OVER_7
    month = settings.full_time_month
    return Denominators(
        chosen=chosen,
        prescribed=None if month is None else month * days // whole,
        week_x_days_over_7=cut_month(week, days),
        four_weeks=FOUR_WEEKS * week,
        four_weeks_by_date=cut_month(week, days, FOUR_WEEKS),
    )


def month_minutes(problem: Problem, days: int | None = None) -> int:
    """Return the minutes of a full-timer, by the office's method.

    Parameters
    ----------
    problem, days
        As in `denominators`.
    """
    return denominators(problem, days).minutes


TENTHS = 10
"""Full-time equivalents are cut to one decimal, as whole tenths (B-02)."""


class WorkType(StrEnum):
    """Work type code (勤務形態, H-03)."""

    A = "A"
    """常勤専従: full-time, one job."""
    B = "B"
    """常勤兼務: full-time, two or more jobs."""
    C = "C"
    """非常勤専従: part-time, one job."""
    D = "D"
    """非常勤兼務: part-time, two or more jobs."""


class Job(Frozen):
    """The countable minutes of one person in one job (勤務延時間数, B-01)."""

    staff: StaffId
    role: Role
    work_type: WorkType
    minutes: int
    """Work, and for full-timers paid leave; all jobs of a person together never
    above the full-timer's month."""
    day_minutes: int
    """Of the work, the part inside the day band."""
    is_one: bool
    """Whether the table of staffing counts the person as one, whatever the hours."""


class Figures(Frozen):
    """FTE by one reading, in tenths, cut and not rounded (B-02)."""

    roles: tuple[tuple[Role, int], ...]
    """Each role that somebody holds."""
    pool: int
    """Care and nurse together, whole day."""
    total: int
    """All staff."""


class FullTimeEquivalents(Frozen):
    """The FTE of the period, or of some of its dates, by both readings of B-01."""

    denominators: Denominators
    jobs: tuple[Job, ...]
    by_hours: Figures
    """Everybody's hours, divided."""
    by_form: Figures
    """As the table of staffing adds up: a dedicated full-timer is one, the others by
    their hours."""
    pool_day: int
    """Care and nurse together, day band only, by hours (A-01, A-02)."""


def work_type(member: StaffMember) -> WorkType:
    """Return the work type code of a person (H-03)."""
    several = len(member.roles) > 1 or member.other_office
    if is_full_time(member):
        return WorkType.B if several else WorkType.A
    return WorkType.D if several else WorkType.C


def fte_tenths(minutes: int, full_time_month: int) -> int:
    """Return hours as tenths of a full-time equivalent, cut (B-02).

    Parameters
    ----------
    minutes
        Countable minutes of everybody together.
    full_time_month
        Minutes a full-timer works in the period (B-03).
    """
    return TENTHS * minutes // full_time_month


def full_time_equivalents(
    problem: Problem, roster: Roster, dates: Collection[dt.date] | None = None
) -> FullTimeEquivalents:
    """Return the FTE by both readings: by role, for the care pool and in all.

    Parameters
    ----------
    problem, roster
        The month.
    dates
        Dates of the period; ``None``: all of them.
    """
    dates = problem.period.dates if dates is None else dates
    bases = denominators(problem, len(dates))
    month = bases.minutes
    own: dict[StaffId, list[Duty]] = defaultdict(list)
    for duty in duties(problem, roster):
        if duty.date in problem.period:
            own[duty.staff].append(duty)
    jobs = tuple(
        job
        for member in problem.staff
        for job in _jobs(problem, member, own[member.name], dates, month)
    )
    pool = [job for job in jobs if job.role.in_care_pool]
    return FullTimeEquivalents(
        denominators=bases,
        jobs=jobs,
        by_hours=_figures(jobs, month, _by_hours),
        by_form=_figures(jobs, month, _by_form),
        pool_day=fte_tenths(sum(job.day_minutes for job in pool), month),
    )


def nurse_tenths(fte: FullTimeEquivalents) -> tuple[int, int]:
    """Return the FTE of the nurses by hours and by the form (E-03)."""
    by_hours, by_form = dict(fte.by_hours.roles), dict(fte.by_form.roles)
    return by_hours.get(Role.NURSE, 0), by_form.get(Role.NURSE, 0)


def _figures(
    jobs: Sequence[Job], month: int, count: Callable[[Sequence[Job], int], int]
) -> Figures:
    held = {role: [job for job in jobs if job.role is role] for role in Role}
    return Figures(
        roles=tuple((role, count(own, month)) for role, own in held.items() if own),
        pool=count([job for job in jobs if job.role.in_care_pool], month),
        total=count(jobs, month),
    )


def _by_hours(jobs: Sequence[Job], month: int) -> int:
    return fte_tenths(sum(job.minutes for job in jobs), month)


def _by_form(jobs: Sequence[Job], month: int) -> int:
    heads = {job.staff for job in jobs if job.is_one}
    others = sum(job.minutes for job in jobs if job.staff not in heads)
    return TENTHS * len(heads) + fte_tenths(others, month)


def _is_one(problem: Problem, member: StaffMember, own: Sequence[Duty]) -> bool:
    """Tell whether the table of staffing counts a person as one (B-01).

    Whoever joins or leaves within the period, or does not work on any date of it and
    may so be absent for more than a calendar month, is counted by hours.
    """
    throughout = all(date in member.employed for date in problem.period.dates)
    works = any(duty.shift is not None for duty in own)
    return work_type(member) is WorkType.A and throughout and works


def _jobs(
    problem: Problem,
    member: StaffMember,
    own: Sequence[Duty],
    dates: Collection[dt.date],
    month: int,
) -> list[Job]:
    counted = [duty for duty in own if duty.date in dates]
    roles = role_minutes(problem, member, counted)
    minutes = {hours.role: hours.total for hours in roles}
    if is_full_time(member):
        # Long absences are entered as AWAY and bring nothing (B-04).
        minutes[member.roles[0]] += leave_minutes(problem, member, counted)
    if member.contract.short_time_30h and sum(minutes.values()) > 0:
        minutes[member.roles[0]] += max(0, month - sum(minutes.values()))
    is_one = _is_one(problem, member, own)
    left = month
    jobs = []
    for hours in roles:
        share = min(left, minutes[hours.role])
        left -= share
        jobs.append(
            Job(
                staff=member.name,
                role=hours.role,
                work_type=work_type(member),
                minutes=share,
                day_minutes=min(share, hours.day),
                is_one=is_one and hours.role is member.roles[0],
            )
        )
    return jobs
