"""The input workbook: a filled-in office, or an empty one to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from scheduler.domain.period import Period
from scheduler.files.saving import save
from scheduler.files.workbook.layout import (
    AGREEMENTS,
    COVER_RULES,
    FORECAST,
    LEDGER,
    OFFICE,
    PAIRS,
    PROFILES,
    SETTINGS,
    SHEETS,
    SHIFTS,
    STAFF,
)
from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.styles import Stylist
from scheduler.files.workbook.writing.draft import draft_of, empty_draft
from scheduler.files.workbook.writing.frame import (
    FIRST_ROW,
    column_range,
    name_range,
    offer,
    open_page,
)
from scheduler.files.workbook.writing.grids import SPARE_LINES, paint_grid
from scheduler.files.workbook.writing.tables import (
    paint_exceptions,
    paint_guide,
    paint_keys,
    paint_table,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.writing.draft import Draft


def write_input(content: Problem | Period, path: Path) -> None:
    """Write an input workbook atomically.

    Parameters
    ----------
    content
        A problem, or a period for an empty office with examples to change.
    path
        Where to write; an existing file is replaced.

    Raises
    ------
    OutputError
        If the file cannot be written there.
    """
    save(input_writer(content), path)


def input_writer(content: Problem | Period) -> Callable[[BinaryIO], object]:
    """Return a function that writes an input workbook of ``content``."""
    draft = empty_draft(content) if isinstance(content, Period) else draft_of(content)
    return writer_of(paint(draft))


NAMES = (
    (LEDGER, "staff", STAFF),
    (FORECAST, "profile", PROFILES),
    (COVER_RULES, "shift", SHIFTS),
    (PAIRS, "first", STAFF),
    (PAIRS, "second", STAFF),
    (AGREEMENTS, "spot.staff", STAFF),
)
"""Columns whose drop-downs offer the names of another sheet."""


def paint(draft: Draft) -> Workbook:
    """Return the workbook with the content of a draft."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    stylist = Stylist(workbook)
    paint_guide(workbook, stylist)
    lines: dict[str, int] = {}
    for layout in SHEETS:
        page = open_page(workbook, stylist, layout)
        if layout in (OFFICE, SETTINGS):
            paint_keys(page, draft.values)
        elif layout.labels:
            paint_grid(page, draft)
        else:
            spare = 0 if layout is FORECAST else SPARE_LINES
            lines[layout.title] = paint_table(page, draft.rows_of(layout), spare)
        if layout is AGREEMENTS:
            paint_exceptions(page, lines[layout.title])
    for layout, path, named in NAMES:
        number = [column.path for column in layout.columns].index(path) + 1
        last = FIRST_ROW + lines[layout.title] - 1
        cells = column_range(number, FIRST_ROW, last)
        names = name_range(named, lines[named.title])
        offer(workbook[_(layout.title)], cells, names, strict=False)
    return workbook
