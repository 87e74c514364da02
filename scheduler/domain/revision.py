"""How a roster came to be what it is: what was accepted, when, and why."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.plan import Change
from scheduler.domain.scenario import Scenario

FIRST = 1
"""Version of a roster as it was first made."""


class Proposal(Frozen):
    """What a plan answers; it is still to be accepted."""

    scenario: Scenario
    """What had happened."""
    before: str
    """`Roster.fingerprint` of the roster that it would replace, as it stood."""


class Revision(Frozen):
    """A plan that was accepted and became the roster."""

    version: int = Field(gt=FIRST)
    """Of the roster since then."""
    accepted_at: dt.datetime
    scenario: Scenario
    """What had happened."""
    why: str = Field(default="", max_length=200)
    """What the manager said of it; empty if what has happened says enough."""
    changes: tuple[Change, ...]
    """What differs from the roster as it stood, hand edits included."""
    asked: tuple[StaffId, ...]
    """Who had to be asked."""
