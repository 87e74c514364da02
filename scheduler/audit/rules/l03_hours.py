"""L-03: credited hours within the contract's band.

Credited are the work that begins in the period, a contract day for each paid leave or
absence or special leave, and half of one for a shift with half a day of leave.

Breach: 24 hours at least; two days make 16::

    A 日日休休

Correct: a day of paid leave brings 8 more::

    A 日日有休
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.figures.people import leave_minutes
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember


def check(case: RuleCase) -> Findings:
    """Find people whose credited minutes are below or above their contract's band."""
    for member in case.staff:
        contract = case.problem.contract_of(member)
        actual = _credited(case, member)
        least, most = contract.minutes_min, contract.minutes_max
        if least is not None:
            yield from case.below("hours_min", least, actual, member.name)
        if most is not None:
            yield from case.above("hours_max", most, actual, member.name)


def _credited(case: RuleCase, member: StaffMember) -> int:
    name, dates = member.name, case.dates
    offs = [case.timeline.off(name, date) for date in dates]
    days = offs.count(OffKind.ABSENT) + offs.count(OffKind.SPECIAL_LEAVE)
    missed = days * member.contract.day_minutes
    worked = case.timeline.minutes_begun(name, dates)
    return worked + missed + leave_minutes(case.timeline, member, dates)
