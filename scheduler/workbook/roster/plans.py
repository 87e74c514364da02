"""The page that lays plans side by side (案の比較): whom each asks, what each keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.i18n import _
from scheduler.reports.plan_sums import plan_sums
from scheduler.wording import burden_name, date_text, finding_text, request_text
from scheduler.wording.names import cells_text, people_text, share_text
from scheduler.wording.plans import (
    claim_text,
    plan_name,
    scenario_texts,
    verdict_text,
)
from scheduler.workbook.roster.page import LEFT, Page
from scheduler.workbook.styles import BAND, GOOD, HEAD, SHORT, WISH, Look, print_setup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.reports.plan_sums import PlanSums
    from scheduler.workbook.roster.book import Book

LABEL_WIDTH = 24
WIDTH = 38
OWN = replace(HEAD, fill=WISH)
"""The heading of the plan that the workbook holds."""
LABEL = replace(LEFT, bold=True, fill=BAND)
VALUE = replace(LEFT, size=9)


def write_plans(book: Book, sheet: Worksheet) -> None:
    """Fill the page that compares the plans of a book."""
    sums = [plan_sums(plan) for plan in book.plans]
    page = Page(book.stylist, sheet, (LABEL_WIDTH, *[WIDTH] * len(sums)))
    page.title(
        _("Plans side by side; this file is {name}").format(
            name=plan_name(book.plan_number)
        )
    )
    scenario = "、".join(scenario_texts(book.plan.scenario, book.problem))
    page.sentence(_("What has happened: {what}").format(what=scenario), LEFT)
    note = _("Any one of them is enough. Each spares somebody of every plan before it.")
    page.sentence(note, LEFT)
    page.row += 1
    numbers = range(1, len(sums) + 1)
    heads = [OWN if number == book.plan_number else HEAD for number in numbers]
    page.line(("", *map(plan_name, numbers)), (HEAD, *heads))
    _legal(book, page)
    _asked(page, sums)
    _line(page, _("Not kept"), [_findings(book, one) for one in sums])
    _wishes(page, sums)
    _evenness(page, sums)
    print_setup(sheet)


def _line(page: Page, label: str, texts: Sequence[str]) -> None:
    page.line((label, *texts), (LABEL, *[VALUE] * len(texts)))


def _legal(book: Book, page: Page) -> None:
    texts = [verdict_text(plan) for plan in book.plans]
    looks: list[Look] = [
        replace(VALUE, bold=True, fill=GOOD if plan.is_legal else SHORT)
        for plan in book.plans
    ]
    page.line((_("Verdict"), *texts), (LABEL, *looks))
    claims = [claim_text(plan, i) for i, plan in enumerate(book.plans, start=1)]
    _line(page, _("How sure that is"), claims)


def _asked(page: Page, sums: Sequence[PlanSums]) -> None:
    asked = []
    for one in sums:
        count = people_text(len(one.disturbed))
        names = "、".join(one.disturbed)
        asked.append(f"{count}: {names}" if names else count)
    _line(page, _("People to be asked"), asked)
    _line(page, _("Their cells that change"), [cells_text(one.cells) for one in sums])
    nearest = [date_text(one.nearest) if one.nearest else "-" for one in sums]
    _line(page, _("The first date of them"), nearest)


def _findings(book: Book, sums: PlanSums) -> str:
    found = (*sums.breaches, *sums.contracts)
    texts = ["・" + finding_text(one, book.rulebook) for one in found]
    return "\n".join(texts) or _("none")


def _wishes(page: Page, sums: Sequence[PlanSums]) -> None:
    for label, name in (
        (_("Wishes lost"), "wishes_lost"),
        (_("Wishes won"), "wishes_won"),
    ):
        wishes = [getattr(one.effects, name) for one in sums]
        texts = ["\n".join(request_text(w) for w in own) or _("none") for own in wishes]
        _line(page, label, texts)


def _evenness(page: Page, sums: Sequence[PlanSums]) -> None:
    """Write the largest deviations from fair shares, before and with each plan."""
    for rows in zip(*(one.deviations for one in sums), strict=True):
        burden, before, _after = rows[0]
        label = _("{burden}: largest difference, so far {before}").format(
            burden=burden_name(burden), before=share_text(before)
        )
        _line(page, label, [share_text(after) for _burden, _before, after in rows])
