"""Common parts of the input sheets: title, headings, comments, drop-downs."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation

from scheduler.domain.fields import FieldKind
from scheduler.files.workbook.columns import Column, Sheet
from scheduler.files.workbook.following import numbered_formula
from scheduler.files.workbook.layout import (
    FIRST_ROW,
    HEAD_ROW,
    HINT_ROW,
    STAFF,
    TITLE_ROW,
)
from scheduler.files.workbook.references import Range
from scheduler.files.workbook.sheet_writer import SheetWriter, WorkbookWriter
from scheduler.files.workbook.styles import HEAD, NOTE, TITLE, Fill, Formula, Look
from scheduler.files.workbook.words import choices_of, how_to_type, meaning_of
from scheduler.wording.times import weekday_text
from scheduler.wording.translation import N_, _

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


def open_page(writer: WorkbookWriter, layout: Sheet) -> SheetWriter:
    """Add a sheet with its title and a hint on how to fill it in."""
    out = writer.add(_(layout.title))
    out.put(TITLE_ROW, 1, _(layout.title), TITLE)
    out.put(HINT_ROW, 1, _(layout.hint), NOTE)
    out.height(24, TITLE_ROW)
    return out


def heading(out: SheetWriter, row: int, number: int, column: Column) -> None:
    """Write a column's heading with its unit, and its meaning as a comment."""
    text = _(column.heading)
    if column.unit:
        text += f"\n({_(column.unit)})"
    cell = out.put(row, number, text, REQUIRED_HEAD if column.required else HEAD)
    note = meaning_of(column)
    if column.required:
        note = f"{note} ({_(REQUIRED)})"
    explain(out, cell, f"{note}\n{how_to_type(column)}")


def explain(out: SheetWriter, cell: Cell, text: str) -> None:
    """Add a comment to a cell, large enough for its text."""
    out.comment(cell, text, 40 + 18 * (len(text) // 20 + 1), 280)


def validate(out: SheetWriter, column: Column, cells: str) -> None:
    """Add a drop-down with the choices of a column, or a validation of its limits."""
    choices = choices_of(column)
    if choices:
        offer(out, cells, choices, strict=True)
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
        rule.add(cells)
        out.sheet.add_data_validation(rule)


def offer(
    out: SheetWriter, cells: str, choices: Iterable[str] | str, *, strict: bool
) -> None:
    """Add a drop-down of given entries or of a range of cells that holds them.

    Nothing is added if Excel's limit on entries (`LONGEST_LIST`) is exceeded.

    Parameters
    ----------
    strict
        Whether Excel refuses entries that are not on the list.
    """
    formula = choices if isinstance(choices, str) else f'"{",".join(choices)}"'
    refusal = _("Not on the list"), _("Please choose from the list.")
    if len(formula) <= LONGEST_LIST:
        out.offer(cells, formula, refusal, strict=strict)


def tint_days(out: SheetWriter, cells: str, date: str, holiday: str) -> None:
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
        out.colour(cells, formula, colour, last=True)


def follow_names(out: SheetWriter, first: int, lines: int) -> None:
    """Let the first column, from a row on, repeat the names of the staff list.

    A line that is inserted above the first or below the last is found as well.
    """
    title, last = _(STAFF.title), FIRST_ROW + lines
    for line in range(lines):
        formula = numbered_formula(title, line + 1, HEAD_ROW, last)
        out.put(first + line, 1, Formula(formula), FOLLOWED)


def weekday_formula(date: str) -> Formula:
    """Return the formula for the weekday name of the date in a cell."""
    names = ",".join(f'"{weekday_text(day)}"' for day in (6, 0, 1, 2, 3, 4, 5))
    return Formula(f'=IF({date}="","",CHOOSE(WEEKDAY({date}),{names}))')


def name_range(title: str, rows: int) -> str:
    """Return the reference to the first column of the table with ``rows`` lines."""
    return str(Range(_(title), 1, FIRST_ROW, 1, FIRST_ROW + rows - 1))
