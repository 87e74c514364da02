"""The phone list (連絡先リスト): whom to ask for what, in which order, and why them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.audit.changes.phone_list import phone_list
from scheduler.files.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.files.workbook.styles import BAND, GOOD, SHORT, WISH, Look, print_setup
from scheduler.wording.plans import (
    amendment_texts,
    by_text,
    change_text,
    notice_text,
    plan_title,
    plan_verdict,
    return_texts,
    scenario_texts,
    why_texts,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.changes.phone_list import Call
    from scheduler.files.workbook.roster.book import Book

COLUMNS = (5, 17, 19, 36, 44, 24, 16)
KEPT = Look(size=11, bold=True, fill=GOOD, across="left")
BROKEN = replace(KEPT, fill=SHORT)
FIRST = replace(LEFT, size=10, bold=True)
NUMBER = replace(CENTRE, size=11, bold=True)
NAME = Look(size=11, bold=True, across="left", wrap=True, fill=BAND)
ASKED = replace(LEFT, size=10, bold=True)
WHY = replace(LEFT, down="top")
UNLAWFUL = replace(WHY, fill=SHORT)
NOT_AGREED = replace(WHY, fill=WISH)
"""Beyond what the contract says."""
ANSWER = replace(LEFT, locked=False)


def write_phone_list(book: Book, sheet: Worksheet) -> None:
    """Fill the page of people to be asked."""
    calls = phone_list(book.plan)
    page = Page(book.stylist, sheet, COLUMNS)
    plan = plan_title(book.plan, book.plan_number)
    page.title(_("Phone list: {plan}").format(plan=plan))
    look = KEPT if book.plan.is_legal else BROKEN
    verdict = plan_verdict(book.plan)
    page.sentence(_("Verdict: {verdict}").format(verdict=verdict), look)
    scenario = "、".join(scenario_texts(book.plan.scenario, book.problem))
    page.sentence(_("What has happened: {what}").format(what=scenario), LEFT)
    for step in amendment_texts(book.plan, book.rulebook):
        page.sentence(_("To be settled first: {what}").format(what=step), FIRST)
    page.sentence(
        _("Call from the top: who has to be reached first stands first."), LEFT
    )
    page.row += 1
    heads = page.row
    if not calls:
        page.sentence(_("Nobody has to be asked."), LEFT)
    else:
        _table(book, page, calls)
    print_setup(sheet, title_rows=f"{heads}:{heads}")


def _table(book: Book, page: Page, calls: tuple[Call, ...]) -> None:
    page.headings(
        (
            "",
            _("Whom"),
            _("By when"),
            _("What to ask"),
            _("Why just this person"),
            _("In return"),
            _("Answer"),
        )
    )
    for number, call in enumerate(calls, start=1):
        asked = [change_text(change, book.problem) for change in call.changes]
        page.line(
            (
                number,
                call.staff,
                f"{by_text(call)}\n{notice_text(call)}",
                "\n".join(asked),
                "\n".join(why_texts(call, book.rulebook)),
                "\n".join(return_texts(call)) or None,
                None,
            ),
            (
                NUMBER,
                NAME,
                LEFT,
                ASKED,
                _why_look(call),
                LEFT,
                ANSWER,
            ),
        )


def _why_look(call: Call) -> Look:
    if any(finding.stance.is_hard for finding in call.breaches):
        return UNLAWFUL
    return NOT_AGREED if call.breaches else WHY
