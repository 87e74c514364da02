"""Dates on sheets: their colours and formats, and headings of dates and weekdays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from scheduler.domain.period import Period
from scheduler.files.workbook.sheet_writer import SheetWriter
from scheduler.files.workbook.styles import Fill, Look
from scheduler.wording.times import weekday_text

HOLIDAY_MARK = "祝"


def day_fill(period: Period, date: dt.date) -> str:
    """Return the colour of a Saturday, or of a Sunday or holiday; else empty."""
    if date in period.holiday_names or date.weekday() == 6:
        return Fill.SUNDAY
    return Fill.SATURDAY if date.weekday() == 5 else ""


def date_format(period: Period, date: dt.date) -> str:
    """Return the number format of a date, with the month on first dates only."""
    return "m/d" if date == period.first or date.day == 1 else "d"


def weekday_or_holiday(period: Period, date: dt.date) -> str:
    """Return the weekday of a date, or the mark of a public holiday."""
    if date in period.holiday_names:
        return HOLIDAY_MARK
    return weekday_text(date.weekday())


def write_date_heads(
    out: SheetWriter,
    row: int,
    column: int,
    period: Period,
    look: Look,
    below: Look | None = None,
    *,
    dates: Sequence[dt.date] = (),
    holidays: bool = False,
) -> None:
    """Write dates side by side from a cell on, and their weekdays in the row below.

    Parameters
    ----------
    look, below
        Looks of dates and of weekdays, the same if only one is given; their colour is
        that of workdays.
    dates
        All dates of the period if not given.
    holidays
        Whether public holidays are marked instead of their weekday.
    """
    for place, date in enumerate(dates or period.dates, start=column):
        colour = day_fill(period, date) or look.fill
        number = date_format(period, date)
        own = replace(look, fill=colour, number=number, wrap=False)
        out.put(row, place, date, own)
        weekday = weekday_text(date.weekday())
        text = weekday_or_holiday(period, date) if holidays else weekday
        out.put(row + 1, place, text, replace(below or look, fill=colour))
