"""L-05: nights of one person within the contract's band.

Breach: one night agreed as the most::

    A 夜明夜明

Correct::

    A 夜明日日
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.findings import witness
from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find people with more or fewer nights in the period than agreed."""
    for member in problem.staff:
        contract = member.contract
        actual = sum(
            stint.shift.kind is ShiftKind.NIGHT
            for stint in timeline.stints_of_period(member.name)
        )
        most = actual if contract.nights_max is None else contract.nights_max
        least = actual if contract.nights_min is None else contract.nights_min
        for facet, limit, amount in (
            ("nights_max", most, actual - most),
            ("nights_min", least, least - actual),
        ):
            if amount > 0:
                yield witness(
                    problem,
                    rule,
                    facet,
                    amount,
                    required=limit,
                    actual=actual,
                    people=(member.name,),
                )
