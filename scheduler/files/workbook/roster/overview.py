"""The month at a glance (時間帯別一覧): the smallest margin of every date and hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.utils import get_column_letter

from scheduler.domain.clock import HOUR
from scheduler.files.workbook.styles import (
    HEAD,
    NOTE,
    TITLE,
    Look,
    alarm_font,
    print_setup,
    widths,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.base import StaffId
    from scheduler.files.workbook.roster.book import Book

HEAD_ROW = 4
FIRST_HOUR_COLUMN = 3
HOURS = 24
AFTER = FIRST_HOUR_COLUMN + HOURS

SCALE = ColorScaleRule(
    start_type="num",
    start_value=-1,
    start_color="F4A6A6",
    mid_type="num",
    mid_value=0,
    mid_color="FFF3C4",
    end_type="num",
    end_value=3,
    end_color="9BD3A0",
)
MARGIN = "+0;-0;0"


def write_overview(book: Book, sheet: Worksheet) -> None:
    """Fill the sheet of margins by date and hour."""
    put = book.stylist.put
    put(sheet, 1, 1, _("Least people to spare, by date and hour"), TITLE)
    note = _(
        "By day: people at work in care or nursing minus those required (K-01, A-04)."
        " By night: awake and on call (A-06). As planned; edits are not followed."
    )
    put(sheet, 2, 1, note, NOTE)
    _headings(book, sheet)
    row = HEAD_ROW
    for row, date in enumerate(book.problem.period.dates, start=HEAD_ROW + 1):
        _date(book, sheet, row, date)
    first, last = (
        get_column_letter(column) for column in (FIRST_HOUR_COLUMN - 1, AFTER - 1)
    )
    area = f"{first}{HEAD_ROW + 1}:{last}{row}"
    short = CellIsRule(operator="lessThan", formula=["0"], font=alarm_font())
    sheet.conditional_formatting.add(area, SCALE)
    sheet.conditional_formatting.add(area, short)
    spare = get_column_letter(AFTER + 2)
    sheet.conditional_formatting.add(f"{spare}{HEAD_ROW + 1}:{spare}{row}", short)
    widths(sheet, 1, (13, 7))
    widths(sheet, FIRST_HOUR_COLUMN, [4.2] * HOURS)
    widths(sheet, AFTER, (9, 9, 9, 18, 14))
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, FIRST_HOUR_COLUMN)
    print_setup(sheet, title_rows=f"{HEAD_ROW}:{HEAD_ROW}")


def _headings(book: Book, sheet: Worksheet) -> None:
    texts: Sequence[str | int] = (
        _("Date"),
        _("Least"),
        *range(HOURS),
        _("Care hours required"),
        _("Care hours planned"),
        _("Care hours to spare"),
        _("Awake at night"),
        _("On call"),
    )
    for column, text in enumerate(texts, start=1):
        book.stylist.put(sheet, HEAD_ROW, column, text, HEAD)
    sheet.row_dimensions[HEAD_ROW].height = 30


def _date(book: Book, sheet: Worksheet, row: int, date: dt.date) -> None:
    put = book.stylist.put
    colour = book.day_fill(date)
    put(sheet, row, 1, date_text(date), Look(across="left", bold=True, fill=colour))
    margins = book.heat[date].margins
    put(sheet, row, 2, min(margins), Look(bold=True, number=MARGIN))
    for column, margin in enumerate(margins, start=FIRST_HOUR_COLUMN):
        put(sheet, row, column, margin, Look(number=MARGIN))
    hours, night = book.hours[date], book.nights[date]
    for offset, minutes in enumerate((hours.required, hours.planned, hours.margin)):
        put(sheet, row, AFTER + offset, minutes / HOUR, Look(number="0.0"))
    names = Look(across="left", size=8, shrink=True)
    put(sheet, row, AFTER + 3, _names(book, night.awake), names)
    put(sheet, row, AFTER + 4, night.on_call and _names(book, (night.on_call,)), names)


def _names(book: Book, people: tuple[StaffId, ...]) -> str:
    return "、".join(book.short_names.get(name, name) for name in people)
