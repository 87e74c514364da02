"""The workbook of the statutory staffing table (勤務形態一覧表), with live formulas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from scheduler.audit.papers.statutory import Edition, StatutoryTable
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.files.workbook.fees import write_fees
from scheduler.files.workbook.sheet_writer import WorkbookWriter
from scheduler.files.workbook.statutory.foot import write_foot
from scheduler.files.workbook.statutory.layout import (
    TableSymbols,
    write_elsewhere,
    write_symbols,
)
from scheduler.files.workbook.statutory.people import (
    TableSheet,
    write_head,
    write_people,
)
from scheduler.wording.statutory import table_title
from scheduler.wording.translation import _


def build_tables(
    problem: Problem,
    tables: Sequence[StatutoryTable],
    *,
    made_on: dt.date | None = None,
    remarks: Mapping[Edition, str] = {},
    roster: Roster | None = None,
) -> Workbook:
    """Return staffing tables as a workbook: a sheet for each, symbols, second jobs.

    Parameters
    ----------
    tables
        Plan and actual, at least one.
    made_on
        Date of issue; left empty if not given.
    remarks
        A sentence on what each edition is taken from.
    roster
        The roster whose add-ons and deductions a last page tells; none if not given.
    """
    writer = WorkbookWriter()
    symbols = TableSymbols(problem, tuple(tables))
    among = len({table.dates for table in tables})
    for table in tables:
        out = writer.add(table_title(table, among))
        remark = remarks.get(table.edition, "")
        sheet = TableSheet(problem, table, symbols, out, made_on, remark)
        write_head(sheet)
        write_people(sheet)
        write_foot(sheet)
    write_symbols(symbols, writer.add(symbols.title))
    write_elsewhere(problem, tables, writer.add(_("Second jobs")))
    if roster is not None:
        write_fees(problem, roster, writer.add(_("Add-ons and deductions")))
    return writer.workbook
