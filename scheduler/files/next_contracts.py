"""Contracts of the next month: whole months, or the share of the dates employed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from scheduler.domain.staff import Contract, StaffMember, in_proportion

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem


def contract_after(member: StaffMember, problem: Problem, period: Period) -> Contract:
    """Return a person's contract for the new period.

    Whoever came within the old period and is there throughout the new one has a whole
    month's contract from now on: that of a colleague, where the contract of the part
    is just the share of it.  Hours that a part-timer may not pass, with none promised,
    are a limit of every month (扶養の範囲), however long it is.
    """
    old, agreed = problem.period, member.contract
    there = all(date in member.employed for date in (*old.dates, *period.dates))
    if there and not agreed.full_time and agreed.minutes_min is None:
        scaled = scaled_contract(member, old, period)
        return scaled.model_copy(update={"minutes_max": agreed.minutes_max})
    days = sum(date in member.employed for date in old.dates)
    stays = all(date in member.employed for date in period.dates)
    if not (stays and 0 < days < old.days):
        return scaled_contract(member, old, period)
    own = member.contract
    for other in problem.staff:
        whole = all(date in other.employed for date in (*old.dates, *period.dates))
        alike = (other.contract.full_time, other.contract.day_minutes) == (
            own.full_time,
            own.day_minutes,
        )
        if whole and alike:
            share = in_proportion(other.contract, Fraction(days, old.days))
            months = {name: getattr(other.contract, name) for name in OF_A_MONTH}
            if all(getattr(share, name) == getattr(own, name) for name in OF_A_MONTH):
                full = own.model_copy(update=months)
                return in_proportion(full, Fraction(period.days, old.days))
    return scaled_contract(member, old, period)


OF_A_MONTH = ("minutes_min", "minutes_max", "days_off_min")
"""Limits of a contract that grow with the dates of a period."""


def scaled_contract(member: StaffMember, old: Period, new: Period) -> Contract:
    """Return a contract scaled by the number of dates on which the person is employed.

    Hours that were a whole number of days stay so, others become whole hours.
    Nothing changes if both periods have the same number of dates.
    """
    ratio = _ratio(member, old, new)
    return member.contract if ratio == 1 else in_proportion(member.contract, ratio)


def _ratio(member: StaffMember, old: Period, new: Period) -> Fraction:
    before, after = (
        sum(date in member.employed for date in period.dates) for period in (old, new)
    )
    if before and after:
        return Fraction(after, before)
    return Fraction(new.days, old.days)
