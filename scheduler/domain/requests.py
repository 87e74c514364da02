"""What staff ask for, and what the office asks of every roster."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.clock import Span
from scheduler.domain.shifts import Role


class Strength(StrEnum):
    """How much a request weighs."""

    MUST = "must"
    STRONG = "strong"
    WEAK = "weak"


class Want(StrEnum):
    """What a request asks for on its date."""

    DAY_OFF = "day_off"
    """希望休: a day off, no night before it and no night on call."""
    PAID_LEAVE = "paid_leave"
    SHIFT = "shift"
    """One of ``shifts``."""
    NOT_SHIFT = "not_shift"
    """None of ``shifts``."""
    NOT_ON_CALL = "not_on_call"
    MORNING_OFF = "morning_off"
    """No work on the date before ``Settings.half_day_at``."""
    AFTERNOON_OFF = "afternoon_off"
    """No work on the date from ``Settings.half_day_at`` on, and no night on call."""


class Request(Frozen):
    """A wish or a leave of one person for one date (希望)."""

    staff: StaffId
    date: dt.date
    want: Want
    shifts: tuple[ShiftId, ...] = ()
    strength: Strength = Strength.STRONG

    @model_validator(mode="after")
    def _names_shifts(self) -> Self:
        if (self.want in (Want.SHIFT, Want.NOT_SHIFT)) != bool(self.shifts):
            raise ValueError("shifts are named for a shift wish, and only there")
        return self


class PairKind(StrEnum):
    """What two people must be, or must not."""

    APART = "apart"
    TOGETHER = "together"


class Pair(Frozen):
    """Two people who must, or must not, work together (P-01).

    Apart: never in the house at the same moment.  Together: whenever the first
    begins a shift, a shift of the second covers half of it or more.
    """

    first: StaffId
    second: StaffId
    kind: PairKind
    must: bool = True
    """A must of the office, or else a guideline."""

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.first == self.second:
            raise ValueError("a pair is two people")
        return self


class CoverRule(Frozen):
    """How many people of a kind the office wants, and when (配置ルール, K-02).

    All selectors that are set must fit the person and the duty.  With ``band`` the
    people present, in the role if one is named, are counted at every moment of it
    and nobody on a break counts; without it, the people whose shift begins on the
    date.
    """

    name: str = Field(min_length=1, max_length=40)
    role: Role | None = None
    qualification: str | None = None
    group: str | None = None
    shift: ShiftId | None = None
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    dates: tuple[dt.date, ...] = ()
    """If given, only these dates, whatever their weekday."""
    band: Span | None = None
    at_least: int | None = Field(default=None, ge=0, le=50)
    at_most: int | None = Field(default=None, ge=0, le=50)
    must: bool = True
    """A must of the office, or else a guideline."""

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a cover rule says at least, at most, or both")
        return self

    def applies_on(self, date: dt.date) -> bool:
        """Tell whether the rule speaks of ``date``."""
        return date in self.dates if self.dates else date.weekday() in self.weekdays
