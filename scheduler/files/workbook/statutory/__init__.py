"""The workbook of the statutory staffing table (勤務形態一覧表), with live formulas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from scheduler.audit.papers.statutory import Edition, StatutoryTable
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.fees import write_fees
from scheduler.files.workbook.page import Pages
from scheduler.files.workbook.statutory.foot import write_foot
from scheduler.files.workbook.statutory.people import (
    TableSheet,
    write_head,
    write_people,
)
from scheduler.files.workbook.statutory.symbols import (
    TableSymbols,
    write_elsewhere,
    write_symbols,
)
from scheduler.wording.statutory import table_title
from scheduler.wording.translation import _


def write_tables(
    problem: Problem,
    tables: Sequence[StatutoryTable],
    path: Path,
    *,
    made_on: dt.date | None = None,
    remarks: dict[Edition, str] | None = None,
    roster: Roster | None = None,
) -> Path:
    """Write staffing tables as a workbook: a sheet for each, symbols, second jobs.

    Parameters
    ----------
    problem
        The month.
    tables
        Plan and actual, at least one.
    path
        Where to write.  A file of ours that nobody edited is replaced; any other, or
        one that is open, is kept, and the next free name used.
    made_on
        Date of issue; left empty if not given.
    remarks
        A sentence on what each edition is taken from.
    roster
        The roster whose add-ons and deductions a last page tells; none if not given.

    Returns
    -------
    Path
        Where the workbook was written.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    return save_sealed(
        build_tables(problem, tables, made_on, remarks or {}, roster), path
    )


def build_tables(
    problem: Problem,
    tables: Sequence[StatutoryTable],
    made_on: dt.date | None,
    remarks: dict[Edition, str],
    roster: Roster | None = None,
) -> Workbook:
    """Return the workbook, unsaved; parameters as in `write_tables`."""
    pages = Pages()
    symbols = TableSymbols(problem, tuple(tables))
    among = len({table.dates for table in tables})
    for table in tables:
        page = pages.add(table_title(table, among))
        remark = remarks.get(table.edition, "")
        sheet = TableSheet(problem, table, symbols, page, made_on, remark)
        write_head(sheet)
        write_people(sheet)
        write_foot(sheet)
    write_symbols(symbols, pages.add(symbols.title))
    write_elsewhere(problem, tables[-1], pages.add(_("Second jobs")))
    if roster is not None:
        write_fees(problem, roster, pages.add(_("Add-ons and deductions")))
    return pages.workbook
