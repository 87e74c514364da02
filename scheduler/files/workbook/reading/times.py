"""Times as Excel counts them, whatever the format of a cell makes of the number."""

from __future__ import annotations

import datetime as dt
from typing import Any

EPOCH = dt.datetime(1899, 12, 30)
"""Day 0 of Excel's count of days from 1 March 1900 on."""
FIRST_EPOCH = dt.datetime(1899, 12, 31)
"""Day 0 of the days before, as Excel counts a 29 February 1900 that never was."""
MARCH_1900 = dt.datetime(1900, 3, 1)
LAST_TIME = dt.datetime(1901, 12, 31)
"""Times are read as lengths up to this date: some 17,000 hours."""


def excel_minutes(raw: Any) -> int | None:
    """Return the minutes of a time as openpyxl gives it; ``None`` if it is no time.

    Whatever the format of the cell makes of it, a clock time (h:mm), a length of time
    ([h]:mm) or a moment of the first days that Excel knows (yyyy/m/d h:mm), it is the
    time from 0:00 of its day 0; seconds are cut off, as the cell shows it.
    """
    if isinstance(raw, dt.time):
        raw = dt.datetime.combine(FIRST_EPOCH, raw)
    if isinstance(raw, dt.datetime) and raw <= LAST_TIME:
        raw -= FIRST_EPOCH if raw < MARCH_1900 else EPOCH
    if not isinstance(raw, dt.timedelta):
        return None
    return round(raw.total_seconds()) // 60
