"""Accounts of the months before: a line a person, most cells possibly empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.likeness import recognised
from scheduler.workbook.reading.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.workbook.reading.notes import Notes
    from scheduler.workbook.reading.sheets import Table


def read_ledger(
    table: Table, names: Sequence[str], symbols: Sequence[str], notes: Notes
) -> list[dict[str, Any]]:
    """Read the accounts, with the names and symbols that the other sheets have."""
    lines = read_rows(table, notes)
    for line in lines:
        line["staff"] = recognised(line["staff"], names) or line["staff"]
        for one in line.get("shifts", ()):
            one["shift"] = recognised(one["shift"], symbols) or one["shift"]
    return lines
