"""References to cells, as formulas and mistakes write them; texts in formulas."""

from __future__ import annotations

from typing import Literal, NamedTuple

from openpyxl.utils import get_column_letter

Fixed = Literal["", "row", "column", "both"]
"""What of a reference stays where a formula is copied, or a rule holds for an area."""


def at(row: int, column: int, fixed: Fixed = "") -> str:
    """Return the name of a cell, such as ``F7``."""
    before_column = "$" if fixed in ("column", "both") else ""
    before_row = "$" if fixed in ("row", "both") else ""
    return f"{before_column}{get_column_letter(column)}{before_row}{row}"


def area(top: int, left: int, bottom: int, right: int, fixed: Fixed = "") -> str:
    """Return the name of a rectangle of cells, such as ``F7:H9``."""
    return f"{at(top, left, fixed)}:{at(bottom, right, fixed)}"


def sheet_of(title: str) -> str:
    """Return the title of a sheet, quoted for formulas."""
    quoted_title = title.replace("'", "''")
    return f"'{quoted_title}'"


class Range(NamedTuple):
    """A rectangle of cells; as text, an absolute reference with the sheet's title."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        cells = area(self.top, self.left, self.bottom, self.right, "both")
        return f"{sheet_of(self.sheet)}!{cells}"

    def in_column(self, column: int) -> Range:
        """Return the range of the same rows in another column."""
        return self._replace(left=column, right=column)


def quoted(text: str) -> str:
    """Return text quoted for formulas."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def is_named(name: str, night: str) -> str:
    """Return the condition that the on-call cell ``night`` names the person ``name``.

    Both are references of cells.  A cell names a person if its text is a beginning of
    the name.
    """
    return f'AND({night}<>"",LEFT({name},LEN({night}))={night})'
