"""What a period's dates change in contracts and settings: mostly its length."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from scheduler.domain.clock import HOUR
from scheduler.domain.office import HolidayReading

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


def in_proportion(contract: Contract, ratio: Fraction) -> Contract:
    """Return a contract with hours and days off in proportion, as `scaled_contract`."""
    day = contract.day_minutes
    return contract.model_copy(
        update={
            "minutes_min": _minutes(contract.minutes_min, day, ratio),
            "minutes_max": _minutes(contract.minutes_max, day, ratio),
            "days_off_min": _rounded(contract.days_off_min, 1, ratio),
        }
    )


def settings_after(settings: Settings, old: Period, new: Period) -> Settings:
    """Return the settings with a full-timer's prescribed hours in proportion.

    Spans of four weeks that were counted from the old period's first date still are.
    """
    month = settings.full_time_month
    if new.days != old.days:
        ratio = Fraction(new.days, old.days)
        month = _minutes(month, settings.full_time_day, ratio)
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


def _minutes(minutes: int | None, day: int, ratio: Fraction) -> int | None:
    step = day if minutes is not None and minutes % day == 0 else HOUR
    return _rounded(minutes, step, ratio)


def _rounded(value: int | None, step: int, ratio: Fraction) -> int | None:
    """Return a value in proportion, to the nearest multiple of a step, half up."""
    if value is None:
        return None
    return int(value * ratio / step + Fraction(1, 2)) * step
