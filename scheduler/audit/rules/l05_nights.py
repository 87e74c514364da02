"""L-05: nights of one person within the contract's band.

Breach: one night agreed as the most::

    A 夜明夜明

Correct::

    A 夜明日日
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.staff_list import may_do_nights


def check(case: RuleCase) -> Findings:
    """Find people with more or fewer nights in the period than agreed."""
    for member in case.staff:
        contract = case.problem.contract_of(member)
        actual = sum(
            stint.shift.is_night
            for stint in case.timeline.stints_of_period(member.name)
        )
        least, most = contract.nights_min, contract.nights_max
        if most is not None and (actual or may_do_nights(case.problem, member)):
            yield from case.above("nights_max", most, actual, member.name)
        if least is not None:
            yield from case.below("nights_min", least, actual, member.name)
