"""What the month leads to: deductions at risk, add-ons, full-time equivalents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import HOUR
from scheduler.i18n import N_, _
from scheduler.reports import (
    Outlook,
    addons,
    deductions,
    full_time_equivalents,
)
from scheduler.wording import name_of, role_name
from scheduler.workbook.roster.page import CENTRE, LEFT, RIGHT
from scheduler.workbook.roster.words import amount_text, article, title
from scheduler.workbook.styles import ALARM_INK, GOOD, SHORT, WISH, Look

if TYPE_CHECKING:
    from scheduler.workbook.roster.book import Book
    from scheduler.workbook.roster.page import Page

OUTLOOKS = {
    Outlook.NONE: (N_("no deduction"), Look(size=8.5, fill=GOOD, wrap=True)),
    Outlook.NOTICE: (N_("below the guideline"), Look(size=8.5, fill=WISH, wrap=True)),
    Outlook.NEXT_MONTH: (
        N_("deduction from next month"),
        Look(size=8.5, fill=SHORT, ink=ALARM_INK, bold=True, wrap=True),
    ),
    Outlook.MONTH_AFTER_NEXT: (
        N_("deduction from the month after next unless mended"),
        Look(size=8.5, fill=SHORT, ink=ALARM_INK, bold=True, wrap=True),
    ),
    Outlook.AT_RISK: (
        N_("deduction at risk"),
        Look(size=8.5, fill=SHORT, ink=ALARM_INK, bold=True, wrap=True),
    ),
}
CONFIRM = N_("confirm with the municipality")


def write_consequences(book: Book, page: Page) -> None:
    """Add the tables of deductions, add-ons and full-time equivalents."""
    _deductions(book, page)
    _addons(book, page)
    _equivalents(book, page)


def _deductions(book: Book, page: Page) -> None:
    page.section(_("Deductions at risk"))
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
    for line in deductions(book.problem, book.roster):
        rule = book.rulebook[line.rule]
        facet = rule.facet[line.facet]
        word, look = OUTLOOKS[line.outlook]
        sign = "≦" if line.at_most else "≧"
        page.line(
            (
                line.rule,
                f"{title(rule)}: {title(facet)}",
                article(rule),
                _(CONFIRM) if line.to_be_confirmed else "",
                f"{sign} {amount_text(facet.unit, line.required)}",
                amount_text(facet.unit, line.actual),
                "",
                "",
                _(word),
            ),
            (CENTRE, LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT, CENTRE, look),
        )


def _addons(book: Book, page: Page) -> None:
    page.section(_("Add-ons: conditions that the month shows (necessary, not enough)"))
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
                article(rule),
                _(CONFIRM) if line.to_be_confirmed else "",
                f"≧ {amount_text(facet.unit, line.required)}",
                amount_text(facet.unit, line.actual),
                line.units,
                "",
                _("met") if line.met else _("not met"),
            ),
            (CENTRE, LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT, CENTRE, met),
        )


def _equivalents(book: Book, page: Page) -> None:
    fte = full_time_equivalents(book.problem, book.roster)
    page.section(_("Full-time equivalents (cut to one decimal)"))
    page.headings(("", _("Job"), _("Reckoning"), "", _("FTE")))
    reckoning = _("a full-timer's month of {hours} h: {method}").format(
        hours=f"{fte.denominators.minutes / HOUR:g}",
        method=name_of(fte.denominators.chosen),
    )
    rows = [
        *((role_name(role), tenths) for role, tenths in fte.roles),
        (_("Care and nursing together"), fte.pool),
        (_("of these in the day band"), fte.pool_day),
        (_("Everybody"), fte.total),
    ]
    for index, (name, tenths) in enumerate(rows):
        page.line(
            ("", name, reckoning if index == 0 else "", "", tenths / 10),
            (CENTRE, LEFT, LEFT, LEFT, Look(size=8.5, across="right", number="0.0")),
        )
