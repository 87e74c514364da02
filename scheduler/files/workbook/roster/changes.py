"""The page of changes (変更): what a plan makes of the roster that was on the wall."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.audit.changes.months_changed import months
from scheduler.audit.changes.plan_sums import plan_sums
from scheduler.domain.clock import HOUR
from scheduler.files.workbook.roster.change_table import (
    AFTER,
    BEFORE,
    NAME,
    write_changes_table,
)
from scheduler.files.workbook.roster.page import LEFT, Page
from scheduler.files.workbook.styles import GOOD, SHORT, Look, print_setup
from scheduler.wording.findings import gathered_texts
from scheduler.wording.names import burden_name, share_text
from scheduler.wording.plans import (
    amendment_texts,
    claim_text,
    plan_title,
    plan_verdict,
    scenario_texts,
    wish_texts,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.changes.months_changed import MonthChange
    from scheduler.audit.changes.plan_sums import PlanSums
    from scheduler.audit.figures.hours import PersonMonth
    from scheduler.files.workbook.roster.book import Book

COLUMNS = (18, 18, 23, 23, 13, 15)
"""Date, name, before, after; the sums of a month take two more."""
KEPT = Look(size=11, bold=True, fill=GOOD, across="left")
BROKEN = replace(KEPT, fill=SHORT)


def write_changes(book: Book, sheet: Worksheet) -> None:
    """Fill the page of what the plan changes."""
    page = Page(book.stylist, sheet, COLUMNS)
    sums = plan_sums(book.plan)
    plan = plan_title(book.plan, book.plan_number)
    page.title(_("What changes: {plan}").format(plan=plan))
    _verdict(book, page, sums)
    _scenario(book, page)
    page.section(_("Before and after"))
    write_changes_table(book, page, book.plan.changes)
    _months(book, page)
    _rest(page, sums)
    print_setup(sheet, landscape=False)


def _verdict(book: Book, page: Page, sums: PlanSums) -> None:
    plan = book.plan
    text = _("Verdict: {verdict} ({claim})").format(
        verdict=plan_verdict(plan), claim=claim_text(plan, book.plan_number)
    )
    page.sentence(text, KEPT if plan.is_legal else BROKEN)
    for text in gathered_texts((*sums.breaches, *sums.contracts), book.rulebook):
        page.sentence("・" + text, LEFT)


def _scenario(book: Book, page: Page) -> None:
    scenario = book.plan.scenario
    page.section(_("What has happened"))
    for text in scenario_texts(scenario, book.problem):
        page.sentence("・" + text, LEFT)
    text = _("Dates before {date} stay as they were, and so do cells edited by hand.")
    page.sentence(text.format(date=date_text(scenario.now)), LEFT)
    steps = amendment_texts(book.plan, book.rulebook)
    if steps:
        page.section(_("To be settled first"))
    for step in steps:
        page.sentence("・" + step, LEFT)


def _months(book: Book, page: Page) -> None:
    """Write the sums of everybody whose month differs, before and after."""
    found = [change for change in months(book.plan) if change.is_other]
    if not found:
        return
    page.section(_("Sums of the month that change"))
    heads = (_("Nights"), _("On call"), _("Weekends, holidays"), _("Days off"))
    page.headings((_("Name"), *heads, _("Hours of work"), _("Hours by contract")))
    for change in found:
        values = [_pair(*pair) for pair in zip(*map(_sums, _both(change)), strict=True)]
        looks = [AFTER if text and "→" in text else BEFORE for text in values]
        page.line((change.staff, *values), (NAME, *looks))


def _both(change: MonthChange) -> tuple[PersonMonth, PersonMonth]:
    return change.before, change.after


def _sums(month: PersonMonth) -> tuple[str, ...]:
    counts = (month.nights, month.on_call, month.rest_days, month.days_off)
    hours = (month.total, month.credited)
    return (*map(str, counts), *(f"{minutes / HOUR:g}" for minutes in hours))


def _pair(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _rest(page: Page, sums: PlanSums) -> None:
    page.section(_("Wishes and evenness"))
    for text in wish_texts(sums.effects):
        page.sentence("・" + text, LEFT)
    differences = _("Difference from a fair share, the largest")
    page.headings((differences, _("Before the change"), _("After the change")))
    for burden, before, after in sums.deviations:
        look = AFTER if before != after else BEFORE
        page.line(
            (burden_name(burden), share_text(before), share_text(after)),
            (NAME, BEFORE, look),
        )
