"""Roles, shifts and what one person does on one date."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from scheduler.domain import N_
from scheduler.domain.base import Frozen, ShiftId, StaffId, narrowed
from scheduler.domain.clock import DAY, Clock, Interval, Span, total_minutes
from scheduler.domain.fields import Entry, FieldKind, Times, unset
from scheduler.domain.office import Hold


class Role(StrEnum):
    """What a person does in a segment (職種・職務); one role at a time (A-15)."""

    CARE = "care"
    NURSE = "nurse"
    PLANNER = "planner"
    MANAGER = "manager"

    @property
    def in_care_pool(self) -> bool:
        """Whether the role counts for the 3:1 ratio: care work, also by a nurse."""
        return self in (Role.CARE, Role.NURSE)


class ShiftKind(StrEnum):
    """What a shift is counted as in fairness and night limits."""

    EARLY = "early"
    DAY = "day"
    LATE = "late"
    NIGHT = "night"


BreakOption = tuple[Span, ...]
"""The breaks a person takes if this option is chosen; usually one interval."""


class Shift(Frozen):
    """A line of the shift table: symbol, clock times, breaks to choose from.

    Notes
    -----
    ``cuts`` divide the shift into segments; a person of two jobs (兼務) does one of
    them in each segment.  Without cuts a shift is a single segment.
    """

    symbol: ShiftId = Field(min_length=1, max_length=3, title=N_("Symbol"))
    """One to three characters, as in the roster's cells."""
    name: str = Field(default="", max_length=40, title=N_("Shift name"))
    """For the legend."""
    kind: ShiftKind = Field(title=N_("Counted as"))
    """Early, day, late or night: for evenness and limits of nights."""
    start: Clock = Field(title=N_("Begin"))
    """Clock time."""
    end: Clock = Field(title=N_("End"))
    """Clock time; on the next morning 翌9:30."""
    breaks: Annotated[tuple[BreakOption, ...], Entry(FieldKind.BREAKS)] = Field(
        default=(), title=N_("Choices of breaks")
    )
    """Breaks to choose from: 11:30-12:30 / 12:30-13:30. Two breaks in one choice:
    12:00-12:45+15:00-15:15. All choices equally long."""
    cuts: tuple[Clock, ...] = Field(default=(), title=N_("Cuts"))
    """Times at which a person of two roles may change: 13:00、15:00."""
    roles: tuple[Role, ...] = Field(default=(), title=N_("Roles in the shift"))
    """Roles that may be done in it; empty: any."""
    half_leave: bool = Field(default=False, title=N_("With half a day of leave"))
    """Half a day of paid leave goes with it (half of the hours a day are credited).
    Given only on dates for which the person asks for it."""
    counts: bool = Field(default=True, title=N_("Counts for cover"))
    """No for training, meetings, errands: work and rest, but nobody to be counted.
    Given only where pinned or asked for. Empty: yes."""
    in_a_row_most: Times | None = Field(
        default=None, ge=1, le=6, title=N_("Most in a row")
    )
    """How often one person has it in a row at most; the morning after a night is passed
    over. Empty: no limit."""
    in_a_row_by_kind: bool = Field(default=False, title=N_("In a row by kind"))
    """Whether all shifts that are counted as the same count together."""
    in_a_row_held: Hold = Field(
        default=Hold.GUIDELINE, title=N_("Most in a row is held")
    )
    """How strictly the limit is held. Empty: as a guideline."""
    own_kind: ShiftId | None = None
    """Symbol of the office's kind of day that the shift stands for (研修); no line of
    the shift table, and in nobody's contract: given to whoever it is entered for."""

    elsewhere: str = Field(default="", exclude_if=unset)
    """Name of the other office that it is worked in; of the kind of day it stands for.
    Its hours count for the person, and for nothing of this office."""
    travel: int = Field(default=0, exclude_if=unset)
    """Minutes of travel between the other office and this one (F-11)."""

    @cached_property
    def interval(self) -> Interval:
        """From start to end in clock minutes, breaks included."""
        return Interval(self.start, self.end)

    @cached_property
    def segments(self) -> tuple[Interval, ...]:
        """The parts between its cuts, in clock minutes; one role in each."""
        points = (self.start, *self.cuts, self.end)
        return tuple(Interval(start, end) for start, end in pairwise(points))

    @property
    def is_night(self) -> bool:
        """Whether the shift is counted as a night."""
        return self.kind is ShiftKind.NIGHT

    @property
    def on_request(self) -> bool:
        """Whether the shift is given only where it is pinned or asked for."""
        return self.half_leave or not self.counts or self.own_kind is not None

    @cached_property
    def passes_midnight(self) -> bool:
        """Whether the shift reaches into the next date, which then shows 明."""
        return self.end > DAY

    @cached_property
    def break_options(self) -> tuple[BreakOption, ...]:
        """The options to choose from; a shift without breaks has the empty one."""
        return self.breaks or ((),)

    @cached_property
    def work_minutes(self) -> int:
        """Minutes of work without breaks; all options of a shift are equally long."""
        return self.interval.minutes - total_minutes(self.break_options[0])


class HouseShift(Shift):
    """A shift of one of several houses that are planned together."""

    house: int
    """Its number; the main office is 0."""

    @property
    def alone(self) -> Shift:
        """The shift as its house has it."""
        return narrowed(self, Shift)


class OffKind(StrEnum):
    """Why a person does not begin a shift on a date."""

    DAY_OFF = "day_off"
    """公休: a rostered day off."""
    PAID_LEAVE = "paid_leave"
    """有休 (年次有給休暇)."""
    AFTER_NIGHT = "after_night"
    """明: last night's shift ends this morning.  Neither day off nor holiday."""
    ABSENT = "absent"
    """欠: absent at short notice (欠勤).  Never rostered, only entered; neither a day
    off owed nor paid leave."""
    AWAY = "away"
    """Not employed yet or any more."""
    LONG_LEAVE = "long_leave"
    """Leave of absence by the calendar (休職, 産休, 育休): no duty to work, so the days
    off of a week lie in it; its part of the month is taken from the contract.  Only
    entered."""
    SPECIAL_LEAVE = "special_leave"
    """A day of work released by the office's rules (特別休暇, 慶弔): counted as a
    contract day, like paid leave.  Only entered."""


RELEASED = (OffKind.PAID_LEAVE, OffKind.ABSENT, OffKind.SPECIAL_LEAVE)
"""Kinds of a date that release from a day of work: counted as a contract day."""

LEAVE = (*RELEASED, OffKind.LONG_LEAVE)
"""Kinds of day off that the office may not take away."""

RESTS = (OffKind.DAY_OFF, *LEAVE)
"""Kinds of a date without work of somebody who is employed, but 明."""

ENTERED = (OffKind.ABSENT, OffKind.LONG_LEAVE, OffKind.SPECIAL_LEAVE)
"""Kinds of day off that are never planned, only entered."""


class Duty(Frozen):
    """What one person does on one date (勤務割当).

    Either ``shift`` is set, with a role for each of its segments and the breaks
    taken, or ``off`` is.
    """

    staff: StaffId
    date: dt.date
    shift: ShiftId | None = None
    roles: tuple[Role, ...] = ()
    breaks: BreakOption = ()
    """Clock intervals counted from 00:00 of ``date``."""
    off: OffKind | None = None
    kind: ShiftId | None = None
    """Symbol of the office's own kind of day under which ``off`` is written."""
    events: tuple[str, ...] = Field(default=(), exclude_if=lambda events: not events)
    """Names of the events (行事) that the person comes to on the date; like breaks no
    part of the cell."""
    worked: Span | None = Field(default=None, exclude_if=lambda worked: worked is None)
    """Clock times from the first minute of work to the last, as worked (実績), where
    they are not those of the shift; no part of the cell."""

    @property
    def entry(self) -> tuple[ShiftId | None, tuple[Role, ...], OffKind | None]:
        """The contents of the cell; breaks are no part of it."""
        return self.shift, self.roles, self.off


class OnCall(Frozen):
    """The person on call (宿直) in the night that begins on ``date``."""

    staff: StaffId
    date: dt.date
