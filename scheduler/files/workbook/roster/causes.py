"""The page of causes (原因): what forces each shortage, condition by condition."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.files.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.files.workbook.styles import ALARM_INK, BAND, SOFT_INK, WISH, print_setup
from scheduler.wording.causes import (
    able_text,
    broken_text,
    conditions,
    force_text,
    given_text,
    unexplained_texts,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.advice import Advice, Cause
    from scheduler.files.workbook.roster.book import Book

COLUMNS = (5, 96, 19)
BROKEN = replace(LEFT, size=10, bold=True, ink=ALARM_INK)
BEHIND = replace(LEFT, ink=SOFT_INK)
YIELDS = replace(CENTRE, fill=WISH)
FIRM = replace(CENTRE, fill=BAND)


def write_causes(book: Book, sheet: Worksheet) -> None:
    """Fill the page of causes."""
    advice = book.advice
    page = Page(book.stylist, sheet, COLUMNS)
    page.title(_("Why it cannot be kept"))
    note = _(
        "For every shortage the conditions that together force it, however the rest is "
        "arranged. “By agreement”: those concerned may agree on an exception. “Fixed”: "
        "law, or a rule without exceptions; it eases only if fewer users come or more "
        "people work."
    )
    page.sentence(" ".join((note, given_text(advice))).strip(), LEFT)
    for number, cause in enumerate(advice.causes, start=1):
        _cause(book, page, number, cause)
    _unexplained(book, page, advice)
    print_setup(sheet)


def _cause(book: Book, page: Page, number: int, cause: Cause) -> None:
    problem, rulebook = book.problem, book.rulebook
    page.section(_("Cause {number}").format(number=number))
    page.sentence(broken_text(cause, book.findings, rulebook, problem), BROKEN)
    page.sentence(force_text(cause), LEFT)
    told = conditions(cause, rulebook, problem)
    if told:
        what = _("Conditions that together force it")
        page.headings(("", what, _("Can give way")))
    for place, one in enumerate(told, start=1):
        word = _("by agreement") if one.can_yield else _("fixed")
        mark = YIELDS if one.can_yield else FIRM
        page.line((place, one.text, word), (CENTRE, LEFT, mark))
    able = able_text(cause, problem)
    if able:
        page.sentence(able, BEHIND)


def _unexplained(book: Book, page: Page, advice: Advice) -> None:
    texts = unexplained_texts(advice, book.findings, book.rulebook, book.problem)
    if texts:
        page.section(_("No cause was found in time for"))
    for text in texts:
        page.sentence(text, LEFT)
