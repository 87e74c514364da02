"""Digests of a workbook's visible cells, by which hand edits are noticed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from contextlib import closing
from typing import TYPE_CHECKING

from scheduler.domain.errors import InputError
from scheduler.files.saving import save
from scheduler.files.workbook.container import open_workbook, read_rows
from scheduler.files.workbook.embedded import CONTENT, SHEETS, embed, extract
from scheduler.files.workbook.package import writer_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FORMULA = "f"
"""openpyxl's type of a cell with a formula."""


def seal(
    workbook: Workbook, documents: Mapping[str, str] = {}, *, by_sheet: bool = False
) -> None:
    """Embed documents and digests into a workbook that is otherwise complete.

    Parameters
    ----------
    by_sheet
        Whether to add a digest of each sheet too.
    """
    sealed = {**documents, CONTENT: content_digest(workbook)}
    if by_sheet:
        sealed[SHEETS] = json.dumps(sheet_digests(workbook), ensure_ascii=False)
    embed(workbook, sealed)


def save_sealed(workbook: Workbook, path: Path) -> Path:
    """Embed the digest of a workbook, save it, and return its path (`saving.save`)."""
    seal(workbook)
    return save(writer_of(workbook), path, is_untouched)


def is_untouched(path: Path) -> bool:
    """Tell whether a file is a workbook of ours that nobody has edited."""
    try:
        with closing(open_workbook(path, streaming=True, formulas=True)) as workbook:
            return extract(workbook).get(CONTENT) == content_digest(workbook)
    except InputError:
        return False


def content_digest(workbook: Workbook) -> str:
    """Return the SHA-256 of the visible cells: values, and positions of formulas.

    Raises
    ------
    InputError
        If a sheet is damaged.
    """
    digest = hashlib.sha256()
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "visible":
            digest.update(f"[{sheet.title}]".encode())
            for entry in _entries(sheet):
                digest.update(entry)
    return digest.hexdigest()


def sheet_digests(workbook: Workbook) -> dict[str, str]:
    """Return the SHA-256 of the cells of each visible sheet, by title.

    Raises
    ------
    InputError
        If a sheet is damaged.
    """
    return {
        sheet.title: sheet_digest(sheet)
        for sheet in workbook.worksheets
        if sheet.sheet_state == "visible"
    }


def sheet_digest(sheet: Worksheet) -> str:
    """Return the SHA-256 of the cells of a sheet, without its title."""
    return hashlib.sha256(b"".join(_entries(sheet))).hexdigest()


def _entries(sheet: Worksheet) -> Iterator[bytes]:
    for row in read_rows(sheet, values_only=False):
        for cell in row:
            if cell.value is not None:
                shown = "=" if cell.data_type == FORMULA else plain(cell.value)
                yield f"{cell.row},{cell.column}:{shown}\n".encode()


def plain(value: object) -> str:
    """Return a value as text that stays the same if another program saves the file."""
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time()).isoformat()
    if isinstance(value, (int, float)):
        return f"{float(value):.9g}"
    return str(value).replace("\r\n", "\n")
