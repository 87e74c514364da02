"""Opening a workbook that anybody may have sent: checked before it is unpacked."""

from __future__ import annotations

import contextlib
import io
import os
import re
import warnings
import zipfile
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from scheduler.domain.errors import InputError, Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

MEGABYTE = 1_000_000
LARGEST_FILE = 20 * MEGABYTE
LARGEST_XML = 20 * MEGABYTE
"""Unpacked text of all sheets together; an office's month takes less than two."""
LARGEST_UNPACKED = 60 * MEGABYTE
"""Pictures and all."""
MOST_PARTS = 2_000

PICTURES = "xl/media/"
FILLED = frozenset({"mergeCell", "hyperlink"})
"""Elements whose range openpyxl fills with cells."""
RANGE = re.compile(r"\$?[A-Za-z]{1,3}\$?\d{1,7}:\$?[A-Za-z]{1,3}\$?\d{1,7}")
MOST_FILLED = 100_000
"""Cells."""

OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
"""First bytes of .xls, and of a workbook encrypted with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORKBOOK_PART = "xl/workbook.xml"


def open_workbook(
    path: Path, *, streaming: bool = False, formulas: bool = False
) -> Workbook:
    """Open a workbook with the values its formulas last had.

    Parameters
    ----------
    path
        The file.
    streaming
        Whether sheets are read only when their rows are asked for, and nothing but
        their cells.
    formulas
        Whether cells give their formulas instead of the values.

    Raises
    ------
    InputError
        If there is no such file, or it is no workbook, locked, encrypted, of another
        format, or larger than a roster can be.
    """
    data = _bytes(path)
    _check(data)
    try:
        with warnings.catch_warnings():
            # What openpyxl wonders about is harmless, or found by the reader.
            warnings.simplefilter("ignore")
            return load_workbook(
                io.BytesIO(data),
                read_only=streaming,
                data_only=not formulas,
                keep_links=False,
            )
    except Exception as error:
        # A damaged part may raise anything; whatever it is, the file is unusable.
        raise InputError([Mistake(code="not_a_workbook")]) from error


def _bytes(path: Path) -> bytes:
    facts: dict[str, int | str] = {"path": str(path)}
    if os.path.isdir(path):
        raise InputError([Mistake(code="file_is_folder", facts=facts)])
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise InputError([Mistake(code="file_missing", facts=facts)]) from error
    except (OSError, ValueError) as error:
        raise InputError([Mistake(code="file_unreadable", facts=facts)]) from error
    if len(data) > LARGEST_FILE:
        raise _too_much(len(data), LARGEST_FILE)
    return data


def _check(data: bytes) -> None:
    if data.startswith(OLD_OFFICE):
        code = "encrypted" if ENCRYPTED in data else "old_format"
        raise InputError([Mistake(code=code)])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            _check_parts(infos)
            for info in infos:
                if not info.filename.startswith(PICTURES):
                    _check_ranges(parts.read(info))
    except InputError:
        raise
    except Exception as error:
        # As above: a broken directory raises more than zipfile's own error.
        raise InputError([Mistake(code="not_a_workbook")]) from error


def _check_parts(infos: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse what is no workbook, or unpacks to too much, by the zip's directory."""
    if not any(info.filename == WORKBOOK_PART for info in infos):
        raise InputError([Mistake(code="other_format")])
    text = [info for info in infos if not info.filename.startswith(PICTURES)]
    for found, limit in ((text, LARGEST_XML), (infos, LARGEST_UNPACKED)):
        size = sum(info.file_size for info in found)
        if size > limit:
            raise _too_much(size, limit)
    if len(infos) > MOST_PARTS:
        raise InputError([Mistake(code="not_a_workbook")])


def _check_ranges(part: bytes) -> None:
    """Refuse ranges so large that openpyxl, which fills them, would fill memory."""
    filled = 0

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal filled
        found = RANGE.fullmatch(attributes.get("ref", ""))
        if not found or name.rpartition(":")[2] not in FILLED:
            return
        left, top, right, bottom = range_boundaries(found[0].upper())
        filled += (right - left + 1) * (bottom - top + 1)
        if filled > MOST_FILLED:
            facts: dict[str, int | str] = {"range": found[0]}
            raise InputError([Mistake(code="merged_cells", facts=facts)])

    parser = ParserCreate()
    parser.StartElementHandler = element
    # Damaged parts are for openpyxl to refuse.
    with contextlib.suppress(ExpatError):
        parser.Parse(part, True)


def _too_much(size: int, limit: int) -> InputError:
    facts: dict[str, int | str] = {
        "megabytes": -(-size // MEGABYTE),
        "limit": limit // MEGABYTE,
    }
    return InputError([Mistake(code="too_much_inside", facts=facts)])
