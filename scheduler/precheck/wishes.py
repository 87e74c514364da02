"""Dates on which wishes pile up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.able import pile_ups
from scheduler.domain.precheck import Line, Topic, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.precheck.ground import Ground


def wishes(ground: Ground) -> Iterator[Line]:
    """Yield the dates on which not all who ask can be free (`pile_ups`)."""
    found = pile_ups(ground.problem)
    if not found:
        yield Line(
            topic=Topic.WISHES,
            code="no_pile_up",
            verdict=Verdict.FINE,
            required=len(ground.problem.requests),
        )
    for one in found:
        yield Line(
            topic=Topic.WISHES,
            code="pile_up",
            verdict=Verdict.TIGHT,
            people=one.free,
            dates=(one.date,),
            required=one.required,
            possible=one.reached,
            facts={"others": one.others},
        )
