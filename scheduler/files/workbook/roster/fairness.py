"""The fairness page (公平さ): each person's burdens and fair shares (M-01).

Counts and shares are formulas on the manager's sheet; balances carried over are fixed.
Below are each person's accounts of wishes, leave and hours, and a chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.audit.figures.fairness import PersonShare, Sharing, fairness
from scheduler.domain.base import StaffId
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.shares import WHOLE, bears, burdens
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.references import area, at
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.totals import Key, cell_of, column_of, columns
from scheduler.files.workbook.sheet_writer import Entry, SheetWriter
from scheduler.files.workbook.styles import (
    COUNT,
    HOURS,
    NOTE,
    TITLE,
    Fill,
    Formula,
    Look,
)
from scheduler.wording.names import burden_name, sheet_note
from scheduler.wording.translation import _

HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 2
BURDEN_COLUMNS = 4
"""Columns of a burden: times, fair share, difference carried over, total difference."""

NAME_WIDTH, COLUMN_WIDTH = 13.0, 7.4
MOST_ON_A_PAGE = 20
"""Most people with whom the sheet is legible on a single page."""

NAME = Look(across="left", bold=True, shrink=True)
SHARE = Look(number="0.00")
DIFFERENCE = Look(number="+0.00;-0.00;0.00")
IN_ALL = replace(DIFFERENCE, bold=True)
SIGNED = Look(number="+0;-0;0")

KEYS: dict[BurdenKind, Key] = {
    BurdenKind.NIGHT: "nights",
    BurdenKind.ON_CALL: "on_call",
    BurdenKind.REST_DAY: "rest_days",
}
"""Columns of the manager's sheet that count a burden, by its kind."""


class _Table(NamedTuple):
    """Position of the table: columns of burdens and rows of people."""

    starts: Mapping[Burden, int]
    """First column of each burden."""
    rows: Mapping[StaffId, int]

    @property
    def last(self) -> int:
        """Row of the last person."""
        return FIRST_ROW + len(self.rows) - 1

    def deviation(self, burden: Burden) -> int:
        """Return the column of a burden's total difference."""
        return self.starts[burden] + BURDEN_COLUMNS - 1


def write_fairness(book: Book, out: SheetWriter) -> None:
    """Fill the fairness page."""
    table = _Table(
        {one: 2 + BURDEN_COLUMNS * i for i, one in enumerate(burdens(book.problem))},
        {m.name: row for row, m in enumerate(book.grid.members, start=FIRST_ROW)},
    )
    _head(out, table)
    for name, row in table.rows.items():
        out.put(row, 1, name, NAME)
        for burden, start in table.starts.items():
            counted = "+".join(
                cell_of(book, name, column) for column in _counting(book, burden)
            )
            blanks = [None] * (BURDEN_COLUMNS - 1)
            out.cells(row, start, (Formula(f"={counted or 0}"), *blanks), COUNT)
    for sharing in fairness(book.problem, book.roster):
        for standing in sharing.standings:
            _standing(out, table, sharing, standing)
    _colours(book, out, table)
    below = table.last + 2
    corner = _accounts(book, out, below)
    add_chart(
        out.sheet,
        {burden_name(one): table.deviation(one) for one in table.starts},
        (FIRST_ROW, table.last),
        (below, corner + 2),
    )
    columns = BURDEN_COLUMNS * len(table.starts)
    out.widths((NAME_WIDTH, *[COLUMN_WIDTH] * columns))
    out.finish((HEAD_ROW, HEAD_ROW + 1), freeze=2)
    if len(table.rows) <= MOST_ON_A_PAGE:
        out.sheet.page_setup.fitToHeight = 1


def _head(out: SheetWriter, table: _Table) -> None:
    out.put(1, 1, _("How fairly burdens are shared"), TITLE)
    out.put(2, 1, sheet_note("fair_share"), NOTE)
    colours = sheet_note("fairness_colours")
    out.put(3, 1, colours, NOTE)
    texts = (_("This month"), _("Fair share"), _("± before"), _("± in all"))
    groups = [(burden_name(one), texts) for one in table.starts]
    out.grouped(HEAD_ROW, 1, [("", (_("Name"),)), *groups])
    out.height(28, HEAD_ROW + 1)


def _counting(book: Book, burden: Burden) -> Iterator[int]:
    problem = book.problem
    if burden.kind in KEYS:
        yield column_of(book, KEYS[burden.kind])
        return
    for total, column in columns(book).items():
        shift = problem.shift_by_symbol.get(total.symbol) if total.symbol else None
        if shift and bears(problem, burden, shift, problem.period.first):
            yield column


def _standing(
    out: SheetWriter, table: _Table, sharing: Sharing, own: PersonShare
) -> None:
    """Write a person's fair share in their fair group, and the differences from it."""
    row, start = table.rows[own.staff], table.starts[sharing.burden]
    circle = sorted(table.rows[one.staff] for one in sharing.standings)
    total = f"SUM({_cells(start, circle)})"
    times, share, before = (at(row, start + place) for place in range(3))
    values = (
        Formula(f"={total}*{own.weight}/{WHOLE}"),
        own.carried.balance / WHOLE,
        Formula(f"=ROUND({times}-{share}+{before},3)"),
    )
    out.cells(row, start + 1, values, (SHARE, DIFFERENCE, IN_ALL))


def _cells(column: int, rows: Sequence[int]) -> str:
    """Return the cells of a column as ranges: B6:B9,B11:B11."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        first = runs.pop()[0] if runs and row == runs[-1][1] + 1 else row
        runs.append((first, row))
    return ",".join(area(first, column, last, column) for first, last in runs)


def _colours(book: Book, out: SheetWriter, table: _Table) -> None:
    rule = book.rulebook["M-01"]
    for burden in table.starts:
        limit = rule.int(f"free_{burden.kind}") / WHOLE
        column = table.deviation(burden)
        first = at(FIRST_ROW, column)
        cells = area(FIRST_ROW, column, table.last, column)
        out.colour(cells, f"{first}>={limit:g}", Fill.WISH)
        out.colour(cells, f"{first}<=-{limit:g}", Fill.SURPLUS)


def _accounts(book: Book, out: SheetWriter, row: int) -> int:
    """Write each person's accounts, from a row on, and return the last column."""
    groups = (
        ("", (_("Name"),)),
        (_("Wishes of this month"), (_("Asked"), _("Granted"))),
        (_("Wishes in all"), (_("Asked"), _("Granted"))),
        (_("Paid leave, days"), (_("This month"), _("In all"))),
        (_("Days off outstanding"), (_("Before"), _("In all"))),
        (_("Hours by contract"), (_("Planned"), _("At least"), _("At most"))),
    )
    last = out.grouped(row, 1, groups)
    out.height(28, row, row + 1)
    looks = (*[COUNT] * 4, *[Look()] * 2, *[SIGNED] * 2, *[HOURS] * 3)
    for below, member in enumerate(book.grid.members, start=row + 2):
        out.put(below, 1, member.name, NAME)
        out.cells(below, 2, _account(book, member), looks)
    return last


def _account(book: Book, member: StaffMember) -> tuple[Entry, ...]:
    before = book.problem.ledger_by_name[member.name]
    wishes = book.months[member.name].wishes
    granted = sum(wish.granted for wish in wishes)

    def cell(key: Key) -> str:
        return cell_of(book, member.name, column_of(book, key))

    agreed = book.problem.contract_of(member).days_off_min
    owed: Entry = before.days_off_owed
    if agreed is not None:
        owed = Formula(f"={before.days_off_owed + agreed}-{cell('days_off')}")
    leave = cell("paid_leave")
    return (
        len(wishes),
        granted,
        before.wishes_asked + len(wishes),
        before.wishes_granted + granted,
        Formula(f"={leave}"),
        Formula(f"={before.paid_leave / 2:g}+{leave}"),
        before.days_off_owed,
        owed,
        Formula(f"={cell('hours')}"),
        Formula(f'=IF({cell("hours_min")}="","",{cell("hours_min")})'),
        Formula(f'=IF({cell("hours_max")}="","",{cell("hours_max")})'),
    )


CHART_COLOURS = ("3B5B92", "E0A458", "6FA287")
"""Bar colours of nights, on call, and weekends and holidays; more bars would be
illegible."""

GRID_LINE = "D9DEE4"
CHART_WIDTH = 11.0
"""Width of the chart, in centimetres."""

HEIGHT_A_PERSON, HEIGHT_BESIDES = 0.62, 2.6


def add_chart(
    sheet: Worksheet,
    columns: Mapping[str, int],
    rows: tuple[int, int],
    corner: tuple[int, int],
) -> None:
    """Add a bar chart of differences: right for more than the share, left for less.

    Parameters
    ----------
    columns
        Column of the differences of each burden, by the burden's name.
    rows
        First and last row of the people, whose names are in the first column.
    corner
        Row and column of the chart's upper left corner.
    """
    chart = BarChart()
    chart.type = "bar"
    chart.gapWidth = 50
    chart.width = CHART_WIDTH
    chart.height = HEIGHT_BESIDES + HEIGHT_A_PERSON * (rows[1] - rows[0] + 1)
    charted = list(columns.items())[: len(CHART_COLOURS)]
    for (name, column), colour in zip(charted, CHART_COLOURS, strict=True):
        values = Reference(sheet, min_col=column, min_row=rows[0], max_row=rows[1])
        series = Series(values, title=name)
        series.graphicalProperties.solidFill = colour
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=rows[0], max_row=rows[1]))
    chart.legend.position = "b"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.number_format = "+0.0;-0.0;0"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(
        ln=LineProperties(solidFill=GRID_LINE)
    )
    sheet.add_chart(chart, at(*corner))
