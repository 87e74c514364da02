"""A-18: the month table has a duty for every person and date.

Breach: ``?`` stands for a cell left empty::

    A 日?休

Correct::

    A 日日休
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.findings import once
from scheduler.audit.timeline import Timeline
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find empty cells, and cells with a symbol that is not in the shift table."""
    for member in problem.staff:
        for date in problem.period.dates:
            duty = timeline.duty(member.name, date)
            known = duty is not None and (
                duty.off is not None
                if duty.shift is None
                else duty.shift in problem.shift_by_symbol
            )
            if not known:
                yield once(
                    problem,
                    rule,
                    "complete",
                    member.name,
                    required=1,
                    actual=0,
                    date=date,
                )
