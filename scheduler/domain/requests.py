"""Requests of the staff, and what the office asks: cover rules, pairs, own limits."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.clock import Span
from scheduler.domain.fields import People, Qualification, Times, Weekday
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

    staff: StaffId = Field(title=N_("Name of the person"))
    """From the staff list."""
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
    begins a shift, a shift of the second covers half of it or more.  A group stands for
    each of its people as the first, for any of them as the second.
    """

    first: StaffId = Field(title=N_("Name of the person"))
    """From the staff list; or a group, such as 新人, for each of its people."""
    second: StaffId = Field(title=N_("The other person"))
    """From the staff list; or a group, such as リーダー: together with any of its
    people, apart from all of them."""
    kind: PairKind = Field(title=N_("Apart or together"))
    """Never in the house at the same time, or working together."""
    nights: bool = Field(default=False, title=N_("Only nights"))
    """Only shifts that are counted as nights: such as 新人 together with リーダー at
    night."""
    must: bool = Field(default=True, title=N_("A must"))
    """Yes: a must of the office; no: a guideline."""

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.first == self.second:
            raise ValueError("a pair is two people")
        return self


class MetBy(StrEnum):
    """Who may meet a cover rule with a clock band (K-02)."""

    PRESENT = "present"
    """Those who are there, whatever else they do."""
    ON_TOP = "on_top"
    """People beside the need by the clock, in the house (上乗せ): baths."""
    OUT = "out"
    """People beside it who are out of the house: fetching users (送迎)."""


class CoverRule(Frozen):
    """How many people of a kind the office wants, and when (配置ルール, K-02).

    All selectors that are set must fit the person and the duty.  With ``band`` the
    people present, in the role if one is named, are counted at every moment of it
    and nobody on a break counts; without it, the people whose shift begins on the
    date.  A rule that comes on top is a task: whoever does it is not counted for the
    need by the clock (K-01) at the same time.
    """

    name: str = Field(min_length=1, max_length=40, title=N_("Name of the rule"))
    """For messages."""
    role: Role | None = Field(default=None, title=N_("Role"))
    """Counts people in this role; empty: any."""
    qualification: Qualification | None = Field(default=None, title=N_("Qualification"))
    """Counts people who hold it; empty: any."""
    group: str | None = Field(default=None, title=N_("Group"))
    """Counts people of the group; empty: any."""
    shift: ShiftId | None = Field(default=None, title=N_("Shift"))
    """Counts people on this shift; empty: any."""
    weekdays: tuple[Weekday, ...] = Field(
        default=(0, 1, 2, 3, 4, 5, 6), title=N_("Weekdays")
    )
    """Weekdays on which it holds: 月火水; empty: all."""
    dates: tuple[dt.date, ...] = Field(default=(), title=N_("Dates"))
    """If given, only these dates, whatever their weekday: 12/24、12/25."""
    band: Span | None = Field(default=None, title=N_("Clock band"))
    """People present at every moment of it; empty: people whose shift begins on the
    date."""
    at_least: People | None = Field(default=None, ge=0, le=50, title=N_("At least"))
    """So many or more."""
    at_most: People | None = Field(default=None, ge=0, le=50, title=N_("At most"))
    """So many or fewer."""
    must: bool = Field(default=True, title=N_("A must"))
    """Yes: a must of the office; no: a guideline."""
    met_by: MetBy = Field(default=MetBy.PRESENT, title=N_("Met by"))
    """By those present; or on top of the need by the clock, in the house (baths) or out
    of it (fetching users). On top, it has a clock band and “At least”. Empty: by those
    present."""
    in_day_hours: bool = Field(default=True, title=N_("In the hours of the day"))
    """On top: whether its hours count for those of the day band; no: the date needs
    them besides. Empty: yes."""

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a cover rule says at least, at most, or both")
        if self.is_on_top and (self.at_least is None or self.band is None):
            raise ValueError("on top needs a clock band and at least")
        return self

    @property
    def is_on_top(self) -> bool:
        """Whether it is a task beside the need by the clock."""
        return self.met_by is not MetBy.PRESENT

    def applies_on(self, date: dt.date) -> bool:
        """Tell whether the rule applies on ``date``."""
        return date in self.dates if self.dates else date.weekday() in self.weekdays


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
    NIGHT = "night_shift"
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
