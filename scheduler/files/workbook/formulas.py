"""Formulas of which a workbook holds no value: written by a program, never opened."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from scheduler.files.workbook.container import open_workbook
from scheduler.files.workbook.reading.notes import Place
from scheduler.files.workbook.streaming import read_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook

FORMULA = "f"
NO_TYPE = "n"
"""Of a cell without a value; one whose formula gives an empty text is a text."""


def uncalculated(
    data: bytes, workbook: Workbook, sheets: Collection[str]
) -> set[Place]:
    """Return the cells of some sheets that have a formula and no value.

    Parameters
    ----------
    data, workbook
        The same bytes, and opened with the values of its formulas.

    Raises
    ------
    InputError
        If a sheet is damaged.
    """
    with closing(open_workbook(data, streaming=True, formulas=True)) as other:
        formulas = {
            place for place, cell in _cells(other, sheets) if cell.data_type == FORMULA
        }
    titles = {place.sheet for place in formulas}
    valued = {
        place
        for place, cell in _cells(workbook, titles)
        if cell.value is not None or cell.data_type != NO_TYPE
    }
    return formulas - valued


def _cells(workbook: Workbook, sheets: Collection[str]) -> Iterator[tuple[Place, Cell]]:
    for sheet in workbook.worksheets:
        rows = read_rows(sheet, values_only=False) if sheet.title in sheets else []
        for row, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells, start=1):
                yield Place(sheet.title, row, column), cell
