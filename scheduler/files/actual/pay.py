"""What the pay office gets (給与用): the table, its CSV, and its sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from scheduler.domain.clock import HOUR
from scheduler.domain.problem import Problem
from scheduler.files.saving import save
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.references import area
from scheduler.files.workbook.sheet_writer import Entry, SheetWriter, WorkbookWriter
from scheduler.files.workbook.styles import Fill, Formula, Ink, Look
from scheduler.wording.names import day_kind_name, off_name
from scheduler.wording.times import period_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.audit.figures.pay import PayMonth


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
    """A column: the group it belongs to, its heading, and its unit."""

    group: str
    heading: str
    unit: PayUnit

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
    frame = _frame(problem, months)
    columns = tuple(frame.columns)
    numbers = [one for one in columns if one.unit is not PayUnit.TEXT]
    sums = frame[numbers].sum().to_dict()
    return PayTable(
        columns=columns,
        rows=tuple(frame.itertuples(index=False, name=None)),
        sums=tuple(sums.get(one, "") for one in columns),
    )


def write_pay_csv(problem: Problem, table: PayTable, edition: str, path: Path) -> Path:
    """Write the table as CSV: UTF-8 with its mark, times as hours and minutes."""
    frame = pd.DataFrame(
        table.rows, columns=pd.Index(table.columns, tupleize_cols=False)
    )
    for column in table.columns:
        if column.unit is PayUnit.TIME:
            frame[column] = _clock(frame[column])
        elif column.unit is PayUnit.DAYS:
            frame[column] = frame[column].map("{:g}".format)
    frame.columns = pd.Index([column.name for column in table.columns])
    frame.insert(0, _("Period"), period_text(problem.period))
    frame.insert(1, _("Planned or worked"), edition)
    data = frame.to_csv(index=False, lineterminator="\r\n").encode(ENCODING)
    return save(data, path)


def _frame(problem: Problem, months: Sequence[PayMonth]) -> pd.DataFrame:
    """Return a row for each month and a `PayColumn` for each column."""
    members = problem.member_by_name
    times, over = _("Of the hours of work"), _("Overtime (of them)")
    paid, absent = _("Paid leave"), _("Absent (no special leave)")
    full = (_("part-time"), _("full-time"))
    text, count, time = PayUnit.TEXT, PayUnit.COUNT, PayUnit.TIME
    columns: tuple[tuple[PayColumn, Callable[[PayMonth], str | float]], ...] = (
        (PayColumn("", _("Staff number"), text), lambda one: one.number),
        (PayColumn("", _("Name"), text), lambda one: one.staff),
        (
            PayColumn("", _("Employment"), text),
            lambda one: full[members[one.staff].contract.full_time],
        ),
        (PayColumn("", _("Days worked"), count), lambda one: one.days),
        (PayColumn("", _("Hours of work"), time), lambda one: one.worked),
        (PayColumn(times, _("22:00-5:00"), time), lambda one: one.night),
        (
            PayColumn(times, _("statutory holiday"), time),
            lambda one: one.statutory_holiday,
        ),
        (PayColumn(times, _("other holiday"), time), lambda one: one.other_holiday),
        (PayColumn(over, _("of the day"), time), lambda one: one.overtime.day),
        (PayColumn(over, _("of the week"), time), lambda one: one.overtime.week),
        (PayColumn(over, _("of the month"), time), lambda one: one.overtime.month),
        (PayColumn(over, _("in all"), time), lambda one: one.overtime.total),
        (PayColumn("", _("Late, left early"), time), lambda one: one.missed),
        (PayColumn("", _("Nights"), count), lambda one: one.nights),
        (PayColumn("", _("On call"), count), lambda one: one.on_call),
        (
            PayColumn(paid, _("number of days"), PayUnit.DAYS),
            lambda one: one.half_leaves / 2,
        ),
        (PayColumn(paid, _("their hours"), time), lambda one: one.leave),
        (PayColumn(absent, _("number of days"), count), lambda one: one.absent),
        (PayColumn(absent, _("their hours"), time), lambda one: one.absence),
    )
    values = ([of(one) for one in months] for _column, of in columns)
    frame = pd.DataFrame(dict(enumerate(values)), index=range(len(months)))
    frame.columns = pd.Index([one for one, _of in columns], tupleize_cols=False)
    leave = _leave(problem, months)
    place = len(columns) - 2
    return pd.concat([frame.iloc[:, :place], leave, frame.iloc[:, place:]], axis=1)


def _leave(problem: Problem, months: Sequence[PayMonth]) -> pd.DataFrame:
    """Return the days of other leave: a row for each month, a column for each kind."""
    group = _("Other leave, days")
    known = [
        (row, day_kind_name(problem, one.kind) if one.kind else off_name(one.off), one)
        for row, month in enumerate(months)
        for one in month.other_leave
    ]
    taken = pd.DataFrame(
        [(row, kind, one.days) for row, kind, one in known],
        columns=["row", "kind", "days"],
    )
    wide = taken.pivot_table(
        index="row", columns="kind", values="days", aggfunc="sum", sort=False
    ).reindex(range(len(months)))
    wide.columns = pd.Index(
        [PayColumn(group, str(kind), PayUnit.COUNT) for kind in wide.columns],
        tupleize_cols=False,
    )
    return wide.fillna(0).astype(int)


def _clock(minutes: pd.Series) -> pd.Series:
    """Return minutes as hours and minutes: 152:30."""
    whole = minutes.astype(int)
    rest = (whole % HOUR).astype(str).str.zfill(2)
    text: pd.Series = (whole // HOUR).astype(str) + ":" + rest
    return text


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
