"""How many more guests a roster carries."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.revision import Change
from scheduler.domain.shifts import Duty


class Service(StrEnum):
    """What a guest comes for; the values are fields of `ForecastDay`."""

    DAY_USE = "day_users"
    OVERNIGHT = "overnight"
    VISIT = "visits"


class GuestWay(Frozen):
    """How one guest more than the roster carries can be had."""

    more: int = Field(gt=0)
    """Guests beyond those expected."""
    changes: tuple[Change, ...]
    asked: tuple[StaffId, ...]
    breaks: tuple[Duty, ...] = ()
    """Duties whose breaks move and nothing else, as they are then."""


class Room(Frozen):
    """How many more guests can come on a date, of one service, all else as expected."""

    date: dt.date
    service: Service
    expected: int = Field(ge=0)
    """Guests expected; where they are not known, as many as the rules count (A-07)."""
    as_it_stands: int = Field(ge=0)
    """So many more, and any number up to that, break nothing that was not broken."""
    until_guideline: int | None = Field(default=None, ge=0)
    """So many of these pass the office's guideline by the clock no further than it is;
    ``None`` where it is no guideline."""
    full: bool = False
    """Whether the office's capacity ends there."""
    stopped_by: tuple[Finding, ...] = ()
    """What one guest more would break; nothing if the office is full or `is_open`."""
    ways: tuple[GuestWay, ...] = ()
    """For each number beyond, as long as one was found within what may change."""
    is_certain: bool = True
    """Whether no more can be had within what may change; one search is no proof."""

    @property
    def is_open(self) -> bool:
        """Whether more can come than were counted: visits have no capacity."""
        return not self.full and not self.stopped_by

    @property
    def passes_guideline(self) -> bool:
        """Whether some of the guests who can come pass the guideline."""
        guided = self.until_guideline
        return guided is not None and guided < self.as_it_stands

    @property
    def with_changes(self) -> int:
        """Return how many more can come once others have other days."""
        return max((way.more for way in self.ways), default=self.as_it_stands)
