"""Who is there while somebody works, for the checks of pairs and newcomers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.witness import witness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scheduler.audit.timeline import Stint, Timeline
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


def without_company(
    timeline: Timeline,
    problem: Problem,
    rule: Rule,
    facet: str,
    stint: Stint,
    others: Iterable[StaffId],
    facts: Mapping[str, str] | None = None,
) -> Iterator[Finding]:
    """Find a shift of which no single shift of ``others`` covers the share asked.

    Shifts that count for no cover neither need company nor are any.

    Parameters
    ----------
    rule
        Its ``half_percent`` is the share, of the minutes from start to end.
    facts
        What the finding tells beside the person and the times.
    """
    if not stint.shift.counts:
        return
    required = -(-stint.span.minutes * rule.int("half_percent") // 100)
    covered = max(
        (
            stint.span.intersection(other.span).minutes
            for name in others
            for other in timeline.stints[name]
            if other.shift.counts
        ),
        default=0,
    )
    if covered < required:
        yield witness(
            problem,
            rule,
            facet,
            1,
            required=required,
            actual=covered,
            people=(stint.person,),
            date=stint.date,
            span=stint.span,
            facts=facts,
        )
