"""Dates a person has for themselves, for the checks on their shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

REST = (OffKind.DAY_OFF, OffKind.PAID_LEAVE, OffKind.ABSENT)


def is_rest(timeline: Timeline, person: StaffId, date: dt.date) -> bool:
    """Tell whether a date is off, on leave or absent, without a night on call."""
    return timeline.off(person, date) in REST and timeline.on_call(date) != person


def there_all_period(problem: Problem) -> Iterator[StaffMember]:
    """Yield who works shifts and is employed from the first date to the last."""
    for member in problem.staff:
        since, until = member.employed.first, member.employed.last
        if (
            member.shifts
            and (since is None or since <= problem.period.first)
            and (until is None or until >= problem.period.last)
        ):
            yield member
