"""The page of what is short (不足): how much at the least, where, and its price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.summary import kept
from scheduler.domain.finding import Stance
from scheduler.files.workbook.roster.consequences import write_deductions
from scheduler.files.workbook.roster.page import CENTRE, LEFT, RIGHT, Page
from scheduler.files.workbook.roster.words import amount_text as unit_text
from scheduler.files.workbook.roster.words import article, title
from scheduler.files.workbook.styles import ALARM_INK, SHORT, Look, print_setup
from scheduler.wording.findings import dates_and_clock, detail_text, gathered
from scheduler.wording.names import stance_name
from scheduler.wording.translation import _
from scheduler.wording.verdict import (
    amount_text,
    fee_lines,
    headline,
    level_sentence,
    proof_text,
    verdict_line,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.papers.shortage import Gap, Shortage
    from scheduler.files.workbook.roster.book import Book

COLUMNS = (6, 38, 34, 26, 12, 12, 12, 12, 32)
MOST_NAMES = 8
"""More people than these are counted instead of named."""

HEADLINE = Look(bold=True, size=11, fill=SHORT, ink=ALARM_INK, across="left")
SENTENCE = Look(size=9, across="left")
NOTE = Look(size=8.5, across="left")
WHEN = Look(size=8.5, across="left", wrap=True, bold=True)
MISSING = Look(size=8.5, across="right", wrap=True, bold=True, ink=ALARM_INK)


def write_shortage(book: Book, sheet: Worksheet) -> None:
    """Fill the page; the roster is short of something."""
    short = book.shortage
    page = Page(book.stylist, sheet, COLUMNS)
    page.title(_("What is short"))
    page.sentence(verdict_line(kept(book.problem, book.findings)), HEADLINE)
    _sums_up(page, short)
    _levels(page, short)
    _rules(book, page, short)
    if short.gaps:
        page.section(_("Where law, pins and musts are short, by date and time"))
        _gaps(book, page, short.gaps)
    if short.contracts:
        page.section(_("Where contracts are not kept"))
        _gaps(book, page, short.contracts)
    _fees(book, page, short)
    print_setup(sheet)


def _sums_up(page: Page, short: Shortage) -> None:
    for text in headline(short):
        page.sentence(text, HEADLINE)
    for total in short.levels:
        if total.level is Stance.CONTRACT:
            page.sentence(level_sentence(total), SENTENCE)
    for text in list(fee_lines(short))[: 2 if short.cost else 1]:
        page.sentence(text, HEADLINE)
    page.sentence(
        _(
            "“Possible” means within what is always kept: what each person may work,"
            " the limits of labour law, and last month as it was. Edits by hand are not"
            " followed here; “shotaki check” judges them."
        ),
        NOTE,
    )


def _levels(page: Page, short: Shortage) -> None:
    if not short.levels:
        return
    page.section(_("In sum, and what cannot be avoided"))
    page.headings(
        (
            "",
            _("Level"),
            _("How sure that is"),
            _("Holds as long as this stays as it is"),
            _("At least"),
            _("This roster"),
        )
    )
    for total in short.levels:
        least = "" if total.least is None else amount_text(total.level, total.least)
        page.line(
            (
                "",
                stance_name(total.level),
                proof_text(total),
                "・".join(stance_name(level) for level in total.above),
                least,
                amount_text(total.level, total.value),
            ),
            (CENTRE, LEFT, LEFT, LEFT, RIGHT, MISSING),
        )


def _rules(book: Book, page: Page, short: Shortage) -> None:
    page.section(_("In sum, by rule"))
    page.headings(
        (_("Rule"), _("Limit"), _("Source"), _("Level"), _("Places"), _("In sum"))
    )
    for total in short.totals:
        rule = book.rulebook[total.rule]
        facet = rule.facet[total.facet]
        page.line(
            (
                total.rule,
                f"{title(rule)}: {title(facet)}",
                article(rule, total.facet),
                stance_name(total.stance),
                total.gaps,
                unit_text(facet.unit, total.amount),
            ),
            (CENTRE, LEFT, LEFT, LEFT, RIGHT, MISSING),
        )


def _gaps(book: Book, page: Page, gaps: Sequence[Gap]) -> None:
    page.headings(
        (
            _("Rule"),
            _("Limit"),
            _("Source"),
            _("Date and time"),
            _("Required"),
            _("Planned"),
            _("Missing"),
            _("Level"),
            _("Whom it concerns, or who is there then"),
        )
    )
    known = {id(gap.finding): gap for gap in gaps}
    for alike in gathered([gap.finding for gap in gaps], book.rulebook):
        own = [known[id(finding)] for finding in alike.findings]
        # What is short by other amounts or beside other people is another line.
        told: dict[tuple[int, str], list[Gap]] = {}
        for gap in own:
            key = (gap.finding.amount, _people(book, gap))
            told.setdefault(key, []).append(gap)
        for same in told.values():
            _gap(book, page, same)


def _gap(book: Book, page: Page, gaps: Sequence[Gap]) -> None:
    """Write what is missing in the same way, on one date or on several."""
    finding = gaps[0].finding
    rule = book.rulebook[finding.rule]
    facet = rule.facet[finding.facet]
    detail = detail_text(finding)
    limit = f"{title(rule)}: {title(facet)}"
    sign = "≦" if finding.actual > finding.required else "≧"
    missing = _("{amount} each") if len(gaps) > 1 else "{amount}"
    page.line(
        (
            finding.rule,
            f"{limit} ({detail})" if detail else limit,
            article(rule, finding.facet),
            dates_and_clock([gap.finding for gap in gaps]) or _("whole period"),
            f"{sign} {unit_text(facet.compared_in, finding.required)}",
            unit_text(facet.compared_in, finding.actual),
            missing.format(amount=unit_text(facet.unit, finding.amount)),
            stance_name(finding.stance),
            _people(book, gaps[0]),
        ),
        (CENTRE, LEFT, LEFT, WHEN, RIGHT, RIGHT, MISSING, CENTRE, LEFT),
    )


def _people(book: Book, gap: Gap) -> str:
    finding = gap.finding
    names: Sequence[str] = finding.people
    if not names and finding.begin is None:
        return ""
    if not names:
        names = [book.short_names.get(name, name) for name in gap.there]
    told = "、".join(names[:MOST_NAMES]) or _("nobody")
    if len(names) <= MOST_NAMES:
        return told
    more = _("{names} and {count} more")
    return more.format(names=told, count=len(names) - MOST_NAMES)


def _fees(book: Book, page: Page, short: Shortage) -> None:
    lines = list(fee_lines(short))
    if not lines:
        return
    page.section(_("What it means for the fee"))
    if short.deductions:
        write_deductions(book, page, short.deductions)
    for text in lines:
        page.sentence(text, SENTENCE)
