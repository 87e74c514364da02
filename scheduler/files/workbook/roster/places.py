"""Where a cell of one sheet stands in another version of it, by what stands beside it.

Rows are known by the text in the column of names and columns by that of the heading,
so that people may have joined, and rows and columns been moved or inserted by hand.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.cell.cell import Cell

from scheduler.domain.likeness import look_of
from scheduler.files.workbook.streaming import MOST_COLUMNS, MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from openpyxl.worksheet.worksheet import Worksheet


class Key(NamedTuple):
    """A row or column: the nearest text before it, and how far behind it."""

    text: str
    occurrence: int
    """Of the text, from 1; 0 before any."""
    behind: int


class Places:
    """The rows and columns of a sheet by their keys.

    Parameters
    ----------
    sheet
        A sheet.
    corner
        The text in whose row dates and headings stand and in whose column names do;
        where there is none, rows and columns are known by their numbers.
    written
        The same sheet as it was written: what it does not say was typed, and says
        nothing of a row or column.
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
        """The texts that rows are known by."""
        return {key.text for key in self.row_keys.values()}

    @property
    def column_texts(self) -> set[str]:
        """The texts that columns are known by."""
        return {key.text for key in self.column_keys.values()}

    def cell(self, row: Key | None, column: Key | None) -> Cell | None:
        """Return the cell in which a row and a column cross, also beyond all others.

        ``None`` if there is no such place, or it is a part of another cell.
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
    """Return the number of a key; behind the last text, any distance is known."""
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
