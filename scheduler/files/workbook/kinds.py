"""Telling an input workbook, a finished roster and somebody else's workbook apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.errors import InputError, Mistake
from scheduler.files.workbook.embedded import CONTENT, SHEET
from scheduler.files.workbook.layout import SHEETS
from scheduler.files.workbook.streaming import read_rows
from scheduler.files.workbook.tabs import sheets_named
from scheduler.wording.translation import spellings

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

FEWEST_SHEETS = 2
"""Of an input workbook; with fewer it is somebody else's."""


def check_is_input(workbook: Workbook) -> None:
    """Refuse a workbook of another kind in one line, not in one for each sheet.

    Raises
    ------
    InputError
        If it is a finished roster or another workbook that was written from one, or
        has nothing of an input workbook.
    """
    if SHEET in workbook.sheetnames:
        code = "is_a_roster" if _holds_roster(workbook) else "is_a_printout"
        raise InputError([Mistake(code=code)])
    if not _has_input_sheets(workbook):
        raise InputError([Mistake(code="not_an_input")])


def check_is_roster(workbook: Workbook) -> None:
    """Refuse a workbook that is no finished roster.

    Raises
    ------
    InputError
        If it is an input workbook, slips or the like, or none of ours.
    """
    if SHEET in workbook.sheetnames and _holds_roster(workbook):
        return
    code = "is_an_input" if _has_input_sheets(workbook) else "not_a_roster"
    raise InputError([Mistake(code=code)])


def _holds_roster(workbook: Workbook) -> bool:
    """Tell whether the hidden sheet holds a plan; slips have nothing but a digest."""
    rows = read_rows(workbook[SHEET], values_only=True)
    return bool(rows) and any(name not in (None, CONTENT) for name in rows[0])


def _has_input_sheets(workbook: Workbook) -> bool:
    titles = [word for layout in SHEETS for word in spellings(layout.title)]
    is_ours = SHEET in workbook.sheetnames
    return not is_ours and len(sheets_named(workbook, titles)) >= FEWEST_SHEETS
