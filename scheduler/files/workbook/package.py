"""Parts of an Open XML package: bounded reading, and writing in memory.

Part names are compared without case and with either slash, and the purpose of a part is
given by the relationships, not by its name (ECMA-376 part 2, sections 6.2.2 and 6.5).
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from scheduler.domain.errors import InputError
from scheduler.files.validation import refused
from scheduler.files.workbook.styles import SHOWN

MEGABYTE = 1_000_000
LARGEST_XML = 20 * MEGABYTE
"""Most unpacked bytes of all parts that are read; a month takes less than 2 MB."""
LARGEST_UNPACKED = 60 * MEGABYTE
"""Most unpacked bytes of all parts, pictures included, by the zip directory."""
MOST_PARTS = 2_000

STRICT = "http://purl.oclc.org/ooxml/"
ROOT = ""
"""Source of the package's own relationships."""


class Relation(NamedTuple):
    """A relationship from one part to another."""

    id: str
    kind: str
    """Last word of its type, such as ``worksheet``."""
    target: str
    """Name of the part it leads to."""


class Package:
    """The parts of a zip file by name, whatever the case and slashes.

    Raises
    ------
    InputError
        If there are more parts or bytes, by the zip directory, than allowed.
    """

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        infos = zipped.infolist()
        size = sum(info.file_size for info in infos)
        if size > LARGEST_UNPACKED:
            raise too_much(size, LARGEST_UNPACKED)
        if len(infos) > MOST_PARTS:
            raise refused("not_a_workbook")
        self._zip = zipped
        self._infos = {_key(info.filename): info for info in infos}
        self._left = LARGEST_XML

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part; ``None`` if there is none.

        Raises
        ------
        InputError
            If it unpacks to more than the zip directory says, or the parts read so far
            to more than `LARGEST_XML`.
        """
        info = self._infos.get(_key(name))
        if info is None:
            return None
        if info.file_size > self._left:
            size = sum(one.file_size for one in self._infos.values())
            raise too_much(size, LARGEST_XML)
        with self._zip.open(info) as part:
            data = part.read(info.file_size + 1)
        if len(data) > info.file_size:
            # The directory is wrong (a zip bomb): what follows may be of any size.
            raise refused("not_a_workbook")
        self._left -= len(data)
        return data

    def relations(self, source: str) -> tuple[Relation, ...]:
        """Return the relationships of a part to other parts of the package.

        Parameters
        ----------
        source
            Name of the part; `ROOT` for the package itself.
        """
        folder, name = posixpath.split(source)
        data = self.read(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: list[Relation] = []

        def element(tag: str, attributes: dict[str, str]) -> None:
            external = attributes.get("TargetMode") == "External"
            if local(tag) == "Relationship" and not external:
                target = unquote(attributes.get("Target", "")).replace("\\", "/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                whole = posixpath.normpath(posixpath.join("/", folder, target))
                found.append(Relation(attributes.get("Id", ""), kind, whole))

        if data is not None:
            parse(data, element)
        return tuple(found)

    def book(self) -> tuple[str, bytes, tuple[Relation, ...]]:
        """Return name, bytes and relationships of the part that lists the sheets.

        All are empty if there is none.
        """
        name = first(self.relations(ROOT), "officeDocument")
        part = self.read(name) if name else None
        if name is None or part is None:
            return "", b"", ()
        return name, part, self.relations(name)


class SheetPart(NamedTuple):
    """A sheet in the workbook's list; ``link`` is the id of its relationship."""

    title: str
    state: str
    link: str


class SheetList(NamedTuple):
    """The workbook part: its sheets, and whether its dates count from 1904."""

    sheets: tuple[SheetPart, ...]
    from_1904: bool


def parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], object],
    prepare: Callable[[XMLParserType], object] = lambda parser: None,
) -> None:
    """Parse the XML of a part, with a callback for each element.

    Parameters
    ----------
    start
        Called with name and attributes at the start of each element.
    prepare
        Called with the parser before parsing, to add other handlers.

    Raises
    ------
    InputError
        If the part has a document type: no workbook has one, and its entities could
        expand without bound.
    xml.parsers.expat.ExpatError
        If the part is damaged.
    """

    def doctype(*_given: object) -> None:
        raise refused("not_a_workbook")

    parser = ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    prepare(parser)
    parser.Parse(data, True)


def book_of(part: bytes) -> SheetList:
    """Read the workbook part, which lists the sheets.

    Raises
    ------
    InputError
        If the workbook is in the strict variant of the standard.
    """
    sheets: list[SheetPart] = []
    from_1904 = False
    root = ""

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904, root
        by_name = {local(key): value for key, value in attributes.items()}
        if not root:
            root = local(name)
            if root != "workbook":
                # Documents and slides list their parts likewise.
                raise refused("other_format")
        match local(name):
            case "workbook":
                if any(value.startswith(STRICT) for value in attributes.values()):
                    raise refused("strict_format")
            case "workbookPr":
                from_1904 = by_name.get("date1904") in ("1", "true")
            case "sheet":
                title, state = by_name["name"], by_name.get("state", "visible")
                sheets.append(SheetPart(title, state, by_name.get("id", "")))

    parse(part, element)
    return SheetList(tuple(sheets), from_1904)


def local(name: str) -> str:
    """Return the name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def first(relations: Iterable[Relation], kind: str) -> str | None:
    """Return the target of the first relationship of a kind."""
    return next((one.target for one in relations if one.kind == kind), None)


def too_much(size: int, limit: int) -> InputError:
    """Return the error for something of ``size`` bytes where ``limit`` are allowed."""
    megabytes = -(-size // MEGABYTE)
    return refused("too_much_inside", megabytes=megabytes, limit=limit // MEGABYTE)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


CELL = re.compile("[A-Z]{1,2}[1-9][0-9]{0,3}")
"""Cell names whose comments are read: two letters and four digits at most."""
MOST_COMMENTS = 5_000
"""Most comments of one sheet that are read."""


class Remark(NamedTuple):
    """A comment: its cell, text and author."""

    cell: str
    text: str
    author: str


def filled(sheet: Worksheet) -> Iterator[Cell]:
    """Yield the cells with a value or comment.

    openpyxl's own iteration would create all cells between them.
    """
    for _place, cell in sorted(sheet._cells.items()):
        if isinstance(cell, Cell) and (cell.value is not None or cell.comment):
            yield cell


def comments_of(data: bytes) -> dict[str, tuple[Remark, ...]]:
    """Return the comments of each sheet, by its title.

    Excel on the web answers comments in threads.  Beside each it leaves a comment for
    older versions, which says that they cannot show it; the thread stands for it here.

    Parameters
    ----------
    data
        A workbook that was opened before.  A damaged comments part is skipped.

    Raises
    ------
    InputError
        If its parts are larger than allowed.
    """
    found: dict[str, tuple[Remark, ...]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        package = Package(zipped)
        _name, book, relations = package.book()
        targets = {one.id: one.target for one in relations}
        for title, _state, link in book_of(book).sheets:
            sheet = targets.get(link, "")
            with suppress(ExpatError):
                name = first(package.relations(sheet), "comments") if sheet else None
                part = package.read(name) if name else None
                if part is not None:
                    threads = _threads(package, sheet, first(relations, "person"))
                    remarks = (threads.get(one.cell, one) for one in _remarks(part))
                    found[title] = tuple(islice(remarks, MOST_COMMENTS))
    return found


def _threads(package: Package, sheet: str, people: str | None) -> dict[str, Remark]:
    """Return the threads of comments of a sheet by cell, an answer on each line.

    Parameters
    ----------
    people
        Name of the part that lists who has written.
    """
    name = first(package.relations(sheet), "threadedComment")
    part = package.read(name) if name else None
    if part is None:
        return {}
    listed = package.read(people) if people else None
    names = {
        one.get("id"): one.get("displayName", "")
        for one in _elements(listed or b"<none/>", "person")
    }
    found: dict[str, Remark] = {}
    for one in _elements(part, "threadedComment"):
        cell, author = one.get("ref", ""), names.get(one.get("personId"), "")
        text = (one.findtext("{*}text") or "").strip()
        if before := found.get(cell):
            answer = f"{author}: {text}" if author else text
            found[cell] = before._replace(text=f"{before.text}\n{answer}")
        else:
            found[cell] = Remark(cell, text, author)
    return found


def _elements(part: bytes, name: str) -> Iterator[ElementTree.Element]:
    # Parsed first to refuse document types.
    parse(part, lambda name, attributes: None)
    return ElementTree.fromstring(part).iterfind(f".//{{*}}{name}")


def _remarks(part: bytes) -> Iterator[Remark]:
    authors = [one.text or "" for one in _elements(part, "author")]
    for comment in _elements(part, "comment"):
        number = comment.get("authorId", "")
        known = number.isdecimal() and int(number) < len(authors)
        text = "".join(one.text or "" for one in comment.iterfind(".//{*}t")).strip()
        author = authors[int(number)] if known else ""
        if CELL.fullmatch(cell := comment.get("ref", "")):
            yield Remark(cell, text, author)


def measure_columns(workbook: Workbook) -> None:
    """Make the widths of columns the same in all programs, 7 pixels a character.

    They are counted in digits of the workbook's own font.  openpyxl's is missing on
    many computers, and what takes its place may be wider by a third.
    """
    font = Font(name="Arial", size=10)
    workbook._fonts[0] = font
    workbook._named_styles["Normal"].font = font


def bytes_of(workbook: Workbook) -> bytes:
    """Return a workbook as the bytes of a file."""
    now = dt.datetime.now(tz=dt.UTC).replace(tzinfo=None)
    workbook.properties.modified = now
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        _Writer(workbook, archive).write_data()
    return data.getvalue()


FORMULA_CELL = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"([^>]*?)( t="[a-z]+")?>(<f>[^<]*</f>)<v ?(?:/>|></v>)'
)
"""A cell with a formula and no value, as openpyxl writes it."""


def with_values(sheet: bytes, shown: Mapping[str, str | int]) -> bytes:
    """Return a sheet's part with the values of formulas put in, by cell."""

    def valued(found: re.Match[bytes]) -> bytes:
        value = shown.get(found[1].decode())
        if value is None:
            return found[0]
        kind = b"" if isinstance(value, int) else b' t="str"'
        text = escape(str(value)).encode()
        return b'<c r="%b"%b%b>%b<v>%b</v>' % (found[1], found[2], kind, found[4], text)

    return FORMULA_CELL.sub(valued, sheet) if shown else sheet


class _Writer(ExcelWriter):  # type: ignore[misc]
    """openpyxl's writer, with sheets written in memory instead of temporary files."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        sheet = io.BytesIO()
        writer = WorksheetWriter(ws, sheet)
        writer.write()
        ws._rels = writer._rels
        shown = vars(ws).get(SHOWN, {})
        self._archive.writestr(ws.path[1:], with_values(sheet.getvalue(), shown))
        self.manifest.append(ws)
