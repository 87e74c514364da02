"""Writing the list of exceptions beside the sheet of agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from scheduler.domain.finding import Unit
from scheduler.files.workbook.layout import AGREEMENTS
from scheduler.files.workbook.styles import HEAD, Look, widths
from scheduler.files.workbook.words import is_timed
from scheduler.files.workbook.writing.frame import (
    FIRST_ROW,
    HEAD_ROW,
    LINE_HEIGHT,
    column_range,
    offer,
)
from scheduler.rulebook import yielding
from scheduler.wording.rules import exception_name
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.files.workbook.writing.frame import InputPage
    from scheduler.rulebook import Facet


FIRST_COLUMN = len(AGREEMENTS.columns) + 2
"""First column of the list of exceptions, one column apart from the table."""

HEADINGS = (
    (N_("What can be agreed on"), 36.0),
    (N_("Person?"), 7.0),
    (N_("Date?"), 7.0),
    (N_("Rule or shift?"), 11.0),
    (N_("Counted in"), 8.0),
)
YES = "○"

UNITS = {
    Unit.TIMES: N_("times"),
    Unit.DAYS: N_("days"),
    Unit.PEOPLE: N_("people"),
}
TIME = N_("h:min")

NAME = Look(across="left", wrap=True)
MARK = Look()


def paint_exceptions(page: InputPage, lines: int) -> None:
    """Write the list of exceptions, and a drop-down of it in the table's first column.

    Parameters
    ----------
    lines
        Number of lines of the table.
    """
    sheet, stylist, _layout = page
    for number, (text, _width) in enumerate(HEADINGS, start=FIRST_COLUMN):
        stylist.put(sheet, HEAD_ROW, number, _(text), HEAD)
    exceptions = yielding()
    for row, (key, facet) in enumerate(exceptions.items(), start=FIRST_ROW):
        stylist.put(sheet, row, FIRST_COLUMN, exception_name(key), NAME)
        for number, cell in enumerate(_cells(facet), start=FIRST_COLUMN + 1):
            stylist.put(sheet, row, number, cell, MARK)
        sheet.row_dimensions[row].height = LINE_HEIGHT
    widths(sheet, FIRST_COLUMN - 1, (3, *(width for _heading, width in HEADINGS)))
    last = FIRST_ROW + len(exceptions) - 1
    letter = get_column_letter(FIRST_COLUMN)
    choices = f"${letter}${FIRST_ROW}:${letter}${last}"
    cells = column_range(1, FIRST_ROW, FIRST_ROW + lines - 1)
    offer(sheet, cells, choices, strict=True)


def _cells(facet: Facet) -> tuple[str, ...]:
    needs = (YES if one in facet.about else "" for one in ("staff", "date", "name"))
    return (*needs, _(TIME) if is_timed(facet) else _(UNITS[facet.unit]))
