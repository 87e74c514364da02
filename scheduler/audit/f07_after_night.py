"""F-07: a night is two days; the date on which it ends says 明.

Breach: a day off on the date on which the night ends::

    A 夜休休

Correct::

    A 夜明休
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.audit.witness import witness
from scheduler.domain.shifts import OffKind, ShiftKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find 明 in the wrong place, and early shifts right after a 明."""
    shifts = problem.shift_by_symbol
    for member in problem.staff:
        for date in problem.period.dates:
            duty = timeline.duty(member.name, date)
            if duty is None:
                continue
            last = timeline.duty(member.name, date - timedelta(days=1))
            night = shifts.get(last.shift) if last and last.shift else None
            today = shifts.get(duty.shift) if duty.shift else None
            reached = night is not None and night.passes_midnight
            off = duty.off if today is None else None
            if reached:
                misplaced = off in (OffKind.DAY_OFF, OffKind.PAID_LEAVE)
            else:
                misplaced = off is OffKind.AFTER_NIGHT
            rested = last is not None and last.off is OffKind.AFTER_NIGHT
            early = today is not None and today.kind is ShiftKind.EARLY
            for facet, found in (
                ("after_night", misplaced),
                ("early_after", rested and early),
            ):
                if found:
                    yield witness(
                        problem,
                        rule,
                        facet,
                        1,
                        required=int(reached),
                        actual=int(off is OffKind.AFTER_NIGHT),
                        people=(member.name,),
                        date=date,
                    )
