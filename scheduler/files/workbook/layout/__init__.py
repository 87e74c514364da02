"""Every input sheet and every column, once: what it is called, holds and means.

Writer, reader and ``docs/workbook.md`` follow this table.  Defaults and limits are not
repeated here; they come from the domain's types by the path of the column.
"""

from __future__ import annotations

from scheduler.files.workbook.layout.agreements import AGREEMENTS
from scheduler.files.workbook.layout.column import KEY_HEADINGS, Column, Kind, Sheet
from scheduler.files.workbook.layout.days import COVER_RULES, FORECAST, PAIRS
from scheduler.files.workbook.layout.grids import PINS, REQUESTS, TAIL
from scheduler.files.workbook.layout.ledger import LEDGER
from scheduler.files.workbook.layout.office import OFFICE
from scheduler.files.workbook.layout.settings import SETTINGS
from scheduler.files.workbook.layout.shifts import PROFILES, SHIFTS
from scheduler.files.workbook.layout.staff import STAFF
from scheduler.wording.translation import N_

__all__ = [
    "AGREEMENTS",
    "COVER_RULES",
    "FORECAST",
    "GUIDE",
    "KEY_HEADINGS",
    "LEDGER",
    "OFFICE",
    "PAIRS",
    "PINS",
    "PROFILES",
    "REQUESTS",
    "SETTINGS",
    "SHEETS",
    "SHIFTS",
    "STAFF",
    "TAIL",
    "Column",
    "Kind",
    "Sheet",
]

GUIDE = Sheet(N_("Read me"), N_("How to fill in this workbook"))

SHEETS = (
    OFFICE,
    PROFILES,
    SHIFTS,
    STAFF,
    FORECAST,
    REQUESTS,
    PINS,
    TAIL,
    LEDGER,
    COVER_RULES,
    PAIRS,
    AGREEMENTS,
    SETTINGS,
)
"""The sheets that are read, in the order of the workbook after the guide."""
