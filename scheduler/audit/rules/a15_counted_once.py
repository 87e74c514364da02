"""A-15: nobody has two duties at once, and everybody works in a role they hold.

Breach: on call through the night band after a night shift has begun in it::

    A 夜明
    宿 A-

Correct::

    A 夜明
    宿 --
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from scheduler.audit.findings import above, once
from scheduler.audit.stints import OnCallNight, Stint
from scheduler.audit.timeline import Timeline
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find duties of one person that overlap, and roles that do not fit."""
    for member in problem.staff:
        yield from _overlaps(timeline, problem, rule, member)
        for stint in timeline.stints_of_period(member.name):
            if not _roles_fit(member, stint):
                yield once(
                    problem,
                    rule,
                    "role",
                    member.name,
                    required=len(stint.shift.segments),
                    actual=_fitting(member, stint),
                    date=stint.date,
                    span=stint.span,
                    facts={"shift": stint.shift.symbol},
                )


def _overlaps(
    timeline: Timeline, problem: Problem, rule: Rule, member: StaffMember
) -> Iterator[Finding]:
    shifts = timeline.stints[member.name]
    nights = timeline.standbys[member.name]
    pairs: list[tuple[Stint, Stint | OnCallNight]] = [
        *combinations(shifts, 2),
        *product(shifts, nights),
    ]
    for one, other in pairs:
        shared = one.whole.intersection(other.whole)
        later = max(one.date, other.date)
        if later in problem.period:
            yield from above(
                problem,
                rule,
                "overlap",
                0,
                shared.minutes,
                member.name,
                date=later,
                span=shared,
            )


def _roles_fit(member: StaffMember, stint: Stint) -> bool:
    segments = len(stint.shift.segments)
    return len(stint.duty.roles) == segments == _fitting(member, stint)


def _fitting(member: StaffMember, stint: Stint) -> int:
    """Return how many roles of a duty the person holds and the shift allows."""
    allowed = stint.shift.roles or member.roles
    return sum(role in member.roles and role in allowed for role in stint.duty.roles)
