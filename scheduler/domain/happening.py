"""What happens in a what-if, as somebody wrote it: on a line, or in a row of cells."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Event(StrEnum):
    """A kind of thing that can happen; users by the field of `ForecastDay`."""

    ABSENCE = "absence"
    LEAVING = "leaving"
    JOINING = "joining"
    DUTY = "duty"
    """A cell that is to say something else."""
    DAY_USERS = "day_users"
    OVERNIGHT = "overnight"
    VISITS = "visits"


USERS = (Event.DAY_USERS, Event.OVERNIGHT, Event.VISITS)
"""Events about numbers of users."""


class Words(NamedTuple):
    """Text, and where it stands: sheet and cell, or option and value."""

    text: str = ""
    sheet: str = ""
    cell: str = ""


class Happening(NamedTuple):
    """One thing that happens; what its event does not ask for is empty."""

    event: Event
    name: Words
    """Of the person."""
    first: Words
    """The date, or the first of several; of somebody who leaves, the last day."""
    last: Words
    """The last of several dates."""
    what: Words
    """A cell's symbol, a number of users, or whom somebody who joins is like."""


class Case(NamedTuple):
    """A what-if: all that happens together."""

    happenings: tuple[Happening, ...]
    start: Words = Words()
    """First date that may still change; empty for the first that does."""
    name: str = ""
