"""The page that lays plans side by side (案の比較): whom each asks, what each keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.files.workbook.roster.page import LEFT, Page
from scheduler.files.workbook.roster.side_by_side import LABEL_WIDTH, write_side_by_side
from scheduler.files.workbook.styles import HEAD, WISH, print_setup
from scheduler.wording.plans import claim_text, plan_name, scenario_texts
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.files.workbook.roster.book import Book

WIDTH = 38
OWN = replace(HEAD, fill=WISH)
"""The heading of the plan that the workbook holds."""


def write_plans(book: Book, sheet: Worksheet) -> None:
    """Fill the page that compares the plans of a book."""
    plans = book.plans
    page = Page(book.stylist, sheet, (LABEL_WIDTH, *[WIDTH] * len(plans)))
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
    numbers = range(1, len(plans) + 1)
    heads = [OWN if number == book.plan_number else HEAD for number in numbers]
    page.line(("", *map(plan_name, numbers)), (HEAD, *heads))
    claims = [claim_text(plan, i) for i, plan in enumerate(plans, start=1)]
    write_side_by_side(page, plans, claims, book.rulebook)
    print_setup(sheet)
