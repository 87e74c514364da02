"""One room of a month as a task for another process: plain data in and out.

A process builds the month's model once and keeps it for the tasks that follow.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from pydantic import Field

from scheduler.domain.base import Frozen
from scheduler.domain.problem import Problem
from scheduler.domain.room import Room
from scheduler.domain.roster import Roster
from scheduler.solver.executors import stop_wish
from scheduler.solver.search import Search, SearchLimits
from scheduler.whatif.room.asking import Asking

ROOM_SECONDS = 600.0
"""Most that one room may take.  What ends its searches long before is the amount of
work each may take, so that the answers are the same on a busy machine."""


class Order(Frozen):
    """A month of which more guests may be asked for."""

    problem: Problem
    plan: Roster
    """The roster as it was made."""
    roster: Roster
    """As it stands."""
    rooms: tuple[Room, ...]
    """As the roster stands."""
    changes: int = Field(ge=0)
    """Most cells that may change."""
    now: dt.date
    """First date that may change."""
    seed: int = 0


def asked(order: str, place: int) -> Room:
    """Ask for ways of one room of an order, as JSON; if told to stop, for none.

    Parameters
    ----------
    place
        Of the room among those of the order.

    Raises
    ------
    Disagreement
        If model and audit differ.  Our bug.
    """
    stop = stop_wish()
    known, asking = _asking(order)
    room = known.rooms[place]
    if stop.is_set():
        return room.model_copy(update={"is_certain": False})
    limits = SearchLimits(ROOM_SECONDS, workers=1, seed=known.seed)
    return asking.ask(room, Search(limits, stop))


@lru_cache(maxsize=1)
def _asking(order: str) -> tuple[Order, Asking]:
    known = Order.model_validate_json(order)
    asking = Asking(
        known.problem, known.plan, known.roster, known.rooms, known.changes, known.now
    )
    return known, asking
