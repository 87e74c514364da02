"""The record of a fiscal year, April to March: what closed months have left."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import ONE_DAY, WEEK
from scheduler.domain.fields import Days, People, Percent, Thousandths, Times, unset

MARCH, APRIL = 3, 4
AVERAGED = 11
"""Months from April on over which add-ons are averaged: to February (E-01)."""
HALF_A_YEAR, OF_A_NEW_OFFICE = 6, 3
"""Months of the last year with which it is averaged at all; months of an office with
fewer (E-01)."""

Month = tuple[int, int]
"""Year and month."""


class UsersMethod(StrEnum):
    """Where the average number of day users comes from (A-05)."""

    PREVIOUS_YEAR = "previous_year"
    ESTIMATE_90 = "estimate_90"
    """New, under 6 months of record: 90 % of the day-use capacity."""
    LAST_6_MONTHS = "last_6_months"
    LAST_12_MONTHS = "last_12_months"
    REDUCED = "reduced"
    """Capacity reduced, 3 months or more of record since."""


class UsersRecord(Frozen):
    """The record behind the average number of day users U (A-05)."""

    method: UsersMethod = Field(title=N_("Average of day users: method"))
    """Where the average comes from that the law counts by."""
    total: People = Field(default=0, ge=0, title=N_("Average of day users: total"))
    """Sum over the days of the most day users at one moment."""
    days: Days = Field(
        default=365, ge=1, le=366, title=N_("Average of day users: days")
    )
    """Days of the record; 365 for a whole year."""
    source: str = Field(
        default="", max_length=60, title=N_("Average of day users: from")
    )
    """Where the numbers come from; a month made from a roster has the record of the
    year here, which may then replace them."""


def fiscal_year(date: dt.date) -> int:
    """Return the fiscal year (年度) of a date, by the year in which it begins."""
    return date.year - (date.month < APRIL)


def months_of(year: int) -> tuple[Month, ...]:
    """Return the months of a fiscal year in order, April first."""
    return tuple((year + (APRIL + n > 12), (APRIL + n - 1) % 12 + 1) for n in range(12))


class LastYear(Frozen):
    """What the record of the last fiscal year says of add-ons (E-01)."""

    certified_percent: Percent | None = Field(
        default=None, ge=0, le=100, title=N_("Last year: certified care workers")
    )
    """Share among care workers, average of April to February. Empty: this month's is
    shown."""
    full_time_percent: Percent | None = Field(
        default=None, ge=0, le=100, title=N_("Last year: full-timers")
    )
    """Share among care workers and nurses, average of April to February. Empty: this
    month's is shown."""
    three_months: bool = Field(
        default=False,
        exclude_if=unset,
        title=N_("These shares: of three months, new office"),
    )
    """Whether both shares are averages of the three months before this one instead: an
    office with less than six months in the last fiscal year (to be confirmed)."""


class LastClosed(Frozen):
    """What the record of the year says of the month closed last (C-06, E-02)."""

    month: dt.date | None = Field(default=None, title=N_("Last closed month"))
    """Its first date. A month made from a roster has it from the record of the year."""
    visits: Times | None = Field(
        default=None, ge=0, title=N_("Last closed month: visits")
    )
    """All visits of that month."""
    per_week: Thousandths | None = Field(
        default=None, ge=0, title=N_("Last closed month: services a week")
    )
    """Of one registrant, on average: day use, visits and stays."""


class ClosedDay(Frozen):
    """The users of one date."""

    date: dt.date
    day_users: int = Field(ge=0)
    """Most day users at one moment (A-05)."""
    overnight: int | None = Field(default=None, ge=0)
    visits: int = Field(ge=0)
    """As the add-on of visits counts them (E-02)."""


class ClosedPerson(Frozen):
    """What one person did in a closed month."""

    staff: StaffId
    nights: int = Field(ge=0)
    on_call: int = Field(ge=0)
    leave: int = Field(ge=0)
    """Half days of paid leave."""


class Staffing(Frozen):
    """Countable minutes of a month (B-01), for shares averaged over the year (E-01)."""

    full_timer: int = Field(gt=0)
    """A full-timer's minutes on the same dates (B-03)."""
    care: int = Field(ge=0)
    """Care workers, nurses left out."""
    certified: int = Field(ge=0)
    """Of these certified care workers."""
    pool: int = Field(ge=0)
    """Care workers and nurses."""
    full_time: int = Field(ge=0)
    """Of these full-timers."""


class ClosedMonth(Frozen):
    """A calendar month, or the part of one that a roster covers, as it was."""

    roster: str
    """Fingerprint of the roster it was closed by."""
    days: tuple[ClosedDay, ...] = Field(min_length=1)
    registered: int = Field(ge=0)
    services: int = Field(ge=0)
    """Services of registrants (C-06)."""
    registrant_days: int = Field(ge=0)
    """Dates of all registrants by which services are averaged (C-06)."""
    people: tuple[ClosedPerson, ...] = ()
    staffing: Staffing

    @model_validator(mode="after")
    def _of_one_month(self) -> Self:
        if len({(day.date.year, day.date.month) for day in self.days}) > 1:
            raise ValueError("a closed month has dates of one month")
        return self

    @property
    def month(self) -> Month:
        """The month to which the dates belong."""
        return self.days[0].date.year, self.days[0].date.month

    @property
    def dates(self) -> frozenset[dt.date]:
        """Its dates."""
        return frozenset(day.date for day in self.days)


class YearRecord(Frozen):
    """The record of one office and fiscal year (年度の記録)."""

    office: str
    year: int
    """Fiscal year, by the year in which it begins."""
    months: tuple[ClosedMonth, ...] = ()

    def touched(self, months: Iterable[ClosedMonth]) -> tuple[ClosedMonth, ...]:
        """Return what is closed already of the dates of some months."""
        dates = {date for month in months for date in month.dates}
        return tuple(month for month in self.months if month.dates & dates)

    def closed_with(self, months: Iterable[ClosedMonth]) -> Self:
        """Return the record with some months in place of what they touch."""
        months = tuple(months)
        old = self.touched(months)
        kept = (month for month in self.months if month not in old)
        ordered = sorted((*kept, *months), key=lambda month: month.days[0].date)
        return self.model_copy(update={"months": tuple(ordered)})

    def missing(self, until: Month | None = None) -> tuple[Month, ...]:
        """Return the months not closed on every date, to ``until`` or to March."""
        known = Counter(month.month for month in self.months for _ in month.days)
        months = months_of(self.year)
        if until is not None:
            months = tuple(month for month in months if month <= until)
        return tuple(month for month in months if known[month] < days_in(month))

    @property
    def days(self) -> Iterator[ClosedDay]:
        """All closed dates."""
        return (day for month in self.months for day in month.days)

    def leave(self, name: StaffId) -> int:
        """Return the half days of paid leave that a person took since April."""
        return sum(one.leave for one in self._of(name))

    def nights(self, name: StaffId) -> int:
        """Return a person's nights since April."""
        return sum(one.nights for one in self._of(name))

    def on_call(self, name: StaffId) -> int:
        """Return a person's nights on call since April."""
        return sum(one.on_call for one in self._of(name))

    @property
    def names(self) -> tuple[StaffId, ...]:
        """Everybody who is in a closed month, in order of appearance."""
        return tuple(
            dict.fromkeys(one.staff for month in self.months for one in month.people)
        )

    @property
    def per_week(self) -> Fraction | None:
        """Services of a registrant in a week (C-06); ``None`` without registrants."""
        days = sum(month.registrant_days for month in self.months)
        made = sum(month.services for month in self.months)
        return Fraction(made * WEEK, days) if days else None

    @property
    def visits(self) -> dict[Month, int]:
        """Visits by month (E-02)."""
        found: dict[Month, int] = defaultdict(int)
        for month in self.months:
            found[month.month] += sum(day.visits for day in month.days)
        return dict(found)

    def closed_whole(self) -> tuple[Month, ...]:
        """Return the months closed on every date, in order."""
        missing = self.missing()
        return tuple(month for month in months_of(self.year) if month not in missing)

    def services_a_week(self, month: Month) -> Fraction | None:
        """Return a month's services of a registrant in a week; ``None`` without any."""
        parts = tuple(one for one in self.months if one.month == month)
        return self.model_copy(update={"months": parts}).per_week

    @property
    def certified_percent(self) -> int | None:
        """Share of certified care workers among care workers, April to February (E-01).

        It is of averages of full-time equivalents, rounded down; ``None`` if no care
        worker is on record.
        """
        return certified_percent(self.months, months_of(self.year)[:AVERAGED])

    @property
    def full_time_percent(self) -> int | None:
        """Share of full-timers among care workers and nurses, likewise (E-01)."""
        return full_time_percent(self.months, months_of(self.year)[:AVERAGED])

    def _of(self, name: StaffId) -> Iterator[ClosedPerson]:
        for month in self.months:
            yield from (one for one in month.people if one.staff == name)


def certified_percent(
    closed: Iterable[ClosedMonth], wanted: Iterable[Month]
) -> int | None:
    """Return the share of certified care workers among care workers (E-01)."""
    return _share(tuple(closed), wanted, "certified", "care")


def full_time_percent(
    closed: Iterable[ClosedMonth], wanted: Iterable[Month]
) -> int | None:
    """Return the share of full-timers among care workers and nurses (E-01)."""
    return _share(tuple(closed), wanted, "full_time", "pool")


def _share(
    closed: Sequence[ClosedMonth], wanted: Iterable[Month], part: str, whole: str
) -> int | None:
    """Return a percentage of the sums of each month's full-time equivalents."""
    sums = {part: Fraction(), whole: Fraction()}
    for one in wanted:
        parts = [month.staffing for month in closed if month.month == one]
        full_timer = sum(one.full_timer for one in parts)
        for name in sums if parts else ():
            minutes = sum(getattr(one, name) for one in parts)
            sums[name] += Fraction(minutes, full_timer)
    return int(100 * sums[part] / sums[whole]) if sums[whole] else None


def days_in(month: Month) -> int:
    """Return the number of dates of a month."""
    first = dt.date(*month, 1)
    return ((first + 31 * ONE_DAY).replace(day=1) - first).days
