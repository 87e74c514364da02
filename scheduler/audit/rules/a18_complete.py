"""A-18: the month table has a duty for every person and date.

Breach: ``?`` stands for a cell left empty::

    A 日?休

Correct::

    A 日日休
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase


def check(case: RuleCase) -> Findings:
    """Find empty cells, and cells with a symbol that is not in the shift table."""
    for member in case.staff:
        for date in case.dates:
            duty = case.timeline.duty(member.name, date)
            known = duty is not None and (
                duty.off is not None
                if duty.shift is None
                else duty.shift in case.problem.shift_by_symbol
            )
            if not known:
                yield case.missing("complete", member.name, date=date)
