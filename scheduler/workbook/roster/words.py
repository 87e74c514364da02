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
    """Return a short name for each person: a beginning that no other name has.

    It is the family name, where a blank sets it apart, and more where people share it.
    """
    everybody = tuple(names)
    return {name: _short(name, everybody) for name in everybody}


def _short(name: StaffId, everybody: tuple[StaffId, ...]) -> str:
    family = len(name.replace("\u3000", " ").split(" ")[0])
    for length in range(max(1, family), len(name)):
        begun = name[:length]
        if not begun.isspace() and not begun.endswith((" ", "\u3000")):
            alike = sum(other.startswith(begun) for other in everybody)
            if alike == 1:
                return begun
    return name
