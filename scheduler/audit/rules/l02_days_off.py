"""L-02: the days off that the contract owes; 明, paid leave and absence do not count.

Breach: two are owed::

    A 日日夜明休有

Correct::

    A 日日夜明休休
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.domain.shifts import OffKind


def check(case: RuleCase) -> Findings:
    """Find people with fewer days off in the period than owed."""
    for member in case.staff:
        owed = case.problem.contract_of(member).days_off_min
        if owed is None:
            continue
        kinds = [case.timeline.off(member.name, date) for date in case.dates]
        given = kinds.count(OffKind.DAY_OFF)
        yield from case.below("days_off", owed, given, member.name)
