"""The input workbook, filled in or empty, with a guide to its sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.files.saving import save
from scheduler.files.workbook.columns import Sheet
from scheduler.files.workbook.layout import (
    AGREEMENTS,
    FORECAST,
    GUIDE,
    LEDGER,
    OFFICE,
    PROFILES,
    REQUESTS,
    SHEETS,
    SHIFTS,
    TAIL,
)
from scheduler.files.workbook.lists_layout import EXPERT_SETTINGS, SETTINGS, STAFF
from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.page import LINE_POINTS, WIDE, lines_of
from scheduler.files.workbook.situations import (
    SITUATION_HEADINGS,
    SITUATIONS,
    SITUATIONS_HINT,
)
from scheduler.files.workbook.stamps import stamp
from scheduler.files.workbook.styles import (
    HEAD,
    SATURDAY_INK,
    TEXT,
    TITLE,
    Look,
    Stylist,
    print_setup,
    widths,
)
from scheduler.files.workbook.writing.draft import (
    STAFF_LINES,
    Draft,
    draft_of,
    empty_draft,
)
from scheduler.files.workbook.writing.frame import (
    FIRST_ROW,
    column_range,
    follow_names,
    name_range,
    offer,
    open_page,
)
from scheduler.files.workbook.writing.tables import (
    SPARE_LINES,
    paint_exceptions,
    paint_grid,
    paint_keys,
    paint_table,
)
from scheduler.wording.translation import N_, _

STEPS = (
    N_(
        "Fill in the sheets from left to right; in the first month those of “once” and "
        "“every month” are enough. Dark headings must be filled in; rest the pointer "
        "on a heading to read what it means and how it is typed."
    ),
    N_(
        "Names are typed on the sheet of staff only; the other sheets follow. To take "
        "somebody off, delete the line there. The sheet may be sorted by the arrows of "
        "its headings: wishes stay with their people. Elsewhere sort "
        "whole rows only, names and all."
    ),
    N_(
        "Save the workbook and close it in Excel. On the page press Check (is it "
        "enough?), then Make (the roster). By command: shotaki precheck FILE, then "
        "shotaki roster FILE"
    ),
    N_(
        "If something does not fit, you are told sheet and cell. Nothing in this "
        "workbook is ever changed by the program."
    ),
)

PAGES = "docs/ja/README.md"
"""The page that explains every sheet, from the folder of the program."""
MORE = N_("Every column of every sheet is explained in {page} (folder of shotaki).")

IF_NEEDED = N_("if needed")
OCCASIONS = {
    **dict.fromkeys(
        (one.title for one in (OFFICE, PROFILES, SHIFTS, STAFF, SETTINGS)), N_("once")
    ),
    **dict.fromkeys(
        (one.title for one in (FORECAST, REQUESTS, TAIL)), N_("every month")
    ),
    LEDGER.title: N_("by itself, from the month before"),
    EXPERT_SETTINGS.title: N_("may stay as it is"),
}
"""When a sheet is filled in, by its title; the others if needed."""

GUIDE_HEADINGS = (N_("No."), N_("Sheet"), N_("When"), N_("What is entered"))
WIDTHS = (6, 28, 22, 92)
STEP = Look(size=11, across="left", wrap=True, edge="none")
NUMBER = Look(size=11, bold=True, edge="none")
SHEET = Look(across="left", wrap=True, underline=True, ink=SATURDAY_INK)
MORE_LOOK = Look(size=11, across="left", underline=True, ink=SATURDAY_INK, edge="none")
LARGER = 1.25
"""A step's letters against those of the tables."""


def occasion(layout: Sheet) -> str:
    """Return when a sheet is filled in, translated."""
    return _(OCCASIONS.get(layout.title, IF_NEEDED))


def paint_guide(workbook: Workbook, stylist: Stylist) -> None:
    """Write the guide and the list of sheets."""
    sheet = workbook.create_sheet(_(GUIDE.title))
    stylist.put(sheet, 1, 1, _(GUIDE.hint), TITLE)
    across = sum(WIDTHS[1:])
    for number, step in enumerate(STEPS, start=1):
        row = 1 + number
        stylist.put(sheet, row, 1, number, NUMBER)
        stylist.put(sheet, row, 2, _(step), STEP)
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=4)
        lines = lines_of(_(step), across / LARGER)
        sheet.row_dimensions[row].height = LARGER * LINE_POINTS * lines + 6
    more = stylist.put(sheet, len(STEPS) + 2, 2, _(MORE).format(page=PAGES), MORE_LOOK)
    more.hyperlink = f"../{PAGES}"
    head = len(STEPS) + 4
    for number, text in enumerate(GUIDE_HEADINGS, start=1):
        stylist.put(sheet, head, number, _(text), HEAD)
    for number, layout in enumerate(SHEETS, start=1):
        row = head + number
        stylist.put(sheet, row, 1, number, Look())
        name = stylist.put(sheet, row, 2, _(layout.title), SHEET)
        name.hyperlink = f"#'{_(layout.title)}'!A1"
        stylist.put(sheet, row, 3, occasion(layout), TEXT)
        stylist.put(sheet, row, 4, _(layout.hint), TEXT)
        lines = max(1, lines_of(_(layout.hint), WIDTHS[3] - WIDE))
        sheet.row_dimensions[row].height = LINE_POINTS * lines + 5
    _situations(sheet, stylist, head + len(SHEETS) + 2)
    sheet.row_dimensions[1].height = 30
    sheet.sheet_view.showGridLines = False
    widths(sheet, 1, WIDTHS)
    print_setup(sheet)


def _situations(sheet: Worksheet, stylist: Stylist, head: int) -> None:
    """Write what an office has to say, with the sheet and the columns it goes to."""
    sheet.row_breaks.append(Break(id=head - 1))
    stylist.put(sheet, head, 1, _(SITUATIONS_HINT), TITLE)
    sheet.row_dimensions[head].height = 30
    for number, text in enumerate(SITUATION_HEADINGS, start=1):
        stylist.put(sheet, head + 1, number, _(text), HEAD)
    for number, one in enumerate(SITUATIONS, start=1):
        row, title = head + 1 + number, _(one.sheet.title)
        stylist.put(sheet, row, 1, number, Look())
        stylist.put(sheet, row, 2, _(one.what), TEXT)
        name = stylist.put(sheet, row, 3, title, SHEET)
        name.hyperlink = f"#'{title}'!A1"
        stylist.put(sheet, row, 4, _(one.how), TEXT)
        lines = max(
            lines_of(_(one.what), WIDTHS[1] - WIDE),
            lines_of(title, WIDTHS[2] - WIDE),
            lines_of(_(one.how), WIDTHS[3] - WIDE),
        )
        sheet.row_dimensions[row].height = LINE_POINTS * lines + 5


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
