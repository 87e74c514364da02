"""The page of wishes (希望): every request, those refused first, each with its reason.

As planned; it does not follow edits by hand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.domain.requests import Strength
from scheduler.files.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.files.workbook.styles import GOOD, SHORT, WISH, print_setup
from scheduler.wording.duties import wish_text
from scheduler.wording.names import strength_name
from scheduler.wording.notation import ON_CALL_MARK
from scheduler.wording.reasons import reason_text
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.figures.hours import WishVerdict
    from scheduler.domain.requests import Request
    from scheduler.files.workbook.roster.book import Book

COLUMNS = (14, 12, 18, 9, 10, 10, 13, 60)


def write_wishes(book: Book, sheet: Worksheet) -> None:
    """Fill the page of wishes."""
    page = Page(book.stylist, sheet, COLUMNS)
    refused = _in_order(book, granted=False)
    granted = _in_order(book, granted=True)
    page.title(_("Wishes, and why some were not granted"))
    page.sentence(_summary(book), LEFT)
    page.section(_("Not granted: {count}").format(count=len(refused)))
    _table(book, page, refused, granted=False)
    page.section(_("Granted: {count}").format(count=len(granted)))
    _table(book, page, granted, granted=True)
    print_setup(sheet)


def _in_order(book: Book, *, granted: bool) -> list[Request]:
    """Return requests by strength, and then by date."""
    verdicts: Iterator[WishVerdict] = (v for m in book.months for v in m.wishes)
    chosen = [one.request for one in verdicts if one.granted is granted]
    strengths = tuple(Strength)
    return sorted(chosen, key=lambda one: (strengths.index(one.strength), one.date))


def _summary(book: Book) -> str:
    """Say how many were asked for and granted, strength by strength."""
    verdicts = [one for month in book.months for one in month.wishes]
    parts = []
    for strength in Strength:
        own = [one.granted for one in verdicts if one.request.strength is strength]
        if own:
            text = _("{strength}: {granted} of {asked} granted")
            name = strength_name(strength)
            parts.append(text.format(strength=name, granted=sum(own), asked=len(own)))
    note = _(
        "Of two wishes of equal weight, the one of whoever was refused more often in "
        "the months before is granted first (nine refusals at most count). As planned; "
        "edits are not followed."
    )
    return "  ".join([*parts, note])


def _table(book: Book, page: Page, requests: list[Request], *, granted: bool) -> None:
    headings = (
        _("Name"),
        _("Date"),
        _("What"),
        _("How strongly"),
        _("Outcome"),
        _("Planned"),
        _("Refused before"),
        _("Why not"),
    )
    columns = len(headings) - granted
    page.headings(headings[:columns])
    outcome = _("granted") if granted else _("not granted")
    reasons = {one.request: one for one in book.roster.reasons}
    for request in requests:
        reason = reasons.get(request)
        must = request.strength is Strength.MUST
        colour = GOOD if granted else SHORT if must else WISH
        mark = replace(CENTRE, fill=colour, bold=not granted)
        values = (
            request.staff,
            date_text(request.date),
            wish_text(request),
            strength_name(request.strength),
            outcome,
            _planned(book, request),
            book.problem.ledger_by_name[request.staff].wishes_refused or None,
            reason_text(reason, book.rulebook) if reason else None,
        )
        looks = (LEFT, LEFT, LEFT, CENTRE, mark, CENTRE, CENTRE, LEFT)
        page.line(values[:columns], looks[:columns])


def _planned(book: Book, request: Request) -> str:
    """Write the cell that the person has on the date, and the night on call."""
    duty = book.roster.by_cell.get((request.staff, request.date))
    on_call = book.roster.on_call_by_date.get(request.date) == request.staff
    wished = request.date in book.month_of[request.staff].dates_as_wished
    text = "" if duty is None else book.language.write(duty, wished=wished)
    return f"{text}{ON_CALL_MARK}" if on_call else text
