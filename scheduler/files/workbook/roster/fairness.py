"""The fairness page (公平さ): what each person bore, against their fair share (M-01).

Counts and shares follow the break-room sheet, live; what was carried over is fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter

from scheduler.audit.figures.fairness import Sharing, Standing, fairness
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.shares import WHOLE, bears, burdens
from scheduler.files.workbook.roster import totals
from scheduler.files.workbook.styles import (
    HEAD,
    NOTE,
    SURPLUS,
    TITLE,
    WISH,
    Look,
    fill,
    print_setup,
    widths,
)
from scheduler.wording.names import burden_name
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.base import StaffId
    from scheduler.domain.staff import StaffMember
    from scheduler.files.workbook.roster.book import Book


HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 2
BURDEN_COLUMNS = 4
"""Per burden: times, fair share, difference carried over, difference in all."""

NAME_WIDTH, COLUMN_WIDTH = 13.0, 6.6
MOST_ON_A_PAGE = 20
"""People for whom the whole sheet is legible on one page."""

NUMBER = Look(number="0")
SHARE = Look(number="0.00")
DIFFERENCE = Look(number="+0.00;-0.00;0.00")
IN_ALL = Look(number="+0.00;-0.00;0.00", bold=True)

KEYS: dict[BurdenKind, totals.Key] = {
    BurdenKind.NIGHT: "nights",
    BurdenKind.ON_CALL: "on_call",
    BurdenKind.REST_DAY: "rest_days",
}
"""Burdens that the break-room sheet counts in a column of their own."""


class _Table(NamedTuple):
    """The burdens side by side, and the people below each other."""

    starts: Mapping[Burden, int]
    """First column of each burden."""
    rows: Mapping[StaffId, int]

    @property
    def last(self) -> int:
        """Row of the last person."""
        return FIRST_ROW + len(self.rows) - 1

    def deviation(self, burden: Burden) -> int:
        """Return the column of the difference in all."""
        return self.starts[burden] + BURDEN_COLUMNS - 1


def write_fairness(book: Book, sheet: Worksheet) -> None:
    """Fill the fairness page."""
    table = _Table(
        {one: 2 + BURDEN_COLUMNS * i for i, one in enumerate(burdens(book.problem))},
        {m.name: row for row, m in enumerate(book.grid.members, start=FIRST_ROW)},
    )
    _headings(book, sheet, table)
    for name, row in table.rows.items():
        look = Look(across="left", bold=True, shrink=True)
        book.stylist.put(sheet, row, 1, name, look)
        for burden, start in table.starts.items():
            _times(book, sheet, (row, start), burden, name)
            for offset in range(1, BURDEN_COLUMNS):
                book.stylist.put(sheet, row, start + offset, None, NUMBER)
    for sharing in fairness(book.problem, book.roster):
        for standing in sharing.standings:
            _standing(book, sheet, table, sharing, standing)
    _colours(book, sheet, table)
    below = table.last + 2
    corner = write_accounts(book, sheet, below)
    add_chart(
        sheet,
        {burden_name(one): table.deviation(one) for one in table.starts},
        (FIRST_ROW, table.last),
        (below, corner + 2),
    )
    _shape(sheet, table)


def _headings(book: Book, sheet: Worksheet, table: _Table) -> None:
    put = book.stylist.put
    put(sheet, 1, 1, _("How fairly burdens are shared"), TITLE)
    definition = _(
        "Fair share = total of the burden x ratio of (contract hours x part of the"
        " dates available); with a limit of nights, up to the limit. Fair, the months"
        " before counted in: less than one time of difference in nights and on call,"
        " less than two in the others."
    )
    put(sheet, 2, 1, definition, NOTE)
    colours = _(
        "Yellow: that much or more beyond the fair share. Blue: that much below it."
        " Blank: the person does not share the burden."
    )
    put(sheet, 3, 1, colours, NOTE)
    for row in (HEAD_ROW, HEAD_ROW + 1):
        put(sheet, row, 1, _("Name") if row == HEAD_ROW else None, HEAD)
    sheet.merge_cells(
        start_row=HEAD_ROW, end_row=HEAD_ROW + 1, start_column=1, end_column=1
    )
    texts = (_("This month"), _("Fair share"), _("± before"), _("± in all"))
    for burden, start in table.starts.items():
        for column, text in enumerate(texts, start=start):
            above = burden_name(burden) if column == start else None
            put(sheet, HEAD_ROW, column, above, HEAD)
            put(sheet, HEAD_ROW + 1, column, text, HEAD)
        end = table.deviation(burden)
        sheet.merge_cells(
            start_row=HEAD_ROW, end_row=HEAD_ROW, start_column=start, end_column=end
        )
    sheet.row_dimensions[HEAD_ROW + 1].height = 28


def _times(
    book: Book, sheet: Worksheet, cell: tuple[int, int], burden: Burden, name: StaffId
) -> None:
    counted = "+".join(
        totals.cell_of(book, name, column) for column in _counting(book, burden)
    )
    book.stylist.formula(sheet, *cell, f"={counted or 0}", NUMBER)


def _counting(book: Book, burden: Burden) -> Iterator[int]:
    """Yield the columns of the break-room sheet that count a burden."""
    problem = book.problem
    if burden.kind in KEYS:
        yield totals.column_of(book, KEYS[burden.kind])
        return
    for total, column in totals.columns(book).items():
        shift = problem.shift_by_symbol.get(total.symbol) if total.symbol else None
        if shift and bears(problem, burden, shift, problem.period.first):
            yield column


def _standing(
    book: Book, sheet: Worksheet, table: _Table, sharing: Sharing, own: Standing
) -> None:
    """Write how a person stands in their circle: share, differences."""
    row, start = table.rows[own.staff], table.starts[sharing.burden]
    circle = sorted(table.rows[one.staff] for one in sharing.standings)
    total = f"SUM({_cells(start, circle)})"
    times, share, before = (
        f"{get_column_letter(start + offset)}{row}" for offset in range(3)
    )
    put, formula = book.stylist.put, book.stylist.formula
    formula(sheet, row, start + 1, f"={total}*{own.weight}/{WHOLE}", SHARE)
    put(sheet, row, start + 2, own.carried.balance / WHOLE, DIFFERENCE)
    in_all = f"=ROUND({times}-{share}+{before},3)"
    formula(sheet, row, start + 3, in_all, IN_ALL)


def _cells(column: int, rows: Sequence[int]) -> str:
    """Return the cells of a column as ranges: B6:B9,B11:B11."""
    letter = get_column_letter(column)
    runs: list[tuple[int, int]] = []
    for row in rows:
        first = runs.pop()[0] if runs and row == runs[-1][1] + 1 else row
        runs.append((first, row))
    return ",".join(f"{letter}{first}:{letter}{last}" for first, last in runs)


def _colours(book: Book, sheet: Worksheet, table: _Table) -> None:
    rule = book.rulebook["M-01"]
    for burden in table.starts:
        limit = rule.int(f"free_{burden.kind}") / WHOLE
        letter = get_column_letter(table.deviation(burden))
        first = f"{letter}{FIRST_ROW}"
        area = f"{first}:{letter}{table.last}"
        for beyond, colour in (
            (f"{first}>={limit:g}", WISH),
            (f"{first}<=-{limit:g}", SURPLUS),
        ):
            shown = FormulaRule(formula=[beyond], fill=fill(colour))
            sheet.conditional_formatting.add(area, shown)


def _shape(sheet: Worksheet, table: _Table) -> None:
    columns = BURDEN_COLUMNS * len(table.starts)
    widths(sheet, 1, (NAME_WIDTH, *[COLUMN_WIDTH] * columns))
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 2)
    print_setup(sheet, title_rows=f"{HEAD_ROW}:{HEAD_ROW + 1}")
    if len(table.rows) <= MOST_ON_A_PAGE:
        sheet.page_setup.fitToHeight = 1


COUNT = Look(number="0")
SIGNED = Look(number="+0;-0;0")
DAYS = Look()
HOURS = Look(number="0.0")


class _Entry(NamedTuple):
    value: float | str
    """A formula if it is text."""
    look: Look


def write_accounts(book: Book, sheet: Worksheet, row: int) -> int:
    """Write the table from a row on; return its last column."""
    groups = (
        (_("Wishes of this month"), (_("Asked"), _("Granted"))),
        (_("Wishes in all"), (_("Asked"), _("Granted"))),
        (_("Paid leave, days"), (_("This month"), _("In all"))),
        (_("Days off outstanding"), (_("Before"), _("In all"))),
        (_("Hours by contract"), (_("Planned"), _("At least"), _("At most"))),
    )
    put = book.stylist.put
    put(sheet, row, 1, _("Name"), HEAD)
    put(sheet, row + 1, 1, None, HEAD)
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=1, end_column=1)
    column = 2
    for above, texts in groups:
        for offset, text in enumerate(texts):
            put(sheet, row, column + offset, None if offset else above, HEAD)
            put(sheet, row + 1, column + offset, text, HEAD)
        end = column + len(texts) - 1
        sheet.merge_cells(
            start_row=row, end_row=row, start_column=column, end_column=end
        )
        column = end + 1
    sheet.row_dimensions[row].height = sheet.row_dimensions[row + 1].height = 28
    for below, member in enumerate(book.grid.members, start=row + 2):
        look = Look(across="left", bold=True, shrink=True)
        put(sheet, below, 1, member.name, look)
        for number, entry in enumerate(_entries(book, member), start=2):
            if isinstance(entry.value, str):
                book.stylist.formula(sheet, below, number, entry.value, entry.look)
            else:
                put(sheet, below, number, entry.value, entry.look)
    return column - 1


def _entries(book: Book, member: StaffMember) -> tuple[_Entry, ...]:
    before = book.problem.ledger_by_name[member.name]
    wishes = book.month_of[member.name].wishes
    granted = sum(wish.granted for wish in wishes)

    def cell(key: totals.Key) -> str:
        return totals.cell_of(book, member.name, totals.column_of(book, key))

    agreed = member.contract.days_off_min
    owed: float | str = before.days_off_owed
    if agreed is not None:
        owed = f"={before.days_off_owed + agreed}-{cell('days_off')}"
    leave = cell("paid_leave")
    return (
        _Entry(len(wishes), COUNT),
        _Entry(granted, COUNT),
        _Entry(before.wishes_asked + len(wishes), COUNT),
        _Entry(before.wishes_granted + granted, COUNT),
        _Entry(f"={leave}", DAYS),
        _Entry(f"={before.paid_leave / 2:g}+{leave}", DAYS),
        _Entry(before.days_off_owed, SIGNED),
        _Entry(owed, SIGNED),
        _Entry(f"={cell('hours')}", HOURS),
        *(
            _Entry(f'=IF({cell(key)}="","",{cell(key)})', HOURS)
            for key in ("hours_min", "hours_max")
        ),
    )


COLOURS = ("3B5B92", "E0A458", "6FA287")
"""Nights, on call, weekends and holidays; more bars could not be told apart."""

GRID_LINE = "D9DEE4"
WIDTH = 11.0
"""Centimetres."""

HEIGHT_A_PERSON, HEIGHT_BESIDES = 0.62, 2.6


def add_chart(
    sheet: Worksheet,
    columns: Mapping[str, int],
    rows: tuple[int, int],
    corner: tuple[int, int],
) -> None:
    """Add bars to the right for those who bore more, to the left for less.

    Parameters
    ----------
    columns
        Column of the differences of each burden by its name.
    rows
        First and last row of the people, whose names stand in the first column.
    corner
        Row and column of the chart's upper left corner.
    """
    chart = BarChart()
    chart.type = "bar"
    chart.gapWidth = 50
    chart.width = WIDTH
    chart.height = HEIGHT_BESIDES + HEIGHT_A_PERSON * (rows[1] - rows[0] + 1)
    charted = list(columns.items())[: len(COLOURS)]
    for (name, column), colour in zip(charted, COLOURS, strict=True):
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
    row, column = corner
    sheet.add_chart(chart, f"{get_column_letter(column)}{row}")
