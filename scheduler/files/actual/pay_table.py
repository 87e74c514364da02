"""The table for the pay office (給与用), and its CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from scheduler.domain.clock import HOUR
from scheduler.domain.problem import Problem
from scheduler.files.saving import save
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
    """Write the table as CSV: UTF-8 with its mark, times as hours and minutes.

    Parameters
    ----------
    edition
        Whether it is planned or worked, in words.
    """
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
    return save(lambda file: file.write(data), path)


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
