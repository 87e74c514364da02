"""Marks of the staff list's lines as written, so that a sort of a part is noticed.

Other sheets find a name by its line's number.  Where names alone were sorted, or all
but the names, entries would silently be another person's.  The marks are properties of
the workbook, not cells: sorting does not move them, and they hold no names.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.workbook import Workbook
from openpyxl.xml.constants import ARC_CUSTOM

from scheduler.files.workbook.container import read_rows, sheets_named
from scheduler.files.workbook.layout import STAFF
from scheduler.files.workbook.reading.notes import CellPlace, Notes
from scheduler.files.workbook.writing.frame import FIRST_ROW

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
