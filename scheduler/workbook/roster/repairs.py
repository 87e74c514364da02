"""The page of repairs (解決策): ways out, any one of them enough."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.i18n import _
from scheduler.wording.advice import (
    change_texts,
    claim_text,
    enough_text,
    fairness_texts,
    lost_texts,
    points_text,
    remaining_texts,
    repair_name,
    step_texts,
    won_texts,
)
from scheduler.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.workbook.styles import ALARM_INK, GOOD, SHORT, Look, print_setup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.advice import Repair
    from scheduler.workbook.roster.book import Book

COLUMNS = (18, 10, 88, 14, 12, 14)
ENOUGH = Look(size=11, bold=True, fill=GOOD, across="left", wrap=True)
LABEL = replace(LEFT, bold=True, edge="none", down="top")
STEP = replace(LEFT, bold=True)
ALARM = replace(LEFT, ink=ALARM_INK)
BAD = replace(CENTRE, fill=SHORT, bold=True)
FINE = replace(CENTRE, fill=GOOD)

MOST_CHANGES = 12
"""Cells that are told one by one; of more, their number is told."""


def write_repairs(book: Book, sheet: Worksheet) -> None:
    """Fill the page of repairs."""
    page = Page(book.stylist, sheet, COLUMNS)
    page.title(_("What would make the month legal"))
    repairs = book.advice.repairs
    page.sentence(enough_text(len(repairs)), ENOUGH)
    note = _(
        "Points are the office's own prices of what is asked of people (sheet of "
        "settings): the fewer, the easier. What is agreed on goes into the input "
        "workbook (sheet of agreements, forecast, staff); then make the roster again."
    )
    page.sentence(note, LEFT)
    _compared(book, page, repairs)
    for number, repair in enumerate(repairs, start=1):
        _repair(book, page, number, repair)
    print_setup(sheet)


def _compared(book: Book, page: Page, repairs: Sequence[Repair]) -> None:
    """Lay the repairs side by side, one a line."""
    page.section(_("At a glance"))
    page.headings(
        (
            _("Repair"),
            _("Burden"),
            _("What to do"),
            _("Wishes lost"),
            _("Cells changed"),
            _("Still broken"),
        )
    )
    for number, repair in enumerate(repairs, start=1):
        still = len(repair.remaining)
        page.line(
            (
                repair_name(number),
                points_text(repair.price),
                "\n".join(step_texts(repair, book.rulebook, book.problem)),
                len(repair.effects.wishes_lost),
                len(change_texts(repair, book.problem, book.roster)),
                still,
            ),
            (
                replace(CENTRE, bold=True),
                CENTRE,
                LEFT,
                CENTRE,
                CENTRE,
                BAD if still else FINE,
            ),
        )


def _repair(book: Book, page: Page, number: int, repair: Repair) -> None:
    heading = _("{repair} (burden {points}; {claim})").format(
        repair=repair_name(number),
        points=points_text(repair.price),
        claim=claim_text(repair, number),
    )
    page.section(heading)
    steps = step_texts(repair, book.rulebook, book.problem)
    numbered = [f"{place}. {step}" for place, step in enumerate(steps, start=1)]
    changes = change_texts(repair, book.problem, book.roster)
    _listed(page, _("What to do"), numbered, STEP)
    _listed(page, _("Wishes lost"), lost_texts(repair) or (_("none"),), LEFT)
    _listed(page, _("Wishes won"), won_texts(repair), LEFT)
    _listed(page, _("Evenness"), fairness_texts(repair), LEFT)
    _listed(page, _("Cells that change"), (_shortened(changes),), LEFT)
    remaining = remaining_texts(repair, book.rulebook)
    _listed(page, _("Still broken"), remaining, ALARM)


def _listed(page: Page, label: str, texts: Sequence[str], look: Look) -> None:
    """Write what there is to say under a label, a line each."""
    for place, text in enumerate(texts):
        page.label(label if place == 0 else "", LABEL)
        page.sentence(text, look, first=2)


def _shortened(changes: Sequence[str]) -> str:
    if not changes:
        return _("none")
    listed = "、".join(changes[:MOST_CHANGES])
    if len(changes) <= MOST_CHANGES:
        return listed
    more = _("{listed} and {more} more")
    return more.format(listed=listed, more=len(changes) - MOST_CHANGES)
