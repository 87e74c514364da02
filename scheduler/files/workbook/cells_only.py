"""Copies of workbooks that contain nothing but cells, safe to open with openpyxl.

openpyxl parses far more than cells.  It fails where Excel is lenient (a fill without a
pattern, an unknown rule of conditional formatting), or runs out of memory (a link over
a whole column).  So it is given a copy with the cells and merged ranges of each sheet,
the texts, the number formats, which alone distinguish dates from numbers, and what is
struck out.

Some programs write whole numbers with decimals (Google Sheets: 5.0).  In the copy they
are whole, so that no reader has to know both.
"""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from typing import NamedTuple
from xml.parsers.expat import XMLParserType
from xml.sax.saxutils import quoteattr

from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

from scheduler.files.validation import refused
from scheduler.files.workbook.kept_styles import (
    HEAD,
    MAIN,
    coloured_formats,
    formats_kept,
)
from scheduler.files.workbook.package import (
    Package,
    Relation,
    SheetList,
    SheetPart,
    book_of,
    first,
    local,
    parse,
)
from scheduler.files.workbook.reading.notes import CellPlace
from scheduler.files.workbook.references import at

MOST_CELLS = 150_000
"""Most non-empty cells of all sheets together."""
MOST_PAINTED = 10_000
"""Most empty cells of a sheet whose colours are looked at."""
MOST_MERGED = 100_000
"""Most cells in merged ranges of one sheet; openpyxl creates each of them."""

LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"

BINARY = ".bin"
"""How the part ends that lists the sheets in a binary workbook (.xlsb)."""

WHOLE_NUMBER = re.compile(rb"(<[^>]*>\s*-?\d+)\.0+\s*")
"""The start tag of a value, and a whole number with decimals."""

RANGE = re.compile(r"\$?[A-Za-z]{1,3}\$?\d{1,7}(:\$?[A-Za-z]{1,3}\$?\d{1,7})?")


class CellsOnly(NamedTuple):
    """A copy of a workbook, and what was seen of its formulas while it was made.

    openpyxl gives their values or their texts, not both, and its second look at a
    workbook costs as much as the first.

    Attributes
    ----------
    formulas
        By their cell, with their equals signs.
    no_value
        The cells of those that have no calculated value.
    painted
        Empty cells with a colour.
    """

    data: bytes
    formulas: dict[CellPlace, str]
    no_value: set[CellPlace]
    painted: set[CellPlace]


def cells_only(data: bytes) -> CellsOnly:
    """Return a copy of a workbook that contains only its cells.

    Raises
    ------
    InputError
        If it is no such workbook, is in the strict variant of the standard, or is
        larger than a roster can be.
    zipfile.BadZipFile, xml.parsers.expat.ExpatError
        If it is damaged.  Damaged zip directories raise other errors too.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        package = Package(zipped)
        name, part, relations = package.book()
        if not name or name.endswith(BINARY):
            raise refused("other_format")
        return _copy(package, book_of(part), relations)


def _copy(
    package: Package, book: SheetList, relations: tuple[Relation, ...]
) -> CellsOnly:
    """Write the copy: the worksheets, the shared texts and the number formats."""
    targets = {one.id: one.target for one in relations if one.kind == "worksheet"}
    sheets = [sheet for sheet in book.sheets if sheet.link in targets]
    strings = first(relations, "sharedStrings")
    texts = package.read(strings) if strings else None
    styles = first(relations, "styles")
    formats = package.read(styles) if styles else None
    coloured = coloured_formats(formats)
    copy = io.BytesIO()
    formulas: dict[CellPlace, str] = {}
    no_value: set[CellPlace] = set()
    painted: set[CellPlace] = set()
    with zipfile.ZipFile(copy, "w") as zipped:
        zipped.writestr("[Content_Types].xml", _content_types(len(sheets)))
        zipped.writestr("xl/workbook.xml", _workbook(sheets, book.from_1904))
        zipped.writestr("xl/_rels/workbook.xml.rels", _links(len(sheets)))
        zipped.writestr("xl/styles.xml", formats_kept(formats))
        if texts is not None:
            # Copied unchanged, so parsed only to refuse damage and document types.
            parse(texts, lambda name, attributes: None)
        zipped.writestr("xl/sharedStrings.xml", texts or f'<sst xmlns="{MAIN}"/>')
        left = MOST_CELLS
        for number, sheet in enumerate(sheets, start=1):
            data = package.read(targets[sheet.link])
            if data is None:
                raise refused("not_a_workbook")
            found = _Cells(data, sheet.title, coloured)
            left -= found.count
            if left < 0:
                raise refused("too_many_cells", sheet.title, limit=MOST_CELLS)
            formulas |= found.formulas
            no_value |= found.no_value
            painted |= found.painted
            zipped.writestr(f"xl/worksheets/sheet{number}.xml", found.kept())
    return CellsOnly(copy.getvalue(), formulas, no_value, painted)


class _Cells:
    """The slices of a sheet's XML that are kept: non-empty cells and merged ranges.

    The bytes are cut, not parsed and written again, so nothing in a cell changes but
    the decimals of whole numbers.
    """

    def __init__(self, data: bytes, title: str, coloured: frozenset[str]) -> None:
        self.count = 0
        self._coloured = coloured
        """The cell formats with a colour."""
        self._is_painted = False
        self.painted: set[CellPlace] = set()
        self._data = data
        self._title = title
        self._depth = 0
        self._keeps = True
        """Whether the slice that begins at ``_from`` is kept."""
        self._from = 0
        self._stretches: list[bytes] = []
        self._cell: int | None = None
        """Start of the open cell, while it is not known whether it is empty."""
        self._was_empty = False
        """Whether an empty cell has just ended; the next slice begins after its tag."""
        self._is_number = False
        """Whether the cell holds a number, by its type."""
        self._number: int | None = None
        """Start of the value of such a cell, while it is open."""
        self._merged = 0
        self.formulas: dict[CellPlace, str] = {}
        self.no_value: set[CellPlace] = set()
        self._row = self._column = 0
        """Where the cell stands, if the file has no addresses."""
        self._address: str | None = None
        self._formula: dict[str, str] = {}
        """Attributes of the formula that is open, and below its text so far."""
        self._text: list[str] = []
        self._figured: CellPlace | None = None
        """Place of the open cell, if it has a formula."""
        self._shared: dict[str, Translator] = {}
        """Formulas that stand for several cells, by their number."""
        parse(data, self._start, self._prepare)
        if self._keeps:
            self._stretches.append(data[self._from :])

    def kept(self) -> bytes:
        """Return the bytes that are kept."""
        return b"".join(self._stretches)

    def _prepare(self, parser: XMLParserType) -> None:
        self._parser = parser
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._end_empty_cell()
        word = local(name)
        if self._depth == 2:
            self._keep(word in ("sheetData", "mergeCells"))
        if word == "row" and self._keeps:
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._column = 0
        if word == "c" and self._keeps:
            self._cell = self._parser.CurrentByteIndex
            self._is_number = attributes.get("t", "n") == "n"
            self._address = attributes.get("r")
            self._is_painted = attributes.get("s", "0") in self._coloured
        elif self._cell is not None:
            # An element inside the cell: it is not empty.
            self._cell = None
            self._column += 1
            self.count += 1
        elif word == "mergeCell":
            self._check_merged(attributes.get("ref", ""))
        if word == "v" and self._keeps and self._is_number:
            self._number = self._parser.CurrentByteIndex
        elif word == "f" and self._keeps:
            self._formula, self._text = attributes, []
            self._parser.CharacterDataHandler = self._text.append

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._end_empty_cell()
        self._end_number()
        if self._parser.CharacterDataHandler is not None:
            # One that points beyond the sheet may stand where nothing is read.
            with suppress(ValueError, TranslatorError):
                self._end_formula()
        elif self._figured is not None and local(name) == "c":
            self._figured = None
        if self._cell is not None:
            if self._is_painted and self._address and len(self.painted) < MOST_PAINTED:
                place = CellPlace(self._title, *coordinate_to_tuple(self._address))
                self.painted.add(place)
            self._take(self._cell)
            self._cell = None
            self._was_empty = True
        elif self._depth == 0:
            self._keep(True)

    def _end_empty_cell(self) -> None:
        if self._was_empty:
            self._was_empty = False
            self._from = self._parser.CurrentByteIndex

    def _end_number(self) -> None:
        """Leave out the decimals of a whole number that has just ended."""
        if self._number is None:
            return
        begin, end = self._number, self._parser.CurrentByteIndex
        self._number = None
        value = self._data[begin:end]
        if self._figured is not None and value.rpartition(b">")[2]:
            self.no_value.discard(self._figured)
        if whole := WHOLE_NUMBER.fullmatch(value):
            self._take(begin + whole.end(1))
            self._from = end

    def _end_formula(self) -> None:
        """Note a formula; one that stands for several cells as it is in its own."""
        self._parser.CharacterDataHandler = None
        row, column = self._row, self._column
        if self._address is not None:
            row, column = coordinate_to_tuple(self._address)
        text, kind = "=" + "".join(self._text), self._formula.get("t", "normal")
        if kind == "shared":
            number, here = self._formula.get("si", ""), at(row, column)
            if number in self._shared:
                text = self._shared[number].translate_formula(here)
            elif text != "=":
                self._shared[number] = Translator(text, here)
        elif kind != "normal":
            # Of an array, which repeats no cell: with the brackets that Excel shows.
            text = f"{{{text}}}"
        self._figured = CellPlace(self._title, row, column)
        self.formulas[self._figured] = text
        if self._is_number:
            self.no_value.add(self._figured)

    def _keep(self, keeps: bool) -> None:
        """Keep, or drop, the bytes from here on."""
        here = self._parser.CurrentByteIndex
        if self._keeps and not keeps:
            self._take(here)
        elif keeps and not self._keeps:
            self._from = here
        self._keeps = keeps

    def _take(self, end: int) -> None:
        """Keep the slice up to ``end``, if not empty as between two empty cells."""
        if self._from < end:
            self._stretches.append(self._data[self._from : end])

    def _check_merged(self, reference: str) -> None:
        """Refuse merged ranges whose cells would exhaust memory."""
        if not RANGE.fullmatch(reference):
            raise refused("not_a_workbook")
        left, top, right, bottom = range_boundaries(reference.upper())
        self._merged += (right - left + 1) * (bottom - top + 1)
        if self._merged > MOST_MERGED:
            raise refused("merged_cells", self._title, range=reference)


def _content_types(sheets: int) -> str:
    parts = {"workbook": "sheet.main", "styles": "styles"}
    parts |= {"sharedStrings": "sharedStrings"}
    parts |= {f"worksheets/sheet{n}": "worksheet" for n in range(1, sheets + 1)}
    listed = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{CONTENT}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{HEAD}<Types xmlns="{types}">{listed}</Types>'


def _workbook(sheets: list[SheetPart], from_1904: bool) -> str:
    listed = "".join(
        f"<sheet name={quoteattr(sheet.title)} state={quoteattr(sheet.state)} "
        f'sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        f'<workbookPr date1904="{int(from_1904)}"/><sheets>{listed}</sheets></workbook>'
    )


def _links(sheets: int) -> str:
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{LINKS}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, sheets + 1)
    )
    return f'{HEAD}<Relationships xmlns="{links}">{listed}</Relationships>'
