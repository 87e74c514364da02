"""Formulas that repeat a cell of another sheet, so that a name is typed only once.

Written by us, and calculated by ourselves when a workbook is read: a workbook that no
spreadsheet program has saved holds no values of its formulas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.utils.cell import coordinate_from_string

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.workbook.workbook import Workbook

    from scheduler.files.workbook.reading.notes import CellPlace


class Source(NamedTuple):
    """The cell that a formula repeats; no cell if its row or column was deleted."""

    sheet: str
    """Empty for the sheet of the formula itself."""
    cell: str
    keeps_blank: bool
    """Whether an empty cell stays empty; by itself, a formula makes it a 0."""


_SHEET = r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!(),\"=]+))!)?"
_REFERENCE = rf"{_SHEET}(?:(?P<cell>\$?[A-Z]{{1,3}}\$?[0-9]{{1,7}})|#REF!)"
_AGAIN = r"[^(),\"=]+"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"={_REFERENCE}",
        rf'=IF\({_REFERENCE}="","",{_AGAIN}\)',
        rf'=IFERROR\(IF\({_REFERENCE}="","",{_AGAIN}\),""\)',
    )
)
DEEPEST = 5
"""Most formulas, one repeating the next, that are followed."""


def follow_formula(sheet: str, cell: str) -> str:
    """Return the formula that repeats a cell, and is empty where that is or is gone."""
    name = sheet.replace("'", "''")
    reference = f"'{name}'!{cell}"
    return f'=IFERROR(IF({reference}="","",{reference}),"")'


def source_of(formula: str) -> Source | None:
    """Return the cell that a formula repeats; ``None`` if it does anything else."""
    told = "".join(formula.split("\n")).strip()
    for number, form in enumerate(_FORMS):
        if match := form.fullmatch(told):
            quoted, bare, cell = match.group("quoted", "bare", "cell")
            sheet = quoted.replace("''", "'") if quoted else bare or ""
            return Source(sheet.strip(), (cell or "").replace("$", ""), number > 0)
    return None


def followed(
    workbook: Workbook, formulas: Mapping[CellPlace, str]
) -> dict[CellPlace, Any]:
    """Return the values of the formulas that repeat a cell, ``None`` where it is gone.

    A plain reference with a stored value is left out: the value stands.

    Parameters
    ----------
    workbook
        The workbook, opened with the stored values.
    formulas
        The formulas of all sheets that may be repeated, by their cell.
    """
    told = {(place.sheet, place.cell): text for place, text in formulas.items()}
    found: dict[CellPlace, Any] = {}
    for place, text in formulas.items():
        source = source_of(text)
        if source is None:
            continue
        if source.keeps_blank or _stored(workbook, place.sheet, place.cell) is None:
            found[place] = _value(workbook, told, place.sheet, source)
    return found


def _value(
    workbook: Workbook, told: Mapping[tuple[str, str], str], sheet: str, source: Source
) -> Any:
    for _step in range(DEEPEST):
        if not source.cell:
            return None
        sheet = source.sheet or sheet
        text = told.get((sheet, source.cell))
        further = source_of(text) if text else None
        if further is None:
            return _stored(workbook, sheet, source.cell)
        source = further
    return None


def _stored(workbook: Workbook, sheet: str, cell: str) -> Any:
    """Return the stored value of a cell; ``None`` if the sheet has no such cell."""
    _column, row = coordinate_from_string(cell)
    if sheet not in workbook.sheetnames or row > workbook[sheet].max_row:
        return None
    return workbook[sheet][cell].value
