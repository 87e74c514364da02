"""Rows and columns of the statutory staffing table's sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from scheduler.audit.papers.statutory.table import JOBS

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.audit.papers.statutory import StatutoryTable, TableRow
    from scheduler.domain.base import StaffId
    from scheduler.domain.shifts import Role

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


@dataclass(frozen=True)
class TableGrid:
    """Where everything of a table stands on its sheet."""

    table: StatutoryTable

    @cached_property
    def columns(self) -> dict[dt.date, int]:
        """Column of each date."""
        return {date: i for i, date in enumerate(self.table.dates, start=FIRST_DATE)}

    @property
    def after(self) -> int:
        """First column behind the dates."""
        return FIRST_DATE + len(self.table.dates)

    @property
    def total(self) -> int:
        """Column of the sum of both bands."""
        return self.after

    @property
    def weekly(self) -> int:
        """Column of the weekly average."""
        return self.after + 1

    @property
    def on_call(self) -> int:
        """Column of nights on call that are work."""
        return self.after + 2

    @property
    def credit(self) -> int:
        """Column of leave and the like that count as worked."""
        return self.after + 3

    @property
    def counted(self) -> int:
        """Column of the countable hours."""
        return self.after + 4

    @property
    def by_day(self) -> int:
        """Column of the countable hours in the day band."""
        return self.after + 5

    @property
    def is_one(self) -> int:
        """Column that says whether the person counts as one."""
        return self.after + 6

    @property
    def second_job(self) -> int:
        """Column of the other jobs."""
        return self.after + 7

    @property
    def last(self) -> int:
        """The last column: hours elsewhere."""
        return self.after + 8

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
        letter = get_column_letter(column)
        return f"${letter}${rows[0]}:${letter}${rows[1]}"

    def dates_of(self, row: int) -> str:
        """Return the reference to a row's cells of all dates."""
        first, last = (
            get_column_letter(column) for column in (FIRST_DATE, self.after - 1)
        )
        return f"${first}{row}:${last}{row}"

    def cell(self, row: int, column: int) -> str:
        """Return the reference of a cell with its column fixed."""
        return f"${get_column_letter(column)}{row}"
