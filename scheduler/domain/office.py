"""The facility, and the choices that law and guidelines leave to it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from scheduler.domain.agreements import Prices
from scheduler.domain.base import Frozen, ShiftId
from scheduler.domain.clock import Clock, Span
from scheduler.domain.forecast import DayProfile

FORMERLY = "wish"
"""What a guideline is called in files written before guidelines had a level."""


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

    method: UsersMethod
    total: int = Field(default=0, ge=0)
    """Sum over the days of the most day users at one moment."""
    days: int = Field(default=365, ge=1, le=366)


class Capacity(Frozen):
    """Registered, day-use and overnight capacity (登録・通い・宿泊定員)."""

    registered: int = Field(ge=1, le=99)
    day_use: int = Field(ge=1, le=99)
    overnight: int = Field(ge=1, le=99)


class UsersReading(StrEnum):
    """Which number of day users the daily hours are held against (A-03)."""

    AVERAGE = "average"
    FORECAST = "forecast"
    LARGER = "larger"


class StaffingReading(StrEnum):
    """Over what stretch the hours of A-03 must be reached (U-03)."""

    DAILY = "daily"
    MONTHLY = "monthly"


class HolidayReading(StrEnum):
    """Statutory holidays: one in a week, or four in four weeks (F-06)."""

    WEEKLY = "weekly"
    FOUR_WEEKS = "four_weeks"


class HouseRatio(StrEnum):
    """How strictly the ratio is held at every moment of the day (K-01)."""

    MUST = "must"
    GUIDELINE = "guideline"
    REPORT = "report"

    @classmethod
    def _missing_(cls, value: object) -> HouseRatio | None:
        return cls.GUIDELINE if value == FORMERLY else None


class Hold(StrEnum):
    """How strictly a rule on people is held."""

    MUST = "must"
    GUIDELINE = "guideline"
    COMFORT = "comfort"
    OFF = "off"

    @classmethod
    def _missing_(cls, value: object) -> Hold | None:
        return cls.GUIDELINE if value == FORMERLY else None


class FteDenominator(StrEnum):
    """The full-timer's month that hours are divided by (B-03)."""

    PRESCRIBED = "prescribed"
    WEEK_X_DAYS_OVER_7 = "week_x_days_over_7"
    FOUR_WEEKS = "four_weeks_160"


class Standby(Frozen):
    """How nights on call are done; the first two have no default (F-10, U-10)."""

    permission: bool
    """宿日直許可: the labour office permits it, so it is no working time."""
    from_home: bool
    """Whether the person on call stays at home."""
    home_counts_as_work: bool = False
    """Without permission: whether the office counts standby at home as work."""
    home_per_week_max: int | None = Field(default=None, ge=1, le=7)
    """The office's own limit for standby at home without permission."""
    break_minutes: int | None = Field(default=None, ge=0, le=600)
    """Break in a night on call that is work; ``None``: the shortest by law (F-05)."""

    @property
    def is_work(self) -> bool:
        """Whether a night on call counts as hours of work."""
        return not self.permission and (not self.from_home or self.home_counts_as_work)


class Settings(Frozen):
    """What law and guidelines leave to the office, with the rulebook's defaults.

    Durations are minutes.
    """

    standby: Standby
    full_time_day: int = Field(default=480, ge=60, le=720)
    full_time_week: int = Field(default=2400, ge=60, le=2640)
    full_time_month: int | None = Field(default=None, ge=60)
    """Prescribed minutes of a full-timer in the period (所定労働時間)."""
    fte_denominator: FteDenominator = FteDenominator.PRESCRIBED
    small_office: bool = False
    """Regularly fewer than ten employees: 44 hours a week instead of 40 (F-02)."""
    staffing_reading: StaffingReading = StaffingReading.DAILY
    users_reading: UsersReading = UsersReading.LARGER
    house_ratio: HouseRatio = HouseRatio.MUST
    week_starts_on: int = Field(default=6, ge=0, le=6)
    """Fixed first weekday of a week (起算日): 0 for Monday to 6 for Sunday."""
    holiday_reading: HolidayReading = HolidayReading.WEEKLY
    four_weeks_from: dt.date | None = None
    """Any first date (起算日) of a four-week span, for that reading."""
    rest_wished: int = Field(default=660, ge=0, le=1440)
    rest_least: int = Field(default=480, ge=0, le=1440)
    days_in_a_row_wished: int = Field(default=5, ge=1, le=12)
    days_in_a_row_most: int = Field(default=6, ge=1, le=12)
    nights_in_a_row_most: int = Field(default=2, ge=1, le=6)
    long_nights_apart: Hold = Hold.MUST
    """Whether a long night comes alone, none one or two dates after another (F-13)."""
    day_off_after_long_night: Hold = Hold.GUIDELINE
    """Whether the date after the 明 of a long night has no shift (F-13)."""
    nights_wished: int = Field(default=4, ge=0, le=31)
    """Nights a month that are better not passed (F-13)."""
    nights_most: int | None = Field(default=None, ge=0, le=31)
    """Never more, but for those whose contract says so (F-13)."""
    nurse_shifts: int = Field(default=1, ge=0)
    """Shifts in the role of nurse in the period (A-10)."""
    planner_desk: int = Field(default=2400, ge=0)
    """Desk minutes of the care managers together in the period (A-11)."""
    planner_desk_early: int = Field(default=960, ge=0)
    """Of these, from the 1st to the 10th: billing (G)."""
    planner_desk_late: int = Field(default=960, ge=0)
    """Of these, from the 20th to the end: next month's plans (G)."""
    manager_desk: int = Field(default=2400, ge=0)
    """Management minutes in the period (A-13)."""
    manager_nights_percent: int | None = Field(default=None, ge=1, le=100)
    """Share of nights among the manager's shifts from which it is told (A-13)."""
    half_day_at: Clock = 780
    """Where a wished half day off begins or ends (W-01)."""
    wishes_per_person: int | None = Field(default=None, ge=1, le=31)
    """Days off one person may wish for in the period; more are warned of."""
    wishes_per_day: int | None = Field(default=None, ge=1, le=50)
    """People who may wish for the same day off; more are warned of."""
    fair_shifts: tuple[ShiftId, ...] = ()
    """Shifts shared fairly beside nights, on call, weekends, early and late (M-01)."""
    newcomers: str = Field(default="新人", max_length=20)
    """Group of those who are new (P-02)."""
    mentors: str = Field(default="指導", max_length=20)
    """Group of those who guide them (P-02)."""
    newcomer_nights: Hold = Hold.MUST
    """Whether a newcomer must not be alone at night (P-02)."""
    newcomer_days: Hold = Hold.GUIDELINE
    """Whether a newcomer has a mentor by day (P-02)."""
    on_call_on_days_off: Hold = Hold.GUIDELINE
    """Whether nobody is on call in the night of a day off or of 明 (P-07)."""
    days_off_together: Hold = Hold.OFF
    """Whether everybody has days off in a row (P-03)."""
    days_off_together_times: int = Field(default=1, ge=1, le=8)
    """How many stretches of two days off or more in the period (P-03)."""
    lone_work_day: Hold = Hold.OFF
    """Whether a single day of work between free dates is avoided (P-04)."""
    forward_rotation: Hold = Hold.OFF
    """Whether the next day's shift begins no earlier than today's (P-05)."""
    weekend_off: Hold = Hold.OFF
    """Whether everybody has a Saturday and Sunday off (P-06)."""
    weekend_off_times: int = Field(default=1, ge=1, le=5)
    """How many weekends in the period (P-06)."""
    overtime_most: int | None = Field(default=None, ge=0)
    """Overtime minutes in the period that the 36協定 allows (F-08); ``None``: there is
    none, or it is not known, and overtime is not proposed."""
    prices: Prices = Prices()
    """What concessions cost where the month cannot be legal otherwise."""


class Office(Frozen):
    """The facility (事業所): a main office (本体)."""

    name: str = Field(min_length=1, max_length=60)
    number: str = Field(default="", max_length=20)
    """事業所番号."""
    monthly_revenue: int | None = Field(default=None, ge=1)
    """Usual fees of a month (月額の介護報酬) in yen, for estimates of deductions."""
    capacity: Capacity
    capacity_limit: Capacity | None = None
    """Ceilings of a municipal ordinance, where they differ from rule D (U-08)."""
    registered: int = Field(ge=0, le=99)
    """Registrants at present (登録者数)."""
    users_record: UsersRecord
    night_band: Span
    """Night band (夜間及び深夜の時間帯), such as ``21:00-30:00``; the rest is day."""
    contact_system: bool = False
    """A contact system for visits through the night is in place (A-07)."""
    profiles: tuple[DayProfile, ...] = Field(min_length=1)
    settings: Settings
