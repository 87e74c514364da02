"""Writing values into cells of a workbook, with every other byte of its sheets kept.

A library that reads a workbook and writes it anew loses what it does not know: lists of
choices in other sheets, pictures, print settings.  Here only the cells that are filled
are replaced, and the results of formulas dropped, which every program works out again.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from xml.parsers.expat import ParserCreate
from xml.sax.saxutils import escape
from zipfile import ZipFile

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from scheduler.files.workbook.package import ROOT, Package, book_of, first, local
from scheduler.files.workbook.styles import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.parsers.expat import XMLParserType

Value = str | float | int | None
"""Text, a number, or nothing."""

Place = tuple[int, int]
"""Row and column."""

CALCULATION = re.compile(rb"<(?P<name>(?:\w+:)?calcPr)\b(?P<rest>[^>]*?)(?P<end>/?>)")
EMPTY = re.compile(rb"<(\w+:)?sheetData\s*/>")
ON_LOAD = re.compile(rb'\s+fullCalcOnLoad="[^"]*"')
AFTER_CALCULATION = re.compile(
    rb"<(?:\w+:)?(?:oleSize|customWorkbookViews|pivotCaches|smartTag|webPublish"
    rb"|fileRecoveryPr|extLst)\b|</(?P<prefix>\w+:)?workbook>"
)
"""What may follow the settings of calculation in a workbook's part."""


class _Span(NamedTuple):
    """First byte of an element, and the one behind it."""

    start: int
    end: int


@dataclass
class _Cell:
    """A cell in the XML of a sheet."""

    span: _Span
    style: str
    has_formula: bool = False
    result: _Span | None = None


@dataclass
class _Row:
    """A row in the XML of a sheet; its cells by column."""

    start: int
    cells: dict[int, _Cell] = field(default_factory=dict)
    end: int = 0
    """Where another cell may be added behind the last."""
    is_empty: bool = False
    """Whether the element closes itself."""


class _Sheet:
    """The rows and cells of a sheet by the positions of their bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.rows: dict[int, _Row] = {}
        self.prefix = ""
        self.end = 0
        """Where another row may be added behind the last."""
        self._row, self._cell = _Row(0), _Cell(_Span(0, 0), "")
        self._place = (0, 0)
        self._value = 0
        self._parser: XMLParserType = ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.Parse(data, True)

    def _behind(self) -> int:
        """Return the position behind the tag at which the parser stands."""
        return self.data.index(b">", self._parser.CurrentByteIndex) + 1

    def _ended(self, name: str) -> int:
        """Return the position behind the element that ends.

        Where it closes itself, the parser stands behind it already.
        """
        at = self._parser.CurrentByteIndex
        return self._behind() if self.data.startswith(f"</{name}".encode(), at) else at

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        match local(name):
            case "row":
                self.prefix = name.removesuffix("row")
                row = int(attributes.get("r", self._place[0] + 1))
                self._place = (row, 0)
                self._row = self.rows[row] = _Row(at)
                self._row.is_empty = self.data[self._behind() - 2 : self._behind()] == (
                    b"/>"
                )
            case "c":
                place = attributes.get("r")
                if place:
                    letters, row = coordinate_from_string(place)
                    self._place = (row, column_index_from_string(letters))
                else:
                    self._place = (self._place[0], self._place[1] + 1)
                self._cell = _Cell(_Span(at, at), attributes.get("s", ""))
                self._row.cells[self._place[1]] = self._cell
            case "f":
                self._cell.has_formula = True
            case "v":
                self._value = at

    def _finish(self, name: str) -> None:
        at = self._parser.CurrentByteIndex
        match local(name):
            case "c":
                self._cell.span = _Span(self._cell.span.start, self._ended(name))
            case "v":
                self._cell.result = _Span(self._value, self._ended(name))
            case "row":
                self._row.end = at
            case "sheetData":
                self.end = at


def filled(data: bytes, values: Mapping[str, Mapping[Place, Value]]) -> bytes:
    """Return a workbook with some cells filled.

    Parameters
    ----------
    data
        The workbook, opened and checked before.
    values
        By title of the sheet, the values by row and column; a cell with ``None`` is
        emptied.  Cells with formulas must not be among them.
    """
    with ZipFile(io.BytesIO(data)) as old:
        package = Package(old)
        book = first(package.relations(ROOT), "officeDocument") or ""
        targets = {one.id: one.target for one in package.relations(book)}
        listed = book_of(package.read(book) or b"").sheets
        titles = {targets.get(one.link, "").strip("/"): one.title for one in listed}
        made = io.BytesIO()
        with ZipFile(made, "w") as new:
            for info in old.infolist():
                part = old.read(info)
                name = info.filename.replace("\\", "/").strip("/")
                if name in titles:
                    part = _with_values(part, values.get(titles[name], {}))
                elif name == book.strip("/"):
                    part = _calculated_on_load(part)
                new.writestr(info, part)
    return made.getvalue()


def writer(data: bytes) -> Callable[[BinaryIO], object]:
    """Return a function that writes bytes to a file."""
    return lambda file: file.write(data)


def _with_values(part: bytes, values: Mapping[Place, Value]) -> bytes:
    """Return a sheet with values, and without the results of its formulas."""
    part = EMPTY.sub(rb"<\g<1>sheetData></\g<1>sheetData>", part)
    sheet = _Sheet(part)
    pieces: list[tuple[_Span, bytes]] = []
    for row in sheet.rows.values():
        pieces += [
            (cell.result, b"")
            for cell in row.cells.values()
            if cell.has_formula and cell.result
        ]
    by_row: dict[int, dict[int, Value]] = {}
    for (number, column), value in sorted(values.items()):
        by_row.setdefault(number, {})[column] = value
    for number, cells in by_row.items():
        known = sheet.rows.get(number)
        if known is None or known.is_empty:
            pieces.append(_whole_row(sheet, number, known, cells))
        else:
            pieces += _in_row(sheet, number, known, cells)
    for span, text in sorted(pieces, reverse=True):
        part = part[: span.start] + text + part[span.end :]
    return part


def _in_row(
    sheet: _Sheet, number: int, row: _Row, cells: Mapping[int, Value]
) -> list[tuple[_Span, bytes]]:
    """Return what is replaced and added in a row that has cells."""
    columns, pieces, added = sorted(row.cells), [], dict[int, bytes]()
    for column, value in cells.items():
        known = row.cells.get(column)
        text = _element(
            sheet.prefix, number, column, value, known.style if known else ""
        )
        if known is not None:
            pieces.append((known.span, text))
        elif value is not None:
            following = bisect_left(columns, column)
            at = (
                row.cells[columns[following]].span.start
                if following < len(columns)
                else row.end
            )
            added[at] = added.get(at, b"") + text
    pieces += [(_Span(at, at), text) for at, text in added.items()]
    return pieces


def _whole_row(
    sheet: _Sheet, number: int, row: _Row | None, cells: Mapping[int, Value]
) -> tuple[_Span, bytes]:
    """Return a row that the sheet has not, or only without cells."""
    inside = b"".join(
        _element(sheet.prefix, number, column, value, "")
        for column, value in sorted(cells.items())
        if value is not None
    )
    name = f"{sheet.prefix}row"
    if row is None:
        later = [one.start for known, one in sheet.rows.items() if known > number]
        at = min(later, default=sheet.end)
        return _Span(at, at), f'<{name} r="{number}">'.encode() + inside + (
            f"</{name}>".encode()
        )
    end = sheet.data.index(b">", row.start) + 1
    head = sheet.data[row.start : end - 2].rstrip()
    return _Span(row.start, end), head + b">" + inside + f"</{name}>".encode()


def _element(prefix: str, row: int, column: int, value: Value, style: str) -> bytes:
    """Return the XML of a cell."""
    place = f'r="{get_column_letter(column)}{row}"'
    head = f"<{prefix}c {place}" + (f' s="{style}"' if style else "")
    if value is None:
        return f"{head}/>".encode()
    if isinstance(value, str):
        text = escape(printable(value))
        return (
            f'{head} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{text}'
            f"</{prefix}t></{prefix}is></{prefix}c>"
        ).encode()
    return f"{head}><{prefix}v>{value!r}</{prefix}v></{prefix}c>".encode()


def _calculated_on_load(part: bytes) -> bytes:
    """Return the workbook's part, set so that formulas are worked out when opened."""

    def always(found: re.Match[bytes]) -> bytes:
        rest = ON_LOAD.sub(b"", found["rest"]).rstrip()
        return b"<" + found["name"] + rest + b' fullCalcOnLoad="1"' + found["end"]

    if CALCULATION.search(part):
        return CALCULATION.sub(always, part, count=1)
    found = AFTER_CALCULATION.search(part)
    if found is None:
        return part
    at = found.start()
    prefix = re.search(rb"<(\w+:)?workbook\b", part)
    name = (prefix[1] or b"" if prefix else b"") + b"calcPr"
    return part[:at] + b"<" + name + b' fullCalcOnLoad="1"/>' + part[at:]
