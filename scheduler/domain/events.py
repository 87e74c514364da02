"""Work beside the shifts: events of the office (行事), and the care manager's tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import HOUR, WEEK, Interval, Span
from scheduler.domain.fields import (
    DayOfMonth,
    Minutes,
    Months,
    People,
    Times,
    Weekday,
    unset,
)

EARLIEST, LATEST = 5 * HOUR, 22 * HOUR
"""Clock minutes between which people can be asked to an event: outside night hours."""


class Circle(StrEnum):
    """Who is to come to an event, beside the people named."""

    NOBODY = "nobody"
    """Only announced: it is printed, and nobody need leave the floor."""
    FULL_TIMERS = "full_timers"
    EVERYBODY = "everybody"


class CalendarEvent(Frozen):
    """Something held on certain dates, and who is to come (行事, K-03).

    Whoever comes works and is off the floor.  Who begins no shift on the date, or a
    night later on, is excused, and who is on shift stays on the floor where it cannot
    spare them, unless they are named.
    """

    name: str = Field(min_length=1, max_length=20, title=N_("Name of the event"))
    """Printed on the roster: 職員会議."""
    dates: tuple[dt.date, ...] = Field(default=(), title=N_("Dates"))
    """12/16. With weekdays too: instead of these in the months of the dates."""
    weekdays: tuple[Weekday, ...] = Field(default=(), title=N_("Weekdays"))
    """水, or 火金, in every month that has no dates of its own."""
    weeks: tuple[Times, ...] = Field(default=(), title=N_("Which of the month"))
    """3 for the third of its weekday, 1、3 for two of them; empty: every week."""
    every_months: Months = Field(default=1, ge=1, le=12, title=N_("Every … months"))
    """2: every other month, counted from the month given. Empty: every month."""
    counted_from: dt.date | None = Field(default=None, title=N_("Counted from"))
    """Any date of a month in which it is held; only for every second month or more.
    Empty: from January on."""
    span: Span | None = Field(default=None, title=N_("From, to"))
    """18:00-19:00; between 5:00 and 22:00. Empty: nobody is asked to come."""
    circle: Circle = Field(default=Circle.NOBODY, title=N_("Who is to come"))
    """Full-timers, everybody, or nobody beside a group and people named."""
    group: str | None = Field(default=None, title=N_("Group"))
    """People of the group are to come as well; empty: none."""
    people: tuple[StaffId, ...] = Field(default=(), title=N_("Names"))
    """They are to come on a day off as well, and from the floor: give them a shift."""
    at_least: People | None = Field(default=None, ge=1, le=50, title=N_("At least"))
    """So many of them are enough. Empty: all who can."""
    days_off: bool = Field(default=False, title=N_("Also on days off"))
    """Yes: who has a day off, 明 or a later night is missed as well. Empty: no."""
    must: bool = Field(default=True, title=N_("A must"))
    """Yes: a must of the office; no: a guideline."""
    place: str = Field(default="", max_length=20, title=N_("Place"))
    """Printed beside it: 事業所, 公民館."""
    elsewhere: str = Field(
        default="",
        max_length=60,
        exclude_if=unset,
        title=N_("Work in another office"),
    )
    """Name of that office, for part of a day there: mornings here, afternoons next
    door. The hours are the person's, and count for nothing here. Name who goes."""

    @model_validator(mode="after")
    def _asks_at_a_time(self) -> Self:
        if self.span is None and self.asks_somebody:
            raise ValueError("an event that people come to has a time")
        if self.span and not EARLIEST <= self.span.start < self.span.end <= LATEST:
            raise ValueError("an event lies between 5:00 and 22:00")
        if self.weeks and not all(1 <= week <= 5 for week in self.weeks):
            raise ValueError("the weeks of a month are 1 to 5")
        if not self.dates and not self.weekdays:
            raise ValueError("an event has dates or weekdays")
        return self

    @property
    def asks_somebody(self) -> bool:
        """Whether anybody is to come."""
        return bool(self.circle is not Circle.NOBODY or self.group or self.people)

    def is_held_on(self, date: dt.date) -> bool:
        """Tell whether it takes place on ``date``."""
        if any(_month(one) == _month(date) for one in self.dates):
            return date in self.dates
        which = (date.day - 1) // WEEK + 1
        first = self.counted_from or date.replace(month=1, day=1)
        months = 12 * (date.year - first.year) + date.month - first.month
        return (
            date.weekday() in self.weekdays
            and (not self.weeks or which in self.weeks)
            and months % self.every_months == 0
        )


def _month(date: dt.date) -> tuple[int, int]:
    return date.year, date.month


def still_held(
    events: Iterable[CalendarEvent],
    last: dt.date,
    first: dt.date,
    staying: Container[StaffId],
) -> tuple[CalendarEvent, ...]:
    """Return the events of a period, without the people who have left.

    Parameters
    ----------
    last, first
        From when on the dates of events without weekdays are kept, and of those with.
        The former are held on none of them again: whoever fills in the period is asked
        for another, and need not type who is to come.
    """
    found = []
    for event in events:
        since = first if event.weekdays else last
        dates = tuple(date for date in event.dates if date >= since)
        people = tuple(name for name in event.people if name in staying)
        if dates or event.weekdays:
            found.append(event.model_copy(update={"dates": dates, "people": people}))
    return tuple(found)


_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY = range(5)

GIVEN = (
    CalendarEvent(
        name="職員会議",
        weekdays=(_WEDNESDAY,),
        weeks=(3,),
        span=Interval(18 * HOUR, 19 * HOUR),
        circle=Circle.FULL_TIMERS,
        must=False,
    ),
    *(
        CalendarEvent(name=name, weekdays=(day,), weeks=(week,), every_months=months)
        for name, day, week, months in (
            ("サービス担当者会議", _THURSDAY, 2, 1),
            ("運営推進会議", _THURSDAY, 4, 2),
            ("身体拘束適正化委員会", _TUESDAY, 2, 3),
            ("虐待防止委員会", _TUESDAY, 3, 6),
            ("感染症対策委員会", _TUESDAY, 4, 6),
            ("身体拘束・虐待防止研修", _FRIDAY, 2, 6),
            ("感染症研修・訓練", _FRIDAY, 3, 6),
            ("避難訓練", _MONDAY, 2, 6),
            ("健診", _FRIDAY, 4, 12),
        )
    ),
    CalendarEvent(name="入浴日", weekdays=(_TUESDAY, _FRIDAY)),
)
"""Events that most offices hold; one that holds them takes them up with a button."""


class DeskTask(Frozen):
    """Planning work of every month, to be done between two of its days (G)."""

    name: str = Field(min_length=1, max_length=20, title=N_("Task"))
    """Such as モニタリング訪問."""
    minutes: Minutes = Field(ge=0, le=200 * HOUR, title=N_("Hours of planning"))
    """Time that it takes in the month: 12:00."""
    per_registrant: bool = Field(default=False, title=N_("For each registered user"))
    """Yes: so long for each of the registered users of the sheet of the office; no: in
    all. Empty: no."""
    first_day: DayOfMonth = Field(default=1, ge=1, le=28, title=N_("From day"))
    """Day of the month from which it can be done. Empty: the 1st."""
    last_day: DayOfMonth = Field(default=31, ge=1, le=31, title=N_("To day"))
    """Day of the month by which it is done: 10 for the billing. Empty: the end of the
    month."""
    must: bool = Field(default=False, title=N_("A must"))
    """Yes: a must of the office; no: a guideline. Empty: no."""

    def is_on(self, date: dt.date) -> bool:
        """Tell whether it can be done on a date."""
        return self.first_day <= date.day <= self.last_day


def stretch_name(first_day: int, last_day: int) -> str:
    """Return the name of a stretch of days of the month, as its spots have it."""
    return f"{first_day}日〜{last_day}日"


GIVEN_TASKS = (
    DeskTask(
        name="給付管理・請求",
        minutes=20,
        per_registrant=True,
        last_day=10,
        must=True,
    ),
    DeskTask(name="モニタリング訪問", minutes=30, per_registrant=True, must=True),
    DeskTask(name="サービス担当者会議", minutes=4 * HOUR),
    DeskTask(
        name="来月の計画",
        minutes=30,
        per_registrant=True,
        first_day=15,
        must=True,
    ),
)
"""Tasks that a new office starts with, to change or strike out (section 8).

What is due for every registered user in every month is a must, as the hours of planning
of the settings are; meetings are held as they fall due.
"""
