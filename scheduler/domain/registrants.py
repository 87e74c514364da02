"""Users as people: who is registered, their week, and what departs from it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen
from scheduler.domain.clock import DAY, Span
from scheduler.domain.fields import Entry, FieldKind, Weekday
from scheduler.domain.staff import Dates, DateSpan

EVERY_DAY = tuple(range(7))


class CareLevel(StrEnum):
    """要支援1 to 要介護5."""

    SUPPORT_1 = "support_1"
    SUPPORT_2 = "support_2"
    CARE_1 = "care_1"
    CARE_2 = "care_2"
    CARE_3 = "care_3"
    CARE_4 = "care_4"
    CARE_5 = "care_5"


class WeeklyUse(Frozen):
    """A service on some weekdays; a night by the weekday on which it begins."""

    weekdays: tuple[Weekday, ...] = EVERY_DAY
    span: Span | None = None
    """``None``: as the day profile has it."""


Weekly = Annotated[tuple[WeeklyUse, ...], Entry(FieldKind.WEEKLY)]


class UsePlan(Frozen):
    """When somebody uses the three services."""

    day_use: Weekly = Field(default=(), title=N_("Day use"))
    """Weekdays and times: 月水金 9:30-16:00、土 10:00-15:00. Without times: from the
    first arrival to the last departure of the day profile."""
    stays: Weekly = Field(default=(), title=N_("Overnight stays"))
    """Weekdays on which a night begins: 木 or 木 17:00-翌9:00. Without times: as guests
    return and leave in the day profile."""
    visits: Weekly = Field(default=(), title=N_("Visits at home"))
    """Weekdays and times: 火日 10:00-10:30、毎日 18:00-18:20."""

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if any(use.span is None for use in self.visits):
            raise ValueError("a visit has clock times")
        by_day = (*self.day_use, *self.visits)
        if any(use.span and use.span.end > DAY for use in by_day):
            raise ValueError("day use and visits end by midnight")
        if any(
            use.span and not use.span.start < DAY < use.span.end for use in self.stays
        ):
            raise ValueError("a night passes midnight")
        return self


class Registrant(UsePlan):
    """One user (利用者)."""

    name: str = Field(min_length=1, max_length=20, title=N_("User"))
    """Initials or a number; it stands on no page that is posted or handed out."""
    care_level: CareLevel | None = Field(default=None, title=N_("Care level"))
    """要支援1 to 要介護5; may be empty."""
    short_use: bool = Field(default=False, title=N_("Short-use guest"))
    """Yes: a guest of 短期利用, who is not registered and takes places that registrants
    leave free."""
    registered: Dates = Field(default=DateSpan(), title=N_("Registered"))
    """First to last date: 2026/12/10～; empty: all the time. For a short-use guest the
    dates of arrival and departure."""


class ChangeReason(StrEnum):
    """Why a date is not as the weekly plan has it."""

    OTHER_USE = "other_use"
    ABSENT = "absent"
    HOSPITAL = "hospital"
    """Dates in hospital leave the average of services (C-06)."""


class UseChange(UsePlan):
    """What a user does on some dates, in place of the weekly plan (利用の変更).

    The services named are all that there are on these dates; with none named there is
    none, and no night begins.
    """

    user: str = Field(min_length=1, max_length=20, title=N_("User"))
    """From the sheet of users."""
    first: dt.date = Field(title=N_("Date"))
    """The date, or the first of several."""
    last: dt.date | None = Field(default=None, title=N_("Until"))
    """The last of several dates; empty: that one date."""
    reason: ChangeReason = Field(title=N_("Change"))
    """Other use: as the line says. Absent or in hospital: no service."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise ValueError("a change ends on the date it begins, or later")
        uses = bool(self.day_use or self.stays or self.visits)
        if uses != (self.reason is ChangeReason.OTHER_USE):
            raise ValueError("services are named for another use, and only there")
        return self

    def __contains__(self, date: object) -> bool:
        last = self.last or self.first
        return isinstance(date, dt.date) and self.first <= date <= last
