"""Rows and columns of the statutory table's sheet, and how it is printed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from openpyxl.worksheet.pagebreak import Break

from scheduler.audit.figures.fte import work_type
from scheduler.audit.papers.statutory import JOBS, StatutoryTable, TableRow, TableSymbol
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.references import Range, area, at, sheet_of
from scheduler.files.workbook.sheet_writer import SheetWriter, TableColumn
from scheduler.files.workbook.styles import CENTRE, PAPER_A3, TITLE, Fill, Formula, Look
from scheduler.wording.names import name_of
from scheduler.wording.statutory import (
    JOB_TITLES,
    attached_texts,
    elsewhere,
    job_title,
    on_call_legend,
    symbol_meaning,
    symbol_texts,
)
from scheduler.wording.times import clock_text, dates_text
from scheduler.wording.translation import _

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
LARGEST_SCALE = 61
"""Per cent at which a page still takes `ROWS_ON_A_PAGE`, however few the dates."""


def set_up_printing(out: SheetWriter, grid: TableGrid) -> None:
    """Set up printing on A3: one page, or several that part between people."""
    rows = len(grid.table.rows)
    one_page = rows <= ROWS_ON_ONE_PAGE
    out.finish(
        (HEAD_ROW, HEAD_ROW + 1),
        freeze=FIRST_DATE,
        title_columns="A:F",
        paper=PAPER_A3,
        # Excel ignores breaks on a fitted sheet.
        scale=None
        if one_page
        else min(LARGEST_SCALE, int(100 * PAGE_WIDTH / _width(grid))),
    )
    if one_page:
        out.sheet.page_setup.fitToHeight = 1
        return
    for number in range(ROWS_ON_A_PAGE, rows, ROWS_ON_A_PAGE):
        out.sheet.row_breaks.append(Break(FIRST_ROW + LINES * number - 1))
    if rows % ROWS_ON_A_PAGE > ROWS_BESIDE_THE_FOOT:
        out.sheet.row_breaks.append(Break(grid.foot - 1))


def _width(grid: TableGrid) -> float:
    """Return the width of a sheet in points."""
    dates = DATE_WIDTH * len(grid.table.dates)
    return (sum(WIDTHS.values()) + dates + sum(BEHIND)) * POINTS_A_CHARACTER


SYMBOLS_ROW = 5
SPARE = 8
"""Empty lines below, for symbols that are added by hand."""

SYMBOL_WIDTHS = (9, 34, 10, 10, 12, 11, 11, 11, 13, 11, 11, 11, 12)
TEXT, MEANING, BEGIN, END, PAUSE, TOTAL, DAY, NIGHT, NEXT, ON_CALL = range(1, 11)
LEAVE, SPECIAL, TRAINING = range(11, 14)

SYMBOL_HOURS = Look(number="0.00")
OPTIONAL = Look(number="0.00;-0.00;")


@dataclass(frozen=True)
class TableSymbols:
    """The symbols of all tables of a workbook, and where they stand."""

    problem: Problem
    tables: tuple[StatutoryTable, ...]
    title: str = field(default_factory=lambda: _("Symbols of the table"))

    @cached_property
    def texts(self) -> Mapping[TableSymbol, str]:
        """The text of each symbol, in the order of the lines."""
        return symbol_texts(self.problem, self.tables)

    @property
    def last_row(self) -> int:
        """The last line, empty ones included."""
        return SYMBOLS_ROW + len(self.texts) + SPARE - 1

    def column(self, number: int) -> str:
        """Return the reference to a column of the sheet, from other sheets."""
        return str(Range(self.title, number, SYMBOLS_ROW, number, self.last_row))

    def looked_up(self, cell: str, *columns: int) -> str:
        """Return a formula term: the sum of some columns for the symbols of a cell.

        ``cell`` may also be the cells of a row.
        """
        values = "+".join(self.column(number) for number in columns)
        return f"SUMPRODUCT(EXACT({cell},{self.column(TEXT)})*({values}))"

    def next_morning(self, cells: str) -> str:
        """Return a formula term: the hours after midnight, by day, of a column."""
        sheet = sheet_of(self.title)
        known = [
            row
            for row, symbol in enumerate(self.texts, start=SYMBOLS_ROW)
            if symbol.next_morning
        ]
        spare = range(SYMBOLS_ROW + len(self.texts), self.last_row + 1)
        return "+".join(
            f"SUMPRODUCT(--EXACT({cells},{sheet}!$A${row}))*{sheet}!$I${row}"
            for row in (*known, *spare)
        )


def write_symbols(symbols: TableSymbols, out: SheetWriter) -> None:
    """Fill the sheet of symbols."""
    out.widths(SYMBOL_WIDTHS)
    out.put(1, 1, _("Symbols of the staffing table"), TITLE)
    note = _(
        "Hours belong to the date on which the shift begins. Symbols of your own may be"
        " added in the empty lines. A number behind a symbol: the same shift with other"
        " times or hours, because the jobs, a break or an event lie elsewhere."
    )
    out.row = 2
    out.sentence(note)
    out.sentence(on_call_legend(symbols.problem))
    out.row = SYMBOLS_ROW - 1
    out.headings(
        (
            _("Symbol"),
            _("Meaning"),
            _("Begin"),
            _("End"),
            _("Break and other jobs"),
            _("Hours"),
            _("By day"),
            _("By night"),
            _("of it next morning by day"),
            _("of it on call"),
            _("Days of paid leave"),
            _("Days of special leave"),
            _("Training and trips, hours"),
        )
    )
    looks = (
        Look(size=11, bold=True),
        Look(size=8.5, across="left", shrink=True),
        *(Look(size=9),) * 2,
        *(SYMBOL_HOURS,) * 4,
        *(OPTIONAL,) * 5,
    )
    for symbol, text in symbols.texts.items():
        out.line(tuple(_values(symbols, symbol, text, out.row)), looks)
    for _number in range(SPARE):
        spare = [None] * len(looks)
        values = [*spare[: TOTAL - 1], _total(out.row), *spare[TOTAL:]]
        out.line(values, tuple(_spare(look) for look in looks))
    out.finish(SYMBOLS_ROW - 1)


def _spare(look: Look) -> Look:
    return Look(
        size=look.size, fill=Fill.BAND, number=OPTIONAL.number, across=look.across
    )


def _total(row: int) -> Formula:
    return Formula(f"=G{row}+H{row}")


def _values(
    symbols: TableSymbols, symbol: TableSymbol, text: str, row: int
) -> Iterator[str | float | None]:
    is_work = symbol.begin is not None and symbol.end is not None
    yield text
    yield symbol_meaning(symbols.problem, symbol)
    yield clock_text(symbol.begin or 0) if is_work else None
    yield clock_text(symbol.end or 0) if is_work else None
    yield symbol.pause / HOUR if is_work else None
    yield _total(row)
    for minutes in (symbol.day, symbol.night, symbol.next_morning, symbol.on_call):
        yield minutes / HOUR
    yield symbol.half_leave / 2
    yield symbol.special_leave
    yield symbol.training / HOUR


ELSEWHERE_WIDTHS = (18, 8, 24, 40, 34, 14)
HOURS_ELSEWHERE = Look(size=9, number="0.00")


def write_elsewhere(
    problem: Problem, tables: Sequence[StatutoryTable], out: SheetWriter
) -> None:
    """Fill the sheet: who has a second job, with the hours of the last edition."""
    tables = [one for one in tables if one.edition is tables[-1].edition]
    out.title(_("Second jobs, and the organisation"), ELSEWHERE_WIDTHS)
    out.section(_("Who has a second job, here or elsewhere"))
    people = [one for one in problem.staff if len(one.roles) > 1 or one.works_elsewhere]
    if people:
        text = _("Hours of {dates} ({edition}); those elsewhere as they were typed.")
        dates = dates_text(tables[0].dates[0], tables[-1].dates[-1])
        edition = name_of(tables[-1].edition)
        out.sentence(text.format(dates=dates, edition=edition))
        out.table(_columns(tables), people)
    else:
        out.sentence(_("Nobody has a second job."))
    if any(one.works_elsewhere for one in people):
        out.listed(attached_texts(problem))
    out.section(_("Organisation"))
    out.listed(_organisation(problem))
    out.finish()


def _columns(
    tables: Sequence[StatutoryTable],
) -> tuple[TableColumn[StaffMember], ...]:
    def here(member: StaffMember) -> str:
        text = _("{job} {hours} h")
        worked: Counter[Role] = Counter()
        for row in (row for table in tables for row in table.rows):
            if row.job.staff == member.name:
                worked[row.job.role] += row.job.worked
        return "、".join(
            text.format(job=job_title(member, role), hours=f"{minutes / HOUR:.2f}")
            for role, minutes in worked.items()
        )

    def other(member: StaffMember) -> str:
        return "、".join(elsewhere(member))

    def there(member: StaffMember) -> float | None:
        known = member.other_minutes
        return None if known is None else known / HOUR

    return (
        TableColumn(_("Name"), lambda one: one.name, Look(bold=True, across="left")),
        TableColumn(_("Form"), lambda one: str(work_type(one)), CENTRE),
        TableColumn(_("Form in words"), lambda one: name_of(work_type(one))),
        TableColumn(_("Jobs here, with hours"), here),
        TableColumn(
            _("Office and job elsewhere"), lambda one: "、".join(elsewhere(one))
        ),
        TableColumn(_("Hours elsewhere"), there, HOURS_ELSEWHERE),
    )


def _organisation(problem: Problem) -> Iterator[str]:
    """Yield a line for each job: who leads, and who does what."""
    for role in JOBS:
        names = [one.name for one in problem.staff if role in one.roles]
        text = _("{job}: {names}")
        told = "、".join(names) or _("nobody")
        yield text.format(job=_(JOB_TITLES[role]), names=told)
    yield _(
        "The manager leads everybody in the office; the care manager makes the plans by"
        " which care and nursing staff work. An organisation chart is to be attached"
        " where your municipality asks for one (to be confirmed)."
    )
