"""Making a finding out of what a check saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.finding import Finding

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from scheduler.domain.base import StaffId
    from scheduler.domain.clock import Interval
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


def witness(
    problem: Problem,
    rule: Rule,
    facet: str,
    amount: int,
    *,
    required: int,
    actual: int,
    people: tuple[StaffId, ...] = (),
    date: dt.date | None = None,
    span: Interval | None = None,
    facts: Mapping[str, int | str] | None = None,
) -> Finding:
    """Return the finding of one breach of a facet.

    Parameters
    ----------
    amount
        How much is wrong, in the facet's unit.
    required, actual
        The two sides of the comparison that failed.
    span
        Where it fails, in absolute minutes.
    """
    record = rule.facet[facet]
    moment = problem.period.moment
    return Finding(
        rule=rule.id,
        facet=facet,
        stance=record.stance,
        unit=record.unit,
        amount=amount,
        required=required,
        actual=actual,
        people=people,
        date=date,
        begin=moment(span.start) if span else None,
        end=moment(span.end) if span else None,
        facts=dict(facts or {}),
    )
