"""The cells of a sheet as XML, without a tree of elements in between.

What is written is byte for byte what openpyxl writes with the standard library, in a
quarter of its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, tostring
from xml.sax.saxutils import escape, quoteattr

from openpyxl.cell._writer import etree_write_cell
from openpyxl.cell.cell import Cell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.compat import safe_string
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.files.workbook.styles import SHOWN

NO_CELLS = re.compile(rb"<sheetData ?/>")
"""The place of the cells in a sheet without any."""

PLAIN = frozenset("nsfbe")
"""Types of cells that are written here: all but dates, counted in days by openpyxl."""


class CellsWriter(WorksheetWriter):  # type: ignore[misc]
    """openpyxl's writer of a sheet, whose cells are written as text."""

    def write_rows(self) -> None:
        """Leave the place of the cells empty, and keep them for `part`."""
        self._cells = "".join(_rows(self))
        self.xf.send(Element("sheetData"))

    def part(self, written: bytes) -> bytes:
        """Return the part of the sheet: what was written, with the cells in it."""
        cells = f"<sheetData>{self._cells}</sheetData>".encode()
        return NO_CELLS.sub(lambda found: cells, written, count=1)


def _rows(writer: CellsWriter) -> Iterator[str]:
    sheet: Worksheet = writer.ws
    styles: dict[bytes, str] = {}
    shown: Mapping[str, str | int] = vars(sheet).get(SHOWN, {})
    for number, row in writer.rows():
        attributes = {"r": f"{number}"}
        attributes.update(sheet.row_dimensions.get(number, {}))
        named = "".join(f" {key}={quoteattr(v)}" for key, v in attributes.items())
        cells = []
        for cell in row:
            if cell._comment is not None:
                sheet._comments.append(CommentRecord.from_cell(cell))
            style = _style(cell, styles)
            if cell._value is not None or style or cell._comment:
                cells.append(_cell(cell, style, shown))
        yield f"<row{named}>{''.join(cells)}</row>"


def _style(cell: Cell, known: dict[bytes, str]) -> str:
    """Return the attribute with the number of a cell's style, if it has one."""
    if cell._style is None:
        return ""
    key = cell._style.tobytes()
    if key not in known:
        known[key] = f' s="{cell.style_id}"' if cell.has_style else ""
    return known[key]


def _cell(cell: Cell, style: str, shown: Mapping[str, str | int]) -> str:
    value, kind = cell._value, cell.data_type
    if not (kind in PLAIN and isinstance(value, (str, int, float, type(None)))):
        return _as_openpyxl_does(cell)
    if cell.hyperlink:
        cell.parent._hyperlinks.append(cell.hyperlink)
    at = f"{get_column_letter(cell.column)}{cell.row}"
    text: str = "" if value is None else safe_string(value)
    given = f'<c r="{at}"{style}'
    if kind == "f":
        formula = f"<f>{escape(text[1:])}</f>"
        if at not in shown:
            return f"{given}>{formula}<v /></c>"
        known = shown[at]
        of_text = "" if isinstance(known, int) else ' t="str"'
        return f"{given}{of_text}>{formula}<v>{escape(str(known))}</v></c>"
    given += f' t="{"inlineStr" if kind == "s" else kind}"'
    if value is None or value == "":
        return f"{given} />"
    if kind == "s":
        stripped = text.strip()
        kept = ' xml:space="preserve"' if stripped and stripped != text else ""
        return f"{given}><is><t{kept}>{escape(text)}</t></is></c>"
    content = f"<v>{escape(text)}</v>" if text else "<v />"
    return f"{given}>{content}</c>"


class _Kept(list[str]):
    """Takes an element as the file that openpyxl writes to."""

    def write(self, element: Element) -> None:
        self.append(tostring(element, "unicode"))


def _as_openpyxl_does(cell: Any) -> str:
    kept = _Kept()
    etree_write_cell(kept, cell.parent, cell, cell.has_style)
    return "".join(kept)
