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
    is a share of it.  Hours that a part-timer may not pass, with none promised,
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
    alike = [
        (away, other.contract)
        for other in problem.staff
        if all(date in other.employed for date in (*old.dates, *period.dates))
        if (away := _from_share(agreed, other.contract, Fraction(days, old.days)))
        is not None
    ]
    if not alike:
        return scaled_contract(member, old, period)
    _, nearest = min(alike, key=lambda one: one[0])
    months = {name: getattr(nearest, name) for name in OF_A_MONTH}
    full = agreed.model_copy(update=months)
    return in_proportion(full, Fraction(period.days, old.days))


OF_A_MONTH = ("minutes_min", "minutes_max", "days_off_min")
"""Limits of a contract that grow with the dates of a period."""


def _from_share(part: Contract, whole: Contract, ratio: Fraction) -> Fraction | None:
    """Return how far a contract is from the share of another; ``None`` if it is none.

    However it was rounded, each limit is less than a day away: half of 168 hours and 9
    days off may have been typed as 84 hours or 80, and as 4 days or 5.
    """
    kind = (part.full_time, part.day_minutes)
    if kind != (whole.full_time, whole.day_minutes):
        return None
    far = Fraction(0)
    for name, day in zip(
        OF_A_MONTH, (part.day_minutes, part.day_minutes, 1), strict=True
    ):
        own, full = getattr(part, name), getattr(whole, name)
        if own is None and full is None:
            continue
        if own is None or full is None or abs(full * ratio - own) >= day:
            return None
        far += abs(full * ratio - own) / day
    return far


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
