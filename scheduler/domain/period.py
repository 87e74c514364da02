"""The period: the dates that one roster covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen
from scheduler.domain.clock import DAY, WEEK, Interval

LONGEST_PERIOD = 31
"""Most dates of a period: the flexible-hours scheme covers one month (F-02)."""

RosterDate = Annotated[dt.date, Field(ge=dt.date(1900, 1, 1), le=dt.date(2099, 12, 31))]
"""A date that a roster may have; other years are slips of the keyboard."""


class Holiday(Frozen):
    """A public holiday (祝日) within the period or its tail."""

    date: dt.date
    name: str = Field(max_length=40, title=N_("Public holiday"))
    """Name of the public holiday, if it is one."""


class Period(Frozen):
    """First to last date, both included: a calendar month, or the 21st to the 20th."""

    first: RosterDate = Field(title=N_("First date"))
    """The first date of the roster: the 1st, or for example the 21st."""
    last: RosterDate = Field(title=N_("Last date"))
    """The last date of the roster; at most 31 dates in all."""
    holidays: tuple[Holiday, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 1 <= (self.last - self.first).days + 1 <= LONGEST_PERIOD:
            raise ValueError("a period has 1 to 31 dates, first to last")
        return self

    @cached_property
    def dates(self) -> tuple[dt.date, ...]:
        """Every date of the period, in order."""
        return tuple(self.first + dt.timedelta(days=i) for i in range(self.days))

    @cached_property
    def days(self) -> int:
        """Number of dates."""
        return (self.last - self.first).days + 1

    @cached_property
    def holiday_names(self) -> dict[dt.date, str]:
        """Public holidays by date."""
        return {holiday.date: holiday.name for holiday in self.holidays}

    def __contains__(self, date: object) -> bool:
        return isinstance(date, dt.date) and self.first <= date <= self.last

    def offset(self, date: dt.date) -> int:
        """Return the absolute minute at which ``date`` begins; negative before."""
        return (date - self.first).days * DAY

    def day(self, date: dt.date) -> Interval:
        """Return the calendar day 0:00 to 24:00 of ``date`` on the absolute scale."""
        return Interval(0, DAY).shifted(self.offset(date))

    def moment(self, minute: int) -> dt.datetime:
        """Return the date and clock time of an absolute minute."""
        midnight = dt.datetime.combine(self.first, dt.time())
        return midnight + dt.timedelta(minutes=minute)

    def is_day_of_rest(self, date: dt.date) -> bool:
        """Tell whether ``date`` is a Saturday, a Sunday or a public holiday."""
        return date.weekday() >= 5 or date in self.holiday_names

    def weeks(self, first_weekday: int) -> Iterator[tuple[dt.date, ...]]:
        """Yield the whole weeks that overlap the period, from ``first_weekday`` on.

        Parameters
        ----------
        first_weekday
            0 for Monday to 6 for Sunday: the fixed start (起算日) of a week.
        """
        start = self.first - dt.timedelta((self.first.weekday() - first_weekday) % WEEK)
        while start <= self.last:
            yield tuple(start + dt.timedelta(days=i) for i in range(WEEK))
            start += dt.timedelta(days=WEEK)

    def week_in_period(self, date: dt.date, first_weekday: int) -> tuple[dt.date, ...]:
        """Return the period's dates in the week that contains ``date``, in order.

        Parameters
        ----------
        date
            A date of the period.
        first_weekday
            0 for Monday to 6 for Sunday: the fixed start (起算日) of a week.
        """
        start = date - dt.timedelta((date.weekday() - first_weekday) % WEEK)
        week = (start + dt.timedelta(days=i) for i in range(WEEK))
        return tuple(one for one in week if one in self)
