"""A-15: nobody has two duties at once, and everybody works in a role they hold.

Breach: on call through the night band after a night shift has begun in it::

    A 夜明
    宿 A-

Correct::

    A 夜明
    宿 --
"""

from __future__ import annotations

from itertools import combinations, product

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.stints import OnCallNight, Stint
from scheduler.domain.staff import StaffMember


def check(case: RuleCase) -> Findings:
    """Find duties of one person that overlap, and roles that do not fit."""
    for member in case.staff:
        yield from _overlaps(case, member)
        for stint in case.timeline.stints_of_period(member.name):
            if not _roles_fit(member, stint):
                yield case.once(
                    "role",
                    member.name,
                    required=len(stint.shift.segments),
                    actual=_fitting(member, stint),
                    date=stint.date,
                    span=stint.span,
                    facts={"shift": stint.shift.symbol},
                )


def _overlaps(case: RuleCase, member: StaffMember) -> Findings:
    shifts = case.timeline.stints[member.name]
    nights = case.timeline.standbys[member.name]
    pairs: list[tuple[Stint, Stint | OnCallNight]] = [
        *combinations(shifts, 2),
        *product(shifts, nights),
    ]
    for one, other in pairs:
        if not one.whole.overlaps(other.whole):
            continue
        shared = one.whole.intersection(other.whole)
        later = max(one.date, other.date)
        if later in case.period:
            yield from case.above(
                "overlap", 0, shared.minutes, member.name, date=later, span=shared
            )


def _roles_fit(member: StaffMember, stint: Stint) -> bool:
    segments = len(stint.shift.segments)
    return len(stint.duty.roles) == segments == _fitting(member, stint)


def _fitting(member: StaffMember, stint: Stint) -> int:
    """Return how many roles of a duty the person holds and the shift allows."""
    allowed = stint.shift.roles or member.roles
    return sum(role in member.roles and role in allowed for role in stint.duty.roles)
