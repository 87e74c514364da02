"""Converting the content of a cell to a value of the model."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scheduler.domain.fields import FieldKind
from scheduler.domain.likeness import neat, on_one_line
from scheduler.domain.period import Period
from scheduler.domain.qualifications import qualifications_of
from scheduler.files.workbook import words
from scheduler.files.workbook.reading.quantities import number_said, read_duration
from scheduler.files.workbook.reading.times import (
    Wrong,
    parse_weekly,
    read_clock,
    read_date,
    read_date_span,
    read_dates,
    read_span,
    span_past_midnight,
)
from scheduler.files.workbook.words import names_of
from scheduler.rulebook import yielding
from scheduler.wording.findings import exception_name
from scheduler.wording.times import weekday_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.columns import Column


BETWEEN = re.compile(r"[、,，;\n]+")
BETWEEN_WORDS = re.compile(r"[、,，;/・\s]+")
BETWEEN_CHOICES = re.compile(r"[、,，;/・\s兼]+")
"""Also 管理者兼介護."""
BETWEEN_DATES = re.compile(r"[、,，;\s]+")
COUNTED = (
    *(FieldKind.INTEGER, FieldKind.SIGNED, FieldKind.OVERNIGHT),
    *(FieldKind.HALVES, FieldKind.THOUSANDTHS),
)
"""Kinds of numbers with a unit that people write behind them."""
WHOLE = re.compile(r"(-?(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2}))(?:\.0+)?")
"""Whole number, with or without thousands separators and decimals."""
NUMBER = re.compile(r"-?\d{1,6}(?:\.\d+)?")
TALLY = re.compile(r"(\S+)\s+(\d{1,6})\s*/\s*(\d{1,6}(?:\.\d+)?)")

NEAREST = 3
"""Number of similar exceptions that a message names if the text is none."""


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
            return [one for part in parts for one in read_dates(part, period)]
        case FieldKind.DATE:
            return read_date(raw, period)
        case FieldKind.DATE_SPAN:
            if column.default is None and words.means(str(raw), words.NO):
                # As in the columns beside it: on no date.
                return None
            return read_date_span(raw, period)
        case FieldKind.CHOICE:
            return _choice(column, _text(raw))
        case FieldKind.CHOICES:
            parts = _parts(raw, BETWEEN_CHOICES)
            return _once(raw, [_choice(column, part) for part in parts])
        case FieldKind.TEXT:
            return on_one_line(_text(raw))
        case FieldKind.YES_NO:
            return _yes_no(raw, words.YES, words.NO, "not_yes_no")
        case FieldKind.FULL_TIME:
            return _yes_no(raw, words.FULL_TIME, words.PART_TIME, "not_choice")
        case _:
            return _READ[column.kind](_without_unit(column, raw))


def _without_unit(column: Column, raw: Any) -> Any:
    """Return a number as it is meant: 5 of 5人, 5,800,000円, 月5回まで or 最低2回."""
    if not isinstance(raw, str) or column.kind not in (*COUNTED, FieldKind.DURATION):
        return raw
    said = number_said(column.path, raw)
    for unit in map(neat, words.units(column.unit) if column.kind in COUNTED else ()):
        if unit and said.endswith(unit):
            return said.removesuffix(unit).strip()
    if said.endswith("%"):
        raise Wrong("percent", raw)
    return said if said != neat(raw) else raw


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
    if _is_none(raw):
        return []
    return _once(raw, [part.strip() for part in _parts(raw, BETWEEN) if part.strip()])


def _is_none(raw: Any) -> bool:
    """Tell whether a cell of several says that there is none: なし."""
    return isinstance(raw, str) and words.means(raw, words.NONE)


def _qualifications(raw: Any) -> list[str]:
    if _is_none(raw):
        return []
    parts = _parts(raw, BETWEEN)
    named = [tuple(qualifications_of(part)) for part in parts]
    _once(raw, [names[:1] for names in named])
    return list(dict.fromkeys(name for names in named for name in names))


def _symbols(raw: Any) -> list[str]:
    return _once(raw, _parts(raw, BETWEEN_WORDS))


def _integer(raw: Any) -> int:
    if isinstance(raw, str) and (whole := WHOLE.fullmatch(neat(raw))):
        return int(whole[1].replace(",", ""))
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e9:
        return int(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    raise Wrong("not_integer", raw)


def _integers(raw: Any) -> list[int]:
    """Read 3, 第3 or 1、3."""
    if not isinstance(raw, str):
        return [_integer(raw)]
    parts = (part.removeprefix("第") for part in _parts(raw, BETWEEN_WORDS))
    return _once(raw, [_integer(part) for part in parts])


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
        return read_span(_text(raw))
    except ValueError as error:
        raise Wrong("not_span", raw) from error


def _breaks(raw: Any) -> list[list[tuple[int, int]]]:
    options: list[list[tuple[int, int]]] = []
    for option in re.split(r"[/、,\n]", neat(_text(raw))):
        if words.means(option, words.NONE):
            options.append([])
        elif option.strip():
            try:
                pieces = option.split("+")
                options.append([span_past_midnight(piece) for piece in pieces])
            except ValueError as error:
                raise Wrong("not_breaks", raw) from error
    return options


def _moment(raw: Any) -> int | tuple[int, int]:
    try:
        return read_clock(raw)
    except Wrong:
        return _span(raw)


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
    text = DAYS_TO.sub(_all_between, neat(_text(raw)).removeprefix("毎週"))
    if words.means(text, words.NONE):
        return []
    if words.means(text, words.WORKDAYS):
        return list(range(5))
    if words.means(text, words.EVERY_DAY):
        return list(range(7))
    joined = [sign for sign in text if sign not in "・、,/ "]
    days = _days(BETWEEN_WORDS.split(text)) or _days(joined)
    if days is None:
        raise Wrong("not_weekdays", raw)
    return sorted(_once(raw, days))


DAYS_TO = re.compile(r"(\S)(?:曜日?)?\s*(?:[~-]|から)\s*(\S)(?:曜日?)?")
"""月～金."""


def _all_between(match: re.Match[str]) -> str:
    """Write out the weekdays from one to another; leave what is no such stretch."""
    first, last = map(words.weekday_of, match.groups())
    if first is None or last is None or first >= last:
        return match[0]
    return "".join(map(weekday_text, range(first, last + 1)))


def _days(parts: list[str]) -> list[int] | None:
    days = [words.weekday_of(part) for part in parts]
    return None if None in days else [day for day in days if day is not None]


def _weekly(raw: Any) -> list[dict[str, Any]]:
    try:
        return parse_weekly(_text(raw))
    except ValueError as error:
        raise Wrong("not_weekly", raw) from error


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
    FieldKind.INTEGERS: _integers,
    FieldKind.SIGNED: _integer,
    FieldKind.HALVES: _halves,
    FieldKind.THOUSANDTHS: _thousandths,
    FieldKind.TALLIES: _tallies,
    FieldKind.WEEKLY: _weekly,
    FieldKind.OVERNIGHT: _overnight,
    FieldKind.CLOCK: read_clock,
    FieldKind.CLOCKS: _clocks,
    FieldKind.SPAN: _span,
    FieldKind.BREAKS: _breaks,
    FieldKind.MOMENT: _moment,
    FieldKind.DURATION: read_duration,
    FieldKind.WEEKDAY: _weekday,
    FieldKind.WEEKDAYS: _weekdays,
    FieldKind.EXCEPTION: _exception,
    FieldKind.AMOUNT: lambda raw: raw,
}
