"""Names of the staff list on other sheets: formulas that follow, marks against sorts.

A name is typed only once; other sheets repeat its cell.  Our formulas find the name by
the number of its line, so that a list can be sorted and everybody keeps what stands
beside the name elsewhere.  Plain references are of earlier versions.  Written by us,
and calculated by ourselves when a workbook is read: a workbook that no spreadsheet
program has saved holds no values of its formulas.

Where names alone were sorted, or all but the names, entries would silently be another
person's.  So each line has a mark, as it was written: properties of the workbook, not
cells, for sorting does not move them, and they hold no names.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

from openpyxl.packaging.custom import StringProperty
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.workbook.workbook import Workbook
from openpyxl.xml.constants import ARC_CUSTOM

from scheduler.files.workbook.container import read_rows, sheets_named
from scheduler.files.workbook.layout import FIRST_ROW, STAFF
from scheduler.files.workbook.reading.notes import CellPlace, Notes
from scheduler.files.workbook.references import Range


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


PREFIX = "shotaki-line-"
LENGTH = 12
LARGEST = 1_000_000
"""Size of properties from which on they are not ours."""
SORTED_PARTS = ("names_sorted_alone", "lines_sorted_without_names")
"""Codes of the warnings: names without their numbers, all but the names."""
LEAST = 2
"""Lines that must have changed places before anything is said."""

_STORED = re.compile(
    rf'name="{PREFIX}([0-9]{{1,4}})"[^>]*>\s*<vt:lpwstr>'
    rf"([0-9a-f]{{{LENGTH}}}) ([0-9a-f]{{{LENGTH}}})</vt:lpwstr>"
)


class _Line(NamedTuple):
    name: str
    place: CellPlace
    marks: tuple[str, str]
    """Of the name, and of what stands beside it."""


def mark_lines(workbook: Workbook) -> None:
    """Add the marks of all lines that have a name."""
    for number, line in _lines(workbook):
        text = " ".join(line.marks)
        workbook.custom_doc_props.append(StringProperty(f"{PREFIX}{number}", text))


def marks_in(data: bytes) -> dict[int, tuple[str, str]]:
    """Return the marks in the bytes of a workbook, by the number of their line."""
    with ZipFile(BytesIO(data)) as archive:
        known = {one.filename: one.file_size for one in archive.infolist()}
        if known.get(ARC_CUSTOM, LARGEST) >= LARGEST:
            return {}
        text = archive.read(ARC_CUSTOM).decode(errors="replace")
    return {int(one[1]): (one[2], one[3]) for one in _STORED.finditer(text)}


def warn_of_sorted_parts(
    workbook: Workbook, marks: Mapping[int, tuple[str, str]], notes: Notes
) -> None:
    """Add a warning if names, or what stands beside them, have changed places."""
    now = dict(_lines(workbook))
    for part, code in enumerate(SORTED_PARTS):
        then = {number: one[part] for number, one in marks.items()}
        moved = _moved(now, then, part)
        if len(moved) >= LEAST:
            names = "、".join(one.name for one in moved)
            notes.warn(code, [one.place for one in moved], names=names)
            return


def _moved(
    now: Mapping[int, _Line], then: Mapping[int, str], part: int
) -> tuple[_Line, ...]:
    """Return the lines with what stood on another; what several had does not count."""
    counts = Counter(then.values())
    number_of = {mark: number for number, mark in then.items() if counts[mark] == 1}
    return tuple(
        line
        for number, line in now.items()
        if number_of.get(line.marks[part], number) != number
    )


def _lines(workbook: Workbook) -> Iterator[tuple[int, _Line]]:
    for sheet in sheets_named(workbook, STAFF.titles):
        for row, cells in enumerate(read_rows(sheet, values_only=True), start=1):
            name, number, *others = (*cells, None, None)[: max(2, len(cells))]
            if row < FIRST_ROW or name is None or not isinstance(number, int):
                continue
            beside = "\n".join("" if one is None else str(one) for one in others)
            marks = _mark(str(name).strip()), _mark(beside.rstrip("\n"))
            yield number, _Line(str(name), CellPlace(sheet.title, row, 1), marks)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
