"""The head of the statutory table, and the three lines of each person and job."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from scheduler.audit.papers.statutory import StatutoryTable, TableRow
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR, WEEK
from scheduler.domain.problem import Problem
from scheduler.files.workbook.dates import day_fill, write_date_heads
from scheduler.files.workbook.references import area, at
from scheduler.files.workbook.sheet_writer import SheetWriter
from scheduler.files.workbook.statutory.layout import (
    BEHIND,
    DATE_WIDTH,
    FIRST_DATE,
    FIRST_ROW,
    HEAD_ROW,
    JOB,
    LEAVE,
    LINE,
    LINES,
    NAME,
    NIGHT,
    NUMBER,
    ON_CALL,
    QUALIFIED,
    SPECIAL,
    TEXT,
    TRAINING,
    TYPE,
    WIDTHS,
    TableGrid,
    TableSymbols,
    set_up_printing,
)
from scheduler.files.workbook.statutory.layout import (
    DAY as BY_DAY,
)
from scheduler.files.workbook.styles import HEAD, NOTE, TITLE, Fill, Formula, Ink, Look
from scheduler.wording.names import name_of
from scheduler.wording.statutory import head_lines, job_title, second_jobs
from scheduler.wording.translation import _

LABEL = Look(size=8.5, bold=True, fill=Fill.HEADING, shrink=True)
VALUE = Look(size=9.5, across="left", shrink=True)
FIGURE = Look(size=9.5, number="0.00")
SYMBOL = Look(size=11, bold=True, shrink=True)
BY_BAND = Look(size=8.5, number="0.00;-0.00;", shrink=True)
SUM = Look(size=10, number="0.00")
OPTIONAL = Look(size=10, number="0.00;-0.00;")
CELL = Look(size=9, wrap=True)
LEFT = Look(size=8, across="left", wrap=True)
OTHER_LINE = Look(size=7, fill=Fill.BAND, shrink=True)
FIRST_LINE = replace(OTHER_LINE, edge="group")
ROW_POINTS = 15
HEADER_POINTS = 17


@dataclass(frozen=True)
class TableSheet:
    """A table, its sheet, and what formulas on it refer to."""

    problem: Problem
    table: StatutoryTable
    symbols: TableSymbols
    out: SheetWriter
    made_on: dt.date | None
    remark: str = ""
    """What an actual is taken from."""

    @cached_property
    def grid(self) -> TableGrid:
        """Where everything stands."""
        return TableGrid(self.table)

    @property
    def full_timer(self) -> str:
        """The cell with the hours of a full-timer on the dates of the table."""
        return at(5, NAME, "both")

    @cached_property
    def jobs(self) -> dict[StaffId, list[TableRow]]:
        """The rows of each person, the first job first."""
        found: dict[StaffId, list[TableRow]] = defaultdict(list)
        rows = {(row.job.staff, row.job.role): row for row in self.table.rows}
        for job in self.table.fte.jobs:
            if (job.staff, job.role) in rows:
                found[job.staff].append(rows[job.staff, job.role])
        return found


def write_head(sheet: TableSheet) -> None:
    """Write title, header and headings."""
    out, table = sheet.out, sheet.table
    out.widths([*WIDTHS.values(), *[DATE_WIDTH] * len(table.dates), *BEHIND])
    title = _("Table of staffing and forms of employment ({edition})")
    out.put(1, 1, title.format(edition=name_of(table.edition)), TITLE)
    out.height(26, 1)
    draft = _(
        "Layout of our own with the required items; ask your municipality which form it"
        " wants (to be confirmed)."
    )
    out.put(2, 1, draft, replace(NOTE, ink=Ink.ALARM, bold=True))
    lines = head_lines(sheet.problem, table, sheet.made_on)
    for row, line in enumerate(lines, start=3):
        _pairs(sheet, row, line)
    if sheet.remark:
        out.put(7, 1, sheet.remark, replace(NOTE, size=9.5))
    _headings(sheet)
    set_up_printing(out, sheet.grid)


def _pairs(sheet: TableSheet, row: int, pairs: tuple[tuple[str, object], ...]) -> None:
    """Write labels and values side by side, the first before the dates."""
    out, grid = sheet.out, sheet.grid
    out.height(HEADER_POINTS, row)
    parts = [(NUMBER, NAME, LINE)]
    starts = [FIRST_DATE + (grid.last + 1 - FIRST_DATE) * n // 3 for n in range(4)]
    for first, following in pairwise(starts):
        parts.append(
            (first, first + max(1, 2 * (following - first) // 5), following - 1)
        )
    for (label, value), (first, split, last) in zip(pairs, parts, strict=True):
        out.across(row, first, split - 1, label, LABEL)
        look = FIGURE if isinstance(value, float) else VALUE
        out.across(row, split, last, value, look)


def _headings(sheet: TableSheet) -> None:
    """Write the two rows of headings: dates over weekdays, everything else merged."""
    out, grid, period = sheet.out, sheet.grid, sheet.problem.period
    below = (
        _("No."),
        _("(6) Job"),
        _("(7) Form"),
        _("(8) Qualifications"),
        _("(9) Name"),
        _("Line"),
    )
    behind = (
        _("(11) Sum"),
        _("(12) Average a week"),
        _("of it on call"),
        _("Leave and the like that count"),
        _("Hours that count"),
        _("of them by day"),
        _("Counts as 1"),
        _("(13) Other jobs, here and elsewhere"),
        _("Hours elsewhere"),
    )
    small = replace(HEAD, size=8)
    for first, texts in ((NUMBER, below), (grid.after, behind)):
        out.cells(HEAD_ROW, first, texts, small)
        for column in range(first, first + len(texts)):
            out.merge(HEAD_ROW, column, HEAD_ROW + 1, column)
    dates, look = tuple(grid.columns), replace(HEAD, shrink=True)
    write_date_heads(out, HEAD_ROW, FIRST_DATE, period, look, dates=dates)
    out.height(24, HEAD_ROW)
    out.height(20, HEAD_ROW + 1)


def write_people(sheet: TableSheet) -> None:
    """Write the lines of every person and job, with formulas for all hours."""
    out, grid = sheet.out, sheet.grid
    for number, row in enumerate(sheet.table.rows, start=1):
        _person(sheet, number, row)
    out.height(ROW_POINTS, FIRST_ROW, max(FIRST_ROW, grid.foot - 1))
    if not sheet.table.rows:
        return
    first = at(FIRST_ROW, FIRST_DATE)
    known = f"SUMPRODUCT(--EXACT({first},{sheet.symbols.column(TEXT)}))"
    line = at(FIRST_ROW, LINE, "column")
    unknown = f'AND({line}="{_("Symbol")}",{first}<>"",{known}=0)'
    cells = area(FIRST_ROW, FIRST_DATE, grid.foot - 1, grid.after - 1)
    out.colour(cells, unknown, Fill.SHORT, alarm=True)
    rows = (grid.dates_of(grid.top(row)).replace("$", "") for row in sheet.table.rows)
    out.offer(" ".join(rows), sheet.symbols.column(TEXT))


def _person(sheet: TableSheet, number: int, row: TableRow) -> None:
    out, grid = sheet.out, sheet.grid
    member = sheet.problem.member_by_name[row.job.staff]
    top = grid.top(row)
    held = (
        (NUMBER, number, CELL),
        (JOB, job_title(member, row.job.role), LEFT),
        (TYPE, str(row.job.work_type), replace(CELL, bold=True)),
        (QUALIFIED, "、".join(member.qualifications), LEFT),
        (NAME, row.job.staff, replace(LEFT, size=10, bold=True)),
        *_behind(sheet, row),
    )
    for column, value, look in held:
        look = replace(look, edge="group")
        out.put(top, column, value, look)
        out.merge(top, column, top + LINES - 1, column)
    for offset, text in enumerate((_("Symbol"), _("By day"), _("By night"))):
        out.put(top + offset, LINE, text, FIRST_LINE if offset == 0 else OTHER_LINE)
    for (date, column), cell in zip(grid.columns.items(), row.cells, strict=True):
        fill = day_fill(sheet.problem.period, date)
        shown = sheet.symbols.texts[cell] if cell else None
        out.put(top, column, shown, replace(SYMBOL, fill=fill, edge="group"))
        place = at(top, column, "row")
        for offset, hours in ((1, BY_DAY), (2, NIGHT)):
            formula = Formula(f"={sheet.symbols.looked_up(place, hours)}")
            out.put(top + offset, column, formula, replace(BY_BAND, fill=fill))


def _behind(sheet: TableSheet, row: TableRow) -> Iterator[tuple[int, object, Look]]:
    """Yield columns, values and looks of what stands behind the dates."""
    grid, symbols, behind = sheet.grid, sheet.symbols, sheet.grid.behind
    member = sheet.problem.member_by_name[row.job.staff]
    top = grid.top(row)
    by_day, by_night = grid.dates_of(top + 1), grid.dates_of(top + 2)
    days = len(sheet.table.dates)

    def cell(column: int) -> str:
        return grid.cell(top, column)

    first, last = by_day.split(":")[0], by_night.split(":")[1]
    yield behind.total, Formula(f"=SUM({first}:{last})"), SUM
    yield behind.weekly, Formula(f"={cell(behind.total)}/{days}*{WEEK}"), SUM
    called = symbols.looked_up(grid.dates_of(top), ON_CALL)
    yield behind.on_call, Formula(f"={called}"), OPTIONAL
    yield behind.credit, _credit(sheet, row), OPTIONAL
    yield behind.counted, _counted(sheet, row), replace(SUM, bold=True)
    limit = f"MIN({cell(behind.counted)},SUM({by_day}))"
    yield behind.by_day, Formula(f"={limit}"), SUM
    yield behind.is_one, 1 if row.job.is_one else None, CELL
    yield behind.second_job, second_jobs(sheet.problem, row), replace(LEFT, size=7.5)
    is_first = row is sheet.jobs[row.job.staff][0]
    there = member.other_minutes if is_first else None
    yield behind.elsewhere, None if there is None else there / HOUR, OPTIONAL


def _credit(sheet: TableSheet, row: TableRow) -> Formula | None:
    """Return what counts as worked beside the work, as a formula (B-01 to B-05)."""
    grid, symbols = sheet.grid, sheet.symbols
    month, days = f"ROUND({sheet.full_timer}*60,0)", len(sheet.table.dates)
    terms = []
    if row.leave_day:
        cells, usual = grid.dates_of(grid.top(row)), f"{row.leave_day / HOUR:.10g}"
        leave = symbols.looked_up(cells, LEAVE, SPECIAL)
        terms += [f"{leave}*{usual}", symbols.looked_up(cells, TRAINING)]
    if row.events:
        terms.append(f"{row.events / HOUR:.10g}")
    if row.short_absence:
        terms.append(f"INT({month}*{row.short_absence}/{days})/60")
    credit = "+".join(terms)
    if row.raised_dates is None:
        return Formula(f"={credit}") if terms else None
    own = sheet.jobs[row.job.staff]
    work = "+".join(_work(grid, one) for one in own)
    counted = f"ROUND({work}+{credit or 0},6)"
    part = f"INT({month}*{row.raised_dates}/{days})/60"
    return Formula(f"={credit or 0}+IF({counted}>0,MAX(0,{part}-{counted}),0)")


def _work(grid: TableGrid, row: TableRow) -> str:
    """Return the hours of a job without nights on call, as a formula term."""
    top = grid.top(row)
    return f"{grid.cell(top, grid.behind.total)}-{grid.cell(top, grid.behind.on_call)}"


def _counted(sheet: TableSheet, row: TableRow) -> Formula:
    """Return the countable hours: a person's jobs together at most a full-timer's."""
    grid = sheet.grid
    own = sheet.jobs[row.job.staff]
    before = own[: own.index(row)]
    taken = "".join(
        f"-{grid.cell(grid.top(one), grid.behind.counted)}" for one in before
    )
    credit = grid.cell(grid.top(row), grid.behind.credit)
    hours = f"{_work(grid, row)}+N({credit})"
    return Formula(f"=MIN({sheet.full_timer}{taken},{hours})")
