"""What the input sheets have in common: title, headings, notes, drop-downs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from scheduler.domain.fields import FieldKind
from scheduler.files.workbook.styles import (
    HEAD,
    INPUT,
    NOTE,
    SATURDAY,
    SUNDAY,
    TITLE,
    Look,
    Stylist,
    fill,
)
from scheduler.files.workbook.words import choices_of
from scheduler.wording.times import weekday_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.files.workbook.columns import Column, Sheet

TITLE_ROW = 1
HINT_ROW = 2
HEAD_ROW = 3
FIRST_ROW = 4
"""First row of values in a table."""
LINE_HEIGHT = 19
"""Points."""

REQUIRED_HEAD = Look(bold=True, fill="A9C1DE", wrap=True)
ENTRY = Look(across="left", wrap=True, number="@", fill=INPUT)
NUMBER = Look(number="#,##0", fill=INPUT)
DATE = Look(number="yyyy/m/d", fill=INPUT)
CENTRED = Look(number="@", fill=INPUT)

LOOKS = {
    **dict.fromkeys((FieldKind.INTEGER, FieldKind.SIGNED, FieldKind.OVERNIGHT), NUMBER),
    FieldKind.HALVES: Look(number="0.0", fill=INPUT),
    FieldKind.THOUSANDTHS: Look(number="0.00", fill=INPUT),
    FieldKind.DATE: DATE,
    **dict.fromkeys(
        (FieldKind.SYMBOL, FieldKind.CLOCK, FieldKind.SPAN, FieldKind.MOMENT), CENTRED
    ),
    **dict.fromkeys((FieldKind.DURATION, FieldKind.AMOUNT, FieldKind.CHOICE), CENTRED),
    **dict.fromkeys((FieldKind.YES_NO, FieldKind.FULL_TIME), CENTRED),
    **dict.fromkeys((FieldKind.WEEKDAY, FieldKind.WEEKDAYS), CENTRED),
}
"""How an entry of a kind looks; any other is an `ENTRY`."""

LONGEST_LIST = 255
"""Characters that Excel takes for the entries of a drop-down."""

REQUIRED = N_("required")


class InputPage(NamedTuple):
    """A sheet being painted."""

    sheet: Worksheet
    stylist: Stylist
    layout: Sheet


def open_page(workbook: Workbook, stylist: Stylist, layout: Sheet) -> InputPage:
    """Add a sheet with its title and the hint how to fill it in."""
    sheet = workbook.create_sheet(_(layout.title))
    stylist.put(sheet, TITLE_ROW, 1, _(layout.title), TITLE)
    stylist.put(sheet, HINT_ROW, 1, _(layout.hint), NOTE)
    sheet.row_dimensions[TITLE_ROW].height = 24
    return InputPage(sheet, stylist, layout)


def heading(page: InputPage, row: int, number: int, column: Column) -> None:
    """Write a column's heading with its unit, and its meaning as a comment."""
    text = _(column.heading)
    if column.unit:
        text += f"\n({_(column.unit)})"
    cell = page.stylist.put(
        page.sheet, row, number, text, REQUIRED_HEAD if column.required else HEAD
    )
    note = _(column.meaning)
    explain(cell, f"{note} ({_(REQUIRED)})" if column.required else note)


def explain(cell: Cell, text: str) -> None:
    """Give a cell a comment, large enough to be read."""
    comment = Comment(text, "shotaki")
    comment.width, comment.height = 280, 40 + 18 * (len(text) // 20 + 1)
    cell.comment = comment


def validate(page: InputPage, column: Column, cells: str) -> None:
    """Let Excel offer the choices of a column, or hold its limits."""
    choices = choices_of(column)
    if choices:
        offer(page.sheet, cells, choices, strict=True)
    elif column.kind is FieldKind.INTEGER:
        limits = column.limits
        least, most = limits.least or 0, limits.most
        rule = DataValidation(
            type="whole",
            operator="greaterThanOrEqual" if most is None else "between",
            formula1=str(least),
            formula2=None if most is None else str(most),
            allow_blank=True,
        )
        rule.errorTitle = _("A whole number, please")
        rule.error = (
            _("At least {least}.").format(least=least)
            if most is None
            else _("From {least} to {most}.").format(least=least, most=most)
        )
        _attach(page.sheet, rule, cells)


def offer(
    sheet: Worksheet, cells: str, choices: Iterable[str] | str, *, strict: bool
) -> None:
    """Add a drop-down: the entries themselves, or a range of cells that holds them.

    Parameters
    ----------
    strict
        Whether Excel refuses what is not on the list.
    """
    formula = choices if isinstance(choices, str) else f'"{",".join(choices)}"'
    if len(formula) > LONGEST_LIST:
        return
    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    rule.showErrorMessage = strict
    rule.errorTitle = _("Not on the list")
    rule.error = _("Please choose from the list.")
    _attach(sheet, rule, cells)


def tint_days(sheet: Worksheet, cells: str, date: str, holiday: str) -> None:
    """Tint Saturdays blue, Sundays and public holidays pink, as the dates stand.

    Parameters
    ----------
    cells
        Range that is tinted.
    date, holiday
        The cells that hold date and holiday for its first cell, ``$`` where fixed.
    """
    rest = f'AND({date}<>"",OR(WEEKDAY({date})=1,{holiday}<>""))'
    saturday = f'AND({date}<>"",WEEKDAY({date})=7)'
    for formula, colour in ((rest, SUNDAY), (saturday, SATURDAY)):
        rule = FormulaRule([formula], fill=fill(colour), stopIfTrue=True)
        sheet.conditional_formatting.add(cells, rule)


def weekday_formula(date: str) -> str:
    """Return the formula that names the weekday of a date's cell."""
    names = ",".join(f'"{weekday_text(day)}"' for day in (6, 0, 1, 2, 3, 4, 5))
    return f'=IF({date}="","",CHOOSE(WEEKDAY({date}),{names}))'


def column_range(number: int, first: int, last: int) -> str:
    """Return the range of a column's cells from row ``first`` to row ``last``."""
    letter = get_column_letter(number)
    return f"{letter}{first}:{letter}{last}"


def name_range(layout: Sheet, rows: int) -> str:
    """Return the formula of the range that holds a table's names."""
    return f"'{_(layout.title)}'!$A${FIRST_ROW}:$A${FIRST_ROW + rows - 1}"


def _attach(sheet: Worksheet, rule: DataValidation, cells: str) -> None:
    rule.add(cells)
    sheet.add_data_validation(rule)
