"""Opening an untrusted workbook, and finding its sheets and rows."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import spelling_of
from scheduler.files.validation import ENCODINGS, file_bytes, refused
from scheduler.files.workbook.cells_only import CellsOnly, cells_only
from scheduler.files.workbook.package import MEGABYTE, too_much
from scheduler.files.workbook.reading.notes import CellPlace

LARGEST_FILE = 20 * MEGABYTE

OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
"""First bytes of .xls, and of a workbook encrypted with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_WORD = "WordDocument".encode("utf-16-le")
PDF, ZIP = b"%PDF", b"PK"


def open_workbook(
    source: Path | bytes, *, streaming: bool = False, formulas: bool = False
) -> Workbook:
    """Open a workbook with the last calculated values of its formulas.

    Parameters
    ----------
    source
        The file, or its bytes if it is opened more than once.
    streaming
        Whether to parse a sheet only when its rows are read (openpyxl's read-only
        mode).
    formulas
        Whether cells hold their formulas instead of the values.

    Raises
    ------
    InputError
        If there is no such file, or it is no workbook, locked, encrypted, of another
        format, or larger than a roster can be.
    """
    data = source if isinstance(source, bytes) else workbook_bytes(source)
    other = _other_kind(data)
    if other is not None:
        raise refused(other)
    try:
        with warnings.catch_warnings():
            # openpyxl's warnings are harmless, or reported by the reader.
            warnings.simplefilter("ignore")
            workbook = load_workbook(
                io.BytesIO(_copied(data).data),
                read_only=streaming,
                data_only=not formulas,
            )
    except InputError:
        raise
    except Exception as error:
        # A damaged part may raise any exception; the file is unusable either way.
        raise refused("not_a_workbook") from error
    if workbook.epoch == CALENDAR_MAC_1904 and not streaming:
        for sheet in workbook.worksheets:
            for cell in chain.from_iterable(sheet.iter_rows()):
                if isinstance(cell.value, int) and not isinstance(cell.value, bool):
                    cell.value = IntFrom1904(cell.value)
    return workbook


class IntFrom1904(int):
    """A whole number of a workbook that counts days from 1904, as of Excel for Mac.

    A date in a cell without the format of dates is such a number.
    """


def _other_kind(data: bytes) -> str | None:
    """Return what a file is instead of a workbook, if its first bytes tell."""
    if not data.strip(b"\0"):
        # Also what Windows leaves of a file that was being written when it stopped.
        return "empty_file"
    if data.startswith(OLD_OFFICE):
        if ENCRYPTED in data:
            return "encrypted"
        return "other_format" if OLD_WORD in data else "old_format"
    return "other_format" if data.startswith(PDF) or _is_text(data) else None


def _is_text(data: bytes) -> bool:
    """Tell whether a file is a text, such as a table with commas or a web page."""
    if b"\0" in data or data.startswith(ZIP):
        return False
    for encoding in ENCODINGS:
        with suppress(UnicodeDecodeError):
            data.decode(encoding)
            return True
    return False


@lru_cache(maxsize=8)
def _copied(data: bytes) -> CellsOnly:
    # A workbook is looked at several times: for values, formulas, and edits.
    return cells_only(data)


def workbook_bytes(path: Path) -> bytes:
    """Return the bytes of a workbook, read once, as the file may change meanwhile.

    Raises
    ------
    InputError
        If there is no such file, or it cannot be read or is too large.
    """
    data = file_bytes(path, LARGEST_FILE)
    if len(data) > LARGEST_FILE:
        raise too_much(len(data), LARGEST_FILE)
    return data


MOST_ROWS = 5_000
MOST_COLUMNS = 300
"""Rows and columns that are read; nothing of ours is beyond them."""


def read_rows(sheet: Worksheet, *, values_only: bool) -> list[tuple[Any, ...]]:
    """Return the rows of a sheet: cells, or only their values.

    Raises
    ------
    InputError
        If the sheet is damaged.
    """
    try:
        rows = islice(sheet.iter_rows(values_only=values_only), MOST_ROWS)
        return [tuple(row[:MOST_COLUMNS]) for row in rows]
    except Exception as error:
        # In streaming mode the sheet is parsed only here; a damaged one may raise
        # any exception.
        raise refused("not_a_workbook") from error


MOST_NAMED = 6
"""Most sheets that a message lists."""


OF_A_TABLE = re.compile(r"\s*-\s*(?:表|Table)\s*\d+\s*$", re.IGNORECASE)
"""What Numbers puts behind the title of a sheet: 職員 - 表 1, one sheet a table."""


def sheets_named(workbook: Workbook, titles: Iterable[str]) -> list[Worksheet]:
    """Return the sheets with one of some titles, whatever their width and case.

    Where none has a title itself, those that Numbers has made of its tables.
    """
    wanted = {spelling_of(title) for title in titles}
    there = {spelling_of(sheet.title) for sheet in workbook.worksheets}
    return [
        sheet
        for sheet in workbook.worksheets
        if spelling_of(sheet.title) in wanted
        or spelling_of(OF_A_TABLE.sub("", sheet.title)) in wanted - there
    ]


def missing_sheet(workbook: Workbook, title: str, known: Sequence[str]) -> Mistake:
    """Return the mistake for a missing sheet.

    Parameters
    ----------
    known
        Titles of all sheets that are read or written.  Any other visible sheet is
        named in the mistake, as it may be the missing one, renamed.
    """
    ours = {spelling_of(one) for one in known}
    others = [
        sheet.title
        for sheet in workbook.worksheets
        if sheet.sheet_state == "visible" and spelling_of(sheet.title) not in ours
    ]
    if not others:
        return Mistake.at("missing_sheet", title, sheet=title)
    more = "…" if len(others) > MOST_NAMED else ""
    named = "、".join(others[:MOST_NAMED]) + more
    return Mistake.at("renamed_sheet", title, sheet=title, others=named)


FORMULA = "f"


def formulas_in(data: bytes, sheets: Collection[str]) -> dict[CellPlace, str]:
    """Return the formulas of some sheets by their cell, with their equals signs.

    ``data`` are the bytes of a workbook that was opened.
    """
    found = _copied(data).formulas
    return {place: found[place] for place in _among(found, sheets)}


def uncalculated(data: bytes, sheets: Collection[str]) -> set[CellPlace]:
    """Return the cells of some sheets that have a formula but no calculated value.

    ``data`` are the bytes of a workbook that was opened.
    """
    return set(_among(_copied(data).no_value, sheets))


def painted_in(data: bytes, sheets: Collection[str]) -> frozenset[CellPlace]:
    """Return the empty cells of some sheets that have a colour.

    ``data`` are the bytes of a workbook that was opened.
    """
    return frozenset(_among(_copied(data).painted, sheets))


def _among(places: Iterable[CellPlace], sheets: Collection[str]) -> Iterator[CellPlace]:
    for one in places:
        if one.sheet in sheets and one.row <= MOST_ROWS and one.column <= MOST_COLUMNS:
            yield one
