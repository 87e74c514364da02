"""Opening a workbook that anybody may have sent: checked before it is unpacked."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from scheduler.domain.errors import InputError, Mistake
from scheduler.files.workbook.cells_only import cells_only
from scheduler.files.workbook.package import MEGABYTE, too_much

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

LARGEST_FILE = 20 * MEGABYTE

OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
"""First bytes of .xls, and of a workbook encrypted with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_workbook(
    source: Path | bytes, *, streaming: bool = False, formulas: bool = False
) -> Workbook:
    """Open a workbook with the values its formulas last had.

    Parameters
    ----------
    source
        The file, or its bytes where it is opened more than once.
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
    data = source if isinstance(source, bytes) else workbook_bytes(source)
    if data.startswith(OLD_OFFICE):
        code = "encrypted" if ENCRYPTED in data else "old_format"
        raise InputError([Mistake(code=code)])
    try:
        with warnings.catch_warnings():
            # What openpyxl wonders about is harmless, or found by the reader.
            warnings.simplefilter("ignore")
            return load_workbook(
                cells_only(data), read_only=streaming, data_only=not formulas
            )
    except InputError:
        raise
    except Exception as error:
        # A damaged part may raise anything; whatever it is, the file is unusable.
        raise InputError([Mistake(code="not_a_workbook")]) from error


def workbook_bytes(path: Path) -> bytes:
    """Return the bytes of a workbook, which may be written anew at any time.

    Raises
    ------
    InputError
        If there is no such file, or it cannot be read or is too large.
    """
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
        raise too_much(len(data), LARGEST_FILE)
    return data
