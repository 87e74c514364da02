"""The sheet for the pay office (給与用)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from scheduler.domain.problem import Problem
from scheduler.files.actual.pay_table import PayColumn, PayTable, PayUnit
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.page import Entry, Page, Pages
from scheduler.files.workbook.references import area
from scheduler.files.workbook.styles import Fill, Formula, Ink, Look
from scheduler.wording.times import period_text
from scheduler.wording.translation import _

WIDTHS = {PayUnit.TEXT: 11.0, PayUnit.COUNT: 6.0, PayUnit.DAYS: 6.0, PayUnit.TIME: 8.5}
NAME_WIDTH = 15.0
LOOKS = {
    PayUnit.TEXT: Look(size=9, across="left", shrink=True),
    PayUnit.COUNT: Look(size=9, number="0;-0;"),
    PayUnit.DAYS: Look(size=9, number="0.#;-0.#;"),
    PayUnit.TIME: Look(size=9, number="[h]:mm;-[h]:mm;"),
}
"""A zero is left blank, so that what there is can be seen."""

EDITION = Look(size=14, bold=True, edge="none", across="left")
NOT_TO_POST = Look(size=12, bold=True, ink=Ink.ALARM, edge="none", across="left")
ALARM = Look(size=9, bold=True, ink=Ink.ALARM, edge="none", across="left")


def write_pay(
    problem: Problem,
    table: PayTable,
    path: Path,
    *,
    edition: str,
    alarms: Sequence[str],
    notes: Sequence[str],
) -> Path:
    """Write the sheet; return where it is.

    Parameters
    ----------
    edition
        Whether it is planned or worked, in words.
    alarms, notes
        What is not settled, above the table; what the figures mean, below it.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    pages, title = Pages(), _("For the pay office")
    sizes = [WIDTHS[column.unit] for column in table.columns]
    sizes[1] = NAME_WIDTH
    page = pages.add(title, sizes)
    page.title(title)
    office, period = problem.office, period_text(problem.period)
    page.sentence(f"{edition}   {period}   {office.name} {office.number}", EDITION)
    page.sentence(
        _("Not to be posted: for the manager and the pay office alone."), NOT_TO_POST
    )
    for text in alarms:
        page.sentence(text, ALARM)
    page.row += 1
    heads = page.row
    by_group = groupby(table.columns, key=lambda column: column.group)
    groups = ((group, [one.heading for one in own]) for group, own in by_group)
    page.grouped(heads, 1, groups)
    page.height(27, heads)
    page.height(30, heads + 1)
    page.row += 2
    first = page.row
    looks = [LOOKS[column.unit] for column in table.columns]
    for row in table.rows:
        page.line(_cells(table.columns, row), looks)
    _write_sums(page, table, first)
    page.row += 1
    page.listed(notes)
    page.finish((heads, heads + 1), freeze=3)
    return save_sealed(pages.workbook, path)


def _write_sums(page: Page, table: PayTable, first: int) -> None:
    """Write the sums of the rows above as formulas."""
    for at, column in enumerate(table.columns, start=1):
        look = LOOKS[column.unit]
        bold = Look(
            size=9, bold=True, fill=Fill.HEADING, across=look.across, number=look.number
        )
        cells = area(first, at, page.row - 1, at)
        is_text = column.unit is PayUnit.TEXT
        value = None if is_text else Formula(f"=SUM({cells})")
        page.put(page.row, at, _("All") if at == 2 else value, bold)
    page.row += 1


def _cells(columns: Sequence[PayColumn], row: Sequence[str | float]) -> list[Entry]:
    """Return the values of a row; times as lengths of time, which Excel adds up."""
    return [
        dt.timedelta(minutes=value)
        if column.unit is PayUnit.TIME and not isinstance(value, str)
        else value
        for column, value in zip(columns, row, strict=True)
    ]
