"""Dates and names as the sheets of a roster write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.i18n import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from scheduler.domain.base import StaffId
    from scheduler.domain.period import Period


def full_date_text(date: dt.date) -> str:
    """Write a date with its year."""
    return _("{year}-{month:02}-{day:02}").format(
        year=date.year, month=date.month, day=date.day
    )


def period_text(period: Period) -> str:
    """Write first and last date of a period."""
    return f"{full_date_text(period.first)} – {full_date_text(period.last)}"


def short_names(names: Iterable[StaffId]) -> dict[StaffId, str]:
    """Return a short name for each person that begins no other person's name.

    The family name, where a blank sets it apart and nobody shares it.
    """
    everybody = tuple(names)
    short = {}
    for name in everybody:
        family = name.replace("\u3000", " ").split(" ")[0]
        alike = sum(other.startswith(family) for other in everybody)
        short[name] = family if family and alike == 1 else name
    return short
