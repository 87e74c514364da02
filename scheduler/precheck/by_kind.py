"""Sums that only some kinds of office need: nurses of a kantaki, visits in people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.denominator import month_minutes
from scheduler.audit.figures.limits import nurse_minutes_needed, visit_people
from scheduler.audit.rules.a19_kantaki_nurses import counts_as_one, has_credit
from scheduler.audit.staff_list import is_nurse
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.precheck import Line, Topic, told
from scheduler.precheck.hours import Most, sum_of
from scheduler.precheck.presence import in_pool

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.cells import Cells


def nurses(cells: Cells) -> Iterator[Line]:
    """Yield the sum of the hours of a kantaki's nurses (A-19)."""
    if not cells.rulebook["A-19"].is_for(cells.rulebook.kind):
        return
    most = {
        member.name: _counted(cells, member)
        for member in cells.problem.staff
        if is_nurse(cells.problem, member)
    }
    needed = nurse_minutes_needed(cells.problem)
    lawful = sum(one.law for one in most.values())
    possible = sum(one.contract for one in most.values())
    yield told(
        Topic.HOURS,
        "nurse_minutes",
        needed,
        possible,
        tight=(possible - needed) * TENTH < needed,
        contract=possible < needed <= lawful,
        shares={name: one.contract for name, one in most.items()},
        facts={"lawful": lawful},
    )


TENTH = 10
"""Nurses with less than a tenth of their hours to spare are tight."""


def _counted(cells: Cells, member: StaffMember) -> Most:
    """Return the most minutes that a nurse can count, a full-timer's month at most."""
    month = month_minutes(cells.problem)
    whole = counts_as_one(cells.problem, member)
    one = sum_of(cells, member, cells.problem.period.dates, in_pool)
    if one.law and (whole or has_credit(member)):
        return Most(month, month)
    return Most(min(month, one.law), min(month, one.contract))


def visits(cells: Cells) -> Iterator[Line]:
    """Yield the date on which most people are missing, or fewest to spare (A-12)."""
    rule = cells.rulebook["A-12"]
    if not rule.is_for(cells.rulebook.kind) or not rule.int("visit_people_min"):
        return
    lines = []
    for date in cells.problem.period.dates:
        able = _able(cells, date)
        agreed = cells.agreed("A-12", "visit_people", date=date)
        needed = max(0, visit_people(cells.problem, date) - agreed)
        lines.append(
            told(
                Topic.CARE,
                "visit_people",
                needed,
                len(able),
                tight=len(able) == needed,
                dates=(date,),
                people=able,
            )
        )
    yield max(lines, key=lambda line: line.missing)


def _able(cells: Cells, date: dt.date) -> tuple[StaffId, ...]:
    """Return who could be in the care pool for a minute of the day band."""
    night = cells.problem.office.night_band
    day = Interval(night.end - DAY, night.start)
    return tuple(
        member.name
        for member in cells.problem.staff
        if _reaches(cells, member, date, day)
        or _reaches(cells, member, date - ONE_DAY, day.shifted(DAY))
    )


def _reaches(cells: Cells, member: StaffMember, date: dt.date, band: Interval) -> bool:
    return any(
        segment.overlaps(band) and any(map(in_pool, roles))
        for one in cells.working(member, date)
        for segment, roles in zip(one.shift.segments, one.roles, strict=False)
    )
