"""Somebody new, who is said to be like somebody of the staff."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from scheduler.domain.proportion import in_proportion
from scheduler.domain.staff import DateSpan

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.base import StaffId
    from scheduler.domain.period import Period
    from scheduler.domain.staff import Contract, StaffMember


def newcomer(
    name: StaffId, first: dt.date, like: StaffMember, period: Period
) -> StaffMember:
    """Return somebody who works as another person does, from a date on.

    Parameters
    ----------
    first
        First date of employment.
    like
        Whose contract, roles, qualifications, groups and shifts are the newcomer's.
    period
        Hours, days off and nights that the contract says of it are those of the part
        that the newcomer works; least nights are rounded down, most nights up.
    """
    employed = DateSpan(first=first)
    theirs, whole = (
        sum(date in span for date in period.dates) for span in (employed, like.employed)
    )
    ratio = min(Fraction(1), Fraction(theirs, whole or period.days))
    return like.model_copy(
        update={
            "name": name,
            "employed": employed,
            "contract": _of_the_part(like.contract, ratio),
        }
    )


def _of_the_part(contract: Contract, ratio: Fraction) -> Contract:
    if ratio == 1:
        return contract
    least, most = contract.nights_min, contract.nights_max
    return in_proportion(contract, ratio).model_copy(
        update={
            "nights_min": None if least is None else floor(least * ratio),
            "nights_max": None if most is None else ceil(most * ratio),
        }
    )
