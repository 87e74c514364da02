"""The fairness page (公平さ): burdens of each person against people of equal standing.

The counts follow the break-room sheet, live.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter

from scheduler.domain.shifts import ShiftKind
from scheduler.i18n import _
from scheduler.reports.peers import Burden, peers_key
from scheduler.wording import kind_name
from scheduler.workbook.roster import totals
from scheduler.workbook.styles import (
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

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.base import StaffId
    from scheduler.domain.staff import StaffMember
    from scheduler.workbook.roster.book import Book

HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 1
NAME_COLUMN = 1
FIRST_BURDEN_COLUMN = 2
BURDEN_COLUMNS = 3
"""Per burden: how often, the letter of the peers, the difference from their mean."""

CHARTED = 3
CHART_COLOURS = ("3B5B92", "E0A458", "6FA287")
"""Burdens in the chart: nights, on call, weekends and holidays."""


class Share(NamedTuple):
    """A burden with its heading, and where the break-room sheet counts it."""

    burden: Burden
    heading: str
    columns: tuple[int, ...]


def write_fairness(book: Book, sheet: Worksheet) -> None:
    """Fill the fairness page."""
    put = book.stylist.put
    put(sheet, 1, 1, _("How evenly burdens are shared"), TITLE)
    note = _(
        "± is the difference from the mean of those with the same letter, who may be"
        " given the same on equal terms of employment."
    )
    put(sheet, 2, 1, note, NOTE)
    burdens = _burdens(book)
    _headings(book, sheet, burdens)
    letters = {share.burden: _letters(book, share.burden) for share in burdens}
    for row, member in enumerate(book.grid.members, start=FIRST_ROW):
        _person(book, sheet, row, member, letters, burdens)
    last = FIRST_ROW + len(book.grid.members) - 1
    _colours(sheet, burdens, last)
    _chart(sheet, last)
    after = FIRST_BURDEN_COLUMN + BURDEN_COLUMNS * len(burdens)
    widths(sheet, NAME_COLUMN, (16,))
    widths(sheet, FIRST_BURDEN_COLUMN, [7.5, 4, 6.5] * len(burdens))
    widths(sheet, after, (8, 8, 8, 9, 9, 9))
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_BURDEN_COLUMN)
    print_setup(sheet, title_rows=f"{HEAD_ROW}:{HEAD_ROW}")


def _burdens(book: Book) -> tuple[Share, ...]:
    places = totals.columns(book)

    def of_kind(kind: ShiftKind) -> tuple[int, ...]:
        symbols = {s.symbol for s in book.problem.shifts if s.kind is kind}
        return tuple(
            column for total, column in places.items() if total.symbol in symbols
        )

    return (
        Share(Burden.NIGHT, _("Nights"), (totals.column_of(book, "nights"),)),
        Share(Burden.ON_CALL, _("On call"), (totals.column_of(book, "on_call"),)),
        Share(
            Burden.REST_DAY,
            _("Weekends, holidays"),
            (totals.column_of(book, "rest_days"),),
        ),
        Share(Burden.EARLY, kind_name(ShiftKind.EARLY), of_kind(ShiftKind.EARLY)),
        Share(Burden.LATE, kind_name(ShiftKind.LATE), of_kind(ShiftKind.LATE)),
    )


def _headings(book: Book, sheet: Worksheet, burdens: Sequence[Share]) -> None:
    texts = [_("Name")]
    for burden in burdens:
        texts += [burden.heading, _("Peers"), "±"]
    texts += [
        _("Wishes asked"),
        _("Granted"),
        _("Granted, %"),
        _("Hours"),
        _("At least"),
        _("At most"),
    ]
    for column, text in enumerate(texts, start=1):
        book.stylist.put(sheet, HEAD_ROW, column, text, HEAD)
    sheet.row_dimensions[HEAD_ROW].height = 32


def _person(
    book: Book,
    sheet: Worksheet,
    row: int,
    member: StaffMember,
    letters: Mapping[Burden, Mapping[StaffId, str]],
    burdens: Sequence[Share],
) -> None:
    put, formula = book.stylist.put, book.stylist.formula
    put(sheet, row, NAME_COLUMN, member.name, Look(across="left", bold=True))
    column = FIRST_BURDEN_COLUMN
    for burden in burdens:
        cells = [_cell(book, member, place) for place in burden.columns]
        formula(sheet, row, column, f"={'+'.join(cells) or 0}", Look(number="0"))
        letter = letters[burden.burden].get(member.name)
        put(sheet, row, column + 1, letter, Look(size=8))
        if letter is not None:
            mean = _from_mean(column, row, len(book.grid.members))
            look = Look(size=8, number="+0.0;-0.0;0.0")
            formula(sheet, row, column + 2, mean, look)
        else:
            put(sheet, row, column + 2, None, Look())
        column += BURDEN_COLUMNS
    month = book.month_of[member.name]
    asked, granted = len(month.wishes), month.wishes_granted
    put(sheet, row, column, asked, Look())
    put(sheet, row, column + 1, granted, Look())
    share = granted / asked if asked else None
    put(sheet, row, column + 2, share, Look(number="0%"))
    keys: tuple[totals.Key, ...] = ("hours", "hours_min", "hours_max")
    for offset, key in enumerate(keys):
        source = _cell(book, member, totals.column_of(book, key))
        value = f"={source}" if key == "hours" else f'=IF({source}="","",{source})'
        formula(sheet, row, column + 3 + offset, value, Look(number="0.0"))


def _cell(book: Book, member: StaffMember, column: int) -> str:
    sheet = book.labels.roster.replace("'", "''")
    return f"'{sheet}'!{get_column_letter(column)}{book.grid.rows[member.name]}"


def _from_mean(column: int, row: int, people: int) -> str:
    last = FIRST_ROW + people - 1
    letter = get_column_letter(column)
    own = get_column_letter(column + 1)
    groups = f"${own}${FIRST_ROW}:${own}${last}"
    values = f"{letter}${FIRST_ROW}:{letter}${last}"
    mine = f"${own}{row}"
    mean = f"AVERAGEIF({groups},{mine},{values})"
    return f'=IF(COUNTIF({groups},{mine})<2,"",{letter}{row}-{mean})'


def _letters(book: Book, burden: Burden) -> dict[StaffId, str]:
    """Name the groups of peers (M-01) with letters, in the order of the rows."""
    names: dict[Hashable, str] = {}
    letters = {}
    for member in book.grid.members:
        key = peers_key(book.problem, member, burden)
        if key is not None:
            letters[member.name] = names.setdefault(
                key, get_column_letter(len(names) + 1)
            )
    return letters


def _colours(sheet: Worksheet, burdens: Sequence[Share], last: int) -> None:
    for index in range(len(burdens)):
        letter = get_column_letter(FIRST_BURDEN_COLUMN + BURDEN_COLUMNS * index + 2)
        area = f"{letter}{FIRST_ROW}:{letter}{last}"
        # Text is larger than any number to Excel: blank results must not be coloured.
        for formula, colour in (
            (f"AND(ISNUMBER({letter}{FIRST_ROW}),{letter}{FIRST_ROW}>1)", WISH),
            (f"AND(ISNUMBER({letter}{FIRST_ROW}),{letter}{FIRST_ROW}<-1)", SURPLUS),
        ):
            rule = FormulaRule(formula=[formula], fill=fill(colour))
            sheet.conditional_formatting.add(area, rule)


def _chart(sheet: Worksheet, last: int) -> None:
    chart = BarChart()
    chart.type = "col"
    chart.title = None
    chart.height, chart.width = 8.5, 27
    chart.gapWidth = 60
    names = Reference(sheet, min_col=NAME_COLUMN, min_row=FIRST_ROW, max_row=last)
    for index in range(CHARTED):
        column = FIRST_BURDEN_COLUMN + BURDEN_COLUMNS * index
        data = Reference(sheet, min_col=column, min_row=HEAD_ROW, max_row=last)
        chart.add_data(data, titles_from_data=True)
        chart.series[index].graphicalProperties.solidFill = CHART_COLOURS[index]
    chart.set_categories(names)
    chart.legend.position = "b"
    chart.x_axis.delete = False
    chart.y_axis.delete = False
    chart.y_axis.majorUnit = 2
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(
        ln=LineProperties(solidFill="D9DEE4")
    )
    sheet.add_chart(chart, f"A{last + 3}")
