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
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.audit.consistency.report import unknown_facts
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Location, Mistake
from scheduler.domain.likeness import look_of
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.files.workbook.container import MOST_COLUMNS, MOST_ROWS, read_rows
from scheduler.files.workbook.references import at
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

    def below(self, row: int, column: int) -> list[tuple[int, str]]:
        """Return the texts of a column below a row, with their rows."""
        rows = range(row + 1, len(self._rows) + 1)
        return [(one, self.text(one, column)) for one in rows]

    def text(self, row: int, column: int) -> str:
        """Return a cell as text, whole numbers without a decimal point."""
        values = self._rows[row - 1] if row <= len(self._rows) else ()
        value = values[column - 1] if column <= len(values) else None
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
    """Find the cells of the manager's sheet, and add mistakes to ``mistakes``.

    What is between people and dates is checked too.
    """
    finder = _Finder(matrix, problem, mistakes)
    corner = matrix.find(labels.name)
    if corner is None:
        finder.wrong("missing_column", heading=labels.name)
        return FoundRows({}, {}, None)
    header, column = corner
    columns, names = finder.columns(header), matrix.below(header, column)
    found_row = (row for row, name in names if look_of(name) == look_of(labels.on_call))
    on_call = next(found_row, None)
    if on_call is None:
        finder.wrong("missing_row", heading=labels.on_call)
    found = FoundRows(finder.rows(names, column), columns, on_call)
    finder.check_names(names, found, column)
    finder.check_dates(header, found)
    return found


def find_breaks(
    matrix: Matrix, problem: Problem, labels: Labels, mistakes: list[Mistake]
) -> FoundRows:
    """Find the rows of the sheet of breaks, and add mistakes to ``mistakes``."""
    finder = _Finder(matrix, problem, mistakes)
    corner, label = matrix.find(labels.name), matrix.find(labels.break_row)
    if corner is None or label is None:
        heading = labels.break_row if corner else labels.name
        finder.wrong("missing_column", heading=heading)
        return FoundRows({}, {}, None)
    header, column = corner
    names = [
        (row, name)
        for row, name in matrix.below(header, column)
        if look_of(matrix.text(row, label[1])) == look_of(labels.break_row)
    ]
    columns = finder.columns(header)
    return FoundRows(finder.rows(names, column), columns, None)


class _Finder:
    """Looks names and dates up in one sheet, collecting mistakes."""

    def __init__(
        self, matrix: Matrix, problem: Problem, mistakes: list[Mistake]
    ) -> None:
        self._matrix = matrix
        self._problem = problem
        self._mistakes = mistakes

    def columns(self, header: int) -> dict[dt.date, int]:
        """Return the column of each date; report those that are missing or twice."""
        period = self._problem.period
        columns: dict[dt.date, int] = {}
        for date, column in self._matrix.dates(header, period):
            if date in columns and date in period:
                self.wrong("date_twice", (header, column), date=date_text(date))
            columns.setdefault(date, column)
        missing = [date_text(date) for date in period.dates if date not in columns]
        if missing:
            dates = "、".join(missing)
            self.wrong("missing_date_columns", (header, 1), dates=dates)
        return columns

    def rows(self, names: Iterable[tuple[int, str]], column: int) -> dict[StaffId, int]:
        """Return the row of each person; report those that are missing or twice."""
        known = {look_of(member.name): member.name for member in self._problem.staff}
        rows: dict[StaffId, int] = {}
        for row, text in names:
            name = known.get(look_of(text))
            if name is not None and name in rows:
                first = at(rows[name], column)
                more = (Location(sheet=self._matrix.title, cell=first),)
                self.wrong("person_twice", (row, column), more, name=name)
            elif name is not None:
                rows[name] = row
        for member in self._problem.staff:
            if member.name not in rows:
                self.wrong("missing_person", name=member.name)
        return rows

    def check_names(
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
                self.wrong("unknown_person", (row, column), **facts)
            elif any(self._matrix.text(row, one) for one in found.columns.values()):
                self.wrong("row_without_name", (row, column))

    def check_dates(self, header: int, found: FoundRows) -> None:
        """Report columns between the dates that have entries but no date."""
        columns = found.columns.values()
        for column in range(min(columns, default=0), max(columns, default=0)):
            rows = [r for r in found.rows.values() if self._matrix.text(r, column)]
            if rows and column not in columns:
                cells = "、".join(at(row, column) for row in sorted(rows))
                self.wrong("no_date_above", (header, column), cells=cells)

    def wrong(
        self,
        code: str,
        where: tuple[int, int] | None = None,
        more: tuple[Location, ...] = (),
        /,
        **facts: str,
    ) -> None:
        """Add a mistake, of a cell or of the sheet as a whole."""
        cell, sheet = at(*where) if where else "", self._matrix.title
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
        rows = range(1, min(sheet.max_row, MOST_ROWS) + 1)
        columns = range(1, min(sheet.max_column, MOST_COLUMNS) + 1)
        head, names = (_find(sheet, corner) if corner else None) or (0, 0)
        self.row_keys, self.column_keys = _numbered(rows), _numbered(columns)
        if head:
            self.row_keys = _keys(
                {row: sheet.cell(row, names) for row in rows},
                written.row_keys if written else None,
            )
            self.column_keys = _keys(
                {column: sheet.cell(head, column) for column in columns},
                written.column_keys if written else None,
            )
        self._rows = {key: number for number, key in self.row_keys.items()}
        self._columns = {key: number for number, key in self.column_keys.items()}

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


def _number(key: Key, known: Mapping[Key, int]) -> int | None:
    """Return the number of a key, if known.

    After the last known row or column, any distance is allowed.
    """
    if key in known:
        return known[key]
    start = known.get(key._replace(behind=0), None if key.occurrence else 0)
    if start is None or start + key.behind <= max(known.values(), default=0):
        return None
    return start + key.behind


def _numbered(numbers: Iterable[int]) -> dict[int, Key]:
    return {number: Key("", 0, number) for number in numbers}


def _keys(cells: Mapping[int, Cell], known: Mapping[int, Key] | None) -> dict[int, Key]:
    """Return a key for each number, by its cell; unknown texts identify nothing."""
    identify = None if known is None else {key.text for key in known.values()}
    found, seen = {}, Counter[str]()
    key = Key("", 0, 0)
    for number, cell in cells.items():
        value = cell.value
        text = "" if value is None else look_of(str(value))
        if isinstance(value, dt.datetime):
            text = value.date().isoformat()
        if text and (identify is None or text in identify):
            seen[text] += 1
            key = Key(text, seen[text], 0)
        else:
            key = key._replace(behind=key.behind + 1)
        found[number] = key
    return found


def _find(sheet: Worksheet, text: str) -> tuple[int, int] | None:
    wanted = look_of(text)
    for row in sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS)):
        for cell in row[:MOST_COLUMNS]:
            if isinstance(cell.value, str) and look_of(cell.value) == wanted:
                return cell.row, cell.column
    return None
