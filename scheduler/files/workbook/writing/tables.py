"""Writing tables, keys and values, grids of dates, and the list of exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from scheduler.domain.fields import FieldKind
from scheduler.domain.finding import Unit
from scheduler.domain.shifts import OffKind
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import KEY_HEADINGS, Column, Sheet
from scheduler.files.workbook.layout import (
    AGREEMENTS,
    FORECAST,
    KINDS,
    LINE,
    REQUESTS,
    SHIFTS,
    STAFF,
    TAIL,
)
from scheduler.files.workbook.page import LINE_POINTS, lines_of
from scheduler.files.workbook.styles import (
    HEAD,
    PAPER_A3,
    PAPER_A4,
    SMALL,
    Fill,
    Look,
    print_setup,
    widths,
)
from scheduler.files.workbook.words import how_to_type, is_timed, meaning_of, show
from scheduler.files.workbook.writing.frame import (
    CENTRED,
    ENTRY,
    FIRST_ROW,
    HEAD_ROW,
    LINE_HEIGHT,
    LOOKS,
    NUMBER,
    REQUIRED_HEAD,
    InputPage,
    column_range,
    explain,
    follow_names,
    heading,
    name_range,
    offer,
    tint_days,
    validate,
    weekday_formula,
)
from scheduler.rulebook import Facet, yielding
from scheduler.wording.notation import NOT, OFF_SYMBOLS, OFFS, ON_CALL_MARK
from scheduler.wording.rules import exception_name
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.files.workbook.writing.draft import Draft, DraftGrid, Row

NUMBERED = Look(fill=Fill.BAND, size=8)
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


PLAIN_OFFS = [
    OffKind.DAY_OFF,
    OffKind.PAID_LEAVE,
    OffKind.AFTER_NIGHT,
    OffKind.ABSENT,
]
"""Kinds of day off that no office writes with symbols of its own."""

WEEKDAY_ROW = HEAD_ROW + 1
HOLIDAY_ROW = HEAD_ROW + 2
ON_CALL_ROW = HEAD_ROW + 3
"""Only where it is asked for, above the people, so that it is not overlooked."""

DATE_HEAD = Look(bold=True, number="m/d", fill=HEAD.fill)
SMALL_ENTRY = Look(size=7, wrap=True, number="@")
"""Look of holidays and names in narrow columns."""
DATE_WIDTH = 6.5
SPARE_LINES = 10


def paint_grid(page: InputPage, draft: Draft) -> None:
    """Write a grid: names, dates, weekdays and holidays, cells, and who is on call."""
    sheet, stylist, layout = page
    grid = draft.grids[layout.title]
    person, *own = layout.columns
    first = 1 + len(layout.columns)
    has_on_call = words.ON_CALL_ROW in layout.labels
    top = ON_CALL_ROW + has_on_call
    last = top + draft.people - 1
    names = [*draft.names, *[""] * (draft.people - len(draft.names))]
    heading(page, HEAD_ROW, 1, person)
    for number, column in enumerate(own, start=2):
        heading(page, HEAD_ROW, number, column)
    labels = (words.WEEKDAY_ROW, words.HOLIDAY_ROW)
    for row, label in zip((WEEKDAY_ROW, HOLIDAY_ROW), labels, strict=True):
        stylist.put(sheet, row, 1, _(label), HEAD)
        for number in range(2, first):
            stylist.put(sheet, row, number, None, HEAD)
    for number, date in enumerate(grid.dates, start=first):
        stylist.put(sheet, HEAD_ROW, number, date, DATE_HEAD)
        formula = weekday_formula(f"{get_column_letter(number)}${HEAD_ROW}")
        stylist.formula(sheet, WEEKDAY_ROW, number, formula, CENTRED)
        holiday = draft.period.holiday_names.get(date)
        stylist.put(sheet, HOLIDAY_ROW, number, holiday, SMALL_ENTRY)
    follow_names(page, top, draft.people)
    for row, name in enumerate(names, start=top):
        sheet.row_dimensions[row].height = LINE_HEIGHT
        for number in range(2, first):
            stylist.put(sheet, row, number, grid.days.get(name), NUMBER)
        for number, date in enumerate(grid.dates, start=first):
            stylist.put(sheet, row, number, grid.cells.get((name, date)), CENTRED)
    sheet.row_dimensions[HEAD_ROW].height = 44
    sheet.row_dimensions[HOLIDAY_ROW].height = 26
    widths(sheet, 1, (16, *[9] * len(own), *[DATE_WIDTH] * len(grid.dates)))
    edge = get_column_letter(first + len(grid.dates) - 1)
    start = get_column_letter(first)
    tint_days(
        sheet,
        f"{start}{HEAD_ROW}:{edge}{last}",
        f"{start}${HEAD_ROW}",
        f"{start}${HOLIDAY_ROW}",
    )
    if has_on_call:
        _on_call(page, grid, first)
        people = name_range(STAFF.title, draft.people)
        cells = f"{start}{ON_CALL_ROW}:{edge}{ON_CALL_ROW}"
        offer(sheet, cells, people, strict=False)
    for number, column in enumerate(own, start=2):
        validate(page, column, column_range(number, top, last))
    shifts, kinds = (
        [row[table.key.path] for row in draft.rows_of(table)]
        for table in (SHIFTS, KINDS)
    )
    choices = _choices(layout, shifts, kinds)
    offer(sheet, f"{start}{top}:{edge}{last}", choices, strict=False)
    sheet.freeze_panes = sheet.cell(top, first)
    print_setup(
        sheet,
        paper=PAPER_A3,
        title_rows=f"{HEAD_ROW}:{top - 1}",
        title_columns="A:A",
    )


def _on_call(page: InputPage, grid: DraftGrid, first: int) -> None:
    """Write the on-call row; its dates begin at column ``first``."""
    sheet, stylist, _layout = page
    row = ON_CALL_ROW
    stylist.put(sheet, row, 1, _(words.ON_CALL_ROW), Look(bold=True, fill=HEAD.fill))
    for number in range(2, first):
        stylist.put(sheet, row, number, None, NUMBER)
    for number, date in enumerate(grid.dates, start=first):
        stylist.put(sheet, row, number, grid.on_call.get(date), SMALL_ENTRY)
    sheet.row_dimensions[row].height = 30


def _choices(layout: Sheet, symbols: list[str], kinds: list[str]) -> list[str]:
    """Return the entries of a grid's drop-downs."""
    if layout is REQUESTS:
        refused = [NOT[0] + symbol for symbol in (*symbols, ON_CALL_MARK)]
        return [*OFFS.values(), *symbols, *refused]
    offs = [*PLAIN_OFFS, OffKind.AWAY] if layout is TAIL else PLAIN_OFFS
    return [*symbols, *(OFF_SYMBOLS[kind] for kind in offs), *kinds]


FIRST_COLUMN = len(AGREEMENTS.columns) + 2
"""First column of the list of exceptions, one column apart from the table."""

EXCEPTION_HEADINGS = (
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
    for number, (text, _width) in enumerate(EXCEPTION_HEADINGS, start=FIRST_COLUMN):
        stylist.put(sheet, HEAD_ROW, number, _(text), HEAD)
    exceptions = yielding()
    for row, (key, facet) in enumerate(exceptions.items(), start=FIRST_ROW):
        stylist.put(sheet, row, FIRST_COLUMN, exception_name(key), NAME)
        for number, cell in enumerate(_cells(facet), start=FIRST_COLUMN + 1):
            stylist.put(sheet, row, number, cell, MARK)
        sheet.row_dimensions[row].height = LINE_HEIGHT
    widths(
        sheet, FIRST_COLUMN - 1, (3, *(width for _heading, width in EXCEPTION_HEADINGS))
    )
    last = FIRST_ROW + len(exceptions) - 1
    letter = get_column_letter(FIRST_COLUMN)
    choices = f"${letter}${FIRST_ROW}:${letter}${last}"
    cells = column_range(1, FIRST_ROW, FIRST_ROW + lines - 1)
    offer(sheet, cells, choices, strict=True)


def _cells(facet: Facet) -> tuple[str, ...]:
    needs = (YES if one in facet.about else "" for one in ("staff", "date", "name"))
    return (*needs, _(TIME) if is_timed(facet) else _(UNITS[facet.unit]))
