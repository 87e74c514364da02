"""Writing the guide: how the workbook is filled in, and the list of its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.worksheet.pagebreak import Break

from scheduler.files.workbook.layout import (
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
from scheduler.files.workbook.page import LINE_POINTS, WIDE, lines_of
from scheduler.files.workbook.settings_layout import EXPERT_SETTINGS, SETTINGS
from scheduler.files.workbook.situations import (
    SITUATION_HEADINGS,
    SITUATIONS,
    SITUATIONS_HINT,
)
from scheduler.files.workbook.staff_layout import STAFF
from scheduler.files.workbook.styles import (
    HEAD,
    SATURDAY_INK,
    TEXT,
    TITLE,
    Look,
    print_setup,
    widths,
)
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.files.workbook.columns import Sheet
    from scheduler.files.workbook.styles import Stylist


STEPS = (
    N_(
        "Fill in the sheets from left to right; in the first month those of “once” and "
        "“every month” are enough. Dark headings must be filled in; rest the pointer "
        "on a heading to read what it means and how it is typed."
    ),
    N_(
        "Names are typed on the sheet of staff only; the other sheets follow. To take "
        "somebody off, delete the line there. The sheet may be sorted by the arrows of "
        "its headings: wishes stay with their people. Do not sort the other sheets."
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

HEADINGS = (N_("No."), N_("Sheet"), N_("When"), N_("What is entered"))
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
    for number, text in enumerate(HEADINGS, start=1):
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
