"""The grids of people and dates: requests, pins, and last month's tail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from scheduler.domain.shifts import OffKind
from scheduler.files.workbook import words
from scheduler.files.workbook.layout import SHIFTS, STAFF
from scheduler.files.workbook.styles import HEAD, PAPER_A3, Look, print_setup, widths
from scheduler.files.workbook.writing.frame import (
    CENTRED,
    HEAD_ROW,
    LINE_HEIGHT,
    NUMBER,
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
    import datetime as dt

    from scheduler.files.workbook.writing.draft import Draft
    from scheduler.files.workbook.writing.frame import Page

WEEKDAY_ROW = HEAD_ROW + 1
HOLIDAY_ROW = HEAD_ROW + 2
FIRST_ROW = HEAD_ROW + 3

DATE_HEAD = Look(bold=True, number="m/d", fill=HEAD.fill)
NAME = Look(across="left", bold=True, number="@")
HOLIDAY = Look(size=7, wrap=True, number="@")
DATE_WIDTH = 6.5
SPARE_LINES = 10


def paint_requests(page: Page, draft: Draft) -> None:
    """Write the requests of the staff."""
    lines = _frame(page, draft, draft.period.dates, fixed=1)
    symbols = [row[SHIFTS.key.path] for row in draft.shifts]
    refused = [NOT[0] + symbol for symbol in (*symbols, ON_CALL_MARK)]
    for index, name in enumerate(draft.names):
        for number, date in enumerate(draft.period.dates, start=2):
            text = draft.requests.get((name, date))
            page.stylist.put(page.sheet, FIRST_ROW + index, number, text, CENTRED)
    choices = [*OFFS.values(), *symbols, *refused]
    _offer(page, choices, 2, len(draft.period.dates), lines)


def paint_pins(page: Page, draft: Draft) -> None:
    """Write the cells that are fixed beforehand, and who is fixed on call."""
    dates = draft.period.dates
    lines = _frame(page, draft, dates, fixed=1)
    for index, name in enumerate(draft.names):
        for number, date in enumerate(dates, start=2):
            text = draft.pins.get((name, date))
            page.stylist.put(page.sheet, FIRST_ROW + index, number, text, CENTRED)
    _on_call(
        page, draft, FIRST_ROW + lines, [draft.pinned_nights.get(d) for d in dates]
    )
    symbols = [row[SHIFTS.key.path] for row in draft.shifts]
    offs = [OFF_SYMBOLS[kind] for kind in OffKind if kind is not OffKind.AWAY]
    _offer(page, [*symbols, *offs], 2, len(dates), lines)


def paint_tail(page: Page, draft: Draft) -> None:
    """Write the last dates before the period, and who was on call."""
    sheet, stylist, layout = page
    dates = draft.tail_dates
    lines = _frame(page, draft, dates, fixed=2)
    heading(page, HEAD_ROW, 2, layout.columns[1])
    for index in range(lines):
        name = draft.names[index] if index < len(draft.names) else None
        days = draft.days_off_before.get(name) if name else None
        stylist.put(sheet, FIRST_ROW + index, 2, days, NUMBER)
        for number, date in enumerate(dates, start=3):
            text = draft.tail.get((name, date)) if name else None
            stylist.put(sheet, FIRST_ROW + index, number, text, CENTRED)
    last = FIRST_ROW + lines
    stylist.put(sheet, last, 2, None, NUMBER)
    _on_call(page, draft, last, [draft.on_call.get(date) for date in dates], first=3)
    validate(page, layout.columns[1], f"B{FIRST_ROW}:B{last - 1}")
    symbols = [row[SHIFTS.key.path] for row in draft.shifts]
    offs = [OFF_SYMBOLS[kind] for kind in OffKind]
    _offer(page, [*symbols, *offs], 3, len(dates), lines)


def _on_call(
    page: Page, draft: Draft, row: int, names: list[str | None], *, first: int = 2
) -> None:
    """Write the row of who is on call, from column ``first`` on."""
    sheet, stylist, _layout = page
    stylist.put(sheet, row, 1, _(words.ON_CALL_ROW), Look(bold=True, fill=HEAD.fill))
    for number, name in enumerate(names, start=first):
        stylist.put(sheet, row, number, name, Look(size=7, wrap=True, number="@"))
    sheet.row_dimensions[row].height = 30
    people = name_range(STAFF, len(draft.staff) + SPARE_LINES)
    start, edge = (get_column_letter(n) for n in (first, first + len(names) - 1))
    offer(sheet, f"{start}{row}:{edge}{row}", people, strict=False)


def _frame(page: Page, draft: Draft, dates: tuple[dt.date, ...], fixed: int) -> int:
    """Write names, dates, weekdays and holidays; return the number of lines."""
    sheet, stylist, layout = page
    lines = len(draft.staff) + SPARE_LINES
    heading(page, HEAD_ROW, 1, layout.columns[0])
    stylist.put(sheet, WEEKDAY_ROW, 1, _(words.WEEKDAY_ROW), HEAD)
    stylist.put(sheet, HOLIDAY_ROW, 1, _(words.HOLIDAY_ROW), HEAD)
    for number in range(2, fixed + 1):
        stylist.put(sheet, WEEKDAY_ROW, number, None, HEAD)
        stylist.put(sheet, HOLIDAY_ROW, number, None, HEAD)
    for number, date in enumerate(dates, start=fixed + 1):
        letter = get_column_letter(number)
        stylist.put(sheet, HEAD_ROW, number, date, DATE_HEAD)
        formula = weekday_formula(f"{letter}${HEAD_ROW}")
        stylist.formula(sheet, WEEKDAY_ROW, number, formula, CENTRED)
        name = draft.period.holiday_names.get(date)
        stylist.put(sheet, HOLIDAY_ROW, number, name, HOLIDAY)
    for index in range(lines):
        name = draft.names[index] if index < len(draft.names) else None
        sheet.row_dimensions[FIRST_ROW + index].height = LINE_HEIGHT
        stylist.put(sheet, FIRST_ROW + index, 1, name, NAME)
        for number in range(fixed + 1, fixed + 1 + len(dates)):
            stylist.put(sheet, FIRST_ROW + index, number, None, CENTRED)
    sheet.row_dimensions[HEAD_ROW].height = 44
    sheet.row_dimensions[HOLIDAY_ROW].height = 26
    widths(sheet, 1, (16, *[9] * (fixed - 1), *[DATE_WIDTH] * len(dates)))
    first, edge = get_column_letter(fixed + 1), get_column_letter(fixed + len(dates))
    tint_days(
        sheet,
        f"{first}{HEAD_ROW}:{edge}{FIRST_ROW + lines - 1}",
        f"{first}${HEAD_ROW}",
        f"{first}${HOLIDAY_ROW}",
    )
    sheet.freeze_panes = sheet.cell(FIRST_ROW, fixed + 1)
    print_setup(
        sheet,
        paper=PAPER_A3,
        title_rows=f"{HEAD_ROW}:{HOLIDAY_ROW}",
        title_columns="A:A",
    )
    return lines


def _offer(page: Page, choices: list[str], first: int, dates: int, lines: int) -> None:
    start, edge = get_column_letter(first), get_column_letter(first + dates - 1)
    cells = f"{start}{FIRST_ROW}:{edge}{FIRST_ROW + lines - 1}"
    offer(page.sheet, cells, choices, strict=False)
