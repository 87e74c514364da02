"""What an audit finds."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.stance import Stance


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
