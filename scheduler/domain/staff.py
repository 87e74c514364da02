"""The people who work in the office, their contracts and qualifications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen, ShiftId, StaffId, narrowed
from scheduler.domain.clock import DAY, HOUR, ONE_DAY, WEEK, Interval
from scheduler.domain.fields import (
    Days,
    Entry,
    FieldKind,
    FullTime,
    Minutes,
    Number,
    Qualification,
    Times,
    Weekday,
    unset,
)
from scheduler.domain.period import Period
from scheduler.domain.qualifications import CARE_MANAGER_LICENCE, PLANNER_TRAINING
from scheduler.domain.shifts import Role


class DateSpan(Frozen):
    """First to last date, both included; an open end is ``None``."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __contains__(self, date: object) -> bool:
        return (
            isinstance(date, dt.date)
            and (self.first is None or self.first <= date)
            and (self.last is None or date <= self.last)
        )


Dates = Annotated[DateSpan, Entry(FieldKind.DATE_SPAN)]


class Contract(Frozen):
    """What was agreed with one person for the period; ``None`` sets no limit.

    Hours are credited minutes: work of the shifts that begin in the period, plus
    ``day_minutes`` for every day of paid leave or absence, and half of that for half
    a day of leave.
    """

    full_time: FullTime = Field(title=N_("Employment"))
    """Full-time (常勤) or part-time (非常勤)."""
    short_time_30h: bool = Field(default=False, title=N_("Short hours, full-time"))
    """Full-time on short hours of 30 a week or more, for childcare, family care, health
    in pregnancy and after birth, or treatment."""
    day_minutes: Minutes = Field(default=480, ge=60, le=1200, title=N_("Hours a day"))
    """Usual hours of a day; what a day of paid leave or absence is worth. More than 12
    hours only for people who do nothing but nights: such as 14:00."""
    minutes_min: Minutes | None = Field(default=None, ge=0, title=N_("Hours, least"))
    """Least hours of the period, paid leave and absence included."""
    minutes_max: Minutes | None = Field(default=None, ge=0, title=N_("Hours, most"))
    """Most hours of the period, paid leave and absence included."""
    days_off_min: Days | None = Field(
        default=None, ge=0, le=31, title=N_("Days off owed")
    )
    """Rostered days off (公休) of the period, at least; leave and absence come on top.
    How far there may be more is said by the least hours."""
    days_per_week_max: Days | None = Field(
        default=None, ge=1, le=7, title=N_("Days a week, most")
    )
    """Most days of work in a week."""
    week_minutes_max: Minutes | None = Field(
        default=None, ge=60, le=4200, title=N_("Hours a week, most")
    )
    """Most hours of work in any seven days in a row, from whatever weekday they are
    counted: 28:00 for students from abroad. Hours elsewhere are not known here."""
    weekdays: tuple[Weekday, ...] = Field(
        default=(0, 1, 2, 3, 4, 5, 6), title=N_("Weekdays of work")
    )
    """Weekdays on which a shift may begin: 月水金; empty: all; なし: none."""
    public_holidays: bool = Field(default=True, title=N_("Works on holidays"))
    """Whether a shift may begin on a public holiday."""
    nights_min: Times | None = Field(default=None, ge=0, title=N_("Nights, least"))
    """Night shifts that were promised."""
    nights_max: Times | None = Field(default=None, ge=0, title=N_("Nights, most"))
    """Night shifts that may not be passed."""

    @property
    def on_any_weekday(self) -> bool:
        """Whether a shift may begin on every weekday."""
        return len(self.weekdays) == WEEK

    def allows(self, date: dt.date, period: Period) -> bool:
        """Tell whether any shift may begin on a date, by weekday and holiday."""
        return date.weekday() in self.weekdays and (
            self.public_holidays or date not in period.holiday_names
        )


class StaffMember(Frozen):
    """One person (職員)."""

    name: StaffId = Field(min_length=1, max_length=30, title=N_("Name of the person"))
    """Unique."""
    contract: Contract
    roles: tuple[Role, ...] = Field(min_length=1, title=N_("Roles"))
    """Main role first; two or more make it a dual role (兼務)."""
    qualifications: tuple[Qualification, ...] = Field(
        default=(), title=N_("Qualifications")
    )
    """As on the certificate:
    介護福祉士、看護師、准看護師、介護支援専門員、計画作成担当者研修、管理者研修."""
    groups: tuple[str, ...] = Field(default=(), title=N_("Groups"))
    """Groups of your own for cover rules and pairs, such as 運転 or リーダー. Two
    have a meaning: 新人 are not alone at night and have 指導 beside them by day."""
    shifts: tuple[ShiftId, ...] = Field(default=(), title=N_("Shifts the person does"))
    """Symbols that may be given; empty: none, only on call."""
    on_call: bool = Field(default=False, title=N_("Takes on call"))
    """Whether the person takes nights on call (宿直)."""
    no_night: Dates | None = Field(default=None, title=N_("No work at night"))
    """Excluded from work between 22:00 and 5:00, as expecting mothers or carers may
    ask: はい, or the dates as in 2026/12/1～2026/12/20. 0:00 to 5:00 of the first date
    counts, so the night before it is excluded too."""
    no_flex: bool = Field(default=False, title=N_("Outside flexible hours"))
    """8 hours a day and 40 a week hold strictly, as expecting mothers may ask."""
    employed: Dates = Field(default=DateSpan(), title=N_("Employed"))
    """Only if it begins or ends around the period: 2026/12/10～."""
    other_office: bool = Field(default=False, title=N_("Job elsewhere"))
    """Holds a job in another office too."""
    other_job: str = Field(
        default="", max_length=60, title=N_("Job elsewhere: where, what")
    )
    """Such as グループホームさくら 介護職員; for the statutory table."""
    other_minutes: Minutes | None = Field(
        default=None, ge=0, le=18000, title=N_("Job elsewhere: hours")
    )
    """Hours of the period there; they do not count here."""
    home: str = Field(
        default="",
        max_length=60,
        exclude_if=unset,
        title=N_("Belongs to"),
    )
    """Only where offices share people: name of the office in whose workbook the
    person's contract and wishes stand. Empty: this one."""
    away_on: tuple[dt.date, ...] = Field(
        default=(),
        exclude_if=unset,
        title=N_("Dates in other houses"),
    )
    """Only where offices share people: the dates on which the person may work in
    another house than their own, such as 12/10、12/24. Empty: any date."""
    number: Number = Field(default="", max_length=20, title=N_("Staff number"))
    """As in the pay system, such as 0012; shown on the person's slip."""
    telephone: Number = Field(default="", max_length=30, title=N_("Telephone"))
    """For the phone list of a plan; on no page that is hung up or handed out."""

    @model_validator(mode="after")
    def _no_repeats(self) -> Self:
        for values in (self.roles, self.shifts, self.qualifications, self.groups):
            if len(set(values)) != len(values):
                raise ValueError("the same entry twice")
        return self

    def is_employed_through(self, date: dt.date, duty: Interval) -> bool:
        """Tell whether a duty begins and ends within the dates of employment (L-01).

        Parameters
        ----------
        date
            Date on which the duty begins.
        duty
            Clock minutes of the duty, past 1440 for the next date.
        """
        following = date + ONE_DAY
        return date in self.employed and (duty.end <= DAY or following in self.employed)

    def may_begin_in(self, elsewhere: str, date: dt.date) -> bool:
        """Tell whether the person may begin in a house on a date (L-01).

        Parameters
        ----------
        elsewhere
            Name of the house, if it is another than the one with this staff list.
        """
        # Whoever belongs to another house is away from it here.
        is_away = bool(elsewhere) != bool(self.home)
        return not is_away or not self.away_on or date in self.away_on

    def holds_one_of(self, licences: Iterable[Qualification]) -> bool:
        """Tell whether the person holds one of some licences (A-10)."""
        return any(licence in self.qualifications for licence in licences)

    def plans(self, *, with_licence: bool) -> bool:
        """Tell whether the person does the planning with training, and licence (A-11).

        Parameters
        ----------
        with_licence
            Whether a care manager's licence is needed beside the training.
        """
        papers = {PLANNER_TRAINING, *([CARE_MANAGER_LICENCE] if with_licence else ())}
        return Role.PLANNER in self.roles and papers <= set(self.qualifications)

    @property
    def works_elsewhere(self) -> bool:
        """Whether the person has a job in another office too (H-03)."""
        said = bool(self.other_job) or self.other_minutes is not None
        return self.other_office or said

    @property
    def is_temporary(self) -> bool:
        """Whether the person comes on some dates alone and is promised nothing."""
        promised = (
            self.contract.minutes_min,
            self.contract.days_off_min,
            self.contract.nights_min,
        )
        is_short = None not in (self.employed.first, self.employed.last)
        return is_short and promised == (None, None, None)

    @property
    def gives_care(self) -> bool:
        """Whether one of the person's roles counts for the 3:1 ratio (A-15)."""
        return any(role.in_care_pool for role in self.roles)


class HouseMember(StaffMember):
    """A person's line in the staff list of one of several houses planned together."""

    house: int
    """Its number; the main office is 0."""

    @property
    def alone(self) -> StaffMember:
        """The person as the house's staff list has them."""
        return narrowed(self, StaffMember)


def in_proportion(contract: Contract, ratio: Fraction) -> Contract:
    """Return the contract with hours and days off multiplied by ``ratio``.

    Hours that are a whole number of days stay so; others are rounded to whole hours.
    """
    day = contract.day_minutes
    return contract.model_copy(
        update={
            "minutes_min": minutes_in_proportion(contract.minutes_min, day, ratio),
            "minutes_max": minutes_in_proportion(contract.minutes_max, day, ratio),
            "days_off_min": _rounded(contract.days_off_min, 1, ratio),
        }
    )


def least_in_proportion(contract: Contract, ratio: Fraction) -> Contract:
    """Return the contract with its lower limits multiplied by ``ratio``, nights too.

    Upper limits stay, for part of them may have been used already.
    """
    part = in_proportion(contract, ratio)
    nights = contract.nights_min
    return contract.model_copy(
        update={
            "minutes_min": part.minutes_min,
            "days_off_min": part.days_off_min,
            "nights_min": None if nights is None else int(nights * ratio),
        }
    )


def of_the_part(contract: Contract, ratio: Fraction) -> Contract:
    """Return the contract for a part of the period that is not worked for the rest.

    Hours and days off as in `in_proportion`, but rounding brings least and most hours
    no nearer to each other than agreed; least nights are rounded down, most stay.
    """
    part = least_in_proportion(contract, ratio)
    least, most = part.minutes_min, in_proportion(contract, ratio).minutes_max
    if least is not None and most is not None:
        apart = (contract.minutes_max or 0) - (contract.minutes_min or 0)
        least = max(0, min(least, most - apart))
    return part.model_copy(update={"minutes_min": least, "minutes_max": most})


def minutes_in_proportion(minutes: int | None, day: int, ratio: Fraction) -> int | None:
    """Return minutes times ``ratio``, in whole days of ``day`` minutes or whole hours.

    Whole days are used where ``minutes`` is a multiple of ``day``.
    """
    step = day if minutes is not None and minutes % day == 0 else HOUR
    return _rounded(minutes, step, ratio)


def _rounded(value: int | None, step: int, ratio: Fraction) -> int | None:
    """Return value times ratio, rounded to the nearest multiple of step, half up."""
    if value is None:
        return None
    return int(value * ratio / step + Fraction(1, 2)) * step
