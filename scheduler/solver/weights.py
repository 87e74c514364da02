"""Levels weighed against each other, where one search has to look at all of them.

`scheduler.solver.solve` asks level after level, which is exact; beside a finished
roster one search after another is too slow, and a weight keeps a level from being
forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import LinearExpr

from scheduler.domain.finding import Stance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.constraints.language.roster_model import RosterModel

Weights = Mapping[Stance, int]
"""What a unit of a level is worth; levels that are not named are worth nothing."""

LOST: Weights = {
    Stance.PINNED: 100_000,
    Stance.STATUTORY: 10_000,
    Stance.MUST: 10_000,
    Stance.CONTRACT: 1_000,
    Stance.WISH: 1,
}
"""What a wish granted by force costs; what stands below wishes never refuses one."""

AIMED_AT: Weights = {Stance.WISH: 1, Stance.GUIDELINE: 1}
"""What decides between changed rosters that ask as much of people."""

LAW_FIRST: Weights = {
    **LOST,
    Stance.PINNED: 10_000_000_000,
    Stance.STATUTORY: 100_000_000,
}
"""The order of the levels, as good as kept: a minute of law before any must."""


def weighed(model: RosterModel, weights: Weights) -> LinearExpr:
    """Return the weighed sum of a model's penalties."""
    terms = [(model.penalty(level), weight) for level, weight in weights.items()]
    charged = [(penalty, weight) for penalty, weight in terms if penalty is not None]
    return LinearExpr.weighted_sum(
        [penalty for penalty, _ in charged], [weight for _, weight in charged]
    )


def weighed_at(model: RosterModel, weights: Weights, values: Sequence[int]) -> int:
    """Return the weighed sum at variable values, by index."""
    return sum(
        weight * model.penalty_at(level, values) for level, weight in weights.items()
    )
