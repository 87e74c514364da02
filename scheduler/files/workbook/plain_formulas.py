"""Formulas of a workbook as they stand in its XML, without opening it a second time.

openpyxl gives the values of formulas or their texts, not both; its second look at a
workbook costs as much as the first.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from openpyxl.utils.cell import coordinate_to_tuple

from scheduler.files.workbook.cells_only import MAIN
from scheduler.files.workbook.package import book_of, parse
from scheduler.files.workbook.reading.notes import CellPlace

if TYPE_CHECKING:
    import io
    from collections.abc import Collection
    from xml.parsers.expat import XMLParserType


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
                sheet = _Sheet(zipped.read(f"xl/worksheets/sheet{number}.xml"))
                if not sheet.is_plain:
                    return None
                for cell, text in sheet.formulas.items():
                    found[CellPlace(title, *coordinate_to_tuple(cell))] = text
    return found


class _Sheet:
    """The formulas of one sheet's XML by cell."""

    def __init__(self, data: bytes) -> None:
        self.formulas: dict[str, str] = {}
        self.is_plain = True
        self._cell = ""
        self._text: list[str] | None = None
        self._is_first = True
        parse(data, self._start, self._prepare)

    def _prepare(self, parser: XMLParserType) -> None:
        parser.buffer_text = True
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._is_first:
            self.is_plain = attributes.get("xmlns") == MAIN
            self._is_first = False
        elif name == "c":
            self._cell = attributes.get("r", "")
            self.is_plain = self.is_plain and self._cell.isalnum()
        elif name == "f":
            self.is_plain = self.is_plain and "t" not in attributes
            self._text = []

    def _end(self, name: str) -> None:
        if name == "f" and self._text is not None:
            self.formulas[self._cell] = "=" + "".join(self._text)
            self._text = None

    def _letters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)
