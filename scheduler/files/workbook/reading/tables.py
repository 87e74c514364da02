"""The cells of a sheet, and where on it the headings and keys stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.cell_range import CellRange

from scheduler.files.workbook.columns import Sheet
from scheduler.files.workbook.reading.notes import CellPlace
from scheduler.files.workbook.words import is_empty


@dataclass(frozen=True)
class SheetCells:
    """The cells of one sheet."""

    layout: Sheet
    name: str
    """The sheet's name in the workbook."""
    cells: tuple[tuple[Any, ...], ...]
    """Values by row and column, from 0."""
    merged: tuple[CellRange, ...] = ()
    """Merged ranges; only the first cell of each holds a value."""
    struck: tuple[CellPlace, ...] = ()
    """Filled cells whose text is struck out."""

    def place(self, row: int, column: int) -> CellPlace:
        """Return the place of a cell, given by row and column from 0."""
        return CellPlace(self.name, row + 1, column + 1)


@dataclass(frozen=True)
class Table:
    """A sheet with column headings, and the column of each field."""

    page: SheetCells
    head: int
    """Row of the headings, from 0."""
    where: dict[str, int]
    """Column, from 0, by the path of its field."""
    own: frozenset[int] = frozenset()
    """Rows of the office's own, from 0: remarks and sums."""

    def rows(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Yield the rows below the headings that have a filled cell that is read."""
        layout = self.page.layout
        read = {c.path for c in layout.columns if not c.shown_only}
        if layout.keys_given:
            read.remove(layout.key.path)
        numbers = [number for path, number in self.where.items() if path in read]
        for row in range(self.head + 1, len(self.page.cells)):
            cells = self.page.cells[row]
            if row not in self.own and not all(
                is_empty(cells[number]) for number in numbers
            ):
                yield row, cells


@dataclass(frozen=True)
class Keys:
    """A sheet of keys and values, with their rows and columns from 0."""

    page: SheetCells
    column: int
    """Column of the keys."""
    rows: dict[str, int]
    """Row by the path of its field."""
    values: int
    """Column of the values."""
