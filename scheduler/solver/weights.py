"""Weights of the objectives that sum several levels or costs, and why.

`scheduler.solver.solve` minimises the levels one after another, which is exact.  Where
one search after another is too slow, beside a finished roster, weighted sums stand in
for the order of the levels.  Weights within a level are set in the rulebook, and prices
of concessions by the office (`Prices`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import LinearExpr

from scheduler.domain.agreements import Concession, Spot
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Stance, Unit
from scheduler.domain.homes import at_house
from scheduler.domain.problem import Problem
from scheduler.rulebook import Facet

if TYPE_CHECKING:
    from scheduler.constraints.language.scope import Objectives


Weights = Mapping[Stance, int]
"""Weight of one unit of each level; levels not named have weight 0."""

# -- levels against each other -------------------------------------------------------

LOST: Weights = {
    Stance.PINNED: 100_000,
    Stance.STATUTORY: 10_000,
    Stance.MUST: 10_000,
    Stance.CONTRACT: 1_000,
    Stance.WISH: 1,
}
"""For granting a wish by force: levels below wishes never refuse one."""

LOST_CELL = 1_000
"""Weight of one unit of `LOST` against one changed cell.  Cells count at all so that
breaches stay where they are, or the reason would name those that moved."""

AIMED_AT: Weights = {Stance.WISH: 1, Stance.GUIDELINE: 1}
"""Tie-break between changed rosters with the same disruption, within its search."""

TIES = (Stance.WISH, Stance.FAIR, Stance.GUIDELINE)
"""The levels that decide among changed rosters with the same disruption, one after
another (`in_order`), in searches of their own: beside the disruption, fair shares are
too dear (three times too many nights weigh 10,000, four a million) to be exact."""

EXACT = 2**53
"""Below this, sums are exact where solvers reckon in floating point."""

LAW_FIRST: Weights = {
    **LOST,
    Stance.PINNED: 10_000_000_000,
    Stance.STATUTORY: 100_000_000,
}
"""Close to the order of the levels: one minute of law outweighs any must."""

BROKEN: Weights = {
    Stance.PINNED: 1_000_000_000,
    Stance.STATUTORY: 1_000_000,
    Stance.MUST: 100,
    Stance.CONTRACT: 1,
}
"""Cost of breaking a limit more than is tolerated, by unit and weight of its facet: a
minute of law outweighs any must, a must any contract."""

# -- near a roster that is legal -----------------------------------------------------

NEAR_CELL = 60
"""Weight of one changed cell: as much as a guideline missed once, or for an hour."""

NEAR: Weights = {Stance.WISH: 1_000 * NEAR_CELL, Stance.GUIDELINE: 1}
"""Weights of levels against changed cells: a wish outweighs all cells that could
change, a guideline no more than one."""

# -- what a changed roster asks of people --------------------------------------------

PERSON = 100_000
CELL = 100
"""One person more outweighs all cells; one cell outweighs its short notice."""

NOTICE_DAYS = 14
"""A change this many days ahead has no extra cost for short notice; each day nearer
adds 1 to `CELL`."""

DISRUPTION = 10_000
"""Weight of disruption against wishes and guidelines, which only break ties."""

BROKEN_FIRST = 10_000_000
"""Weight of breaches beyond what is tolerated (`BROKEN`) against all disruption."""

# -- the elastic month ---------------------------------------------------------------

POINT = 60
"""Prices are in sixtieths of a point, so that prices per minute are integers."""

SHORT = 1_000_000
"""Price of one minute of statutory shortage: more than all concessions together."""

STIR = 5 * POINT
"""Weight of one changed cell in the search once the month has begun; not part of the
reported price."""

LEFT_ALONE = 4
"""Additional multiple of `STIR` for a cell of somebody who is away: they are asked only
if others are not enough."""


def in_order(highest: Mapping[Stance, int]) -> Iterator[Weights]:
    """Yield the weights of searches that minimise levels one after another.

    One search has several levels, one unit of each outweighing all that the lower ones
    can come to, as long as the sum stays below `EXACT`.

    Parameters
    ----------
    highest
        The most that each level can come to, in their order.
    """
    weights: Weights = {}
    most = 0
    for level, units in highest.items():
        if weights and most * (units + 1) + units >= EXACT:
            yield weights
            weights, most = {}, 0
        above = {one: weight * (units + 1) for one, weight in weights.items()}
        weights = {**above, level: 1}
        most = most * (units + 1) + units
    if weights:
        yield weights


def weighed(model: Objectives, weights: Weights) -> LinearExpr:
    """Return the weighted sum of a model's level objectives."""
    terms = [(model.penalty(level), weight) for level, weight in weights.items()]
    charged = [(penalty, weight) for penalty, weight in terms if penalty is not None]
    return LinearExpr.weighted_sum(
        [penalty for penalty, _ in charged], [weight for _, weight in charged]
    )


def weighed_at(model: Objectives, weights: Weights, values: Sequence[int]) -> int:
    """Return the weighted sum of the level objectives at variable values, by index."""
    return sum(
        weight * model.penalty_at(level, values) for level, weight in weights.items()
    )


def price_of(problem: Problem, facet: Facet, spot: Spot) -> int:
    """Return the price of one unit of a facet that yields, in sixtieths of a point.

    What is hard to ask for is what the house has said where it is asked.
    """
    assert facet.yields is not None
    house, _spot = at_house(problem, spot)
    price = house.office.settings.prices.of(facet.yields)
    if facet.yields is Concession.MUST_HOUR:
        return price * facet.weight * POINT // HOUR
    if facet.unit in (Unit.MINUTES, Unit.PERSON_MINUTES):
        return price * POINT // HOUR
    return price * POINT
