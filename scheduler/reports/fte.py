"""Full-time equivalents and work types, as the statutory table has them (B, H-03)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.shifts import Role
from scheduler.reports.denominator import Denominators, denominators
from scheduler.reports.hours import PersonMonth, people
from scheduler.reports.staff_list import is_full_time

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

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


class FullTimeEquivalents(Frozen):
    """The office's FTE of the period, in tenths, cut and not rounded (B-02)."""

    denominators: Denominators
    jobs: tuple[Job, ...]
    roles: tuple[tuple[Role, int], ...]
    """Each role that somebody holds."""
    pool: int
    """Care and nurse together, whole day."""
    pool_day: int
    """Care and nurse together, day band only (A-01, A-02)."""
    total: int
    """All staff."""


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


def full_time_equivalents(problem: Problem, roster: Roster) -> FullTimeEquivalents:
    """Return the FTE of the period: by job, by role, for the care pool and in all."""
    bases = denominators(problem)
    month = bases.minutes
    jobs = tuple(
        job
        for member, own in zip(problem.staff, people(problem, roster), strict=True)
        for job in _jobs(member, own, month)
    )
    pool = [job for job in jobs if job.role.in_care_pool]
    return FullTimeEquivalents(
        denominators=bases,
        jobs=jobs,
        roles=tuple(
            (role, _tenths([job for job in jobs if job.role is role], month))
            for role in Role
            if any(job.role is role for job in jobs)
        ),
        pool=_tenths(pool, month),
        pool_day=fte_tenths(sum(job.day_minutes for job in pool), month),
        total=_tenths(list(jobs), month),
    )


def _tenths(jobs: list[Job], month: int) -> int:
    return fte_tenths(sum(job.minutes for job in jobs), month)


def _jobs(member: StaffMember, own: PersonMonth, month: int) -> list[Job]:
    minutes = {hours.role: hours.total for hours in own.roles}
    if is_full_time(member):
        # Long absences are entered as AWAY and bring nothing (B-04).
        minutes[member.roles[0]] += own.leave
    if member.contract.short_time_30h and sum(minutes.values()) > 0:
        minutes[member.roles[0]] += max(0, month - sum(minutes.values()))
    left = month
    jobs = []
    for hours in own.roles:
        counted = min(left, minutes[hours.role])
        left -= counted
        jobs.append(
            Job(
                staff=member.name,
                role=hours.role,
                work_type=work_type(member),
                minutes=counted,
                day_minutes=min(counted, hours.day),
            )
        )
    return jobs
