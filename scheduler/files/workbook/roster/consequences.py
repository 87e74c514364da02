"""What the month leads to: deductions at risk, add-ons, full-time equivalents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.calendar_months import is_calendar_month
from scheduler.audit.papers.addons import addons
from scheduler.audit.papers.costs import deduction_cost
from scheduler.audit.papers.deductions import Deduction, Outlook, deductions
from scheduler.files.workbook.roster.equivalents import (
    write_calendar_months,
    write_equivalents,
)
from scheduler.files.workbook.roster.page import CENTRE, LEFT, RIGHT
from scheduler.files.workbook.roster.words import amount_text, article, title
from scheduler.files.workbook.styles import ALARM_INK, GOOD, SHORT, WISH, Look
from scheduler.wording.times import dates_text
from scheduler.wording.translation import N_, _
from scheduler.wording.verdict import cost_lines, outlook_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.files.workbook.roster.book import Book
    from scheduler.files.workbook.roster.page import Page

ALARM = Look(size=8.5, fill=SHORT, ink=ALARM_INK, bold=True, wrap=True)
LOOKS = {
    Outlook.NONE: Look(size=8.5, fill=GOOD, wrap=True),
    Outlook.BELOW: Look(size=8.5, fill=WISH, ink=ALARM_INK, bold=True, wrap=True),
    Outlook.NOTICE: Look(size=8.5, fill=WISH, wrap=True),
    Outlook.NEXT_MONTH: ALARM,
    Outlook.MONTH_AFTER_NEXT: ALARM,
    Outlook.AT_RISK: ALARM,
}
CONFIRM = N_("confirm with the municipality")


def write_consequences(book: Book, page: Page) -> None:
    """Add the tables of deductions, add-ons and full-time equivalents."""
    _of_the_period(book, page)
    _deductions(book, page)
    _addons(book, page)
    write_equivalents(book, page)
    if not is_calendar_month(book.problem.period):
        write_calendar_months(book, page)


def _of_the_period(book: Book, page: Page) -> None:
    """Say that figures judged by the month are those of another stretch of dates."""
    period = book.problem.period
    if is_calendar_month(period):
        return
    note = _(
        "This roster covers {dates}, which is no calendar month. Deductions, add-ons"
        " and full-time equivalents are judged by the calendar month: below stand the"
        " figures of these dates, and those of each month as far as these dates go."
    )
    text = note.format(dates=dates_text(period.first, period.last))
    page.section(_("Figures judged by the calendar month"))
    page.sentence(text, Look(size=9, across="left", fill=WISH))


def _deductions(book: Book, page: Page) -> None:
    page.section(_("Deductions at risk"))
    lines = deductions(book.problem, book.roster)
    write_deductions(book, page, lines)
    cost = deduction_cost(book.problem, lines)
    for text in cost_lines(cost) if cost else ():
        page.sentence(text, Look(size=8.5, across="left", ink=ALARM_INK))


def write_deductions(book: Book, page: Page, lines: Iterable[Deduction]) -> None:
    """Write deductions as a table of nine columns, as wide as the page's."""
    page.headings(
        (
            _("Rule"),
            _("Figure"),
            _("Source"),
            _("Note"),
            _("Required"),
            _("Planned"),
            "",
            "",
            _("Outlook"),
        )
    )
    for line in lines:
        rule = book.rulebook[line.rule]
        facet = rule.facet[line.facet]
        sign = "≦" if line.at_most else "≧"
        page.line(
            (
                line.rule,
                f"{title(rule)}: {title(facet)}",
                article(rule, line.facet),
                _(CONFIRM) if line.to_be_confirmed else "",
                f"{sign} {amount_text(facet.unit, line.required)}",
                amount_text(facet.unit, line.actual),
                "",
                "",
                outlook_text(line.outlook),
            ),
            (
                CENTRE,
                LEFT,
                LEFT,
                LEFT,
                RIGHT,
                RIGHT,
                RIGHT,
                CENTRE,
                LOOKS[line.outlook],
            ),
        )


def _addons(book: Book, page: Page) -> None:
    page.section(_("Add-ons: conditions that these dates show (necessary, not enough)"))
    page.headings(
        (
            _("Rule"),
            _("Condition"),
            _("Source"),
            _("Note"),
            _("Required"),
            _("Planned"),
            _("Units a month"),
            "",
            _("Verdict"),
        )
    )
    for line in addons(book.problem, book.roster):
        rule = book.rulebook[line.rule]
        facet = rule.facet[line.facet]
        met = Look(size=8.5, fill=GOOD if line.met else "")
        page.line(
            (
                line.rule,
                f"{title(rule)}: {title(facet)}",
                article(rule, line.facet),
                _(CONFIRM) if line.to_be_confirmed else "",
                f"≧ {amount_text(facet.unit, line.required)}",
                amount_text(facet.unit, line.actual),
                line.units,
                "",
                _("met") if line.met else _("not met"),
            ),
            (CENTRE, LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT, CENTRE, met),
        )
