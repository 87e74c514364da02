"""The sheet of breaks and care hours (休憩), with three rows for each person.

The first row repeats the manager's sheet, the second holds the breaks and may be
edited, the third has formulas for the care hours in the day band of each date.  Shifts
that overlap, which the model never makes, count in full each.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from scheduler.audit.bands import day_band
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.domain.roster import Roster
from scheduler.files.workbook.dates import write_date_heads
from scheduler.files.workbook.paging import fit_or_part
from scheduler.files.workbook.references import area, at, sheet_of
from scheduler.files.workbook.roster.book import (
    DATE_ROW,
    FIRST_STAFF_ROW,
    WEEKDAY_ROW,
    Book,
)
from scheduler.files.workbook.roster.symbols import KEY
from scheduler.files.workbook.roster.totals import cell_of
from scheduler.files.workbook.sheet_writer import SheetWriter
from scheduler.files.workbook.styles import (
    HEAD,
    NOTE,
    PAPER_A3,
    TITLE,
    Fill,
    Formula,
    Look,
)
from scheduler.wording.names import sheet_note
from scheduler.wording.notation import break_text
from scheduler.wording.translation import _

CARRIED_COLUMN = 3
"""Column, after names and row labels, of the care hours of the tail's last night that
fall on the first date."""

FIRST_DATE_COLUMN = 4
FIRST_ROW = WEEKDAY_ROW + 1
ROWS_EACH = 3


def care_hours_cell(book: Book, date: dt.date) -> str:
    """Return the reference, from other sheets, to the care hours of a date."""
    return _from_other_sheets(book, _sum_row(book), date)


def break_cell(book: Book, name: StaffId, date: dt.date) -> str:
    """Return the reference, from other sheets, to a person's breaks on a date."""
    row = FIRST_ROW + (book.grid.rows[name] - FIRST_STAFF_ROW) * ROWS_EACH + 1
    return _from_other_sheets(book, row, date)


def _from_other_sheets(book: Book, row: int, date: dt.date) -> str:
    return f"{sheet_of(book.labels.breaks)}!{at(row, _column(book, date), 'row')}"


def write_breaks(book: Book, out: SheetWriter) -> None:
    """Fill the sheet of breaks and care hours."""
    _head(book, out)
    carried = _carried(book)
    for index, member in enumerate(book.grid.members):
        row = FIRST_ROW + index * ROWS_EACH
        _labels(book, out, row, member.name, carried.get(member.name, 0))
        for date in book.problem.period.dates:
            _day(book, out, row, member.name, date)
    _sums(book, out)
    _drop_downs(book, out)
    out.widths((15, 10, 7, *[6.6] * book.problem.period.days))
    sheet = out.sheet
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_DATE_COLUMN)
    heads = DATE_ROW, WEEKDAY_ROW
    out.finish(heads, title_columns="A:B", paper=PAPER_A3)
    people = range(FIRST_ROW, _sum_row(book), ROWS_EACH)
    fit_or_part(sheet, heads, people)


def _head(book: Book, out: SheetWriter) -> None:
    period = book.problem.period
    out.put(1, 1, _("Breaks and care hours"), TITLE)
    out.put(2, 1, sheet_note("breaks"), NOTE)
    out.cells(DATE_ROW, 1, (book.labels.name, None, _("Carried")), HEAD)
    out.cells(WEEKDAY_ROW, 1, [None] * CARRIED_COLUMN, HEAD)
    look = Look(bold=True, fill=Fill.HEADING)
    plain = replace(look, bold=False)
    write_date_heads(out, DATE_ROW, FIRST_DATE_COLUMN, period, look, plain)


def _labels(
    book: Book, out: SheetWriter, row: int, name: StaffId, carried: int
) -> None:
    bold = Look(size=10, bold=True, across="left", shrink=True, edge="group")
    looks = (bold, Look(size=8, edge="group"), Look(fill=Fill.TAIL, edge="group"))
    again = Look(size=7, ink="9AA3AE", across="left", shrink=True)
    hours = Look(size=8, fill=Fill.TAIL, number="0.0;-0.0;")
    out.cells(row, 1, (name, _("Shift"), None), looks)
    out.cells(row + 1, 1, (name, book.labels.break_row), (again, Look(size=8)))
    out.cells(row + 2, 1, (name, _("Care hours")), (again, Look(size=8)))
    out.put(row + 1, CARRIED_COLUMN, None, Look(fill=Fill.TAIL))
    out.put(row + 2, CARRIED_COLUMN, carried / HOUR, hours)
    out.height(24, row + 1)


def _day(book: Book, out: SheetWriter, row: int, name: StaffId, date: dt.date) -> None:
    column, fill = _column(book, date), book.day_fill(date)
    shift = Look(bold=True, fill=fill or Fill.BAND, edge="group", shrink=True)
    pause = Look(size=7, fill=fill, wrap=True, locked=False)
    hours = Look(size=8, fill=fill or Fill.BAND, number="0.0;-0.0;")
    duty = book.roster.by_cell.get((name, date))
    text = break_text(duty.breaks) if duty else ""
    origin = cell_of(book, name, book.grid.columns[date])
    # Without the empty text, the reference to a blank cell would show 0.
    out.put(row, column, Formula(f'={origin}&""'), shift)
    out.put(row + 1, column, text or None, pause)
    today = _care(book, column, row, str(book.tables.care_today))
    if date == book.problem.period.first:
        before = at(row + 2, CARRIED_COLUMN, "column")
    else:
        before = _care(book, column - 1, row, str(book.tables.care_tomorrow))
    out.put(row + 2, column, Formula(f"={today}+{before}"), hours)


def _care(book: Book, column: int, row: int, table: str) -> str:
    """Return the formula that looks care hours up by shift and breaks.

    Breaks that are not in the table count as the shift's first ones.
    """
    keys = book.tables.care_keys
    shift = f'{at(row, column)}&"{KEY}"'
    exact = f"MATCH({shift}&{at(row + 1, column)},{keys},0)"
    return f"IFERROR(INDEX({table},IFERROR({exact},MATCH({shift},{keys},0))),0)"


def _sums(book: Book, out: SheetWriter) -> None:
    row, last = _sum_row(book), _sum_row(book) - 1
    head = Look(bold=True, fill=Fill.HEADING, edge="group")
    look = Look(bold=True, size=8, number="0.0", fill=Fill.HEADING, edge="group")
    out.cells(row, 1, (_("All"), _("Care hours"), None), head)
    labels = f"$B${FIRST_ROW}:$B${last}"
    for date in book.problem.period.dates:
        column = _column(book, date)
        hours = area(FIRST_ROW, column, last, column, "row")
        formula = Formula(f"=SUMIF({labels},$B${row},{hours})")
        out.put(row, column, formula, look)


def _drop_downs(book: Book, out: SheetWriter) -> None:
    """Add drop-downs with the breaks of the planned shift; other text is allowed."""
    for shift in book.problem.all_shifts:
        cells = [
            at(FIRST_ROW + index * ROWS_EACH + 1, _column(book, date))
            for index, member in enumerate(book.grid.members)
            for date in book.problem.period.dates
            if (duty := book.roster.by_cell.get((member.name, date)))
            and duty.shift == shift.symbol
        ]
        if shift.breaks and cells:
            choices = tuple(break_text(option) for option in shift.breaks)
            where = str(book.lists.range(choices))
            out.offer(" ".join(cells), where)


def _carried(book: Book) -> dict[StaffId, int]:
    """Return the care minutes of the tail's shifts that fall on the first date."""
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
