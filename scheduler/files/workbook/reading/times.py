"""Converting cells to times, dates, and services of the week."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel

from scheduler.domain.clock import BETWEEN_TIMES, DAY, HOUR, NOON, ends_of, parse_clock
from scheduler.domain.likeness import neat
from scheduler.domain.period import Period
from scheduler.domain.registrants import EVERY_DAY
from scheduler.files.validation import shown
from scheduler.files.workbook import words
from scheduler.files.workbook.container import IntFrom1904
from scheduler.wording.times import parse_date


class Wrong(Exception):
    """Raised if a cell does not hold what its column requires."""

    def __init__(self, code: str, raw: object, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = {"value": shown(raw), **facts}


EPOCH = dt.datetime(1899, 12, 30)
"""Day 0 of Excel's count of days from 1 March 1900 on."""
FIRST_EPOCH = dt.datetime(1899, 12, 31)
"""Day 0 of the days before, as Excel counts 29 February 1900, which did not exist."""
MARCH_1900 = dt.datetime(1900, 3, 1)
LAST_TIME = dt.datetime(1901, 12, 31)
"""Date-times up to this date are read as durations: some 17,000 hours."""
MAC_EPOCH, LAST_OF_MAC = dt.datetime(1904, 1, 1), dt.datetime(1905, 12, 31)
"""Day 0 of workbooks that count from 1904, as of Excel for Mac; the same for these."""


def excel_minutes(raw: Any) -> int | None:
    """Return the minutes of a time read by openpyxl; ``None`` if it is no time.

    By the format of the cell, openpyxl returns a clock time (h:mm), a duration ([h]:mm)
    or a date-time just after the workbook's epoch (yyyy/m/d h:mm).  Each is the time
    since 0:00 of day 0.  Seconds are cut off, as in what the cell shows.
    """
    if isinstance(raw, dt.time):
        raw = dt.datetime.combine(FIRST_EPOCH, raw)
    if isinstance(raw, dt.datetime) and raw <= LAST_TIME:
        raw -= FIRST_EPOCH if raw < MARCH_1900 else EPOCH
    elif isinstance(raw, dt.datetime) and MAC_EPOCH <= raw <= LAST_OF_MAC:
        raw -= MAC_EPOCH
    if not isinstance(raw, dt.timedelta):
        return None
    return round(raw.total_seconds()) // 60


DAY_ALONE = re.compile(r"\d{1,2}日?")
RUN_TOGETHER = re.compile(r"(20\d{2})(\d{2})(\d{2})")
"""20270318, as other programs write dates."""

TENTHS = re.compile(r"\d+\.[123]")
"""3.1 of a cell of numbers, which may have been typed as 3.10, the tenth."""

SERIALS = range(36_526, 73_051)
"""Numbers that are read as dates: the years 2000 to 2099, to 2103 if from 1904."""


def read_date(raw: Any, period: Period | None = None) -> dt.date:
    """Read a date: a date cell, text such as 2026/12/24, or 12/24 in a period.

    Raises
    ------
    Wrong
        If it is no date.
    """
    if isinstance(raw, dt.datetime):
        if raw <= LAST_OF_MAC:
            # A small number in a cell with the format of dates, such as a day alone.
            raise Wrong("not_date", raw)
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if isinstance(raw, float) and TENTHS.fullmatch(str(raw)):
        raise Wrong("not_date", raw)
    epoch = CALENDAR_MAC_1904 if isinstance(raw, IntFrom1904) else WINDOWS_EPOCH
    if isinstance(raw, int | float) and raw in SERIALS and not isinstance(raw, bool):
        raw = from_excel(raw, epoch)
        return raw.date() if isinstance(raw, dt.datetime) else raw
    text = RUN_TOGETHER.sub(r"\1/\2/\3", neat(str(raw)).replace(".", "/"))
    date = None if DAY_ALONE.fullmatch(text) else parse_date(text, period)
    if date is None:
        raise Wrong("not_date", raw)
    return date


MOST_DATES = 62
"""Most dates that one stretch of a list of dates may have."""


def read_dates(raw: Any, period: Period | None = None) -> tuple[dt.date, ...]:
    """Read a date, or all dates of a stretch such as 1/19～1/22 or 1/19～22.

    Raises
    ------
    Wrong
        If it is neither, or the stretch ends before it begins or is very long.
    """
    ends = neat(raw).split("~") if isinstance(raw, str) else ()
    if len(ends) != 2:
        return (read_date(raw, period),)
    first = read_date(ends[0], period)
    day = DAY_ALONE.fullmatch(ends[1].strip())
    try:
        last = (
            first.replace(day=int(day[0].removesuffix("日")))
            if day
            else read_date(ends[1], period)
        )
    except ValueError as error:
        raise Wrong("not_date", raw) from error
    if not 0 <= (last - first).days < MOST_DATES:
        raise Wrong("not_date", raw)
    return tuple(
        first + dt.timedelta(days=number) for number in range((last - first).days + 1)
    )


def read_clock(raw: Any) -> int:
    """Return the minutes of a clock time, given as text or as a time of Excel.

    Raises
    ------
    Wrong
        If it is no clock time, or after 48:00.
    """
    minutes = excel_minutes(raw)
    if minutes is None and isinstance(raw, float) and 0 < raw < 2 and raw != 1:
        # Excel stores times as fractions of a day; this cell has no time format.
        minutes = excel_minutes(dt.timedelta(days=raw))
    is_digits = isinstance(raw, int) and not isinstance(raw, bool) and raw >= 100
    if isinstance(raw, str) or is_digits:
        with suppress(ValueError):
            return parse_clock(neat(str(raw)))
    if minutes is None or not 0 <= minutes <= 2 * DAY:
        raise Wrong("not_clock", raw)
    return minutes


def read_date_span(raw: Any, period: Period | None) -> dict[str, dt.date]:
    """Read a stretch of dates such as 2026/12/10～, or はい for always.

    Raises
    ------
    Wrong
        If it is none.
    """
    if isinstance(raw, bool | str) and words.means(str(raw), words.YES):
        return {}
    ends = neat(str(raw)).split("~")
    if len(ends) != 2 or not any(end.strip() for end in ends):
        raise Wrong("not_date_span", raw)
    try:
        return {
            name: _end(end, period)
            for name, end in zip(("first", "last"), ends, strict=True)
            if end.strip()
        }
    except Wrong as error:
        raise Wrong("not_date_span", raw) from error


def _end(text: str, period: Period | None) -> dt.date:
    """Read an end of a date span; without a year, it must be a date of the period."""
    try:
        return read_date(text)
    except Wrong:
        date = read_date(text, period)
        if period is None or date not in period:
            raise
        return date


BETWEEN = re.compile(r"[、,，;/・\s]+")
BEFORE_TIME = re.compile(r"(?<=[^\s\d:~翌時-])(?=\d)")
"""Where a time follows a weekday without a blank."""


def parse_weekly(text: str) -> list[dict[str, Any]]:
    """Return the uses of a text; a time is that of all weekdays before it.

    Several times may follow the same weekdays, and times without weekdays are those of
    every day.

    Raises
    ------
    ValueError
        If something else stands there, or a weekday twice before one time.
    """
    uses: list[dict[str, Any]] = []
    days: list[int] = []
    is_open = False
    plain = BETWEEN_TIMES.sub("-", neat(text))
    for token in BETWEEN.split(BEFORE_TIME.sub(" ", plain)):
        if token[:1].isdigit():
            span = span_past_midnight(token)
            uses.append({"weekdays": days or EVERY_DAY, "span": span})
            is_open = False
        else:
            days = sorted([*(days if is_open else ()), *_weekdays(token)])
            is_open = True
            if len(set(days)) < len(days):
                raise ValueError("a weekday twice")
    return [*uses, {"weekdays": days}] if is_open else uses


def _weekdays(token: str) -> tuple[int, ...]:
    if words.means(token, words.EVERY_DAY):
        return EVERY_DAY
    whole = words.weekday_of(token)
    found = [whole] if whole is not None else map(words.weekday_of, token)
    days = tuple(day for day in found if day is not None)
    if not days or (whole is None and len(days) < len(token)):
        raise ValueError("no weekday")
    return days


def span_past_midnight(text: str) -> tuple[int, int]:
    """Read a span; one that ends before it begins ends on the next morning.

    Raises
    ------
    ValueError
        If it is not two clock times.
    """
    start, end = map(parse_clock, ends_of(text))
    return start, end if end > start else end + DAY


LONGEST_NIGHT = 18 * HOUR
"""A stretch up to this length may be meant to end on the next morning."""


def next_morning(start: int, end: int) -> int:
    """Return an end before the start as one of the next morning, if it may be meant so.

    A night begins at noon or later and ends by noon; anything else is a slip.
    """
    is_night = start >= NOON >= end and end + DAY - start <= LONGEST_NIGHT
    return end + DAY if is_night else end


def read_span(text: str) -> tuple[int, int]:
    """Read a stretch of time: 8:30-9:30, 8:30から9:30まで, 21:00-翌6:00, 21:00-6:00.

    Raises
    ------
    ValueError
        If it is not two clock times, the second later than the first.
    """
    begin, until = ends_of(text)
    start = parse_clock(begin)
    end = next_morning(start, parse_clock(until))
    if end <= start:
        raise ValueError("a stretch of time ends after it starts")
    return start, end


def within_shift(span: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """Return a span of a shift past midnight by the shift's clock: 翌0:00 for 0:00.

    A span that lies before the shift, and inside it on the next morning, is meant so.
    """
    first, last = span
    is_next = last <= start and last + DAY <= end
    return (first + DAY, last + DAY) if is_next else span
