"""From the domain's values to what stands in a cell of the input workbook."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scheduler.domain.clock import HOUR, Interval
from scheduler.domain.fields import Kind
from scheduler.domain.finding import Unit
from scheduler.files.workbook import words
from scheduler.rulebook import yielding
from scheduler.wording.names import name_of
from scheduler.wording.rules import exception_name
from scheduler.wording.times import clock_text, span_text, weekday_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.files.workbook.columns import Column
    from scheduler.rulebook import Facet

LIST = "、"
"""Between the entries of a list."""

CHOICE = " / "
"""Between breaks to choose from."""

AND = "+"
"""Between the breaks of one choice."""

TILDE = "～"
"""Between two dates."""

Cell = str | int | float | dt.date | None
"""What is written into a cell."""


def show(column: Column, value: Any) -> Cell:
    """Return what stands in a cell for a value; ``None`` leaves it empty."""
    if value is None:
        return _(words.UNKNOWN) if column.kind is Kind.OVERNIGHT else None
    return _SHOW[column.kind](value)


def choices_of(column: Column) -> list[str]:
    """Return what may be chosen in a column; nothing if it is not for choosing."""
    match column.kind:
        case Kind.YES_NO:
            return [_(words.YES), _(words.NO)]
        case Kind.FULL_TIME:
            return [_(words.FULL_TIME), _(words.PART_TIME)]
        case Kind.CHOICE if column.enum is not None:
            return [name_of(value) for value in column.enum]
        case Kind.CHOICE:
            return [_(event) for event in words.EVENTS]
        case Kind.EXCEPTION:
            return [exception_name(key) for key in yielding()]
        case Kind.WEEKDAY:
            return [weekday_text(day) for day in range(7)]
        case _:
            return []


def names_of(column: Column) -> list[str]:
    """Return what may be said in a column of one choice or of several."""
    if column.kind is Kind.CHOICES and column.enum is not None:
        return [name_of(value) for value in column.enum]
    return choices_of(column)


def date_cell(date: dt.date) -> str:
    """Write a date as text: 2026/12/24."""
    return f"{date.year}/{date.month}/{date.day}"


def duration_cell(minutes: int) -> str:
    """Write minutes as hours and minutes: 160:00."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def is_timed(facet: Facet) -> bool:
    """Tell whether agreements at a facet are lengths of time, or else numbers."""
    return facet.unit in (Unit.MINUTES, Unit.PERSON_MINUTES)


def breaks_cell(options: tuple[tuple[Interval, ...], ...]) -> str:
    """Write breaks to choose from: 11:30-12:30 / 12:30-13:30."""
    return CHOICE.join(
        AND.join(span_text(pause) for pause in option) or _(words.NONE)
        for option in options
    )


def weekdays_cell(weekdays: tuple[int, ...]) -> str:
    """Write weekdays: 月火水; empty for all of them."""
    if len(weekdays) == 7:
        return ""
    between = "" if all(len(weekday_text(day)) == 1 for day in weekdays) else " "
    return between.join(weekday_text(day) for day in weekdays) or _(words.NONE)


def tally_cell(one: Any) -> str:
    """Write a shift's account: 計 3/2.5."""
    return f"{one.shift} {one.times}/{one.share / 1000:g}"


def date_span_cell(span: Any) -> str:
    """Write dates, either end open: 2026/12/10～; はい if both are."""
    if span.first is None and span.last is None:
        return _(words.YES)
    ends = (date_cell(date) if date else "" for date in (span.first, span.last))
    return TILDE.join(ends)


def _same(value: Any) -> Cell:
    return value or None if isinstance(value, str) else value


def _listed(one: Callable[[Any], str]) -> Callable[[Any], Cell]:
    return lambda values: LIST.join(one(value) for value in values) or None


def _moment(value: Any) -> str:
    return span_text(value) if isinstance(value, Interval) else clock_text(value)


_SHOW: dict[Kind, Callable[[Any], Cell]] = {
    Kind.TEXT: _same,
    Kind.PROSE: _same,
    Kind.TEXTS: _listed(str),
    Kind.QUALIFICATION: _same,
    Kind.QUALIFICATIONS: _listed(str),
    Kind.SYMBOL: _same,
    Kind.SYMBOLS: _listed(str),
    Kind.INTEGER: _same,
    Kind.SIGNED: _same,
    Kind.HALVES: lambda value: value / 2,
    Kind.THOUSANDTHS: lambda value: value / 1000,
    Kind.TALLIES: _listed(tally_cell),
    Kind.OVERNIGHT: _same,
    Kind.CLOCK: clock_text,
    Kind.CLOCKS: _listed(clock_text),
    Kind.SPAN: span_text,
    Kind.BREAKS: lambda value: breaks_cell(value) or None,
    Kind.MOMENT: _moment,
    Kind.DURATION: duration_cell,
    Kind.DATE: _same,
    Kind.DATES: _listed(date_cell),
    Kind.DATE_SPAN: date_span_cell,
    Kind.YES_NO: lambda value: _(words.YES if value else words.NO),
    Kind.FULL_TIME: lambda value: _(words.FULL_TIME if value else words.PART_TIME),
    Kind.CHOICE: name_of,
    Kind.CHOICES: _listed(name_of),
    Kind.WEEKDAY: weekday_text,
    Kind.WEEKDAYS: lambda value: weekdays_cell(value) or None,
    Kind.EXCEPTION: exception_name,
    Kind.AMOUNT: _same,
}
