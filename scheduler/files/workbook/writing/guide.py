"""Writing the guide: how the workbook is filled in, and the list of its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.files.workbook.layout import GUIDE, SHEETS
from scheduler.files.workbook.styles import (
    HEAD,
    TEXT,
    TITLE,
    Look,
    print_setup,
    widths,
)
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

    from scheduler.files.workbook.styles import Stylist


STEPS = (
    N_(
        "Fill in the sheets from left to right. Dark headings must be filled in; rest "
        "the pointer on a heading to read what it means."
    ),
    N_("Save the workbook, close it in Excel, and run: shotaki roster FILE"),
    N_(
        "If something does not fit, you are told sheet and cell. Nothing in this "
        "workbook is ever changed by the program."
    ),
)
STEP = Look(size=11, across="left", wrap=True, edge="none")


def paint_guide(workbook: Workbook, stylist: Stylist) -> None:
    """Write the guide and the list of sheets."""
    sheet = workbook.create_sheet(_(GUIDE.title))
    stylist.put(sheet, 1, 1, _(GUIDE.hint), TITLE)
    for number, step in enumerate(STEPS, start=1):
        stylist.put(sheet, 1 + number, 1, number, Look(size=11, bold=True, edge="none"))
        stylist.put(sheet, 1 + number, 2, _(step), STEP)
        sheet.row_dimensions[1 + number].height = 34
    head = len(STEPS) + 3
    stylist.put(sheet, head, 1, "", HEAD)
    stylist.put(sheet, head, 2, _("Sheet"), HEAD)
    for number, layout in enumerate(SHEETS, start=1):
        row = head + number
        stylist.put(sheet, row, 1, number, Look())
        text = f"{_(layout.title)}: {_(layout.hint)}"
        cell = stylist.put(sheet, row, 2, text, TEXT)
        cell.hyperlink = f"#'{_(layout.title)}'!A1"
        sheet.row_dimensions[row].height = 30
    sheet.row_dimensions[1].height = 30
    sheet.sheet_view.showGridLines = False
    widths(sheet, 1, (6, 110))
    print_setup(sheet)
