"""M-01: burdens shared by fair shares, the months before counted in.

Breach: of three nights between A and B alike, one and a half are fair for each::

    A 夜明夜明夜明
    B 日日日日日日

Correct::

    A 夜明夜明日日
    B 日日日日夜明
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.findings import witness
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.shares import WHOLE, bears, circles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find people who are too far away from their fair share of a burden."""
    for circle in circles(problem):
        counts = {
            name: times_borne(timeline, problem, name, circle.burden)
            for name in circle.weights
        }
        total = sum(counts.values())
        free = rule.int(f"free_{circle.burden.kind}")
        for name, weight in circle.weights.items():
            carried = problem.ledger_by_name[name].carried(circle.burden)
            share = total * weight + carried.share
            borne = WHOLE * (counts[name] + carried.times)
            for facet, amount in _steps((abs(borne - share) - free) // WHOLE + 1):
                yield witness(
                    problem,
                    rule,
                    facet,
                    amount,
                    required=share,
                    actual=borne,
                    people=(name,),
                    facts={
                        "burden": circle.burden.kind.value,
                        "shift": circle.burden.shift or "",
                        "circle": "、".join(circle.weights),
                    },
                )


def _steps(steps: int) -> Iterator[tuple[str, int]]:
    """Yield the facets of a deviation so many steps away, none if none."""
    for step in range(1, min(steps, 3) + 1):
        yield f"off_{step}", 1
    if steps > 3:
        yield "off_more", steps - 3


def times_borne(
    timeline: Timeline, problem: Problem, person: StaffId, burden: Burden
) -> int:
    """Count how often a person bears a burden in the period."""
    if burden.kind is BurdenKind.ON_CALL:
        return sum(1 for _ in timeline.standbys_of_period(person))
    return sum(
        bears(problem, burden, stint.shift, stint.date)
        for stint in timeline.stints_of_period(person)
    )
