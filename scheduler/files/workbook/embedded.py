"""What a roster workbook carries inside: the problem, the plan, and their digests.

A very hidden sheet holds one document a column: its name, the SHA-256 of its text,
and the text itself, compressed and cut into cells.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from itertools import zip_longest
from typing import TYPE_CHECKING

from scheduler.domain.errors import InputError, Mistake
from scheduler.files.workbook.streaming import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook.workbook import Workbook

SHEET = "shotaki"
CHUNK = 30_000
"""Characters a cell; Excel holds 32,767."""

CONTENT = "content"
"""Name of the digest of all visible cells as they were written."""

SHEETS = "sheets"
"""Name of the digests of the visible sheets, as JSON by title."""

LARGEST = 50_000_000
"""Bytes a document may grow to when it is unpacked."""


def embed(workbook: Workbook, documents: dict[str, str]) -> None:
    """Add the very hidden sheet with named texts."""
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
    """Return the texts that `embed` put in.

    Raises
    ------
    InputError
        If there are none (``not_a_roster``), or they were changed
        (``plan_damaged``).
    """
    if SHEET not in workbook.sheetnames:
        raise InputError([Mistake(code="not_a_roster")])
    documents = {}
    rows = read_rows(workbook[SHEET], values_only=True)
    for cells in zip_longest(*rows):
        name, digest, *chunks = cells
        text = _unpack("".join(_texts(chunks)))
        if hashlib.sha256(text).hexdigest() != digest:
            raise InputError([Mistake(code="plan_damaged", sheet=SHEET)])
        documents[str(name)] = text.decode()
    return documents


def _texts(chunks: list[object]) -> Iterator[str]:
    for chunk in chunks:
        if chunk is not None:
            yield str(chunk)


def _unpack(packed: str) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        raw = base64.b64decode(packed, validate=True)
        return unpacker.decompress(raw, LARGEST)
    except (binascii.Error, ValueError, zlib.error):
        raise InputError([Mistake(code="plan_damaged", sheet=SHEET)]) from None
