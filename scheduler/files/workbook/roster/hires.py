"""The page on one more person (増員の効果): before and after, for the owner."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.files.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.files.workbook.styles import BAND, GOOD, SURPLUS, Look, print_setup
from scheduler.wording.hires import (
    contracts_text,
    hire_name,
    hires_note,
    musts_text,
    shortage_text,
    verdict_text,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.advice import Hire
    from scheduler.files.workbook.roster.book import Book

COLUMNS = (42, 10, 10, 10, 10, 10, 10, 8, 8, 17)
NAME = replace(LEFT, bold=True, size=10)
VALUE = replace(CENTRE, size=9, shrink=True, wrap=False)
BEFORE = replace(VALUE, fill=BAND)


def write_hires(book: Book, sheet: Worksheet) -> None:
    """Fill the page on one more person."""
    page = Page(book.stylist, sheet, COLUMNS)
    page.title(_("What one more person would bring"))
    page.sentence(hires_note(), LEFT)
    legend = _("Green: nothing is missing any more. Blue: less than before.")
    page.sentence(legend, LEFT)
    page.row += 1
    bands = (
        _("Statutory shortage"),
        _("Musts of the office"),
        _("Contracts"),
        _("Wishes refused"),
    )
    page.bands(bands, span=2, after=1)
    times = (_("now"), _("then"))
    page.headings((_("Who"), *times * len(bands), _("Law and musts")))
    for hire in book.advice.hires:
        _hire(page, hire)
    print_setup(sheet)


def _hire(page: Page, hire: Hire) -> None:
    values = (
        hire_name(hire),
        shortage_text(hire.short_before),
        shortage_text(hire.short_after),
        musts_text(hire.musts_before),
        musts_text(hire.musts_after),
        contracts_text(hire.contract_before),
        contracts_text(hire.contract_after),
        hire.refused_before,
        hire.refused_after,
        verdict_text(hire),
    )
    looks = (
        NAME,
        BEFORE,
        _after(hire.short_before, hire.short_after),
        BEFORE,
        _after(hire.musts_before, hire.musts_after),
        BEFORE,
        _after(hire.contract_before, hire.contract_after),
        BEFORE,
        _after(hire.refused_before, hire.refused_after),
        VALUE,
    )
    page.line(values, looks)


def _after(before: int, after: int) -> Look:
    """Return the look of a value by how much better it is than before."""
    if after >= before:
        return VALUE
    return replace(VALUE, bold=True, fill=SURPLUS if after else GOOD)
