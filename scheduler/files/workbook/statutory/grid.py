"""Rows and columns of the statutory table's sheet, and how it is printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from openpyxl.worksheet.pagebreak import Break

from scheduler.audit.papers.statutory import JOBS, StatutoryTable, TableRow
from scheduler.domain.base import StaffId
from scheduler.domain.shifts import Role
from scheduler.files.workbook.page import Page
from scheduler.files.workbook.references import area, at
from scheduler.files.workbook.styles import PAPER_A3

NUMBER, JOB, TYPE, QUALIFIED, NAME, LINE = 1, 2, 3, 4, 5, 6
FIRST_DATE = 7
LINES = 3
"""Lines of a person and job: symbol, hours in the day band, hours in the night band."""

HEAD_ROW = 8
"""Row of the headings and dates; the weekdays are in the next."""
FIRST_ROW = 10

WIDTHS = {NUMBER: 3.4, JOB: 9, TYPE: 4, QUALIFIED: 13, NAME: 13, LINE: 5}
DATE_WIDTH = 4.9
BEHIND = (7, 6.5, 6, 6.5, 7.5, 7, 4.8, 17, 6.5)
"""Widths of the columns behind the dates."""


class Behind(NamedTuple):
    """Columns behind the dates."""

    total: int
    """The sum of both bands."""
    weekly: int
    """The weekly average."""
    on_call: int
    """Nights on call that are work."""
    credit: int
    """Leave and the like that count as worked."""
    counted: int
    """The countable hours."""
    by_day: int
    """The countable hours in the day band."""
    is_one: int
    """Whether the person counts as one."""
    second_job: int
    """The other jobs."""
    elsewhere: int
    """Hours elsewhere."""


@dataclass(frozen=True)
class TableGrid:
    """Where everything of a table stands on its sheet."""

    table: StatutoryTable

    @cached_property
    def columns(self) -> dict[dt.date, int]:
        """Column of each date."""
        return {date: i for i, date in enumerate(self.table.dates, start=FIRST_DATE)}

    @cached_property
    def behind(self) -> Behind:
        """The columns behind the dates."""
        return Behind(*range(self.after, self.after + len(Behind._fields)))

    @property
    def after(self) -> int:
        """First column behind the dates."""
        return FIRST_DATE + len(self.table.dates)

    @property
    def last(self) -> int:
        """The last column."""
        return self.behind.elsewhere

    @cached_property
    def tops(self) -> dict[tuple[StaffId, Role], int]:
        """First of the three rows of each person and job."""
        return {
            (row.job.staff, row.job.role): FIRST_ROW + LINES * number
            for number, row in enumerate(self.table.rows)
        }

    def top(self, row: TableRow) -> int:
        """Return the first of the three rows of a person and job."""
        return self.tops[row.job.staff, row.job.role]

    @property
    def foot(self) -> int:
        """First row below the people."""
        return FIRST_ROW + LINES * len(self.table.rows)

    def rows_of(self, *roles: Role) -> tuple[int, int] | None:
        """Return first and last row of some jobs that follow each other, if any."""
        tops = [self.top(row) for row in self.table.rows if row.job.role in roles]
        return (min(tops), max(tops) + LINES - 1) if tops else None

    def area(self, column: int, *roles: Role) -> str | None:
        """Return the reference to a column's cells of some jobs, all if none is given.

        ``None`` if nobody has one of the jobs.
        """
        rows = self.rows_of(*(roles or JOBS))
        if rows is None:
            return None
        return area(rows[0], column, rows[1], column, "both")

    def dates_of(self, row: int) -> str:
        """Return the reference to a row's cells of all dates."""
        return area(row, FIRST_DATE, row, self.after - 1, "column")

    def cell(self, row: int, column: int) -> str:
        """Return the reference of a cell with its column fixed."""
        return at(row, column, "column")


PAGE_WIDTH = 1120
"""Width of an A3 page, landscape, inside the margins, in points."""
POINTS_A_CHARACTER = 7.2
"""Width of a character of column width; as LibreOffice takes it, Excel less."""
ROWS_ON_ONE_PAGE = 20
"""People and jobs with which the whole table is fitted to a page."""
ROWS_ON_A_PAGE = 24
"""People and jobs on a page where there are more, below the head."""
ROWS_BESIDE_THE_FOOT = 15
"""People and jobs beside whom the foot fits on a page."""


def set_up_printing(page: Page, grid: TableGrid) -> None:
    """Set up printing on A3: one page, or several that part between people."""
    rows = len(grid.table.rows)
    one_page = rows <= ROWS_ON_ONE_PAGE
    page.finish(
        (HEAD_ROW, HEAD_ROW + 1),
        freeze=FIRST_DATE,
        title_columns="A:F",
        paper=PAPER_A3,
        # Excel ignores breaks on a fitted sheet.
        scale=None if one_page else int(100 * PAGE_WIDTH / _width(grid)),
    )
    if one_page:
        page.sheet.page_setup.fitToHeight = 1
        return
    for number in range(ROWS_ON_A_PAGE, rows, ROWS_ON_A_PAGE):
        page.sheet.row_breaks.append(Break(FIRST_ROW + LINES * number - 1))
    if rows % ROWS_ON_A_PAGE > ROWS_BESIDE_THE_FOOT:
        page.sheet.row_breaks.append(Break(grid.foot - 1))


def _width(grid: TableGrid) -> float:
    """Return the width of a sheet in points."""
    dates = DATE_WIDTH * len(grid.table.dates)
    return (sum(WIDTHS.values()) + dates + sum(BEHIND)) * POINTS_A_CHARACTER
