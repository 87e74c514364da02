"""What-if: plan the rest of a month again after something has changed."""

from __future__ import annotations

from scheduler.domain.plan import Plan
from scheduler.domain.roster import Change
from scheduler.whatif.replan import replan

__all__ = ["Change", "Plan", "replan"]
