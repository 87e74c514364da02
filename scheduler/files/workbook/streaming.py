"""Reading the rows of a sheet that anybody may have changed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from scheduler.domain.errors import InputError, Mistake

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 5_000
MOST_COLUMNS = 300
"""Beyond these nothing of ours stands, whatever was done by hand."""


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
        # A sheet is parsed here; a damaged one may raise anything.
        raise InputError([Mistake(code="not_a_workbook")]) from error
