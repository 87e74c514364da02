"""Formulas that repeat a cell of another sheet, so that a name is typed only once.

Ours find the name by the number of its line, so that a list can be sorted and everybody
keeps what stands beside the name elsewhere.  Plain references are of earlier versions.
Written by us, and calculated by ourselves when a workbook is read: a workbook that no
spreadsheet program has saved holds no values of its formulas.

Formulas are read from the XML: openpyxl gives their values or their texts, not both,
and its second look at a workbook costs as much as the first.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree

from openpyxl.utils.cell import coordinate_from_string, coordinate_to_tuple
from openpyxl.workbook.workbook import Workbook

from scheduler.files.workbook.cells_only import MAIN
from scheduler.files.workbook.package import book_of
from scheduler.files.workbook.reading.notes import CellPlace
from scheduler.files.workbook.references import Range


def plain_formulas(
    copy: io.BytesIO, sheets: Collection[str]
) -> dict[CellPlace, str] | None:
    """Return the formulas of some sheets by their cell, with their equals signs.

    Parameters
    ----------
    copy
        A workbook as `cells_only` copies it.

    Returns
    -------
    dict or None
        ``None`` if that takes more than looking: some formula stands for several
        cells, cells have no addresses, or sheets of one name are there.
    """
    found: dict[CellPlace, str] = {}
    with zipfile.ZipFile(copy) as zipped:
        titles = [one.title for one in book_of(zipped.read("xl/workbook.xml")).sheets]
        if len({title.casefold() for title in titles}) < len(titles):
            return None
        for number, title in enumerate(titles, start=1):
            if title in sheets:
                formulas = _formulas(zipped.read(f"xl/worksheets/sheet{number}.xml"))
                if formulas is None:
                    return None
                for cell, text in formulas.items():
                    found[CellPlace(title, *coordinate_to_tuple(cell))] = text
    return found


def _formulas(data: bytes) -> dict[str, str] | None:
    """Return the formulas of one sheet's XML by cell; ``None`` if some is not plain."""
    found: dict[str, str] = {}
    root = ElementTree.fromstring(data)
    if root.tag != f"{{{MAIN}}}worksheet":
        return None
    for cell in root.iter(f"{{{MAIN}}}c"):
        place, formula = cell.get("r", ""), cell.find(f"{{{MAIN}}}f")
        if not place.isalnum() or (formula is not None and "t" in formula.attrib):
            return None
        if formula is not None:
            found[place] = f"={formula.text or ''}"
    return found


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

_ROWS = r"\$?{0}\$?(?P<{1}>[0-9]{{1,7}}):\$?{0}\$?[0-9]{{1,7}}"
_NAMES, _NUMBERS = _ROWS.format("A", "top"), _ROWS.format("B", "start")
_ANY_SHEET = _SHEET.replace("?P<quoted>", "?:").replace("?P<bare>", "?:")
_NUMBERED = re.compile(
    rf"=IFERROR\(INDEX\({_SHEET}(?:{_NAMES}|#REF!),MATCH\((?P<number>[0-9]{{1,4}}),"
    rf'{_ANY_SHEET}(?:{_NUMBERS}|#REF!),0\)\)&"",""\)'
)


def numbered_formula(sheet: str, number: int, first: int, last: int) -> str:
    """Return the formula for column A of the line with a number in column B.

    Parameters
    ----------
    first, last
        The rows in which the line is looked for.
    """
    names = Range(sheet, 1, first, 1, last)
    numbers = names.in_column(2)
    return f'=IFERROR(INDEX({names},MATCH({number},{numbers},0))&"","")'


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
    lines = _Lines(workbook)
    found: dict[CellPlace, Any] = {}
    for place, text in formulas.items():
        if (match := _NUMBERED.fullmatch(text)) is not None:
            found[place] = lines.name_of(match)
            continue
        source = source_of(text)
        if source is None:
            continue
        if source.keeps_blank or _stored(workbook, place.sheet, place.cell) is None:
            found[place] = _value(workbook, told, place.sheet, source)
    return found


def moved_rows(formulas: Mapping[CellPlace, str]) -> Iterator[CellPlace]:
    """Yield, for each sheet whose names stand in another order than ours, the first.

    A sort of whole rows takes the entries along, a sort of the names alone does not;
    the cells do not tell which it was.

    Parameters
    ----------
    formulas
        The formulas of all sheets by their cell.
    """
    numbers: dict[tuple[str, int], int] = {}
    told: set[str] = set()
    for place in sorted(formulas):
        match = _NUMBERED.fullmatch(formulas[place])
        if match is None or place.sheet in told:
            continue
        number, column = int(match["number"]), (place.sheet, place.column)
        if number < numbers.get(column, number):
            told.add(place.sheet)
            yield place
        numbers[column] = number


class _Lines:
    """The lines of lists, by sheet and number."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._known: dict[str, dict[object, int]] = {}

    def name_of(self, formula: re.Match[str]) -> Any:
        """Return the name that a formula finds; ``None`` if there is no such line."""
        quoted, bare, top, start = formula.group("quoted", "bare", "top", "start")
        sheet = (quoted.replace("''", "'") if quoted else bare or "").strip()
        if sheet not in self._workbook.sheetnames or not top or not start:
            return None
        row = self._rows(sheet, int(start)).get(int(formula["number"]))
        return None if row is None else _stored(self._workbook, sheet, f"A{row}")

    def _rows(self, sheet: str, first: int) -> dict[object, int]:
        """Return the row of each number, from a row on; the first of equal ones."""
        if sheet not in self._known:
            known: dict[object, int] = {}
            cells = self._workbook[sheet]
            for row in range(first, cells.max_row + 1):
                known.setdefault(_number(cells.cell(row, 2).value), row)
            self._known[sheet] = known
        return self._known[sheet]


def _number(value: object) -> object:
    """Return a number as it counts, typed as text too."""
    text = str(value).strip()
    return int(text) if text.isdecimal() else value


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
