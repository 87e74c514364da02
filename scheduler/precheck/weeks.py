"""How many shifts one person may begin, week by week (L-04, F-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.precheck.holidays import holiday_dates_needed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground


def most_begins(
    ground: Ground, member: StaffMember
) -> Iterator[tuple[tuple[dt.date, ...], int]]:
    """Yield each week's dates in the period, and on how many a shift may begin."""
    problem = ground.problem
    for week in problem.period.weeks(problem.office.settings.week_starts_on):
        inside = tuple(date for date in week if date in problem.period)
        able = [date for date in inside if ground.working(member, date)]
        limits = [len(able) - holiday_dates_needed(ground, member, week, able)]
        own = member.contract.days_per_week_max
        if own is not None:
            agreed = ground.agreed("L-04", "days_per_week", member.name, inside[0])
            limits.append(own + agreed - _begun(ground, member, week))
        yield inside, max(0, min(limits))


def _begun(ground: Ground, member: StaffMember, week: Sequence[dt.date]) -> int:
    """Return the dates of last month's tail on which a shift began."""
    duties = (ground.tail(member, date) for date in week)
    return sum(duty is not None and duty.shift is not None for duty in duties)
