"""How many more guests a roster carries."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.plan import Change


class Service(StrEnum):
    """What a guest comes for; the values are fields of `ForecastDay`."""

    DAY_USE = "day_users"
    OVERNIGHT = "overnight"
    VISIT = "visits"


class Way(Frozen):
    """How one guest more than the roster carries can be had."""

    more: int = Field(gt=0)
    """Guests beyond those expected."""
    changes: tuple[Change, ...]
    asked: tuple[StaffId, ...]


class Room(Frozen):
    """How many more guests can come on a date, of one service, all else as expected."""

    date: dt.date
    service: Service
    as_it_stands: int = Field(ge=0)
    """So many more break nothing that was not broken before."""
    full: bool = False
    """Whether the office's capacity or its book of visits ends there."""
    stopped_by: tuple[Finding, ...] = ()
    """What one guest more would break: law and musts."""
    ways: tuple[Way, ...] = ()
    """For each number beyond, as long as one was found within what may change."""
    is_certain: bool = True
    """Whether it is proven that no more can be had within what may change."""

    @property
    def with_changes(self) -> int:
        """Return how many more can come once others have other days."""
        return max((way.more for way in self.ways), default=self.as_it_stands)
