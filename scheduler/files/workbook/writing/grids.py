"""Writing the grids of people and dates: requests, pins, and the tail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from scheduler.domain.shifts import OffKind
from scheduler.files.workbook import words
from scheduler.files.workbook.layout import REQUESTS, SHIFTS, TAIL
from scheduler.files.workbook.lists_layout import KINDS
from scheduler.files.workbook.staff_layout import STAFF
from scheduler.files.workbook.styles import HEAD, PAPER_A3, Look, print_setup, widths
from scheduler.files.workbook.writing.frame import (
    CENTRED,
    HEAD_ROW,
    LINE_HEIGHT,
    NUMBER,
    column_range,
    follow_names,
    heading,
    name_range,
    offer,
    tint_days,
    validate,
    weekday_formula,
)
from scheduler.wording.notation import NOT, OFF_SYMBOLS, OFFS, ON_CALL_MARK
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.columns import Sheet
    from scheduler.files.workbook.writing.draft import Draft, DraftGrid
    from scheduler.files.workbook.writing.frame import InputPage

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
