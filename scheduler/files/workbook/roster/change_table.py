"""The table of what differs between two rosters: before and after, by date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.files.workbook.roster.page import CENTRE, LEFT
from scheduler.files.workbook.styles import BAND
from scheduler.wording.plans import sides
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from scheduler.domain.base import StaffId
    from scheduler.domain.plan import Change
    from scheduler.files.workbook.roster.book import Book
    from scheduler.files.workbook.roster.page import Page

BEFORE = replace(CENTRE, wrap=True)
AFTER = replace(BEFORE, bold=True, fill=BAND)
NAME = replace(LEFT, bold=True)
NOBODY = "-"


def write_changes_table(book: Book, page: Page, changes: Sequence[Change]) -> None:
    """Write what changes by date: the duties, then who is on call.

    It takes four columns: date, name, before, after.
    """
    if not changes:
        page.sentence(_("Nothing changes."), LEFT)
        return
    page.headings((_("Date"), _("Name"), _("Before the change"), _("After the change")))
    looks = (LEFT, NAME, BEFORE, AFTER)
    nights = nights_changed(changes)
    for date in sorted({change.date for change in changes}):
        for change in changes:
            if change.date == date and change.on_call is None:
                before, after = sides(change, book.problem)
                page.line((date_text(date), change.staff, before, after), looks)
        if date in nights:
            names = [name or NOBODY for name in nights[date]]
            page.line((date_text(date), book.labels.on_call, *names), looks)


def nights_changed(
    changes: Iterable[Change],
) -> dict[dt.date, tuple[StaffId | None, StaffId | None]]:
    """Return who was on call and who is, for the nights in which that differs."""
    nights: dict[dt.date, tuple[StaffId | None, StaffId | None]] = {}
    for change in changes:
        if change.on_call is not None:
            had, has = nights.get(change.date, (None, None))
            pair = (had, change.staff) if change.on_call else (change.staff, has)
            nights[change.date] = pair
    return nights
