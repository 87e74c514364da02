"""The objective's levels and their amounts, in words."""

from __future__ import annotations

from scheduler.domain.stance import Stance
from scheduler.i18n import _
from scheduler.wording.names import cells_text, duration_text

IN_MINUTES = (Stance.STATUTORY, Stance.MUST, Stance.CONTRACT)
"""Levels counted in person-minutes, a missed day or time standing for a full day."""


def level_text(level: Stance, amount: int) -> str:
    """Write a level's value or bound: cells, hours and minutes, or points."""
    if amount and level is Stance.PINNED:
        return cells_text(amount)
    if amount and level in IN_MINUTES:
        return duration_text(amount)
    return _("{points} points").format(points=amount) if amount else "0"
