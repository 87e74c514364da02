"""The sheet of breaks and care hours (休憩): three rows a person.

The first row repeats the break-room sheet, the second holds the breaks and may be
edited, the third counts the care hours in the day band of each date, live.  Shifts
that overlap, which no roster of ours has, count in full both times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation

from scheduler.audit.bands import day_band
from scheduler.audit.timeline import Timeline
from scheduler.domain.clock import HOUR
from scheduler.domain.roster import Roster
from scheduler.files.workbook.roster.book import DATE_ROW, FIRST_STAFF_ROW, WEEKDAY_ROW
from scheduler.files.workbook.roster.symbol_sheet import KEY
from scheduler.files.workbook.styles import (
    BAND,
    HEAD,
    HEADING,
    NOTE,
    PAPER_A3,
    TAIL,
    TITLE,
    Look,
    print_setup,
    widths,
)
from scheduler.wording.notation import break_text
from scheduler.wording.times import weekday_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.base import StaffId
    from scheduler.domain.staff import StaffMember
    from scheduler.files.workbook.roster.book import Book

NAME_COLUMN = 1
ROW_LABEL_COLUMN = 2
CARRIED_COLUMN = 3
"""Care hours that last month's last night brings into the first date."""

FIRST_DATE_COLUMN = 4
FIRST_ROW = WEEKDAY_ROW + 1
ROWS_EACH = 3


def care_hours_cell(book: Book, date: dt.date) -> str:
    """Return the cell with the care hours of a date, as other sheets refer to it."""
    sheet = book.labels.breaks.replace("'", "''")
    return f"'{sheet}'!{_letter(book, date)}${_sum_row(book)}"


def break_cell(book: Book, name: StaffId, date: dt.date) -> str:
    """Return the cell with a person's breaks of a date, likewise."""
    sheet = book.labels.breaks.replace("'", "''")
    index = book.grid.rows[name] - FIRST_STAFF_ROW
    return f"'{sheet}'!{_letter(book, date)}${FIRST_ROW + index * ROWS_EACH + 1}"


def write_breaks(book: Book, sheet: Worksheet) -> None:
    """Fill the sheet of breaks and care hours."""
    _head(book, sheet)
    carried = _carried(book)
    for index, member in enumerate(book.grid.members):
        row = FIRST_ROW + index * ROWS_EACH
        _labels(book, sheet, row, member, carried.get(member.name, 0))
        for date in book.problem.period.dates:
            _day(book, sheet, row, member.name, date)
    _sums(book, sheet)
    _drop_downs(book, sheet)
    widths(sheet, NAME_COLUMN, (15, 10, 7))
    widths(sheet, FIRST_DATE_COLUMN, [6.6] * book.problem.period.days)
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_DATE_COLUMN)
    print_setup(
        sheet,
        paper=PAPER_A3,
        title_rows=f"{DATE_ROW}:{WEEKDAY_ROW}",
        title_columns="A:B",
    )


def _head(book: Book, sheet: Worksheet) -> None:
    put, period = book.stylist.put, book.problem.period
    put(sheet, 1, 1, _("Breaks and care hours"), TITLE)
    note = _(
        "Only the rows of breaks may be edited. Care hours: hours in care or nursing"
        " inside the day band of the date, breaks taken off."
    )
    put(sheet, 2, 1, note, NOTE)
    put(sheet, DATE_ROW, NAME_COLUMN, book.labels.name, HEAD)
    put(sheet, DATE_ROW, ROW_LABEL_COLUMN, None, HEAD)
    put(sheet, DATE_ROW, CARRIED_COLUMN, _("Carried"), HEAD)
    for column in (NAME_COLUMN, ROW_LABEL_COLUMN, CARRIED_COLUMN):
        put(sheet, WEEKDAY_ROW, column, None, HEAD)
    for date in period.dates:
        column = _column(book, date)
        colour = book.day_fill(date) or HEADING
        number = "m/d" if date == period.first or date.day == 1 else "d"
        look = Look(bold=True, fill=colour, number=number)
        put(sheet, DATE_ROW, column, date, look)
        put(sheet, WEEKDAY_ROW, column, weekday_text(date.weekday()), Look(fill=colour))


def _labels(
    book: Book, sheet: Worksheet, row: int, member: StaffMember, carried: int
) -> None:
    put = book.stylist.put
    name = Look(size=10, bold=True, across="left", shrink=True, edge="group")
    again = Look(size=7, ink="9AA3AE", across="left", shrink=True)
    put(sheet, row, NAME_COLUMN, member.name, name)
    put(sheet, row, ROW_LABEL_COLUMN, _("Shift"), Look(size=8, edge="group"))
    put(sheet, row, CARRIED_COLUMN, None, Look(fill=TAIL, edge="group"))
    for offset, label in ((1, book.labels.break_row), (2, _("Care hours"))):
        put(sheet, row + offset, NAME_COLUMN, member.name, again)
        put(sheet, row + offset, ROW_LABEL_COLUMN, label, Look(size=8))
    put(sheet, row + 1, CARRIED_COLUMN, None, Look(fill=TAIL))
    hours = Look(size=8, fill=TAIL, number="0.0;-0.0;")
    put(sheet, row + 2, CARRIED_COLUMN, carried / HOUR, hours)
    sheet.row_dimensions[row + 1].height = 24


def _day(book: Book, sheet: Worksheet, row: int, name: StaffId, date: dt.date) -> None:
    column, fill = _column(book, date), book.day_fill(date)
    here = get_column_letter(column)
    source = book.labels.roster.replace("'", "''")
    origin = f"{get_column_letter(book.grid.columns[date])}{book.grid.rows[name]}"
    shift = Look(bold=True, fill=fill or BAND, edge="group", shrink=True)
    pause = Look(size=7, fill=fill, wrap=True, locked=False)
    hours = Look(size=8, fill=fill or BAND, number="0.0;-0.0;")
    duty = book.roster.by_cell.get((name, date))
    text = break_text(duty.breaks) if duty else ""
    # The empty text keeps a blank cell from turning into a zero.
    book.stylist.formula(sheet, row, column, f"='{source}'!{origin}&\"\"", shift)
    book.stylist.put(sheet, row + 1, column, text or None, pause)
    today = _care(book, here, row, str(book.tables.care_today))
    if date == book.problem.period.first:
        before = f"${get_column_letter(CARRIED_COLUMN)}{row + 2}"
    else:
        left = get_column_letter(column - 1)
        before = _care(book, left, row, str(book.tables.care_tomorrow))
    book.stylist.formula(sheet, row + 2, column, f"={today}+{before}", hours)


def _care(book: Book, column: str, row: int, table: str) -> str:
    """Look care hours up by shift and breaks, else by the shift's first breaks."""
    keys = book.tables.care_keys
    shift = f'{column}{row}&"{KEY}"'
    exact = f"MATCH({shift}&{column}{row + 1},{keys},0)"
    return f"IFERROR(INDEX({table},IFERROR({exact},MATCH({shift},{keys},0))),0)"


def _sums(book: Book, sheet: Worksheet) -> None:
    row, last = _sum_row(book), _sum_row(book) - 1
    label = _("Care hours")
    head = Look(bold=True, fill=HEADING, edge="group")
    look = Look(bold=True, size=8, number="0.0", fill=HEADING, edge="group")
    for column in (NAME_COLUMN, ROW_LABEL_COLUMN, CARRIED_COLUMN):
        text = _("All") if column == NAME_COLUMN else None
        text = label if column == ROW_LABEL_COLUMN else text
        book.stylist.put(sheet, row, column, text, head)
    labels = f"$B${FIRST_ROW}:$B${last}"
    for date in book.problem.period.dates:
        letter = _letter(book, date)
        hours = f"{letter}${FIRST_ROW}:{letter}${last}"
        formula = f"=SUMIF({labels},$B${row},{hours})"
        book.stylist.formula(sheet, row, _column(book, date), formula, look)


def _drop_downs(book: Book, sheet: Worksheet) -> None:
    """Offer the breaks of the planned shift; other text is allowed."""
    for shift in book.problem.shifts:
        cells = [
            f"{_letter(book, date)}{FIRST_ROW + index * ROWS_EACH + 1}"
            for index, member in enumerate(book.grid.members)
            for date in book.problem.period.dates
            if (duty := book.roster.by_cell.get((member.name, date)))
            and duty.shift == shift.symbol
        ]
        if shift.breaks and cells:
            choices = tuple(break_text(option) for option in shift.breaks)
            where = str(book.lists.range(choices))
            rule = DataValidation("list", formula1=where, allow_blank=True)
            rule.showErrorMessage = False
            rule.sqref = MultiCellRange(cells)
            sheet.add_data_validation(rule)


def _carried(book: Book) -> dict[StaffId, int]:
    """Return the minutes that the tail brings into the first date, by person."""
    problem = book.problem
    band = day_band(problem, problem.period.first)
    minutes: dict[StaffId, int] = {}
    tail = Timeline(problem, Roster(duties=())).begun
    for stretch in (stretch for stint in tail for stretch in stint.stretches):
        if stretch.in_pool:
            inside = stretch.interval.intersection(band).minutes
            minutes[stretch.staff] = minutes.get(stretch.staff, 0) + inside
    return minutes


def _sum_row(book: Book) -> int:
    return FIRST_ROW + ROWS_EACH * len(book.grid.members)


def _column(book: Book, date: dt.date) -> int:
    return FIRST_DATE_COLUMN + (date - book.problem.period.first).days


def _letter(book: Book, date: dt.date) -> str:
    letter: str = get_column_letter(_column(book, date))
    return letter
