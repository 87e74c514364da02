"""What the pay office gets (給与用): the table, its CSV, and its sheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.problem import Problem
from scheduler.files.saving import save
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.references import area
from scheduler.files.workbook.sheet_writer import Entry, SheetWriter, WorkbookWriter
from scheduler.files.workbook.styles import Fill, Formula, Ink, Look
from scheduler.files.workbook.words import duration_cell
from scheduler.wording.names import day_kind_name, off_name
from scheduler.wording.times import period_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.audit.figures.pay import LeaveDays, PayMonth


ENCODING = "utf-8-sig"
"""With the mark by which Excel knows UTF-8."""


class PayUnit(StrEnum):
    """How the values of a column are written."""

    TEXT = "text"
    COUNT = "count"
    DAYS = "days"
    """Days, with halves."""
    TIME = "time"
    """Minutes, written as hours and minutes."""


class PayColumn(NamedTuple):
    """A column: the group it belongs to, its heading, unit, and value of a month."""

    group: str
    heading: str
    unit: PayUnit
    value: Callable[[PayMonth], str | float]

    @property
    def name(self) -> str:
        """The heading with its group, where there is one line of headings."""
        return f"{self.group} {self.heading}".strip()


class PayTable(NamedTuple):
    """The table: its columns, a row for each person, and the sums of all."""

    columns: tuple[PayColumn, ...]
    rows: tuple[tuple[str | float, ...], ...]
    sums: tuple[str | float, ...]


def pay_table(problem: Problem, months: Sequence[PayMonth]) -> PayTable:
    """Return the table of some months, in their order."""
    columns = tuple(_columns(problem, months))
    rows = tuple(tuple(one.value(month) for one in columns) for month in months)
    sums = tuple(
        "" if one.unit is PayUnit.TEXT else sum(float(row[at]) for row in rows)
        for at, one in enumerate(columns)
    )
    return PayTable(columns, rows, sums)


def write_pay_csv(problem: Problem, table: PayTable, edition: str, path: Path) -> Path:
    """Write the table as CSV: UTF-8 with its mark, times as hours and minutes."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\r\n")
    names = (column.name for column in table.columns)
    lines.writerow((_("Period"), _("Planned or worked"), *names))
    for row in table.rows:
        values = map(_in_csv, table.columns, row)
        lines.writerow((period_text(problem.period), edition, *values))
    return save(written.getvalue().encode(ENCODING), path)


def _in_csv(column: PayColumn, value: str | float) -> str | float:
    if column.unit is PayUnit.TIME:
        return duration_cell(int(value))
    return f"{value:g}" if column.unit is PayUnit.DAYS else value


def _columns(problem: Problem, months: Sequence[PayMonth]) -> Iterator[PayColumn]:
    members = problem.member_by_name
    times, over = _("Of the hours of work"), _("Overtime (of them)")
    paid, absent = _("Paid leave"), _("Absent (no special leave)")
    full = (_("part-time"), _("full-time"))
    text, count, time = PayUnit.TEXT, PayUnit.COUNT, PayUnit.TIME

    def employment(one: PayMonth) -> str:
        return full[members[one.staff].contract.full_time]

    yield from (
        PayColumn("", _("Staff number"), text, lambda one: one.number),
        PayColumn("", _("Name"), text, lambda one: one.staff),
        PayColumn("", _("Employment"), text, employment),
        PayColumn("", _("Days worked"), count, lambda one: one.days),
        PayColumn("", _("Hours of work"), time, lambda one: one.worked),
        PayColumn(times, _("22:00-5:00"), time, lambda one: one.night),
        PayColumn(
            times, _("statutory holiday"), time, lambda one: one.statutory_holiday
        ),
        PayColumn(times, _("other holiday"), time, lambda one: one.other_holiday),
        PayColumn(over, _("of the day"), time, lambda one: one.overtime.day),
        PayColumn(over, _("of the week"), time, lambda one: one.overtime.week),
        PayColumn(over, _("of the month"), time, lambda one: one.overtime.month),
        PayColumn(over, _("in all"), time, lambda one: one.overtime.total),
        PayColumn("", _("Late, left early"), time, lambda one: one.missed),
        PayColumn("", _("Nights"), count, lambda one: one.nights),
        PayColumn("", _("On call"), count, lambda one: one.on_call),
        PayColumn(
            paid, _("number of days"), PayUnit.DAYS, lambda one: one.half_leaves / 2
        ),
        PayColumn(paid, _("their hours"), time, lambda one: one.leave),
    )
    kinds = (_called(problem, leave) for one in months for leave in one.other_leave)
    for kind in dict.fromkeys(kinds):
        days = partial(_days_of, problem, kind)
        yield PayColumn(_("Other leave, days"), kind, count, days)
    yield PayColumn(absent, _("number of days"), count, lambda one: one.absent)
    yield PayColumn(absent, _("their hours"), time, lambda one: one.absence)


def _called(problem: Problem, leave: LeaveDays) -> str:
    return day_kind_name(problem, leave.kind) if leave.kind else off_name(leave.off)


def _days_of(problem: Problem, kind: str, month: PayMonth) -> int:
    return sum(one.days for one in month.other_leave if _called(problem, one) == kind)


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
    writer, title = WorkbookWriter(), _("For the pay office")
    sizes = [WIDTHS[column.unit] for column in table.columns]
    sizes[1] = NAME_WIDTH
    out = writer.add(title, sizes)
    out.title(title)
    office, period = problem.office, period_text(problem.period)
    out.sentence(f"{edition}   {period}   {office.name} {office.number}", EDITION)
    out.sentence(
        _("Not to be posted: for the manager and the pay office alone."), NOT_TO_POST
    )
    for text in alarms:
        out.sentence(text, ALARM)
    heads = out.skip()
    by_group = groupby(table.columns, key=lambda column: column.group)
    groups = ((group, [one.heading for one in own]) for group, own in by_group)
    out.grouped(heads, 1, groups)
    out.height(27, heads)
    out.height(30, heads + 1)
    out.row += 2
    first = out.row
    looks = [LOOKS[column.unit] for column in table.columns]
    for row in table.rows:
        out.line(_cells(table.columns, row), looks)
    _write_sums(out, table, first)
    out.row += 1
    out.listed(notes)
    out.finish((heads, heads + 1), freeze=3)
    return save_sealed(writer.workbook, path)


def _write_sums(out: SheetWriter, table: PayTable, first: int) -> None:
    """Write the sums of the rows above as formulas."""
    for at, column in enumerate(table.columns, start=1):
        look = LOOKS[column.unit]
        bold = Look(
            size=9, bold=True, fill=Fill.HEADING, across=look.across, number=look.number
        )
        cells = area(first, at, out.row - 1, at)
        is_text = column.unit is PayUnit.TEXT
        value = None if is_text else Formula(f"=SUM({cells})")
        out.put(out.row, at, _("All") if at == 2 else value, bold)
    out.row += 1


def _cells(columns: Sequence[PayColumn], row: Sequence[str | float]) -> list[Entry]:
    """Return the values of a row; times as lengths of time, which Excel adds up."""
    return [
        dt.timedelta(minutes=value)
        if column.unit is PayUnit.TIME and not isinstance(value, str)
        else value
        for column, value in zip(columns, row, strict=True)
    ]
