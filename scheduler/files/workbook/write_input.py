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
    PINS,
    PROFILES,
    REQUESTS,
    SETTINGS,
    SHIFTS,
    STAFF,
    TAIL,
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
from scheduler.files.workbook.writing.grids import (
    SPARE_LINES,
    paint_pins,
    paint_requests,
    paint_tail,
)
from scheduler.files.workbook.writing.tables import (
    paint_exceptions,
    paint_guide,
    paint_keys,
    paint_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.writing.draft import Draft
    from scheduler.files.workbook.writing.frame import Page


def write_input(content: Problem | Period, path: Path) -> None:
    """Write an input workbook, whole or not at all.

    Parameters
    ----------
    content
        A problem, or a period for an empty office with examples to change.
    path
        Where to; a file that is there is replaced.

    Raises
    ------
    OutputError
        If the file cannot be written there.
    """
    save(input_writer(content), path)


def input_writer(content: Problem | Period) -> Callable[[BinaryIO], object]:
    """Return what writes an input workbook; parameters as `write_input` has."""
    draft = empty_draft(content) if isinstance(content, Period) else draft_of(content)
    return writer_of(paint(draft))


def paint(draft: Draft) -> Workbook:
    """Return the workbook of a draft."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    stylist = Stylist(workbook)
    paint_guide(workbook, stylist)
    paint_keys(open_page(workbook, stylist, OFFICE), draft.values)
    profiles = open_page(workbook, stylist, PROFILES)
    profile_lines = paint_table(profiles, draft.profiles, spare=SPARE_LINES)
    shifts = open_page(workbook, stylist, SHIFTS)
    shift_lines = paint_table(shifts, draft.shifts, spare=SPARE_LINES)
    staff = open_page(workbook, stylist, STAFF)
    people = paint_table(staff, draft.staff, spare=SPARE_LINES)
    forecast = open_page(workbook, stylist, FORECAST)
    days = paint_table(forecast, draft.forecast, spare=0)
    paint_requests(open_page(workbook, stylist, REQUESTS), draft)
    paint_pins(open_page(workbook, stylist, PINS), draft)
    paint_tail(open_page(workbook, stylist, TAIL), draft)
    ledger = open_page(workbook, stylist, LEDGER)
    accounts = paint_table(ledger, draft.ledger, spare=SPARE_LINES)
    cover = open_page(workbook, stylist, COVER_RULES)
    rules = paint_table(cover, draft.cover_rules, spare=SPARE_LINES)
    pairs = open_page(workbook, stylist, PAIRS)
    couples = paint_table(pairs, draft.pairs, spare=SPARE_LINES)
    agreements = open_page(workbook, stylist, AGREEMENTS)
    agreed = paint_table(agreements, draft.agreements, spare=SPARE_LINES)
    paint_exceptions(agreements, agreed)
    paint_keys(open_page(workbook, stylist, SETTINGS), draft.values)
    _offer_names(ledger, "staff", accounts, name_range(STAFF, people))
    _offer_names(forecast, "profile", days, name_range(PROFILES, profile_lines))
    _offer_names(cover, "shift", rules, name_range(SHIFTS, shift_lines))
    for path in ("first", "second"):
        _offer_names(pairs, path, couples, name_range(STAFF, people))
    _offer_names(agreements, "spot.staff", agreed, name_range(STAFF, people))
    return workbook


def _offer_names(page: Page, path: str, lines: int, names: str) -> None:
    """Offer the names that another sheet holds in a column of this one."""
    paths = [column.path for column in page.layout.columns]
    if lines:
        number = paths.index(path) + 1
        cells = column_range(number, FIRST_ROW, FIRST_ROW + lines - 1)
        offer(page.sheet, cells, names, strict=False)
