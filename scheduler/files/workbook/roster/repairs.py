"""The page of repairs (解決策): ways out, any one of them enough."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.files.workbook.roster.page import LEFT, Page
from scheduler.files.workbook.styles import BAND, GOOD, SHORT, Look, print_setup
from scheduler.wording.repairs import (
    change_texts,
    changes,
    claim_text,
    enough_text,
    entering_text,
    fairness_texts,
    lost_texts,
    remaining_texts,
    repair_name,
    step_texts,
    won_texts,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.advice import Repair
    from scheduler.files.workbook.roster.book import Book

COLUMNS = (26, 50, 56)
ENOUGH = Look(size=11, bold=True, fill=GOOD, across="left", wrap=True)
NAME = replace(LEFT, bold=True, fill=BAND, down="top")
STEPS = replace(LEFT, size=9.5, bold=True, down="top")
BESIDES = replace(LEFT, down="top")

MOST_WISHES = 6
MOST_CHANGES = 12
"""Wishes and cells that are told one by one; of more, their number is told."""


def write_repairs(book: Book, sheet: Worksheet) -> None:
    """Fill the page of repairs."""
    repairs = book.advice.repairs
    page = Page(book.stylist, sheet, COLUMNS)
    page.title(_("What would make the month legal"))
    page.sentence(enough_text(book.advice), ENOUGH)
    page.sentence(entering_text(book.advice), LEFT)
    page.row += 1
    page.headings((_("Repair"), _("What to do"), _("What else changes")))
    for number, repair in enumerate(repairs, start=1):
        _repair(book, page, number, repair)
    print_setup(sheet, title_rows="5:5")


def _repair(book: Book, page: Page, number: int, repair: Repair) -> None:
    """Write a repair in one row, which no printer parts."""
    name = (
        repair_name(number),
        claim_text(repair, number, has_begun=bool(book.advice.since)),
    )
    steps = step_texts(repair, book.rulebook, book.problem)
    besides = BESIDES if not repair.remaining else replace(BESIDES, fill=SHORT)
    page.line(
        ("\n".join(name), _numbered(steps), "\n".join(_effects(book, repair))),
        (NAME, STEPS, besides),
    )


def _effects(book: Book, repair: Repair) -> Iterator[str]:
    lost, won = (_first(texts(repair)) for texts in (lost_texts, won_texts))
    changed = changes(repair, book.problem, book.roster)
    cells = _("Cells that change: {count}").format(count=len(changed))
    yield from _listed(_("Still broken"), remaining_texts(repair, book.rulebook))
    yield from _listed(_("Wishes lost"), lost or (_("none"),))
    yield from _listed(_("Wishes won"), won)
    yield from _listed(_("Evenness"), fairness_texts(repair))
    yield from _listed(cells, change_texts(changed, MOST_CHANGES))


def _listed(label: str, texts: Sequence[str]) -> Iterator[str]:
    """Yield a label and, below it, what there is to say."""
    if texts:
        yield _("[{label}]").format(label=label)
        yield from texts


def _first(texts: Sequence[str]) -> tuple[str, ...]:
    if len(texts) <= MOST_WISHES:
        return tuple(texts)
    more = _("and {more} more").format(more=len(texts) - MOST_WISHES)
    return (*texts[:MOST_WISHES], more)


def _numbered(texts: Sequence[str]) -> str:
    """Write lines below each other, with numbers where there are several."""
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{place}. {text}" for place, text in enumerate(texts, start=1))
