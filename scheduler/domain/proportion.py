"""Contracts for a part of what they were agreed for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from scheduler.domain.clock import HOUR

if TYPE_CHECKING:
    from scheduler.domain.staff import Contract


def in_proportion(contract: Contract, ratio: Fraction) -> Contract:
    """Return a contract with hours and days off in proportion.

    Hours that were whole days stay whole days, others whole hours.
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
    """Return a contract with all it asks for at least in proportion, nights too.

    What it allows at most stays, for some of that may have been used already.
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


def minutes_in_proportion(minutes: int | None, day: int, ratio: Fraction) -> int | None:
    """Return minutes in proportion: whole days of ``day`` minutes, or whole hours."""
    step = day if minutes is not None and minutes % day == 0 else HOUR
    return _rounded(minutes, step, ratio)


def _rounded(value: int | None, step: int, ratio: Fraction) -> int | None:
    """Return a value in proportion, to the nearest multiple of a step, half up."""
    if value is None:
        return None
    return int(value * ratio / step + Fraction(1, 2)) * step
