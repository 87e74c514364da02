"""How strictly a rule is held, and what an audit finds."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from scheduler.domain.base import Frozen, StaffId


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


class Unit(StrEnum):
    """The unit of a finding's or a report's amounts."""

    PERSON_MINUTES = "person_minutes"
    MINUTES = "minutes"
    DAYS = "days"
    TIMES = "times"
    THOUSANDTHS = "thousandths"
    """Of a time: fair shares are no whole numbers (M-01)."""
    PEOPLE = "people"
    PERCENT = "percent"
    FTE_TENTHS = "fte_tenths"
    """Tenths of a full-time equivalent (常勤換算)."""


class Finding(Frozen):
    """One witness of one breach or warning (指摘); words come later.

    ``amount`` is how much is wrong, in the unit of the rule's facet; ``required``
    and ``actual`` are the two sides of the comparison at its worst moment.
    """

    rule: str
    facet: str
    stance: Stance
    unit: Unit
    amount: int
    required: int
    actual: int
    people: tuple[StaffId, ...] = ()
    date: dt.date | None = None
    begin: dt.datetime | None = None
    end: dt.datetime | None = None
    facts: dict[str, int | str] = {}
    """What the sentence about it needs beyond the above."""
