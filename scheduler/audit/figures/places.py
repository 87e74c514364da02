"""The least places that an office must offer, and the room they ask for (D)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.rulebook import load

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem


class LeastPlaces(NamedTuple):
    """The least capacities for day use and for nights."""

    day_use: int
    overnight: int


def least_places(problem: Problem) -> LeastPlaces:
    """Return half of the registered capacity, and a third of that for day use."""
    rule, own = load(problem.period)["D"], problem.office.capacity
    return LeastPlaces(
        day_use=-(-own.registered // rule.int("registered_per_day_use")),
        overnight=-(-own.day_use // rule.int("day_use_per_overnight")),
    )


def square_metres(problem: Problem) -> int:
    """Return the least room for day users in square metres; 0 where none is asked.

    Sixteen places and more need 3 square metres a head.
    """
    rule, places = load(problem.period)["D"], problem.office.capacity.day_use
    if places < rule.int("wide_room_from"):
        return 0
    return places * rule.int("square_metres_a_head")
