"""Which dates belong in a grid: those of the period, or those before it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.audit.consistency.history import LONGEST_TAIL
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.period import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.files.workbook.reading.grids import Refusal


def inside(period: Period | None) -> Callable[[dt.date], Refusal | None]:
    """Return what tells why a date does not belong in a grid of the period."""

    def fits(date: dt.date) -> Refusal | None:
        if period is None or date in period:
            return None
        span = {"first": period.first, "last": period.last}
        return "date_outside", {"date": date, **span}

    return fits


def tail_span(period: Period | None) -> Period | None:
    """Return the dates that the tail may have, to complete dates without a year."""
    if period is None:
        return None
    eve = period.first - ONE_DAY
    return Period(first=period.first - dt.timedelta(days=LONGEST_TAIL), last=eve)


def before(period: Period | None) -> Callable[[dt.date], Refusal | None]:
    """Return what tells why a date does not belong in the tail before the period."""

    def fits(date: dt.date) -> Refusal | None:
        if period is None or 0 < (period.first - date).days <= LONGEST_TAIL:
            return None
        if date < period.first:
            facts = {"date": date, "limit": LONGEST_TAIL, "first": period.first}
            return "tail_far", facts
        return "tail_in_period", {"date": date, "first": period.first}

    return fits
