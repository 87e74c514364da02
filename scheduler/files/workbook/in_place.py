"""A workbook with some cells changed and every other byte of its sheets as it was.

openpyxl would drop what it does not know (pictures, lists of choices in other sheets,
other programs' extensions).  So the XML of the cells is cut out and put in, and the
rest is copied.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, XMLParserType
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from scheduler.domain.errors import OutputError
from scheduler.files.workbook.package import Package, book_of, local, parse
from scheduler.files.workbook.reading.notes import CellPlace
from scheduler.files.workbook.references import at
from scheduler.files.workbook.styles import printable
from scheduler.wording.translation import _

Content = str | float | int | None
"""What is put into a cell; ``None`` empties it."""

TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
"""A whole tag; a greater-than sign may stand within quotes."""

CALCULATION = re.compile(rb"<(?P<name>(?:\w+:)?calcPr)\b(?P<rest>[^>]*?)(?P<end>/?>)")
ON_LOAD = re.compile(rb'\s+fullCalcOnLoad="[^"]*"')
AFTER_CALCULATION = re.compile(
    rb"<(?:\w+:)?(?:oleSize|customWorkbookViews|pivotCaches|smartTag|webPublish"
    rb"|fileRecoveryPr|extLst)\b|</(?P<prefix>\w+:)?workbook>"
)
"""What may follow the settings of calculation in a workbook's part."""

ENCODED = (b"\xff\xfe", b"\xfe\xff")
"""How text in two bytes a character begins; no known program writes sheets so."""

Piece = tuple[int, int, bytes]
"""Begin and end of what is cut out, and what is put in its place."""


def with_cells(
    data: bytes, changes: Mapping[CellPlace, Content], *, drops_results: bool = False
) -> bytes:
    """Return a workbook's bytes with some cells changed.

    A cell keeps its look, its comment and its drop-down.  Formulas are worked out when
    the workbook is next opened.

    Parameters
    ----------
    drops_results
        Whether to take out what formulas came to last, in every sheet, so that no
        program shows what was right before.

    Raises
    ------
    OutputError
        If a cell holds a formula, or the file is built in a way that is not known.
    """
    by_sheet: dict[str, dict[tuple[int, int], Content]] = defaultdict(dict)
    for place, content in changes.items():
        by_sheet[place.sheet][place.row, place.column] = content
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        package = Package(zipped)
        book, listed, relations = package.book()
        targets = {one.id: one.target for one in relations}
        parts = {
            targets[sheet.link].lstrip("/").casefold(): sheet.title
            for sheet in book_of(listed).sheets
            if sheet.link in targets and (drops_results or sheet.title in by_sheet)
        }
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as other:
            for info in zipped.infolist():
                part, name = zipped.read(info), info.filename.lstrip("/").casefold()
                if name in parts:
                    contents = by_sheet.pop(parts[name], {})
                    part = _with_cells(part, parts[name], contents, drops_results)
                elif name == book.lstrip("/").casefold():
                    part = _calculated_on_load(part)
                other.writestr(info, part)
    if by_sheet:
        raise OutputError(_strange(next(iter(by_sheet))))
    return written.getvalue()


@dataclass
class _Row:
    """A row of a sheet: where it begins and ends, and its cells by column."""

    number: int
    begin: int
    end: int
    is_empty: bool
    """Whether it is an empty element, without an end tag."""
    close: int = 0
    """Where its end tag begins."""
    cells: dict[int, _Cell] = field(default_factory=dict)


@dataclass
class _Cell:
    begin: int
    end: int
    style: str
    has_formula: bool = False
    result: tuple[int, int] | None = None
    """Begin and end of what its formula came to last."""


class _Rows:
    """The places of rows and cells in a sheet's XML."""

    def __init__(self, data: bytes) -> None:
        self.rows: dict[int, _Row] = {}
        self.prefix = ""
        self.close = 0
        """Where the end tag of the list of rows begins."""
        self.empty: tuple[int, int] | None = None
        """Begin and end of the list of rows if it is an empty element."""
        self._data = data
        self._row: _Row | None = None
        self._cell: _Cell | None = None
        parse(data, self._start, self._prepare)

    def _prepare(self, parser: XMLParserType) -> None:
        self._parser = parser
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        word, here = local(name), self._parser.CurrentByteIndex
        if word == "sheetData":
            self.prefix = name.removesuffix(word)
            end = self._end_if_closed(here)
            self.empty = (here, end) if end else None
        elif word == "row":
            number = int(attributes.get("r", max(self.rows, default=0) + 1))
            end = self._end_if_closed(here)
            self._row = self.rows[number] = _Row(number, here, end, bool(end))
        elif word == "c" and self._row is not None:
            cells = self._row.cells
            column = max(cells, default=0) + 1
            if "r" in attributes:
                letters, _number = coordinate_from_string(attributes["r"])
                column = column_index_from_string(letters)
            end, style = self._end_if_closed(here), attributes.get("s", "")
            self._cell = cells[column] = _Cell(here, end, style)
        elif word == "f" and self._cell is not None:
            self._cell.has_formula = True
        elif word == "v" and self._cell is not None:
            self._cell.result = (here, self._end_if_closed(here))

    def _end(self, name: str) -> None:
        word, here = local(name), self._parser.CurrentByteIndex
        if word not in ("v", "c", "row", "sheetData"):
            return
        if word == "v" and self._cell is not None and self._cell.result:
            begin, end = self._cell.result
            self._cell.result = (begin, end or self._after(here))
        elif word == "c" and self._cell is not None:
            self._cell.end = self._cell.end or self._after(here)
            self._cell = None
        elif word == "row" and self._row is not None:
            self._row.close = here
            self._row.end = self._row.end or self._after(here)
            self._row = None
        elif word == "sheetData":
            self.close = here

    def _after(self, here: int) -> int:
        """Return where the tag ends that begins at ``here``."""
        tag = TAG.match(self._data, here)
        return tag.end() if tag else here

    def _end_if_closed(self, here: int) -> int:
        """Return where an empty element ends, else 0."""
        end = self._after(here)
        return end if self._data[end - 2 : end] == b"/>" else 0


def _with_cells(
    data: bytes,
    title: str,
    changes: Mapping[tuple[int, int], Content],
    drops_results: bool,
) -> bytes:
    if data[:2] in ENCODED:
        raise OutputError(_strange(title))
    try:
        found = _Rows(data)
    except (ExpatError, ValueError) as error:
        raise OutputError(_strange(title)) from error
    by_row: dict[int, dict[int, Content]] = defaultdict(dict)
    for (number, column), content in sorted(changes.items()):
        by_row[number][column] = content
    pieces: list[Piece] = []
    if drops_results:
        pieces += [
            (*cell.result, b"")
            for row in found.rows.values()
            for cell in row.cells.values()
            if cell.has_formula and cell.result
        ]
    for number, contents in by_row.items():
        row = found.rows.get(number)
        if row is None:
            pieces.append(_new_row(found, number, contents))
            continue
        pieces.extend(_in_row(found.prefix, data, row, contents, title))
    return _cut(data, pieces)


def _in_row(
    prefix: str,
    data: bytes,
    row: _Row,
    contents: Mapping[int, Content],
    title: str,
) -> list[Piece]:
    pieces, added = [], b""
    for column, content in contents.items():
        cell = row.cells.get(column)
        if cell is not None and cell.has_formula:
            place = CellPlace(title, row.number, column)
            text = _("{sheet} {cell} holds a formula; change it in Excel.")
            raise OutputError(text.format(sheet=title, cell=place.cell))
        new = _cell(prefix, row.number, column, cell.style if cell else "", content)
        after = min((one for one in row.cells if one > column), default=None)
        if cell is not None:
            pieces.append((cell.begin, cell.end, new))
        elif after is not None:
            pieces.append((row.cells[after].begin, row.cells[after].begin, new))
        else:
            added += new
    if added and row.is_empty:
        tag = data[row.begin : row.end].rstrip(b"/> \r\n\t") + b">"
        closed = f"</{prefix}row>".encode()
        pieces.append((row.begin, row.end, tag + added + closed))
    elif added:
        pieces.append((row.close, row.close, added))
    return pieces


def _new_row(found: _Rows, number: int, contents: Mapping[int, Content]) -> Piece:
    cells = b"".join(
        _cell(found.prefix, number, column, "", contents[column])
        for column in sorted(contents)
    )
    prefix = found.prefix
    text = f'<{prefix}row r="{number}">'.encode() + cells + f"</{prefix}row>".encode()
    after = min((one for one in found.rows if one > number), default=None)
    if after is not None:
        return found.rows[after].begin, found.rows[after].begin, text
    if found.empty is None:
        return found.close, found.close, text
    whole = f"<{prefix}sheetData>".encode() + text + f"</{prefix}sheetData>".encode()
    return *found.empty, whole


def _cell(prefix: str, row: int, column: int, style: str, content: Content) -> bytes:
    given = f' r="{at(row, column)}"'
    if style:
        given += f" s={quoteattr(style)}"
    if content is None or content == "":
        return f"<{prefix}c{given}/>".encode()
    if isinstance(content, int | float):
        number = f"<{prefix}v>{content!r}</{prefix}v>"
        return f"<{prefix}c{given}>{number}</{prefix}c>".encode()
    text = escape(printable(content))
    return (
        f'<{prefix}c{given} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">'
        f"{text}</{prefix}t></{prefix}is></{prefix}c>"
    ).encode()


def _cut(data: bytes, pieces: list[Piece]) -> bytes:
    """Return the bytes with stretches replaced, in order; at one place as they come."""
    kept, at = [], 0
    for begin, end, text in sorted(pieces, key=lambda piece: piece[:2]):
        kept += [data[at:begin], text]
        at = end
    kept.append(data[at:])
    return b"".join(kept)


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


def _strange(sheet: str) -> str:
    text = _("The sheet {sheet} is built in a way that cannot be written; use Excel.")
    return text.format(sheet=sheet)
