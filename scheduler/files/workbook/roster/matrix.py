"""A sheet as a table of values, and finding one's way in it by what cells say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from scheduler.domain.likeness import look_of
from scheduler.files.workbook.streaming import read_rows
from scheduler.wording.times import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.period import Period


class Matrix:
    """The values of one sheet; rows and columns count from 1, as in Excel."""

    def __init__(self, rows: Iterable[Iterable[Any]], title: str) -> None:
        self._rows = [tuple(row) for row in rows]
        self.title = title

    @classmethod
    def of(cls, sheet: Worksheet) -> Matrix:
        """Read a sheet.

        Raises
        ------
        InputError
            If it is damaged.
        """
        return cls(read_rows(sheet, values_only=True), sheet.title)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self._rows)

    def text(self, row: int, column: int) -> str:
        """Return a cell as text, a whole number without its point."""
        value = self._value(row, column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def find(self, text: str) -> tuple[int, int] | None:
        """Return row and column of the first cell that says ``text``."""
        wanted = look_of(text)
        for row, values in enumerate(self._rows, start=1):
            for column, value in enumerate(values, start=1):
                if isinstance(value, str) and look_of(value) == wanted:
                    return row, column
        return None

    def dates(self, row: int, period: Period) -> Iterator[tuple[dt.date, int]]:
        """Yield the dates of a row with their columns, those typed as text too."""
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
