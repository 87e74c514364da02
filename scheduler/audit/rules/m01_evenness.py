"""M-01: burdens are shared by fair shares, earlier months included.

Breach: of three nights between A and B alike, one and a half are fair for each::

    A 夜明夜明夜明
    B 日日日日日日

Correct::

    A 夜明夜明日日
    B 日日日日夜明
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.figures.fairness import shared
from scheduler.domain.shares import WHOLE


def check(case: RuleCase) -> Findings:
    """Find people who deviate too far from their fair share, by steps of one time.

    The first step begins at a deviation of ``free_*``, in thousandths.
    """
    for sharing in shared(case.timeline, case.problem):
        burden = sharing.burden
        free = case.rule.int(f"free_{burden.kind}")
        for one in sharing.standings:
            for facet, amount in _steps((abs(one.deviation) - free) // WHOLE + 1):
                yield case.finding(
                    facet,
                    amount,
                    one.staff,
                    required=one.closing.share,
                    actual=WHOLE * one.closing.times,
                    facts={
                        "burden": burden.kind.value,
                        "shift": burden.shift or "",
                        "circle": "、".join(other.staff for other in sharing.standings),
                    },
                )


def _steps(steps: int) -> Iterator[tuple[str, int]]:
    """Yield the facets, with amounts, of a deviation of ``steps`` steps."""
    for step in range(1, min(steps, 3) + 1):
        yield f"off_{step}", 1
    if steps > 3:
        yield "off_more", steps - 3
