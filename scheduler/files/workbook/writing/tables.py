"""Writing the guide, tables, and sheets of keys and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from scheduler.domain.fields import FieldKind
from scheduler.files.workbook.columns import KEY_HEADINGS, Column
from scheduler.files.workbook.explaining import how_to_type, meaning_of
from scheduler.files.workbook.layout import FORECAST
from scheduler.files.workbook.page import LINE_POINTS, lines_of
from scheduler.files.workbook.staff_layout import LINE, STAFF
from scheduler.files.workbook.styles import (
    BAND,
    HEAD,
    PAPER_A3,
    PAPER_A4,
    SMALL,
    Look,
    print_setup,
    widths,
)
from scheduler.files.workbook.words import show
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
    tint_days,
    validate,
    weekday_formula,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.writing.draft import Row
    from scheduler.files.workbook.writing.frame import InputPage


NUMBERED = Look(fill=BAND, size=8)
"""Look of a line's number, which nobody types."""
KEY = Look(across="left", bold=True, fill=HEAD.fill)
REQUIRED_KEY = Look(across="left", bold=True, fill=REQUIRED_HEAD.fill)
MEANING = Look(across="left", wrap=True, edge="none")
UNIT = Look(edge="none")
MEANING_WIDTH = 90
A4_WIDTH = 160
"""Width, in characters, that is legible on an A4 page in landscape."""


def paint_table(page: InputPage, rows: list[Row], lines: int) -> None:
    """Write a table with so many lines, filled or not."""
    sheet, stylist, layout = page
    last = HEAD_ROW + lines
    for number, column in enumerate(layout.columns, start=1):
        heading(page, HEAD_ROW, number, column)
        look = LOOKS.get(column.kind, ENTRY)
        for index in range(lines):
            row = FIRST_ROW + index
            values = rows[index] if index < len(rows) else {}
            is_weekday = isinstance(values.get(layout.key.path), str)
            if column is LINE:
                stylist.put(sheet, row, number, index + 1, NUMBERED)
                continue
            if column.shown_only and not is_weekday:
                formula = weekday_formula(f"$A{row}")
                stylist.formula(sheet, row, number, formula, CENTRED)
                continue
            stylist.put(sheet, row, number, _cell(column, values), look)
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
    if layout is STAFF and lines:
        # Sorting by the arrows takes the whole line along, its number too.
        edge = get_column_letter(len(layout.columns))
        sheet.auto_filter.ref = f"A{HEAD_ROW}:{edge}{last}"
    if layout is FORECAST and lines:
        edge = get_column_letter(len(layout.columns))
        cells = f"A{FIRST_ROW}:{edge}{last}"
        tint_days(sheet, cells, f"$A{FIRST_ROW}", f"$C{FIRST_ROW}")


def paint_keys(page: InputPage, values: Row) -> None:
    """Write a sheet of keys and values, with unit, meaning and default."""
    sheet, stylist, layout = page
    for number, text in enumerate(KEY_HEADINGS, start=1):
        stylist.put(sheet, HEAD_ROW, number, _(text), HEAD)
    is_asked = any(column.asked for column in layout.columns)
    for row, column in enumerate(layout.columns, start=FIRST_ROW):
        look = REQUIRED_KEY if column.required else KEY
        cell = stylist.put(sheet, row, 1, _(column.label), look)
        explain(cell, f"{meaning_of(column)}\n{how_to_type(column)}")
        shown = show(column, values.get(column.path))
        stylist.put(sheet, row, 2, shown, LOOKS.get(column.kind, ENTRY))
        stylist.put(sheet, row, 3, _(column.unit) if column.unit else None, UNIT)
        text = _meaning(column)
        stylist.put(sheet, row, 4, text, MEANING)
        validate(page, column, f"B{row}")
        lines = lines_of(text, MEANING_WIDTH)
        sheet.row_dimensions[row].height = max(LINE_HEIGHT, lines * LINE_POINTS)
    widths(sheet, 1, (58 if is_asked else 30, 26, 8, MEANING_WIDTH))
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
    note = meaning_of(column)
    if column.asked:
        note = f"{_(column.heading)}{_(': ')}{note}"
    default = show(column, column.default)
    if default is None or default == "":
        return note
    told = _("Default: {value}").format(value=default)
    return f"{note} {told}"
