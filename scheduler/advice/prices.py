"""The price of a limit that gives way, as the office has set it."""

from __future__ import annotations

from scheduler.domain.agreements import Concession, Spot
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Unit
from scheduler.domain.homes import at_house
from scheduler.domain.problem import Problem
from scheduler.rulebook import Facet
from scheduler.solver.weights import POINT


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
