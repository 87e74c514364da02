"""Accounts of the months before: a line a person, most cells possibly empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.audit.consistency.report import unknown_facts
from scheduler.domain.likeness import recognised
from scheduler.files.validation import shown
from scheduler.files.workbook.layout import LEDGER, STAFF
from scheduler.files.workbook.reading.rows import read_rows
from scheduler.files.workbook.reading.values import is_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.files.workbook.reading.notes import Notes
    from scheduler.files.workbook.reading.sheets import Table


def read_ledger(
    table: Table, names: Sequence[str], symbols: Sequence[str], notes: Notes
) -> list[dict[str, Any]]:
    """Read the accounts, with the names and symbols that the other sheets have."""
    _check_names(table, names, notes)
    lines = read_rows(table, notes)
    for line in lines:
        line["staff"] = recognised(line["staff"], names) or line["staff"]
        for one in line.get("shifts", ()):
            one["shift"] = recognised(one["shift"], symbols) or one["shift"]
    return lines


def _check_names(table: Table, names: Sequence[str], notes: Notes) -> None:
    """Report strangers on lines that have nothing but a name."""
    page, number = table.page, table.where[LEDGER.key.path]
    filled = {row for row, _cells in table.rows()}
    for row in range(table.head + 1, len(page.cells)):
        raw = page.cells[row][number]
        if row in filled or is_empty(raw) or STAFF.title in notes.doubtful:
            continue
        if recognised(shown(raw, whole=True), names) is None:
            facts = unknown_facts(shown(raw), names)
            notes.report("unknown_person", page.place(row, number), **facts)
