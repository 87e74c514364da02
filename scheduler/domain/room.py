"""Room for guests: how many more can come on a date."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.forecast import Service
from scheduler.domain.revision import Change
from scheduler.domain.shifts import Duty


class GuestWay(Frozen):
    """The changes of a roster that make room for a number of further guests."""

    more: int = Field(gt=0)
    """Number of guests beyond those expected."""
    changes: tuple[Change, ...]
    asked: tuple[StaffId, ...]
    breaks: tuple[Duty, ...] = ()
    """Changed duties of which only the breaks move."""


class Room(Frozen):
    """How many more guests of one service can come on a date, all else as expected."""

    date: dt.date
    service: Service
    expected: int = Field(ge=0)
    """Guests expected; where unknown, as many as the rules count (A-07)."""
    as_it_stands: int = Field(ge=0)
    """Greatest number of further guests for which the unchanged roster, with this
    number or any smaller one, breaks nothing new."""
    until_guideline: int | None = Field(default=None, ge=0)
    """How many of these the office's ratio by the clock (K-01) allows without a new
    breach, where it is held as a guideline; ``None`` where it is not."""
    full: bool = False
    """Whether the office's capacity is reached with `as_it_stands`."""
    stopped_by: tuple[Finding, ...] = ()
    """What one more guest would break; empty if the office is full or `is_open`."""
    ways: tuple[GuestWay, ...] = ()
    """Changes for each number beyond `as_it_stands`, as far as some were found."""
    house: str = Field(default="", exclude_if=lambda name: not name)
    """Name of the house, where several are planned together."""
    is_certain: bool = True
    """Whether a search showed that the allowed changes make room for no more; not
    confirmed by a second search."""

    @property
    def is_open(self) -> bool:
        """Whether the count stopped at no limit, as it may for visits (no capacity)."""
        return not self.full and not self.stopped_by

    @property
    def passes_guideline(self) -> bool:
        """Whether the guideline allows fewer further guests than `as_it_stands`."""
        guided = self.until_guideline
        return guided is not None and guided < self.as_it_stands

    @property
    def with_changes(self) -> int:
        """How many more guests can come once cells are changed."""
        return max((way.more for way in self.ways), default=self.as_it_stands)
