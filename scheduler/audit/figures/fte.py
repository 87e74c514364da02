"""Full-time equivalents and work types of the statutory staffing table (B, H-03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from enum import StrEnum

from scheduler.audit.figures.people import (
    leave_minutes,
    role_minutes,
    with_work_elsewhere,
)
from scheduler.audit.staff_list import (
    Denominators,
    denominators,
    is_full_time,
    is_nurse,
    long_absence,
)
from scheduler.audit.stints import Stint, merged
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import total_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import OffKind, Role
from scheduler.domain.staff import StaffMember

TENTHS = 10
"""FTE is rounded down to one decimal and stored in whole tenths (B-02)."""


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

    @property
    def is_full_time(self) -> bool:
        """Whether it is that of a full-timer (常勤)."""
        return self in (WorkType.A, WorkType.B)


class Credit(Frozen):
    """Minutes of one person that count beside the work in roles (B-01 to B-05).

    They count in the person's first job.
    """

    events: int = 0
    """Meetings, committees and drills of the office, of part-timers as well: they are
    on the roster and prepare the service (B-01), though nobody is on the floor then."""
    leave: int = 0
    """Paid leave of a full-timer, whole days and halves."""
    training: int = 0
    """A full-timer's shifts that do not count for cover: training, trips."""
    special: int = 0
    """Special leave of a full-timer."""
    absence: int = 0
    """A full-timer's leave of absence of up to a month, as its part of the month."""
    raised: int = 0
    """What legal short hours lack to a full-timer's part of the month."""

    @property
    def total(self) -> int:
        """All of them together."""
        own = (self.events, self.leave, self.training, self.special)
        return sum(own) + self.absence + self.raised


class Job(Frozen):
    """The countable minutes of one person in one job (勤務延時間数, B-01)."""

    staff: StaffId
    role: Role
    work_type: WorkType
    worked: int
    """Work in the role."""
    credit: Credit = Credit()
    """What counts beside it; nothing for a second job."""
    minutes: int
    """Work and credit; a person's jobs together are capped at the full-timer's
    month."""
    day_minutes: int
    """The part of the work inside the day band."""
    is_one: bool
    """Whether the staffing table counts the person as one, whatever the hours."""


class Figures(Frozen):
    """FTE by one reading, in tenths, rounded down (B-02)."""

    roles: tuple[tuple[Role, int], ...]
    """FTE by role, for roles in which somebody has a job."""
    pool: int
    """Care and nurse together, whole day."""
    total: int
    """All staff."""


class FullTimeEquivalents(Frozen):
    """The FTE of some or all dates of the period, by both readings of B-01."""

    denominators: Denominators
    jobs: tuple[Job, ...]
    by_hours: Figures
    """Everybody's hours divided by the full-timer's month."""
    by_form: Figures
    """As in the staffing table: a full-timer with one job (type A) counts as one, the
    others by their hours."""
    pool_day: int
    """Care and nurse together, day band only, by hours (A-01, A-02)."""


def work_type(member: StaffMember) -> WorkType:
    """Return the work type code of a person (H-03)."""
    several = len(member.roles) > 1 or member.works_elsewhere
    if is_full_time(member):
        return WorkType.B if several else WorkType.A
    return WorkType.D if several else WorkType.C


def fte_tenths(minutes: int, full_time_month: int) -> int:
    """Convert minutes to tenths of a full-time equivalent, rounded down (B-02).

    Parameters
    ----------
    minutes
        Countable minutes, summed over people.
    full_time_month
        Minutes a full-timer works in the period (B-03).
    """
    return TENTHS * minutes // full_time_month


def full_time_equivalents(
    problem: Problem, roster: Roster, dates: Collection[dt.date] | None = None
) -> FullTimeEquivalents:
    """Return the FTE by both readings: by role, for the care pool and in total.

    Parameters
    ----------
    dates
        Dates of the period; ``None``: all of them.
    """
    dates = problem.period.dates if dates is None else dates
    problem = with_work_elsewhere(problem, roster)
    bases = denominators(problem, len(dates))
    month = bases.minutes
    timeline = timeline_of(problem, roster)
    jobs = tuple(
        job
        for member in problem.staff
        for job in _jobs(problem, timeline, member, dates, month)
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


def licensed_tenths(problem: Problem, fte: FullTimeEquivalents) -> tuple[int, int]:
    """Return the FTE of licensed nurses by hours and by the form (A-19).

    Their care counts as much as their nursing.
    """
    members, month = problem.member_by_name, fte.denominators.minutes
    jobs = [
        job
        for job in fte.jobs
        if job.role.in_care_pool and is_nurse(problem, members[job.staff])
    ]
    return _by_hours(jobs, month), _by_form(jobs, month)


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


def _is_one(
    problem: Problem,
    timeline: Timeline,
    member: StaffMember,
    dates: Collection[dt.date],
) -> bool:
    """Tell whether the staffing table counts a person as one (B-01).

    People who join or leave within the dates of the table count by hours; so do those
    who are absent for more than a calendar month, or begin no shift in the period.
    """
    throughout = all(date in member.employed for date in dates)
    throughout = throughout and not long_absence(problem, member)
    works = any(True for _stint in timeline.stints_of_period(member.name))
    return work_type(member) is WorkType.A and throughout and works


def raised_dates(
    problem: Problem, member: StaffMember, dates: Collection[dt.date]
) -> int:
    """Return the dates of which legal short hours count as a full-timer's (B-05).

    They are those on which the person is employed and on no long leave.
    """
    beyond = long_absence(problem, member)
    return sum(date in member.employed and date not in beyond for date in dates)


def _at_events(problem: Problem, stint: Stint) -> int:
    """Return the minutes of a duty at events of this office, none of another."""
    held = (problem.event_by_name.get(name) for name in stint.duty.events)
    spans = (one.span for one in held if one and one.span and not one.elsewhere)
    return total_minutes(merged(spans))


def _credit(
    problem: Problem,
    timeline: Timeline,
    member: StaffMember,
    dates: Collection[dt.date],
    away: Collection[dt.date],
    month: int,
) -> Credit:
    """Return what counts as worked, but for legal short hours (B-01, B-04).

    Events of this office count for everybody, all else for full-timers whose contract
    stands here.
    An absence of more than a calendar month (``away``) does not count.  Special leave
    counts as the usual day, a date of shorter leave of absence as its part of the
    full-timer's month.
    """
    stints = timeline.stints_of_period(member.name)
    own = [s for s in stints if s.date in dates and not s.shift.elsewhere]
    events = sum(_at_events(problem, one) for one in own if one.shift.counts)
    if not is_full_time(member) or member.home:
        # What is no work counts once, in the house in which the contract stands.
        return Credit(events=events)
    offs = {date: timeline.off(member.name, date) for date in dates}
    special = sum(off is OffKind.SPECIAL_LEAVE for off in offs.values())
    short = sum(
        off is OffKind.LONG_LEAVE and date not in away for date, off in offs.items()
    )
    return Credit(
        events=events,
        leave=leave_minutes(timeline, member, dates),
        training=sum(one.minutes for one in own if not one.shift.counts),
        special=special * member.contract.day_minutes,
        absence=month * short // len(dates),
    )


def _jobs(
    problem: Problem,
    timeline: Timeline,
    member: StaffMember,
    dates: Collection[dt.date],
    month: int,
) -> list[Job]:
    own = [one for one in timeline.stints_of_period(member.name) if one.date in dates]
    roles = role_minutes(problem, member, own)
    beyond = long_absence(problem, member)
    credit = _credit(problem, timeline, member, dates, beyond, month)
    counted = sum(hours.total for hours in roles) + credit.total
    # Legal short hours count as a full-timer's month (B-05), over all houses.
    if member.contract.short_time_30h and counted > 0 and not member.home:
        part = month * raised_dates(problem, member, dates) // len(dates)
        part -= sum(one.minutes for one in own if one.shift.elsewhere)
        credit = credit.model_copy(update={"raised": max(0, part - counted)})
    is_one = _is_one(problem, timeline, member, dates)
    left = month
    jobs = []
    for hours in roles:
        beside = credit if hours.role is member.roles[0] else Credit()
        share = min(left, hours.total + beside.total)
        left -= share
        jobs.append(
            Job(
                staff=member.name,
                role=hours.role,
                work_type=work_type(member),
                worked=hours.total,
                credit=beside,
                minutes=share,
                day_minutes=min(share, hours.day),
                is_one=is_one and hours.role is member.roles[0],
            )
        )
    return jobs
