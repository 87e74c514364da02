"""Parts that several checks share: overlap, desk hours, dates of rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Unpack

from scheduler.audit.case import Findings, RuleCase, Where
from scheduler.audit.staff_list import may_do
from scheduler.audit.stints import Stint
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import StaffId
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import RESTS, Role
from scheduler.domain.staff import StaffMember


def without_overlap(
    case: RuleCase,
    facet: str,
    stint: Stint,
    others: Iterable[StaffId],
    facts: Mapping[str, str] | None = None,
) -> Findings:
    """Yield a finding if no single shift of ``others`` overlaps ``stint`` enough.

    Shifts that do not count for cover are not checked, and overlap nobody.

    Parameters
    ----------
    rule
        Its ``half_percent`` is the least share of the shift's minutes, breaks
        included.
    facts
        Further facts of the finding.
    """
    if not stint.shift.counts:
        return
    required = -(-stint.span.minutes * case.rule.int("half_percent") // 100)
    covered = max(
        (
            stint.span.intersection(other.span).minutes
            for name in others
            for other in case.timeline.stints[name]
            if other.shift.counts
        ),
        default=0,
    )
    if covered < required:
        yield case.once(
            facet,
            stint.person,
            required=required,
            actual=covered,
            date=stint.date,
            span=stint.span,
            facts=facts,
        )


def desk_hours(
    case: RuleCase,
    facet: str,
    role: Role,
    required: int,
    dates: Container[dt.date],
    **where: Unpack[Where],
) -> Findings:
    """Yield a finding if duties of some dates have too few minutes in ``role``.

    Only the hours of people who may do the role count.
    """
    actual = sum(
        stint.minutes_as(role)
        for member in case.staff
        if may_do(case.problem, member, role)
        for stint in case.timeline.stints_of_period(member.name)
        if stint.date in dates
    )
    yield from case.below(facet, required, actual, **where)


def is_rest(timeline: Timeline, person: StaffId, date: dt.date) -> bool:
    """Tell whether a date is a day off, leave or absence without a night on call."""
    return timeline.off(person, date) in RESTS and timeline.on_call(date) != person


def there_all_period(problem: Problem) -> Iterator[StaffMember]:
    """Yield the people who work shifts and are employed during the whole period."""
    for member in problem.staff:
        since, until = member.employed.first, member.employed.last
        if (
            member.shifts
            and (since is None or since <= problem.period.first)
            and (until is None or until >= problem.period.last)
        ):
            yield member
