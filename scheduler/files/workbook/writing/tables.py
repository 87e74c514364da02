"""Writing the guide, tables, and sheets of keys and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from scheduler.domain.fields import FieldKind
from scheduler.domain.finding import Unit
from scheduler.files.workbook.columns import KEY_HEADINGS, Column
from scheduler.files.workbook.layout import AGREEMENTS, FORECAST, GUIDE, SHEETS
from scheduler.files.workbook.styles import (
    HEAD,
    PAPER_A3,
    PAPER_A4,
    SMALL,
    TEXT,
    TITLE,
    Look,
    print_setup,
    widths,
)
from scheduler.files.workbook.words import is_timed, show
from scheduler.files.workbook.writing.frame import (
    CENTRED,
    ENTRY,
    FIRST_ROW,
    HEAD_ROW,
    LINE_HEIGHT,
    LOOKS,
    REQUIRED_HEAD,
    column_range,
    explain,
    heading,
    offer,
    tint_days,
    validate,
    weekday_formula,
)
from scheduler.rulebook import yielding
from scheduler.wording.rules import exception_name
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

    from scheduler.files.workbook.styles import Stylist
    from scheduler.files.workbook.writing.draft import Row
    from scheduler.files.workbook.writing.frame import InputPage
    from scheduler.rulebook import Facet


KEY = Look(across="left", bold=True, fill=HEAD.fill)
REQUIRED_KEY = Look(across="left", bold=True, fill=REQUIRED_HEAD.fill)
MEANING = Look(across="left", wrap=True, edge="none")
UNIT = Look(edge="none")
A4_WIDTH = 160
"""Width, in characters, that is legible on an A4 page in landscape."""


def paint_table(page: InputPage, rows: list[Row], spare: int) -> int:
    """Write a table with ``spare`` empty lines; return its number of lines."""
    sheet, stylist, layout = page
    lines = len(rows) + spare
    last = HEAD_ROW + lines
    for number, column in enumerate(layout.columns, start=1):
        heading(page, HEAD_ROW, number, column)
        look = LOOKS.get(column.kind, ENTRY)
        for index in range(lines):
            row = FIRST_ROW + index
            if column.shown_only:
                formula = weekday_formula(f"$A{row}")
                stylist.formula(sheet, row, number, formula, CENTRED)
                continue
            shown = _cell(column, rows[index]) if index < len(rows) else None
            stylist.put(sheet, row, number, shown, look)
        if lines and not column.shown_only:
            validate(page, column, column_range(number, FIRST_ROW, last))
    sheet.row_dimensions[HEAD_ROW].height = 44
    for row in range(FIRST_ROW, last + 1):
        sheet.row_dimensions[row].height = LINE_HEIGHT
    widths(sheet, 1, (column.width for column in layout.columns))
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 2)
    wide = sum(column.width for column in layout.columns) > A4_WIDTH
    print_setup(
        sheet,
        paper=PAPER_A3 if wide else PAPER_A4,
        landscape=layout is not FORECAST,
        title_rows=f"{HEAD_ROW}:{HEAD_ROW}",
        title_columns="A:A",
    )
    if layout is FORECAST and lines:
        edge = get_column_letter(len(layout.columns))
        cells = f"A{FIRST_ROW}:{edge}{last}"
        tint_days(sheet, cells, f"$A{FIRST_ROW}", f"$C{FIRST_ROW}")
    return lines


def paint_keys(page: InputPage, values: Row) -> None:
    """Write a sheet of keys and values, with unit, meaning and default."""
    sheet, stylist, layout = page
    for number, text in enumerate(KEY_HEADINGS, start=1):
        stylist.put(sheet, HEAD_ROW, number, _(text), HEAD)
    for row, column in enumerate(layout.columns, start=FIRST_ROW):
        look = REQUIRED_KEY if column.required else KEY
        cell = stylist.put(sheet, row, 1, _(column.heading), look)
        explain(cell, _(column.meaning))
        shown = show(column, values.get(column.path))
        stylist.put(sheet, row, 2, shown, LOOKS.get(column.kind, ENTRY))
        stylist.put(sheet, row, 3, _(column.unit) if column.unit else None, UNIT)
        stylist.put(sheet, row, 4, _meaning(column), MEANING)
        validate(page, column, f"B{row}")
        sheet.row_dimensions[row].height = LINE_HEIGHT
    widths(sheet, 1, (30, 26, 8, 74))
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 2)
    print_setup(sheet, title_rows=f"{HEAD_ROW}:{HEAD_ROW}")
    stylist.put(
        sheet,
        FIRST_ROW + len(layout.columns) + 1,
        1,
        _("Dark headings must be filled in."),
        SMALL,
    )


def _cell(column: Column, row: Row) -> object:
    """Return the cell content of a row; ``None`` if the row has no such value."""
    if column.path not in row:
        return None
    value = row[column.path]
    if column.kind is FieldKind.DATE_SPAN and value == column.default:
        return None
    return show(column, value)


def _meaning(column: Column) -> str:
    note = _(column.meaning)
    default = show(column, column.default)
    if default is None or default == "":
        return note
    told = _("Default: {value}").format(value=default)
    return f"{note} {told}"


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
