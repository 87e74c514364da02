"""The hidden sheet of a roster workbook, and digests by which edits are noticed.

It also distinguishes rosters from input workbooks and from those of other programs.

The sheet ("very hidden" in Excel) holds one document per column: its name, the SHA-256
of its text, and the text itself, compressed and cut into cells.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.errors import InputError
from scheduler.files.saving import save
from scheduler.files.validation import refused
from scheduler.files.workbook.container import (
    FORMULA,
    open_workbook,
    read_rows,
    sheets_named,
)
from scheduler.files.workbook.layout import SHEETS as INPUT_SHEETS
from scheduler.files.workbook.package import bytes_of, comments_of, filled


def seal(
    workbook: Workbook, documents: Mapping[str, str] = {}, *, by_sheet: bool = False
) -> None:
    """Embed documents and digests into a workbook that is otherwise complete."""
    sealed = {**documents, CONTENT: content_digest(workbook)}
    if by_sheet:
        digests = {sheet.title: sheet_digest(sheet) for sheet in _visible(workbook)}
        sealed[SHEETS] = json.dumps(digests, ensure_ascii=False)
        sealed[COMMENTS] = _comments_digest(_comments_in(workbook))
    embed(workbook, sealed)


def save_sealed(workbook: Workbook, path: Path) -> Path:
    """Embed the digest of a workbook, save it, and return its path (`saving.save`)."""
    seal(workbook)
    return save(bytes_of(workbook), path, is_untouched)


def is_untouched(path: Path) -> bool:
    """Tell whether a file is a workbook of ours that nobody has edited."""
    try:
        with closing(open_workbook(path, streaming=True, formulas=True)) as workbook:
            return extract(workbook).get(CONTENT) == content_digest(workbook)
    except InputError:
        return False


def is_as_written(path: Path) -> bool:
    """Tell whether a workbook has neither a typed cell nor a comment that is not ours.

    One that was written before there was a digest of comments is taken for edited.
    """
    try:
        with closing(open_workbook(path, streaming=True, formulas=True)) as workbook:
            documents = extract(workbook)
            shown = {sheet.title for sheet in _visible(workbook)}
            if documents.get(CONTENT) != content_digest(workbook):
                return False
        there = (
            (title, cell, text)
            for title, remarks in comments_of(path.read_bytes()).items()
            for cell, text, _author in remarks
            if title in shown
        )
        return documents.get(COMMENTS) == _comments_digest(there)
    except InputError:
        return False


def _comments_in(workbook: Workbook) -> Iterator[tuple[str, str, str]]:
    """Yield sheet, cell and text of the comments that can be seen."""
    for sheet in _visible(workbook):
        for cell in filled(sheet):
            if cell.comment is not None:
                yield sheet.title, cell.coordinate, cell.comment.text.strip()


def _comments_digest(comments: Iterable[tuple[str, str, str]]) -> str:
    lines = (json.dumps(one) for one in sorted(comments))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def content_digest(workbook: Workbook) -> str:
    """Return the SHA-256 of the visible cells: values, and positions of formulas.

    Raises
    ------
    InputError
        If a sheet is damaged.
    """
    digest = hashlib.sha256()
    for sheet in _visible(workbook):
        digest.update(f"[{sheet.title}]".encode())
        for entry in _entries(sheet):
            digest.update(entry)
    return digest.hexdigest()


def _visible(workbook: Workbook) -> list[Worksheet]:
    return [one for one in workbook.worksheets if one.sheet_state == "visible"]


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


SHEET = "shotaki"
CHUNK = 30_000
"""Characters per cell; Excel allows 32,767."""

CONTENT = "content"
"""Name of the digest of all visible cells as they were written."""

SHEETS = "sheets"
"""Name of the digests of the visible sheets, as JSON by title."""

COMMENTS = "comments"
"""Name of the digest of all comments as they were written."""

LARGEST = 50_000_000
"""Most bytes of a document when unpacked."""


def embed(workbook: Workbook, documents: dict[str, str]) -> None:
    """Add the hidden sheet with named texts."""
    sheet = workbook.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    for column, (name, text) in enumerate(documents.items(), start=1):
        raw = text.encode()
        packed = base64.b64encode(zlib.compress(raw, 9)).decode()
        sheet.cell(1, column, name)
        sheet.cell(2, column, hashlib.sha256(raw).hexdigest())
        for row, start in enumerate(range(0, len(packed), CHUNK), start=3):
            sheet.cell(row, column, packed[start : start + CHUNK])


def extract(workbook: Workbook) -> dict[str, str]:
    """Return the named texts that `embed` has added.

    Raises
    ------
    InputError
        If there are none (``not_a_roster``), or they were altered
        (``plan_damaged``).
    """
    if SHEET not in workbook.sheetnames:
        raise refused("not_a_roster")
    documents = {}
    rows = read_rows(workbook[SHEET], values_only=True)
    for cells in zip_longest(*rows):
        name, digest, *chunks = cells
        text = _unpack("".join(str(one) for one in chunks if one is not None))
        if hashlib.sha256(text).hexdigest() != digest:
            raise refused("plan_damaged", SHEET)
        documents[str(name)] = text.decode()
    return documents


def _unpack(packed: str) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        raw = base64.b64decode(packed, validate=True)
        return unpacker.decompress(raw, LARGEST)
    except (binascii.Error, ValueError, zlib.error):
        raise refused("plan_damaged", SHEET) from None


FEWEST_SHEETS = 2
"""Fewest input sheets by which a workbook is taken for an input workbook."""


def check_is_input(workbook: Workbook) -> None:
    """Refuse a workbook that is no input workbook, with a single mistake.

    Raises
    ------
    InputError
        If it is a finished roster, another workbook written from a roster, or has too
        few input sheets.
    """
    if SHEET in workbook.sheetnames:
        code = "is_a_roster" if _holds_roster(workbook) else "is_a_printout"
        raise refused(code)
    if not _has_input_sheets(workbook):
        raise refused("not_an_input")


def check_is_roster(workbook: Workbook) -> None:
    """Refuse a workbook that is no finished roster.

    Raises
    ------
    InputError
        If it is an input workbook, a workbook of slips or the like, or not ours.
    """
    if SHEET in workbook.sheetnames and _holds_roster(workbook):
        return
    code = "is_an_input" if _has_input_sheets(workbook) else "not_a_roster"
    raise refused(code)


def _holds_roster(workbook: Workbook) -> bool:
    """Tell whether the hidden sheet holds a roster; that of slips has only a digest."""
    rows = read_rows(workbook[SHEET], values_only=True)
    return bool(rows) and any(name not in (None, CONTENT) for name in rows[0])


def _has_input_sheets(workbook: Workbook) -> bool:
    titles = [word for layout in INPUT_SHEETS for word in layout.titles]
    is_ours = SHEET in workbook.sheetnames
    return not is_ours and len(sheets_named(workbook, titles)) >= FEWEST_SHEETS
