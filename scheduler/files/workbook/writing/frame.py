"""Common parts of the input sheets: title, headings, comments, drop-downs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.fields import FieldKind
from scheduler.files.workbook.columns import Column, Sheet
from scheduler.files.workbook.following import numbered_formula
from scheduler.files.workbook.layout import STAFF
from scheduler.files.workbook.styles import HEAD, NOTE, TITLE, Fill, Look, Stylist, fill
from scheduler.files.workbook.words import choices_of, how_to_type, meaning_of
from scheduler.wording.times import weekday_text
from scheduler.wording.translation import N_, _

TITLE_ROW = 1
HINT_ROW = 2
HEAD_ROW = 3
FIRST_ROW = 4
"""First row of values in a table."""
LINE_HEIGHT = 19
"""Height of a row, in points."""

REQUIRED_HEAD = Look(bold=True, fill="A9C1DE", wrap=True)
ENTRY = Look(across="left", wrap=True, number="@", fill=Fill.INPUT)
NUMBER = Look(number="#,##0", fill=Fill.INPUT)
DATE = Look(number="yyyy/m/d", fill=Fill.INPUT)
CENTRED = Look(number="@", fill=Fill.INPUT)

FOLLOWED = Look(across="left", bold=True, number="@", fill=Fill.BAND)
"""Look of a name that is typed on another sheet."""

LOOKS = {
    **dict.fromkeys((FieldKind.INTEGER, FieldKind.SIGNED, FieldKind.OVERNIGHT), NUMBER),
    FieldKind.HALVES: Look(number="0.0", fill=Fill.INPUT),
    FieldKind.THOUSANDTHS: Look(number="0.00", fill=Fill.INPUT),
    FieldKind.DATE: DATE,
    **dict.fromkeys(
        (FieldKind.SYMBOL, FieldKind.CLOCK, FieldKind.SPAN, FieldKind.MOMENT), CENTRED
    ),
    **dict.fromkeys((FieldKind.DURATION, FieldKind.AMOUNT, FieldKind.CHOICE), CENTRED),
    **dict.fromkeys((FieldKind.YES_NO, FieldKind.FULL_TIME), CENTRED),
    **dict.fromkeys((FieldKind.WEEKDAY, FieldKind.WEEKDAYS), CENTRED),
}
"""Look of an entry by its kind; by default `ENTRY`."""

LONGEST_LIST = 255
"""Most characters that Excel allows for the entries of a drop-down."""

REQUIRED = N_("required")


class InputPage(NamedTuple):
    """An input sheet that is being written."""

    sheet: Worksheet
    stylist: Stylist
    layout: Sheet


def open_page(workbook: Workbook, stylist: Stylist, layout: Sheet) -> InputPage:
    """Add a sheet with its title and a hint on how to fill it in."""
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
    note = meaning_of(column)
    if column.required:
        note = f"{note} ({_(REQUIRED)})"
    explain(cell, f"{note}\n{how_to_type(column)}")


def explain(cell: Cell, text: str) -> None:
    """Add a comment to a cell, large enough for its text."""
    comment = Comment(text, "shotaki")
    comment.width, comment.height = 280, 40 + 18 * (len(text) // 20 + 1)
    cell.comment = comment


def validate(page: InputPage, column: Column, cells: str) -> None:
    """Add a drop-down with the choices of a column, or a validation of its limits."""
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
    """Add a drop-down of given entries or of a range of cells that holds them.

    Nothing is added if Excel's limit on entries (`LONGEST_LIST`) is exceeded.

    Parameters
    ----------
    strict
        Whether Excel refuses entries that are not on the list.
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
    """Colour Saturdays blue, Sundays and public holidays pink, by conditional formats.

    Parameters
    ----------
    cells
        Range that is coloured.
    date, holiday
        Cells with the date and the holiday of the range's first cell, with ``$`` where
        fixed.
    """
    rest = f'AND({date}<>"",OR(WEEKDAY({date})=1,{holiday}<>""))'
    saturday = f'AND({date}<>"",WEEKDAY({date})=7)'
    for formula, colour in ((rest, Fill.SUNDAY), (saturday, Fill.SATURDAY)):
        rule = FormulaRule([formula], fill=fill(colour), stopIfTrue=True)
        sheet.conditional_formatting.add(cells, rule)


def follow_names(page: InputPage, first: int, lines: int) -> None:
    """Let the first column, from a row on, repeat the names of the staff list.

    A line that is inserted above the first or below the last is found as well.
    """
    title, last = _(STAFF.title), FIRST_ROW + lines
    for line in range(lines):
        formula = numbered_formula(title, line + 1, HEAD_ROW, last)
        page.stylist.formula(page.sheet, first + line, 1, formula, FOLLOWED)


def weekday_formula(date: str) -> str:
    """Return the formula for the weekday name of the date in a cell."""
    names = ",".join(f'"{weekday_text(day)}"' for day in (6, 0, 1, 2, 3, 4, 5))
    return f'=IF({date}="","",CHOOSE(WEEKDAY({date}),{names}))'


def column_range(number: int, first: int, last: int) -> str:
    """Return the range of a column's cells from row ``first`` to row ``last``."""
    letter = get_column_letter(number)
    return f"{letter}{first}:{letter}{last}"


def name_range(title: str, rows: int) -> str:
    """Return the reference to the first column of the table with ``rows`` lines."""
    return f"'{_(title)}'!$A${FIRST_ROW}:$A${FIRST_ROW + rows - 1}"


def _attach(sheet: Worksheet, rule: DataValidation, cells: str) -> None:
    rule.add(cells)
    sheet.add_data_validation(rule)
