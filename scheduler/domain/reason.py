"""Why a wish was refused: what granting it would have cost."""

from __future__ import annotations

from typing import Any

from pydantic import field_validator

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.office import FORMERLY
from scheduler.domain.requests import Request
from scheduler.domain.stance import Stance


class Reason(Frozen):
    """What the best roster that grants one refused wish looks like.

    ``breaches`` and ``gives_way`` are both empty if the search found no such roster in
    time, or, if ``unfinished``, one in which nothing is lost.  Allow the breaches and
    drop the requests that give way, and the wish can be granted with nothing else lost
    on the levels above fairness.
    """

    request: Request
    breaches: tuple[Finding, ...] = ()
    """Breaches of law, musts or contracts that the roster made does not have."""
    gives_way: tuple[Request, ...] = ()
    """Requests granted now that would be refused instead."""
    others: tuple[StaffId, ...] = ()
    """Who could do the duty that is missing but asked to be free."""
    same_worth: bool = False
    """Whether the wishes that give way weigh as much, no more and no less."""
    unfinished: bool = False
    """Whether nothing need be lost: the search had ended before it granted the wish."""

    @field_validator("breaches", mode="before")
    @classmethod
    def _as_called_now(cls, breaches: Any) -> Any:
        """Read what was written when guidelines were still wishes of the office."""
        if not isinstance(breaches, list):
            return breaches
        return [_renamed(one) if isinstance(one, dict) else one for one in breaches]


class Obstacle(Frozen):
    """What the best roster that keeps a guideline at one place looks like.

    Where ``breaches`` and ``gives_way`` are empty, none was found in time, or, if
    ``impossible``, there is none, or, if ``unfinished``, nothing need be given up.
    """

    finding: Finding
    """The place, as it was missed."""
    breaches: tuple[Finding, ...] = ()
    """What that roster breaks and the one made does not: other guidelines, shares that
    are even now, contracts, musts or law."""
    gives_way: tuple[Request, ...] = ()
    """Requests granted now that would be refused."""
    impossible: bool = False
    """Whether no roster keeps it, whatever else gives way; one search said so."""
    unfinished: bool = False
    """Whether the search had ended before it kept the guideline."""


def _renamed(breach: dict[str, Any]) -> dict[str, Any]:
    facet = str(breach.get("facet"))
    if breach.get("stance") != Stance.WISH or not facet.endswith(FORMERLY):
        return breach
    facet = facet.removesuffix(FORMERLY) + Stance.GUIDELINE
    return {**breach, "stance": Stance.GUIDELINE, "facet": facet}
