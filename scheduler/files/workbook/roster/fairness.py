"""The fairness page (公平さ): what each person bore, against their fair share (M-01).

Counts and shares follow the break-room sheet, live; what was carried over is fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter

from scheduler.audit.figures.fairness import Sharing, Standing, fairness
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.shares import WHOLE, bears, burdens
from scheduler.files.workbook.roster import totals
from scheduler.files.workbook.roster.deviations_chart import add_chart
from scheduler.files.workbook.roster.standing import write_accounts
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
