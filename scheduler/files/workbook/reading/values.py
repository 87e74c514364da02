"""Converting the content of a cell to a value of the model."""

from __future__ import annotations

import datetime as dt
import re
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from openpyxl.utils.datetime import from_excel

from scheduler.domain.clock import DAY, HOUR, parse_clock, parse_span
from scheduler.domain.fields import FieldKind
from scheduler.domain.likeness import on_one_line
from scheduler.domain.qualifications import qualifications_of
from scheduler.files.validation import shown
from scheduler.files.workbook import words
from scheduler.files.workbook.words import names_of, neat
from scheduler.rulebook import yielding
from scheduler.wording.rules import exception_name
from scheduler.wording.times import parse_date
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from scheduler.domain.period import Period
    from scheduler.files.workbook.columns import Column


EPOCH = dt.datetime(1899, 12, 30)
"""Day 0 of Excel's count of days from 1 March 1900 on."""
FIRST_EPOCH = dt.datetime(1899, 12, 31)
"""Day 0 of the days before, as Excel counts 29 February 1900, which did not exist."""
MARCH_1900 = dt.datetime(1900, 3, 1)
LAST_TIME = dt.datetime(1901, 12, 31)
"""Date-times up to this date are read as durations: some 17,000 hours."""


def excel_minutes(raw: Any) -> int | None:
    """Return the minutes of a time read by openpyxl; ``None`` if it is no time.

    By the format of the cell, openpyxl returns a clock time (h:mm), a duration ([h]:mm)
    or a date-time just after Excel's epoch (yyyy/m/d h:mm).  Each is the time since
    0:00 of day 0.  Seconds are cut off, as in what the cell shows.
    """
    if isinstance(raw, dt.time):
        raw = dt.datetime.combine(FIRST_EPOCH, raw)
    if isinstance(raw, dt.datetime) and raw <= LAST_TIME:
        raw -= FIRST_EPOCH if raw < MARCH_1900 else EPOCH
    if not isinstance(raw, dt.timedelta):
        return None
    return round(raw.total_seconds()) // 60


BETWEEN = re.compile(r"[、,，;\n]+")
BETWEEN_WORDS = re.compile(r"[、,，;/・\s]+")
BETWEEN_DATES = re.compile(r"[、,，;\s]+")
DAY_ALONE = re.compile(r"\d{1,2}日?")
HOURS = re.compile(r"(\d{1,4}):([0-5]\d)(?::00)?")
DECIMAL = re.compile(r"\d{1,4}(?:\.\d+)?")
WHOLE = re.compile(r"-?(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})")
"""Whole number, with or without thousands separators."""
NUMBER = re.compile(r"-?\d{1,6}(?:\.\d+)?")
TALLY = re.compile(r"(\S+)\s+(\d{1,6})\s*/\s*(\d{1,6}(?:\.\d+)?)")

NEAREST = 3
"""Number of similar exceptions that a message names if the text is none."""

SERIALS = range(36_526, 73_051)
"""Numbers that are read as dates: the years 2000 to 2099."""


class Wrong(Exception):
    """Raised if a cell does not hold what its column requires."""

    def __init__(self, code: str, raw: object, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = {"value": shown(raw), **facts}


def read_value(column: Column, raw: Any, period: Period | None = None) -> Any:
    """Return the value of a cell, in the form that the model validates.

    Parameters
    ----------
    raw
        The cell's value as read by openpyxl; not empty.
    period
        Period by which dates such as 12/24 get their year.

    Raises
    ------
    Wrong
        If the cell does not hold such a value.
    """
    match column.kind:
        case FieldKind.DATES:
            parts = [raw] if isinstance(raw, dt.date) else _parts(raw, BETWEEN_DATES)
            return [read_date(part, period) for part in parts]
        case FieldKind.DATE:
            return read_date(raw, period)
        case FieldKind.DATE_SPAN:
            return _date_span(raw, period)
        case FieldKind.CHOICE:
            return _choice(column, _text(raw))
        case FieldKind.CHOICES:
            parts = _parts(raw, BETWEEN_WORDS)
            return _once(raw, [_choice(column, part) for part in parts])
        case FieldKind.TEXT:
            return on_one_line(_text(raw))
        case FieldKind.YES_NO:
            return _yes_no(raw, words.YES, words.NO, "not_yes_no")
        case FieldKind.FULL_TIME:
            return _yes_no(raw, words.FULL_TIME, words.PART_TIME, "not_choice")
        case _:
            return _READ[column.kind](raw)


def read_date(raw: Any, period: Period | None = None) -> dt.date:
    """Read a date: a date cell, text such as 2026/12/24, or 12/24 in a period.

    Raises
    ------
    Wrong
        If it is no date.
    """
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if isinstance(raw, int | float) and raw in SERIALS and not isinstance(raw, bool):
        raw = from_excel(raw)
        return raw.date() if isinstance(raw, dt.datetime) else raw
    text = neat(str(raw)).replace(".", "/")
    date = None if DAY_ALONE.fullmatch(text) else parse_date(text, period)
    if date is None:
        raise Wrong("not_date", raw)
    return date


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
    if minutes is None and isinstance(raw, str):
        try:
            return parse_clock(neat(raw))
        except ValueError:
            pass
    if minutes is None or not 0 <= minutes <= 2 * DAY:
        raise Wrong("not_clock", raw)
    return minutes


def _text(raw: Any) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Wrong("not_text", raw)
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return str(raw).strip()


def _parts(raw: Any, between: re.Pattern[str]) -> list[str]:
    return [part for part in between.split(_text(raw)) if part]


def _once(raw: Any, values: list[Any]) -> list[Any]:
    for index, value in enumerate(values):
        if value in values[:index]:
            raise Wrong("twice_in_cell", value)
    return values


def _texts(raw: Any) -> list[str]:
    return _once(raw, [part.strip() for part in _parts(raw, BETWEEN) if part.strip()])


def _qualifications(raw: Any) -> list[str]:
    parts = _parts(raw, BETWEEN)
    named = [tuple(qualifications_of(part)) for part in parts]
    _once(raw, [names[:1] for names in named])
    return list(dict.fromkeys(name for names in named for name in names))


def _symbols(raw: Any) -> list[str]:
    return _once(raw, _parts(raw, BETWEEN_WORDS))


def _integer(raw: Any) -> int:
    if isinstance(raw, str) and WHOLE.fullmatch(neat(raw)):
        return int(neat(raw).replace(",", ""))
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e9:
        return int(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    raise Wrong("not_integer", raw)


def _thousandths(raw: Any) -> int:
    if isinstance(raw, int | float | str) and not isinstance(raw, bool):
        text = neat(str(raw))
        if NUMBER.fullmatch(text):
            return round(Fraction(text) * 1000)
    raise Wrong("not_number", raw)


def _halves(raw: Any) -> int:
    found = _thousandths(raw)
    if found % 500:
        raise Wrong("not_half", raw)
    return found // 500


def _tallies(raw: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in _parts(raw, BETWEEN):
        match = TALLY.fullmatch(neat(part))
        if match is None:
            raise Wrong("not_tally", raw)
        shift, times, share = match.groups()
        if any(one["shift"] == shift for one in found):
            raise Wrong("twice_in_cell", shift)
        found.append(
            {"shift": shift, "times": int(times), "share": _thousandths(share)}
        )
    return found


def _overnight(raw: Any) -> int | None:
    if isinstance(raw, str) and words.means(raw, words.UNKNOWN):
        return None
    return _integer(raw)


def _clocks(raw: Any) -> list[int]:
    if not isinstance(raw, str):
        return [read_clock(raw)]
    return [read_clock(part) for part in _parts(neat(raw), BETWEEN_WORDS)]


def _span(raw: Any) -> tuple[int, int]:
    try:
        return parse_span(neat(_text(raw)))
    except ValueError as error:
        raise Wrong("not_span", raw) from error


def _breaks(raw: Any) -> list[list[tuple[int, int]]]:
    options: list[list[tuple[int, int]]] = []
    for option in re.split(r"[/、,\n]", neat(_text(raw))):
        if words.means(option, words.NONE):
            options.append([])
        elif option.strip():
            try:
                options.append([_span(piece) for piece in option.split("+")])
            except Wrong as error:
                raise Wrong("not_breaks", raw) from error
    return options


def _moment(raw: Any) -> int | tuple[int, int]:
    try:
        return read_clock(raw)
    except Wrong:
        return _span(raw)


def _duration(raw: Any) -> int:
    minutes = excel_minutes(raw)
    if minutes is not None:
        return minutes
    if isinstance(raw, int | float | str) and not isinstance(raw, bool):
        text = neat(str(raw))
        if match := HOURS.fullmatch(text):
            return int(match[1]) * HOUR + int(match[2])
        if DECIMAL.fullmatch(text):
            return round(float(text) * HOUR)
    raise Wrong("not_duration", raw)


def _date_span(raw: Any, period: Period | None) -> dict[str, dt.date]:
    if isinstance(raw, bool | str) and words.means(str(raw), words.YES):
        return {}
    ends = re.split("[~〜]", neat(str(raw)))
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


def _choice(column: Column, text: str) -> StrEnum:
    found = words.member_of(text, column.enum) if column.enum else None
    if found is None:
        raise Wrong("not_choice", text, choices="、".join(names_of(column)))
    return found


def _yes_no(raw: Any, yes: str, no: str, code: str) -> bool:
    if isinstance(raw, bool):
        return raw
    found = words.which(_text(raw), (yes, no))
    if found is None:
        raise Wrong(code, raw, choices=f"{_(yes)}、{_(no)}")
    return found == yes


def _weekday(raw: Any) -> int:
    day = words.weekday_of(_text(raw))
    if day is None:
        raise Wrong("not_weekdays", raw)
    return day


def _weekdays(raw: Any) -> list[int]:
    text = _text(raw)
    if words.means(text, words.NONE):
        return []
    joined = [sign for sign in neat(text) if sign not in "・、,/ "]
    days = _days(BETWEEN_WORDS.split(text)) or _days(joined)
    if days is None:
        raise Wrong("not_weekdays", raw)
    return sorted(_once(raw, days))


def _days(parts: list[str]) -> list[int] | None:
    days = [words.weekday_of(part) for part in parts]
    return None if None in days else [day for day in days if day is not None]


def _exception(raw: Any) -> tuple[str, str]:
    text = _text(raw)
    for key, facet in yielding().items():
        if words.means(text, facet.exception):
            return key
    names = {exception_name(key): key for key in yielding()}
    near = get_close_matches(text, names, NEAREST, cutoff=0.0)
    raise Wrong("not_exception", raw, choices="、".join(near))


_READ: dict[FieldKind, Callable[[Any], Any]] = {
    FieldKind.PROSE: _text,
    FieldKind.TEXTS: _texts,
    FieldKind.QUALIFICATION: lambda raw: next(qualifications_of(_text(raw)), ""),
    FieldKind.QUALIFICATIONS: _qualifications,
    FieldKind.SYMBOL: _text,
    FieldKind.SYMBOLS: _symbols,
    FieldKind.INTEGER: _integer,
    FieldKind.SIGNED: _integer,
    FieldKind.HALVES: _halves,
    FieldKind.THOUSANDTHS: _thousandths,
    FieldKind.TALLIES: _tallies,
    FieldKind.OVERNIGHT: _overnight,
    FieldKind.CLOCK: read_clock,
    FieldKind.CLOCKS: _clocks,
    FieldKind.SPAN: _span,
    FieldKind.BREAKS: _breaks,
    FieldKind.MOMENT: _moment,
    FieldKind.DURATION: _duration,
    FieldKind.WEEKDAY: _weekday,
    FieldKind.WEEKDAYS: _weekdays,
    FieldKind.EXCEPTION: _exception,
    FieldKind.AMOUNT: lambda raw: raw,
}
