"""The input workbook: a filled-in office, or an empty one to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from scheduler.domain.period import Period
from scheduler.files.saving import save
from scheduler.files.workbook.layout import AGREEMENTS, FORECAST, LEDGER, SHEETS
from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.staff_layout import STAFF
from scheduler.files.workbook.stamps import stamp
from scheduler.files.workbook.styles import Stylist
from scheduler.files.workbook.writing.draft import (
    STAFF_LINES,
    draft_of,
    empty_draft,
)
from scheduler.files.workbook.writing.exceptions import paint_exceptions
from scheduler.files.workbook.writing.frame import (
    FIRST_ROW,
    column_range,
    follow_names,
    name_range,
    offer,
    open_page,
)
from scheduler.files.workbook.writing.grids import SPARE_LINES, paint_grid
from scheduler.files.workbook.writing.guide import paint_guide
from scheduler.files.workbook.writing.tables import paint_keys, paint_table
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.columns import Sheet
    from scheduler.files.workbook.writing.draft import Draft


def write_input(
    content: Problem | Period, path: Path, people: int = STAFF_LINES
) -> None:
    """Write an input workbook atomically.

    Parameters
    ----------
    content
        A problem, or a period for an empty office with examples to change.
    path
        Where to write; an existing file is replaced.
    people
        Lines for staff; more where the problem has more people.

    Raises
    ------
    OutputError
        If the file cannot be written there.
    """
    save(input_writer(content, people), path)


def input_writer(
    content: Problem | Period, people: int = STAFF_LINES
) -> Callable[[BinaryIO], object]:
    """Return a function that writes an input workbook, as `write_input` does."""
    draft = empty_draft(content) if isinstance(content, Period) else draft_of(content)
    draft.people = max(people, len(draft.names) + SPARE_LINES)
    return writer_of(paint(draft))


def paint(draft: Draft) -> Workbook:
    """Return the workbook with the content of a draft."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    stylist = Stylist(workbook)
    paint_guide(workbook, stylist)
    lines: dict[str, int] = {}
    for layout in SHEETS:
        page = open_page(workbook, stylist, layout)
        if layout.has_keys:
            paint_keys(page, draft.values)
        elif layout.labels:
            paint_grid(page, draft)
        else:
            rows = draft.rows_of(layout)
            lines[layout.title] = _lines(layout, draft)
            paint_table(page, rows, lines[layout.title])
            if layout is LEDGER:
                follow_names(page, FIRST_ROW, draft.people)
        if layout is AGREEMENTS:
            paint_exceptions(page, lines[layout.title])
    _offer_names(workbook, lines)
    stamp(workbook)
    return workbook


def _lines(layout: Sheet, draft: Draft) -> int:
    """Return the number of lines of a table, filled or not."""
    rows = len(draft.rows_of(layout))
    if layout is FORECAST:
        return rows
    if layout in (STAFF, LEDGER):
        return draft.people
    return max(rows + SPARE_LINES, layout.lines)


def _offer_names(workbook: Workbook, lines: Mapping[str, int]) -> None:
    """Add the drop-downs that offer the names of another sheet.

    ``lines`` are the numbers of lines of the tables, by the title of the sheet.
    """
    for layout in SHEETS:
        for number, column in enumerate(layout.columns, start=1):
            if column.offers:
                last = FIRST_ROW + lines[layout.title] - 1
                cells = column_range(number, FIRST_ROW, last)
                names = name_range(column.offers, lines[column.offers])
                offer(workbook[_(layout.title)], cells, names, strict=False)
