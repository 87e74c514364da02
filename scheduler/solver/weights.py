"""Every price and weight that a search sets off against another, with its reason.

`scheduler.solver.solve` asks level after level, which is exact; beside a finished
roster one search after another is too slow, and a weight keeps a level from being
forgotten.  What a level charges by itself is the rulebook's business, and the price of
a concession the office's (`Prices`).
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

# -- levels against each other -------------------------------------------------------

LOST: Weights = {
    Stance.PINNED: 100_000,
    Stance.STATUTORY: 10_000,
    Stance.MUST: 10_000,
    Stance.CONTRACT: 1_000,
    Stance.WISH: 1,
}
"""What a wish granted by force costs; what stands below wishes never refuses one."""

LOST_CELL = 1_000
"""What is lost by force, in cells changed: breaches that need not move shall not, or
the reason would name them."""

AIMED_AT: Weights = {Stance.WISH: 1, Stance.GUIDELINE: 1}
"""What decides between changed rosters that ask as much of people."""

LAW_FIRST: Weights = {
    **LOST,
    Stance.PINNED: 10_000_000_000,
    Stance.STATUTORY: 100_000_000,
}
"""The order of the levels, as good as kept: a minute of law before any must."""

BROKEN: Weights = {
    Stance.PINNED: 1_000_000_000,
    Stance.STATUTORY: 1_000_000,
    Stance.MUST: 100,
    Stance.CONTRACT: 1,
}
"""What it costs to break a limit more than it was, by unit and weight of its facet: a
minute of law more than any must, a must more than any contract."""

# -- near a roster that is legal -----------------------------------------------------

NEAR_CELL = 60
"""One cell that differs: a guideline passed once, or for an hour."""

NEAR: Weights = {Stance.WISH: 1_000 * NEAR_CELL, Stance.GUIDELINE: 1}
"""Of the levels that decide, against such cells: wishes weigh more than all that could
change, a guideline no more than one."""

# -- what a changed roster asks of people --------------------------------------------

PERSON = 100_000
CELL = 100
"""A person more than all cells, a cell more than the notice of one."""

NOTICE_DAYS = 14
"""From so many days ahead on, a change costs no more for being soon; each day nearer
counts one beside `CELL`."""

DISRUPTION = 10_000
"""What is asked of people, against wishes and guidelines, which decide among equals."""

BROKEN_FIRST = 10_000_000
"""What is broken beyond what is tolerated (`BROKEN`), against all people and cells."""

# -- the elastic month ---------------------------------------------------------------

POINT = 60
"""Prices are in sixtieths of a point, so that minutes have whole ones."""

SHORT = 1_000_000
"""Price of a minute of statutory shortage: dearer than all that can be conceded."""

STIR = 5 * POINT
"""What a cell that differs counts in the search once the month has begun; it is no part
of the price that is told."""

LEFT_ALONE = 4
"""How often a cell of somebody who is away counts besides: they are left alone if
others are enough."""


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
