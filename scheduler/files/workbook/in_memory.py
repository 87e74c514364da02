"""Workbooks written without a file on the way.

openpyxl writes each sheet to a temporary file first.  Those hold everybody's names,
stay behind when the process is killed, and need room on a second disk.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook


def writer_of(workbook: Workbook) -> Callable[[BinaryIO], None]:
    """Return what writes a workbook's bytes to a file in memory."""

    def write(file: BinaryIO) -> None:
        now = dt.datetime.now(tz=dt.UTC).replace(tzinfo=None)
        workbook.properties.modified = now
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            _Writer(workbook, archive).write_data()

    return write


class _Writer(ExcelWriter):  # type: ignore[misc]
    """openpyxl's own, but for where a sheet goes on its way into the archive."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        sheet = io.BytesIO()
        writer = WorksheetWriter(ws, sheet)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], sheet.getvalue())
        self.manifest.append(ws)
