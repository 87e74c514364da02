"""Hours in a role that is done at a desk, held against a floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.witness import witness

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Container, Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Role
    from scheduler.domain.staff import StaffMember
    from scheduler.rulebook import Rule


def _anybody(_member: StaffMember) -> bool:
    return True


def desk_hours(
    timeline: Timeline,
    problem: Problem,
    rule: Rule,
    facet: str,
    role: Role,
    required: int,
    dates: Container[dt.date],
    who: Callable[[StaffMember], bool] = _anybody,
) -> Iterator[Finding]:
    """Find that duties of some dates hold fewer minutes of ``role`` than required.

    Only the hours of people whom ``who`` allows count.
    """
    actual = sum(
        stint.minutes_as(role)
        for member in problem.staff
        if who(member)
        for stint in timeline.stints_of_period(member.name)
        if stint.date in dates
    )
    if actual < required:
        yield witness(
            problem, rule, facet, required - actual, required=required, actual=actual
        )
