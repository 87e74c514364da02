"""How strictly a rule is held, and the levels of the objective."""

from __future__ import annotations

from enum import StrEnum


class Stance(StrEnum):
    """How a rule is held.

    From ``PINNED`` to ``COMFORT`` they are the levels of the objective, in the
    order in which they are solved.
    """

    ENFORCED = "enforced"
    """Never broken by a roster we make."""
    PINNED = "pinned"
    """What the manager has fixed; kept before all else that can be weighed."""
    STATUTORY = "statutory"
    MUST = "must"
    CONTRACT = "contract"
    WISH = "wish"
    """What the staff ask for."""
    FAIR = "fair"
    GUIDELINE = "guideline"
    """What the office aims at (目安); no reason to refuse a wish or to be uneven."""
    COMFORT = "comfort"
    REPORT = "report"
    """Only shown."""

    @property
    def is_hard(self) -> bool:
        """Whether a roster that breaks it is not legal, or breaks an office must."""
        return self in _HARD


_HARD = (Stance.ENFORCED, Stance.PINNED, Stance.STATUTORY, Stance.MUST)

LEVELS = (
    Stance.PINNED,
    Stance.STATUTORY,
    Stance.MUST,
    Stance.CONTRACT,
    Stance.WISH,
    Stance.FAIR,
    Stance.GUIDELINE,
    Stance.COMFORT,
)
