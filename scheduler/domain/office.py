"""The office, and the settings that law and guidelines leave to it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field

from scheduler.domain import N_
from scheduler.domain.agreements import Prices
from scheduler.domain.base import Frozen, ShiftId
from scheduler.domain.clock import Clock, Interval, Span
from scheduler.domain.fields import (
    Days,
    Minutes,
    Number,
    People,
    Percent,
    Times,
    Weekday,
    Yen,
    unset,
)
from scheduler.domain.forecast import DayProfile
from scheduler.domain.office_kind import (
    LIMITS,
    Arrangement,
    AttachedService,
    Capacity,
    OfficeKind,
    Support,
)
from scheduler.domain.year import LastClosed, LastYear, UsersRecord

FORMERLY = "wish"
"""What a guideline is called in files written before guidelines had a level."""


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


class _Graded(StrEnum):
    """How strictly something is held; a guideline had another name formerly."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("guideline") if value == FORMERLY else None


class HouseRatio(_Graded):
    """How strictly the ratio is held at every moment of the day (K-01)."""

    MUST = "must"
    GUIDELINE = "guideline"
    REPORT = "report"


class Hold(_Graded):
    """How strictly a rule on people is held."""

    MUST = "must"
    GUIDELINE = "guideline"
    COMFORT = "comfort"
    OFF = "off"


class FteDenominator(StrEnum):
    """The full-timer's month that hours are divided by (B-03)."""

    PRESCRIBED = "prescribed"
    WEEK_X_DAYS_OVER_7 = "week_x_days_over_7"
    FOUR_WEEKS = "four_weeks_160"


class Standby(Frozen):
    """How nights on call are done; the first two have no default (F-10, U-10)."""

    permission: bool = Field(title=N_("On call: permit"))
    """Whether you hold the labour office's permit (宿日直許可)."""
    from_home: bool = Field(title=N_("On call: at home"))
    """Whether the person on call stays at home."""
    home_counts_as_work: bool = Field(
        default=False, title=N_("On call at home is work")
    )
    """Without a permit: whether you count it as hours of work."""
    home_per_week_max: Times | None = Field(
        default=None, ge=1, le=7, title=N_("On call at home, most a week")
    )
    """Your own limit without a permit; empty: none."""
    break_minutes: Minutes | None = Field(
        default=None, ge=0, le=600, title=N_("On call: break")
    )
    """Where a night on call is hours of work: its break, which is no work. Empty: as
    long as the law asks for, an hour in a night of nine."""

    @property
    def is_work(self) -> bool:
        """Whether a night on call counts as hours of work."""
        return not self.permission and (not self.from_home or self.home_counts_as_work)


class Settings(Frozen):
    """What law and guidelines leave to the office, with the rulebook's defaults.

    Durations are minutes.
    """

    standby: Standby
    full_time_day: Minutes = Field(
        default=480, ge=60, le=720, title=N_("Full-timer: hours a day")
    )
    """Hours a full-timer must work in a day."""
    full_time_week: Minutes = Field(
        default=2400, ge=60, le=2640, title=N_("Full-timer: hours a week")
    )
    """Hours a full-timer must work in a week."""
    full_time_month: Minutes | None = Field(
        default=None, ge=60, title=N_("Full-timer: hours of the period")
    )
    """Prescribed hours of the period; may be empty."""
    fte_denominator: FteDenominator = Field(
        default=FteDenominator.PRESCRIBED, title=N_("FTE: divided by")
    )
    """What hours are divided by for full-time equivalents; four weeks are brought to
    the dates of the period."""
    small_office: bool = Field(default=False, title=N_("Fewer than ten employees"))
    """44 hours a week for the month's cap instead of 40; ask the Labour Standards
    Inspection Office."""
    staffing_reading: StaffingReading = Field(
        default=StaffingReading.DAILY, title=N_("Hours of the day band: reached")
    )
    """Every date, or over the month; both are shown."""
    users_reading: UsersReading = Field(
        default=UsersReading.LARGER, title=N_("Hours of the day band: users")
    )
    """Which number of day users the hours are held against."""
    house_ratio: HouseRatio = Field(
        default=HouseRatio.MUST, title=N_("Three to one at every moment")
    )
    """How strictly users / 3 + visits is held by the clock."""
    week_starts_on: Weekday = Field(
        default=6, ge=0, le=6, title=N_("First day of a week")
    )
    """Fixed first weekday of a week (起算日)."""
    holiday_reading: HolidayReading = Field(
        default=HolidayReading.WEEKLY, title=N_("Statutory holidays")
    )
    """One in every week, or four in four weeks."""
    four_weeks_from: dt.date | None = Field(
        default=None, title=N_("Four weeks counted from")
    )
    """Any first date (起算日) of a four-week span."""
    rest_wished: Minutes = Field(
        default=660, ge=0, le=1440, title=N_("Rest between shifts, wished")
    )
    """Shorter rests are avoided, but not forbidden."""
    rest_least: Minutes = Field(
        default=480, ge=0, le=1440, title=N_("Rest between shifts, least")
    )
    """Never less."""
    days_in_a_row_wished: Days = Field(
        default=5, ge=1, le=12, title=N_("Days in a row, wished")
    )
    """Longer runs are avoided, but not forbidden."""
    days_in_a_row_most: Days = Field(
        default=6, ge=1, le=12, title=N_("Days in a row, most")
    )
    """Never more."""
    nights_in_a_row_most: Times = Field(
        default=2, ge=1, le=6, title=N_("Nights in a row, most")
    )
    """Never more."""
    long_nights_apart: Hold = Field(
        default=Hold.OFF, title=N_("Long nights: not in a row")
    )
    """Nights of 12 h or more from start to end, breaks included."""
    day_off_after_long_night: Hold = Field(
        default=Hold.OFF, title=N_("Long nights: day off after 明")
    )
    """No shift on the date after the 明 of such a night."""
    nights_wished: Times = Field(
        default=4, ge=0, le=31, title=N_("Nights of a person, wished")
    )
    """Guideline for the period; not for people who do nothing but nights."""
    nights_most: Times | None = Field(
        default=None, ge=0, le=31, title=N_("Nights of a person, most")
    )
    """Never more in the period, but for those whose own “Nights, most” is larger;
    empty: no limit."""
    nurse_shifts: Times = Field(default=1, ge=0, title=N_("Shifts of the nurses"))
    """Shifts in the role of nurse in the period."""
    planner_desk: Minutes = Field(default=2400, ge=0, title=N_("Planning hours"))
    """Desk hours of the care managers together."""
    planner_desk_early: Minutes = Field(
        default=960, ge=0, title=N_("Planning hours, 1st to 10th")
    )
    """Of these until the billing deadline."""
    planner_desk_late: Minutes = Field(
        default=960, ge=0, title=N_("Planning hours, from the 20th")
    )
    """Of these for the next month's plans."""
    manager_desk: Minutes = Field(default=2400, ge=0, title=N_("Management hours"))
    """Management hours of the period."""
    manager_nights_percent: Percent | None = Field(
        default=None, ge=1, le=100, title=N_("Manager's nights, told from")
    )
    """Share of nights among the manager's shifts from which the rules page says so;
    empty: never."""
    half_day_at: Clock = Field(default=780, title=N_("Half a day off: until, from"))
    """前休 is free of shifts before it, 後休 from then on."""
    wishes_per_person: Days | None = Field(
        default=None, ge=1, le=31, title=N_("Days off wished, most a person")
    )
    """More are warned of, and solved all the same; empty: no limit."""
    wishes_per_day: People | None = Field(
        default=None, ge=1, le=50, title=N_("Days off wished, most on a date")
    )
    """More are warned of, and solved all the same; empty: no limit."""
    wall_leave: bool = Field(default=False, title=N_("Wall sheet: leave as such"))
    """No: leave hangs on the wall as a day off, and stands on the person's slip."""
    wall_wishes: bool = Field(
        default=False, title=N_("Wall sheet: granted wishes marked")
    )
    """Whether what was wished is underlined on the wall."""
    fair_shifts: tuple[ShiftId, ...] = Field(
        default=(), title=N_("Shifts shared fairly")
    )
    """Beside nights, on call, early, late and days of rest."""
    newcomers: str = Field(
        default="新人", max_length=20, title=N_("Group of newcomers")
    )
    """As it stands under “Groups” of the staff list."""
    mentors: str = Field(default="指導", max_length=20, title=N_("Group of mentors"))
    """As it stands under “Groups” of the staff list."""
    newcomer_nights: Hold = Field(
        default=Hold.MUST, title=N_("Newcomers: not alone at night")
    )
    """Somebody else, no newcomer, has a night that day too."""
    newcomer_days: Hold = Field(
        default=Hold.GUIDELINE, title=N_("Newcomers: a mentor by day")
    )
    """A mentor is there for half of the shift or more."""
    on_call_on_days_off: Hold = Field(
        default=Hold.GUIDELINE, title=N_("On call: not on days off and 明")
    )
    """By all means: never; not used: as on any date."""
    days_off_together: Hold = Field(default=Hold.OFF, title=N_("Days off in a row"))
    """Everybody has two days off or more in a row."""
    days_off_together_times: Times = Field(
        default=1, ge=1, le=8, title=N_("Days off in a row, how often")
    )
    """In the period; four in a row count once."""
    lone_work_day: Hold = Field(default=Hold.OFF, title=N_("No single day of work"))
    """No day of work all by itself between two days off."""
    forward_rotation: Hold = Field(default=Hold.OFF, title=N_("Forward rotation"))
    """The next day begins no earlier than the day before."""
    weekend_off: Hold = Field(default=Hold.OFF, title=N_("Weekend off"))
    """Everybody has a Saturday and its Sunday off."""
    weekend_off_times: Times = Field(
        default=1, ge=1, le=5, title=N_("Weekend off, how often")
    )
    """In the period."""
    overtime_most: Minutes | None = Field(
        default=None, ge=0, title=N_("Overtime under the 36協定, most")
    )
    """Of a person in the period; empty: none is proposed."""
    prices: Prices = Prices()
    """What concessions cost where the month cannot be legal otherwise."""


class Office(Frozen):
    """The facility (事業所)."""

    name: str = Field(min_length=1, max_length=60, title=N_("Name of the office"))
    """As printed."""
    number: Number = Field(default="", max_length=20, title=N_("Office number"))
    """The designated number (10 digits)."""
    kind: OfficeKind = Field(default=OfficeKind.MAIN, title=N_("Kind of office"))
    """As designated. Which numbers of the law hold depends on it."""
    left_to_main: tuple[Support, ...] = Field(
        default=(), title=N_("Left to the main office")
    )
    """Only for a satellite: what its main office does for it, as you have told the
    municipality."""
    main_office: str = Field(
        default="", max_length=60, exclude_if=unset, title=N_("Main office")
    )
    """Only for a satellite: name of its main office."""
    travel: Minutes = Field(
        default=0, ge=0, le=180, exclude_if=unset, title=N_("Travel to the main office")
    )
    """Only for a satellite: minutes of travel. Rest between a shift here and one there
    is longer by it."""
    same_premises: bool = Field(
        default=False, exclude_if=unset, title=N_("On the main's premises")
    )
    """Only for a satellite: whether it stands in the same building or on the same
    premises as its main office, which is not allowed."""
    group_home_night: bool = Field(
        default=False,
        exclude_if=unset,
        title=N_("Night duty by the group home"),
    )
    """Only with an attached group home of one unit, and as agreed with the municipality
    (to be confirmed): whether its night worker is awake for your guests too, so that
    you need nobody awake of your own. Somebody on call is needed as always."""
    monthly_revenue: Yen | None = Field(default=None, ge=1, title=N_("Fees of a month"))
    """Usual revenue from the insurance, to estimate deductions; may be empty."""
    capacity: Capacity
    capacity_limit: Annotated[Capacity | None, LIMITS] = None
    """Ceilings of a municipal ordinance, where they differ from rule D (U-08)."""
    registered: People = Field(ge=0, le=99, title=N_("Registered users"))
    """How many are registered now."""
    users_record: UsersRecord
    last_year: LastYear = LastYear()
    last_closed: LastClosed = Field(
        default=LastClosed(), exclude_if=lambda one: one == LastClosed()
    )
    night_band: Span = Field(title=N_("Night band"))
    """The night of your operating rules, such as 21:00 to 6:00 of the next day."""
    main_night_band: Span | None = Field(default=None, exclude_if=unset)
    """Of a satellite planned with its main office, that one's; never typed."""
    contact_system: bool = Field(default=False, title=N_("Contact system at night"))
    """Yes, if visits through the night can be called for."""
    profiles: tuple[DayProfile, ...] = Field(min_length=1)
    settings: Settings

    @property
    def manager_desk(self) -> int:
        """Least minutes of management in the period; 0 if the main office manages."""
        is_left = Support.MANAGER in self.left_to_main
        return 0 if is_left else self.settings.manager_desk

    @property
    def nurse_shifts(self) -> int:
        """Least shifts of nurses in the period; 0 if the main office sends them."""
        is_left = Support.NURSE in self.left_to_main
        return 0 if is_left else self.settings.nurse_shifts

    @property
    def on_call_at(self) -> str:
        """Name of the house in which people are on call: here, or the main office."""
        is_left = Support.ON_CALL in self.left_to_main
        return (self.main_office if is_left else "") or self.name

    @property
    def on_call_band(self) -> Interval:
        """The night in which people are on call: of the house where they are."""
        return self.main_night_band or self.night_band

    @property
    def arrangements(self) -> frozenset[Arrangement]:
        """What other houses do for the office."""
        shared = {AttachedService.GROUP_HOME_NIGHT} if self.group_home_night else set()
        return frozenset((*self.left_to_main, *shared))
