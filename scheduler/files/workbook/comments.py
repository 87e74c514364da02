"""Comments on cells, which the copy of a workbook that openpyxl reads leaves out."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers.expat import ExpatError

from scheduler.files.workbook.package import ROOT, Package, first, local, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.parsers.expat import XMLParserType

MOST_COMMENTS = 5_000
"""Of one sheet."""


class Remark(NamedTuple):
    """A comment: the cell it is on, what it says, and who wrote it."""

    cell: str
    text: str
    author: str


def comments_of(path: Path) -> dict[str, tuple[Remark, ...]]:
    """Return the comments of each sheet, by its title.

    Parameters
    ----------
    path
        A workbook that was read already.  What is damaged has none.

    Raises
    ------
    InputError
        If its parts are larger than a roster's can be.
    """
    found: dict[str, tuple[Remark, ...]] = {}
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as zipped:
        package = Package(zipped)
        book = first(package.relations(ROOT), "officeDocument") or ""
        targets = {one.id: one.target for one in package.relations(book)}
        for title, link in _sheets(package.read(book) or b""):
            sheet = targets.get(link, "")
            name = first(package.relations(sheet), "comments") if sheet else None
            part = package.read(name) if name else None
            if part is not None:
                with suppress(ExpatError):
                    found[title] = tuple(_Part(part).remarks[:MOST_COMMENTS])
    return found


def _sheets(part: bytes) -> Iterator[tuple[str, str]]:
    """Yield title and link of each sheet."""
    found: list[tuple[str, str]] = []

    def element(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            by_name = {local(key): value for key, value in attributes.items()}
            found.append((by_name.get("name", ""), by_name.get("id", "")))

    parse(part, element)
    yield from found


class _Part:
    """The comments of one sheet, read from its part."""

    def __init__(self, data: bytes) -> None:
        self.remarks: list[Remark] = []
        self._authors: list[str] = []
        self._cell, self._author = "", ""
        self._text: list[str] = []
        self._inside = ""
        parse(data, self._start, self._prepare)

    def _prepare(self, parser: XMLParserType) -> None:
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        word = local(name)
        if word == "comment":
            self._cell, self._text = attributes.get("ref", ""), []
            number = attributes.get("authorId", "")
            known = number.isdecimal() and int(number) < len(self._authors)
            self._author = self._authors[int(number)] if known else ""
        elif word == "author":
            self._authors.append("")
        self._inside = word

    def _end(self, name: str) -> None:
        if local(name) == "comment":
            text = "".join(self._text).strip()
            self.remarks.append(Remark(self._cell, text, self._author))
        self._inside = ""

    def _letters(self, text: str) -> None:
        if self._inside == "author":
            self._authors[-1] += text
        elif self._inside == "t":
            self._text.append(text)
