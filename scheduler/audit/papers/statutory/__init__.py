"""The statutory staffing table (勤務形態一覧表): who works when in which job (H)."""

from __future__ import annotations

from scheduler.audit.papers.statutory.symbols import TableSymbol
from scheduler.audit.papers.statutory.table import (
    Edition,
    StatutoryTable,
    TableDay,
    TableRow,
    TableSpan,
    statutory_tables,
)

__all__ = [
    "Edition",
    "StatutoryTable",
    "TableDay",
    "TableRow",
    "TableSpan",
    "TableSymbol",
    "statutory_tables",
]
