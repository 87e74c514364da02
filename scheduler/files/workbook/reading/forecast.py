"""Reading the sheet of expected users: lines of dates, and lines of weekdays."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scheduler.domain.fields import FieldKind
from scheduler.domain.forecast import Service
from scheduler.files.validation import shown
from scheduler.files.workbook.layout import FORECAST
from scheduler.files.workbook.reading.grids import is_holiday_name
from scheduler.files.workbook.reading.rows import put, read_rows, stand_in, use_known
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import read_value
from scheduler.files.workbook.words import is_empty
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scheduler.files.workbook.reading.notes import CellPlace, Notes
    from scheduler.files.workbook.reading.sheets import Table

BY_WEEKDAY = replace(FORECAST.key, kind=FieldKind.WEEKDAYS)
"""The first column of a line whose numbers hold for weekdays."""
WEEKDAY = "weekday"
"""Path of the column that shows the weekday of a date."""
NUMBERS = tuple(Service)
BY_PLAN = replace(
    FORECAST,
    columns=tuple(
        replace(column, required=column.required and column.path not in NUMBERS)
        for column in FORECAST.columns
    ),
)
"""The sheet with numbers that may be left out."""
OF_WEEKDAYS = replace(
    BY_PLAN,
    columns=(
        BY_WEEKDAY,
        *(c for c in BY_PLAN.columns if c.path in (*NUMBERS, "profile")),
    ),
    section=("forecast", "weekdays"),
)

Holidays = list[tuple[dt.date, str, "CellPlace"]]


def read_forecast(
    table: Table, profiles: Sequence[str], notes: Notes, *, has_users: bool
) -> tuple[list[dict[str, Any]], Holidays]:
    """Return the dates and the public holidays that the sheet names.

    A number that a date leaves empty is that of its weekday's line, if there is one.
    Otherwise it stays out where users are entered one by one, or is reported.
    """
    table = _with_typed_weekdays(table, notes)
    page = table.page
    if not has_users and _is_blank(table):
        place = page.place(table.head + 1, table.where["day_users"])
        notes.report("forecast_empty", place)
        notes.doubt(FORECAST)
        return [], []
    named = _part(table, lambda raw: _names_weekdays(raw))
    named = replace(named, page=replace(named.page, layout=OF_WEEKDAYS))
    dated = _part(table, lambda raw: not _names_weekdays(raw))
    dated = replace(dated, page=replace(dated.page, layout=BY_PLAN))
    _warn_of_dates_own(named, notes)
    weekdays = read_rows(named, notes)
    days, holidays = read_rows(dated, notes), Holidays()
    for index, day in enumerate(days):
        loc = ("forecast", "days", index)
        name, date = day.pop("holiday", None), day.get("date")
        if name and isinstance(date, dt.date):
            place = notes.places[(*loc, "holiday")]
            if is_holiday_name(name):
                holidays.append((date, name, place))
            else:
                notes.report("not_holiday", place, value=name)
        _complete(day, index, weekdays, notes, has_users=has_users)
        day.setdefault("profile", profiles[0])
        use_known(day, "profile", profiles)
    return days, holidays


def _complete(
    day: dict[str, Any],
    index: int,
    weekdays: Sequence[dict[str, Any]],
    notes: Notes,
    *,
    has_users: bool,
) -> None:
    """Fill in a date's numbers from its weekday's line; report those still missing."""
    date = day["date"]
    for path in (*(service.value for service in NUMBERS), "profile"):
        if path in day:
            continue
        loc = ("forecast", "days", index, path)
        line = next(
            (
                number
                for number, line in enumerate(weekdays)
                if date.weekday() in line["date"] and path in line
            ),
            None,
        )
        _sheet, column = notes.columns.get(loc, (None, None))
        if line is not None:
            day[path] = weekdays[line][path]
            place = notes.places[("forecast", "weekdays", line, path)]
            notes.remember(loc, place, BY_PLAN, column)
        elif path in NUMBERS and not has_users and column is not None:
            if not any(mistake.loc == loc for mistake in notes.mistakes):
                facts = {"heading": _(column.heading)}
                notes.report("missing_value", notes.places[loc], loc, **facts)
            put(day, path, stand_in(column))


def _with_typed_weekdays(table: Table, notes: Notes) -> Table:
    """Take a weekday typed beside an empty date for the first cell of its line.

    Beside a date it must be the date's own; a formula is only for reading.
    """
    where = table.where
    key, number = where[FORECAST.key.path], where.get(WEEKDAY)
    if number is None:
        return table
    cells = list(table.page.cells)
    for row in range(table.head + 1, len(cells)):
        line, place = cells[row], table.page.place(row, number)
        raw = line[number]
        if is_empty(raw) or place in notes.formulas:
            continue
        if is_empty(line[key]):
            cells[row] = tuple(
                raw if one == key else cell for one, cell in enumerate(line)
            )
        elif not _is_weekday_of(raw, line[key], notes):
            notes.report("other_weekday", place, value=shown(raw))
    return replace(table, page=replace(table.page, cells=tuple(cells)))


def _is_weekday_of(raw: Any, key: Any, notes: Notes) -> bool:
    """Tell whether a typed weekday fits the first cell of its line.

    A first cell that is wrong is told by itself.
    """
    try:
        days = read_value(BY_WEEKDAY, raw)
    except Wrong:
        return False
    if _names_weekdays(key):
        return bool(days == read_value(BY_WEEKDAY, key))
    try:
        date: dt.date = read_value(FORECAST.key, key, notes.period)
    except Wrong:
        return True
    return bool(days == [date.weekday()])


def _warn_of_dates_own(table: Table, notes: Notes) -> None:
    """Warn of entries on lines of weekdays that only a date can have."""
    read = {column.path for column in OF_WEEKDAYS.columns} | {WEEKDAY}
    for column in FORECAST.columns:
        number = table.where.get(column.path)
        if column.path in read or number is None:
            continue
        filled = [
            table.page.place(row, number)
            for row, cells in table.rows()
            if not is_empty(cells[number])
        ]
        if filled:
            notes.warn("not_read", filled, heading=_(column.heading))


def _part(table: Table, keeps: Callable[[Any], bool]) -> Table:
    """Return the table with only the lines whose first cell is of a kind."""
    number = table.where[FORECAST.key.path]
    cells = tuple(
        line if row <= table.head or keeps(line[number]) else (None,) * len(line)
        for row, line in enumerate(table.page.cells)
    )
    return replace(table, page=replace(table.page, cells=cells))


def _names_weekdays(raw: Any) -> bool:
    if not isinstance(raw, str) or is_empty(raw):
        return False
    try:
        return bool(read_value(BY_WEEKDAY, raw))
    except Wrong:
        return False


def _is_blank(table: Table) -> bool:
    """Tell whether the sheet has no number at all."""
    numbers = [table.where[path] for path in NUMBERS if path in table.where]
    return not any(
        cells[number] is not None for _row, cells in table.rows() for number in numbers
    )
