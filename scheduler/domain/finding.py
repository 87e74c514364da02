"""How strictly limits are held (`Stance`), and the breaches an audit finds."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from scheduler.domain.base import Frozen, StaffId


class Stance(StrEnum):
    """How strictly a limit is held, the strictest first.

    ``PINNED`` to ``COMFORT`` are the levels of the objective, in the order in which
    they are solved.
    """

    ENFORCED = "enforced"
    """Never broken: a hard constraint of the model."""
    PINNED = "pinned"
    """Fixed by the manager; the first level of the objective."""
    STATUTORY = "statutory"
    MUST = "must"
    CONTRACT = "contract"
    WISH = "wish"
    """Asked for by the staff."""
    FAIR = "fair"
    GUIDELINE = "guideline"
    """Aimed at by the office (目安); never at the cost of a wish or a fair share."""
    COMFORT = "comfort"
    REPORT = "report"
    """Only shown, never charged."""

    @classmethod
    def as_set(cls, *, must: bool) -> Stance:
        """Return how a limit of the office is held that is a must, or none."""
        return cls.MUST if must else cls.GUIDELINE

    @property
    def is_hard(self) -> bool:
        """Whether a breach means that law, a pin or a must of the office is broken."""
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
    """Thousandths of a time, for fair shares are not whole numbers (M-01)."""
    PEOPLE = "people"
    PERCENT = "percent"
    FTE_TENTHS = "fte_tenths"
    """Tenths of a full-time equivalent (常勤換算)."""


class Finding(Frozen):
    """One breach or warning (指摘), as data; `scheduler.wording` makes the sentence.

    ``amount`` is the size of the breach, in the unit of the rule's facet;
    ``required`` and ``actual`` are the two sides of the comparison at its worst moment.
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
    house: str = Field(default="", exclude_if=lambda name: not name)
    """Name of the office it is of, where several are planned together."""
    facts: dict[str, int | str] = {}
    """Further values that the sentence about it needs."""
