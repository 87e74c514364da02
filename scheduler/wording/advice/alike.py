"""What is the same on several dates, told once with all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from scheduler.wording.times import runs_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scheduler.domain.agreements import Spot

Thing = TypeVar("Thing")

SOME_DATE = "-"
"""Said in place of a date, so that texts differ where more than the date does."""


def alike(
    things: Iterable[Thing], told: Callable[[Thing, str], str]
) -> tuple[tuple[Thing, ...], ...]:
    """Put together what reads the same but for its date.

    Parameters
    ----------
    told
        Writes one of them, with something said in place of its date.
    """
    groups: dict[str, list[Thing]] = {}
    for thing in things:
        groups.setdefault(told(thing, SOME_DATE), []).append(thing)
    return tuple(map(tuple, groups.values()))


def dates_of(spots: Iterable[Spot]) -> str:
    """Write the dates of spots, those in a row by their ends; empty without any."""
    return runs_text(spot.date for spot in spots if spot.date is not None)
