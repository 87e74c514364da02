"""Limits of one person's own: how often something a month or a week (個別の上限)."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.fields import Times


class Counted(StrEnum):
    """What a limit of a person counts; a date counts once.

    The values are longer than a symbol of the shift table, so that either can name
    what is counted.
    """

    ON_CALL = "on_call"
    """Nights on call that begin on the date."""
    EARLY = "early"
    DAY = "day_shift"
    LATE = "late"
    EARLY_AFTER_LATE = "early_after_late"
    """An early shift, and a late one on the date before."""
    CARE_DAY = "care_day"
    """A shift that is spent in care or nursing, from begin to end."""
    PLANNING_DAY = "planning_day"
    """A shift that is spent on planning, from begin to end."""
    PLANNING_MORNING = "planning_morning"
    """A shift that begins before ``Settings.half_day_at``, and is planning until then.
    A planning day has one too."""
    MANAGING_DAY = "managing_day"
    """A shift that is spent on management, from begin to end."""
    DAYS_IN_A_ROW = "days_in_a_row"
    """Dates with work in a row; only at most (F-13)."""


class Per(StrEnum):
    """The stretch in which a limit counts."""

    MONTH = "month"
    """The period."""
    WEEK = "week"
    """Each week; at least only in weeks wholly inside the period."""


class PersonalLimit(Frozen):
    """How often a person has something, at least and at most (P-09, F-13)."""

    staff: StaffId = Field(title=N_("Name of the person"))
    """From the staff list."""
    counted: Counted | None = Field(default=None, title=N_("What is counted"))
    """On call, early, late, whole days of planning ... For one shift leave this empty
    and enter its symbol."""
    shift: ShiftId | None = Field(default=None, title=N_("Or one shift"))
    """Symbol of the shift that is counted."""
    per: Per = Field(default=Per.MONTH, title=N_("Counted in"))
    """In the month (the period) or in each week. “At least” holds in weeks that lie
    wholly in the period. Empty: month."""
    at_least: Times | None = Field(default=None, ge=0, le=31, title=N_("At least"))
    """So many times or more."""
    at_most: Times | None = Field(default=None, ge=0, le=31, title=N_("At most"))
    """So many or fewer; 0: never."""
    must: bool = Field(default=True, title=N_("A must"))
    """Yes: a must of the office; no: a guideline."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.counted is None) == (self.shift is None):
            raise ValueError("a personal limit counts one thing, or one shift")
        if self.at_least is None and self.at_most is None:
            raise ValueError("a personal limit says at least, at most, or both")
        return self

    @property
    def name(self) -> str:
        """What is counted, as the spots of the limit name it."""
        return self.counted.value if self.counted else str(self.shift)
