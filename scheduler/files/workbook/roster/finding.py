"""Finding cells in a sheet that was edited by hand, by names, dates and headings.

`Matrix` holds the values of a sheet, in which `find_cells` and `find_breaks` look up
people by name and columns by date.  `Places` finds the cell of one sheet in another
version of it: a row is identified by the text in the column of names, a column by its
heading.  So people may have joined, and rows and columns may have been moved, inserted
or sorted by hand.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.audit.consistency.report import unknown_facts
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Location, Mistake
from scheduler.domain.likeness import look_of
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.files.workbook.container import MOST_COLUMNS, MOST_ROWS, read_rows
from scheduler.files.workbook.roster.book import Labels
from scheduler.wording.times import date_text, parse_date


class Matrix:
    """The values of a sheet; rows and columns count from 1, as in Excel."""

    def __init__(self, rows: Iterable[Iterable[Any]], title: str) -> None:
        self._rows = [tuple(row) for row in rows]
        self.title = title

    @classmethod
    def of(cls, sheet: Worksheet) -> Matrix:
        """Read a sheet.

        Raises
        ------
        InputError
            If the sheet is damaged.
        """
        return cls(read_rows(sheet, values_only=True), sheet.title)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self._rows)

    def text(self, row: int, column: int) -> str:
        """Return a cell as text, whole numbers without a decimal point."""
        value = self._value(row, column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def find(self, text: str) -> tuple[int, int] | None:
        """Return row and column of the first cell with the given text."""
        wanted = look_of(text)
        for row, values in enumerate(self._rows, start=1):
            for column, value in enumerate(values, start=1):
                if isinstance(value, str) and look_of(value) == wanted:
                    return row, column
        return None

    def dates(self, row: int, period: Period) -> Iterator[tuple[dt.date, int]]:
        """Yield the dates of a row, also those typed as text, with their columns."""
        for column, value in enumerate(self._rows[row - 1], start=1):
            if isinstance(value, dt.datetime):
                yield value.date(), column
            elif isinstance(value, dt.date):
                yield value, column
            elif isinstance(value, str):
                date = parse_date(value, period)
                if date is not None:
                    yield date, column

    def _value(self, row: int, column: int) -> Any:
        values = self._rows[row - 1] if row <= len(self._rows) else ()
        return values[column - 1] if column <= len(values) else None


def place(row: int, column: int) -> str:
    """Return the name of a cell, such as ``F7``."""
    return f"{get_column_letter(column)}{row}"


class FoundRows(NamedTuple):
    """Rows of people, columns of dates, and the on-call row, as far as found.

    Columns include all dates of the heading, also those of the tail.
    """

    rows: dict[StaffId, int]
    columns: dict[dt.date, int]
    on_call: int | None

    def cell(self, name: StaffId, date: dt.date) -> tuple[int, int] | None:
        """Return row and column of a person's cell on a date, if found."""
        row, column = self.rows.get(name), self.columns.get(date)
        return None if row is None or column is None else (row, column)


def find_cells(
    matrix: Matrix, problem: Problem, labels: Labels, mistakes: list[Mistake]
) -> FoundRows:
    """Find the cells of the manager's sheet, and add mistakes to ``mistakes``."""
    return _Finder(matrix, problem, mistakes).cells(labels)


def find_breaks(
    matrix: Matrix, problem: Problem, labels: Labels, mistakes: list[Mistake]
) -> FoundRows:
    """Find the cells of the sheet of breaks, and add mistakes to ``mistakes``."""
    return _Finder(matrix, problem, mistakes).breaks(labels)


class _Finder:
    """Looks names and dates up in one sheet, collecting mistakes."""

    def __init__(
        self, matrix: Matrix, problem: Problem, mistakes: list[Mistake]
    ) -> None:
        self._matrix = matrix
        self._problem = problem
        self._mistakes = mistakes

    def cells(self, labels: Labels) -> FoundRows:
        """Find people, dates and the on-call row, and check what is between them."""
        matrix = self._matrix
        corner = matrix.find(labels.name)
        if corner is None:
            self._wrong("missing_column", heading=labels.name)
            return FoundRows({}, {}, None)
        header, column = corner
        columns = self._columns(header)
        names = [
            (row, matrix.text(row, column))
            for row in range(header + 1, matrix.height + 1)
        ]
        on_call = next(
            (row for row, name in names if look_of(name) == look_of(labels.on_call)),
            None,
        )
        if on_call is None:
            self._wrong("missing_row", heading=labels.on_call)
        found = FoundRows(self._rows(names, column), columns, on_call)
        self._check_names(names, found, column)
        self._check_dates(header, found)
        return found

    def breaks(self, labels: Labels) -> FoundRows:
        """Find the rows of breaks, and the dates."""
        matrix = self._matrix
        corner, label = matrix.find(labels.name), matrix.find(labels.break_row)
        if corner is None or label is None:
            heading = labels.break_row if corner else labels.name
            self._wrong("missing_column", heading=heading)
            return FoundRows({}, {}, None)
        header, column = corner
        names = [
            (row, matrix.text(row, column))
            for row in range(header + 1, matrix.height + 1)
            if look_of(matrix.text(row, label[1])) == look_of(labels.break_row)
        ]
        columns = self._columns(header)
        return FoundRows(self._rows(names, column), columns, None)

    def _columns(self, header: int) -> dict[dt.date, int]:
        period = self._problem.period
        columns: dict[dt.date, int] = {}
        for date, column in self._matrix.dates(header, period):
            if date in columns and date in period:
                self._wrong("date_twice", (header, column), date=date_text(date))
            columns.setdefault(date, column)
        missing = [date_text(date) for date in period.dates if date not in columns]
        if missing:
            dates = "、".join(missing)
            self._wrong("missing_date_columns", (header, 1), dates=dates)
        return columns

    def _rows(
        self, names: Iterable[tuple[int, str]], column: int
    ) -> dict[StaffId, int]:
        known = {look_of(member.name): member.name for member in self._problem.staff}
        rows: dict[StaffId, int] = {}
        for row, text in names:
            name = known.get(look_of(text))
            if name is not None and name in rows:
                first = place(rows[name], column)
                more = (Location(sheet=self._matrix.title, cell=first),)
                self._wrong("person_twice", (row, column), more, name=name)
            elif name is not None:
                rows[name] = row
        for member in self._problem.staff:
            if member.name not in rows:
                self._wrong("missing_person", name=member.name)
        return rows

    def _check_names(
        self, names: Iterable[tuple[int, str]], found: FoundRows, column: int
    ) -> None:
        """Report rows between the people with an unknown name, or without a name."""
        rows = found.rows.values()
        first = min(rows, default=0)
        last = found.on_call or max(rows, default=0)
        known = [member.name for member in self._problem.staff]
        for row, text in names:
            if not first < row < last or row in rows:
                continue
            if look_of(text):
                facts = unknown_facts(text, known)
                self._wrong("unknown_person", (row, column), **facts)
            elif any(self._matrix.text(row, one) for one in found.columns.values()):
                self._wrong("row_without_name", (row, column))

    def _check_dates(self, header: int, found: FoundRows) -> None:
        """Report columns between the dates that have entries but no date."""
        columns = found.columns.values()
        for column in range(min(columns, default=0), max(columns, default=0)):
            rows = [r for r in found.rows.values() if self._matrix.text(r, column)]
            if rows and column not in columns:
                cells = "、".join(place(row, column) for row in sorted(rows))
                self._wrong("no_date_above", (header, column), cells=cells)

    def _wrong(
        self,
        code: str,
        where: tuple[int, int] | None = None,
        more: tuple[Location, ...] = (),
        /,
        **facts: str,
    ) -> None:
        cell = place(*where) if where else ""
        sheet = self._matrix.title
        self._mistakes.append(
            Mistake(code=code, facts={**facts}, sheet=sheet, cell=cell, more=more)
        )


class Key(NamedTuple):
    """Identity of a row or column: the nearest text up to it, and the distance."""

    text: str
    occurrence: int
    """Number of the text among equal ones, from 1; 0 before the first text."""
    behind: int


class Places:
    """The rows and columns of a sheet, identified by their keys.

    Parameters
    ----------
    sheet
        A sheet.
    corner
        Text of the cell in the row of headings and the column of names; if empty or
        not found, rows and columns are identified by their numbers.
    written
        The same sheet as it was written.  Headings and names that it has not were
        typed, and identify nothing.
    """

    def __init__(
        self, sheet: Worksheet, corner: str = "", written: Places | None = None
    ) -> None:
        self.sheet = sheet
        self._corner = _find(sheet, corner) if corner else None
        self._written = written

    @cached_property
    def row_keys(self) -> dict[int, Key]:
        """The key of each row."""
        numbers = range(1, min(self.sheet.max_row, MOST_ROWS) + 1)
        if self._corner is None:
            return {number: Key("", 0, number) for number in numbers}
        column = self._corner[1]
        texts = [_text(self.sheet.cell(row, column).value) for row in numbers]
        known = self._written.row_texts if self._written else None
        return dict(zip(numbers, _keys(texts, known), strict=True))

    @cached_property
    def column_keys(self) -> dict[int, Key]:
        """The key of each column."""
        numbers = range(1, min(self.sheet.max_column, MOST_COLUMNS) + 1)
        if self._corner is None:
            return {number: Key("", 0, number) for number in numbers}
        row = self._corner[0]
        texts = [_text(self.sheet.cell(row, column).value) for column in numbers]
        known = self._written.column_texts if self._written else None
        return dict(zip(numbers, _keys(texts, known), strict=True))

    @property
    def row_texts(self) -> set[str]:
        """The texts that identify rows."""
        return {key.text for key in self.row_keys.values()}

    @property
    def column_texts(self) -> set[str]:
        """The texts that identify columns."""
        return {key.text for key in self.column_keys.values()}

    def cell(self, row: Key | None, column: Key | None) -> Cell | None:
        """Return the cell of a row and a column, which may be beyond the last used one.

        ``None`` if there is no such row or column, or it is inside a merged cell.
        """
        if row is None or column is None:
            return None
        numbers = _number(row, self._rows), _number(column, self._columns)
        if numbers[0] is None or numbers[1] is None:
            return None
        cell = self.sheet.cell(numbers[0], numbers[1])
        return cell if isinstance(cell, Cell) else None

    @cached_property
    def _rows(self) -> dict[Key, int]:
        return {key: number for number, key in self.row_keys.items()}

    @cached_property
    def _columns(self) -> dict[Key, int]:
        return {key: number for number, key in self.column_keys.items()}


def _number(key: Key, known: dict[Key, int]) -> int | None:
    """Return the number of a key, if known.

    After the last known row or column, any distance is allowed.
    """
    if key in known:
        return known[key]
    start = known.get(key._replace(behind=0), None if key.occurrence else 0)
    if start is None or start + key.behind <= max(known.values(), default=0):
        return None
    return start + key.behind


def _keys(texts: Iterable[str], known: Collection[str] | None) -> Iterator[Key]:
    key, seen = Key("", 0, 0), Counter[str]()
    for text in texts:
        if text and (known is None or text in known):
            seen[text] += 1
            key = Key(text, seen[text], 0)
        else:
            key = key._replace(behind=key.behind + 1)
        yield key


def _find(sheet: Worksheet, text: str) -> tuple[int, int] | None:
    wanted = look_of(text)
    for row in sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS)):
        for cell in row[:MOST_COLUMNS]:
            if isinstance(cell.value, str) and look_of(cell.value) == wanted:
                return cell.row, cell.column
    return None


def _text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return "" if value is None else look_of(str(value))
