"""Capacities that are too small for one another, and the room they ask for (D)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.users import least_places, square_metres
from scheduler.domain.precheck import Line, Topic, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.precheck.ground import Ground


def capacity(ground: Ground) -> Iterator[Line]:
    """Yield the least places by law, and what the office has to see to itself."""
    problem = ground.problem
    own, least = problem.office.capacity, least_places(problem)
    for code, required, possible in (
        ("day_use_least", least.day_use, own.day_use),
        ("overnight_least", least.overnight, own.overnight),
    ):
        fits = possible >= required
        yield Line(
            topic=Topic.CAPACITY,
            code=code,
            verdict=Verdict.FINE if fits else Verdict.IMPOSSIBLE,
            required=required,
            possible=possible,
        )
    metres = square_metres(problem)
    if metres:
        yield Line(
            topic=Topic.CAPACITY,
            code="wide_room",
            verdict=Verdict.FINE,
            required=own.day_use,
            possible=own.day_use,
            facts={"metres": metres},
        )
