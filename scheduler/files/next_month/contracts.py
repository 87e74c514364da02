"""What a period's dates change in contracts and settings: mostly its length."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from scheduler.domain.office import HolidayReading
from scheduler.domain.staff import in_proportion, minutes_in_proportion

if TYPE_CHECKING:
    from scheduler.domain.office import Settings
    from scheduler.domain.period import Period
    from scheduler.domain.staff import Contract, StaffMember


def scaled_contract(member: StaffMember, old: Period, new: Period) -> Contract:
    """Return a contract by the number of dates on which the person is employed.

    Hours that were whole days stay whole days, others whole hours; nothing changes
    where both periods have as many dates.
    """
    ratio = _ratio(member, old, new)
    return member.contract if ratio == 1 else in_proportion(member.contract, ratio)


def settings_after(settings: Settings, old: Period, new: Period) -> Settings:
    """Return the settings with a full-timer's prescribed hours in proportion.

    Spans of four weeks that were counted from the old period's first date still are.
    """
    month = settings.full_time_month
    if new.days != old.days:
        ratio = Fraction(new.days, old.days)
        month = minutes_in_proportion(month, settings.full_time_day, ratio)
    anchor = settings.four_weeks_from
    if settings.holiday_reading is HolidayReading.FOUR_WEEKS:
        anchor = anchor or old.first
    return settings.model_copy(
        update={"full_time_month": month, "four_weeks_from": anchor}
    )


def _ratio(member: StaffMember, old: Period, new: Period) -> Fraction:
    before, after = (
        sum(date in member.employed for date in period.dates) for period in (old, new)
    )
    if before and after:
        return Fraction(after, before)
    return Fraction(new.days, old.days)
