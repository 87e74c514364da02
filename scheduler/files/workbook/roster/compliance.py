"""The compliance page (基準チェック): every limit, then every finding in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.audit.figures.summary import BELOW, kept, places
from scheduler.audit.findings import in_order_of_time
from scheduler.audit.papers.compliance import ComplianceLine, Verdict, compliance
from scheduler.domain.clock import Interval
from scheduler.domain.finding import LEVELS, Stance
from scheduler.files.workbook.roster.consequences import write_consequences
from scheduler.files.workbook.roster.page import CENTRE, LEFT, RIGHT, Page
from scheduler.files.workbook.roster.words import amount_text, article, title
from scheduler.files.workbook.styles import (
    ALARM_INK,
    GOOD,
    SHORT,
    WISH,
    Look,
    print_setup,
)
from scheduler.wording.findings import gathered
from scheduler.wording.levels import left_line, reached_text, sure_text, why_left_text
from scheduler.wording.names import stance_name
from scheduler.wording.reasons import obstacle_texts
from scheduler.wording.resilience import reserve_heading, reserve_lines
from scheduler.wording.times import clock_text, date_text, span_text
from scheduler.wording.translation import N_, _
from scheduler.wording.verdict import verdict_line

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.papers.compliance import Strictest
    from scheduler.domain.base import StaffId
    from scheduler.files.workbook.roster.book import Book

COLUMNS = (6, 38, 36, 24, 12, 12, 12, 6, 16)
MOST_NAMES = 4
"""More people than these are counted instead of named."""

ORDER = (Stance.ENFORCED, *LEVELS, Stance.REPORT)

VERDICTS = {
    Verdict.MET: (N_("met"), Look(size=8.5, fill=GOOD, wrap=True)),
    Verdict.NOTICE: (N_("note"), Look(size=8.5, fill=WISH, wrap=True)),
    Verdict.BREACH: (
        N_("NOT met"),
        Look(size=8.5, fill=SHORT, ink=ALARM_INK, bold=True, wrap=True),
    ),
}
CONFIRM = N_("to be confirmed")


def write_compliance(book: Book, sheet: Worksheet) -> None:
    """Fill the compliance page."""
    page = Page(book.stylist, sheet, COLUMNS)
    page.title(_("Rules and how they are kept"))
    _summary(book, page)
    _limits(book, page)
    _levels(book, page)
    _reserve(book, page)
    _findings(book, page)
    write_consequences(book, page)
    print_setup(sheet)


def _summary(book: Book, page: Page) -> None:
    told = kept(book.problem, book.findings)
    look = Look(bold=True, size=11, fill=GOOD, across="left")
    if not told.is_legal:
        look = replace(look, fill=SHORT, ink=ALARM_INK)
    elif told.people:
        look = replace(look, fill=WISH)
    page.sentence(verdict_line(told), look)
    left = left_line(book.remaining)
    if left:
        page.sentence(left, Look(size=10, across="left"))
    note = _(
        "As planned: edits by hand are not followed here; “shotaki check” judges them."
    )
    page.sentence(note, Look(size=8.5, across="left"))


def _limits(book: Book, page: Page) -> None:
    page.section(_("Rule by rule"))
    page.headings(
        (
            _("Rule"),
            _("Limit"),
            _("Source"),
            _("Tightest"),
            _("Required"),
            _("Planned"),
            _("To spare"),
            _("Count"),
            _("Verdict"),
        )
    )
    for line in compliance(book.problem, book.roster, book.findings):
        _limit(book, page, line)


def _limit(book: Book, page: Page, line: ComplianceLine) -> None:
    rule = book.rulebook[line.rule]
    facet = rule.facet[line.facet]
    word, look = VERDICTS[line.verdict]
    verdict = _(word)
    if line.to_be_confirmed:
        verdict += f" ({_(CONFIRM)})"
    values = (
        line.rule,
        f"{title(rule)}: {title(facet)}",
        article(rule, line.facet),
        *_tightest(line.strictest),
        line.findings or None,
        verdict,
    )
    looks = (CENTRE, LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT, CENTRE, look)
    page.line(values, looks)


def _tightest(strictest: Strictest | None) -> tuple[str, str, str, str]:
    if strictest is None:
        return "", "", "", ""
    limit = "≦" if strictest.at_most else "≧"
    unit = strictest.unit
    return (
        _moment(strictest),
        f"{limit} {amount_text(unit, strictest.required)}",
        amount_text(unit, strictest.planned),
        amount_text(unit, strictest.margin),
    )


def _moment(strictest: Strictest) -> str:
    parts = []
    if strictest.date is not None:
        parts.append(date_text(strictest.date))
    if strictest.begin is not None and strictest.end is not None:
        parts.append(span_text(Interval(strictest.begin, strictest.end)))
    elif strictest.begin is not None:
        parts.append(clock_text(strictest.begin))
    if strictest.people:
        parts.append(_names(strictest.people))
    return " ".join(parts)


def _names(people: tuple[StaffId, ...]) -> str:
    names = "、".join(people[:MOST_NAMES])
    if len(people) <= MOST_NAMES:
        return names
    more = _("{names} and {count} more")
    return more.format(names=names, count=len(people) - MOST_NAMES)


def _levels(book: Book, page: Page) -> None:
    made = book.roster.provenance
    if made is None:
        return
    page.section(_("How good the roster is, in the order of what comes first"))
    page.headings(("", _("Level"), _("What is left"), _("How sure that is")))
    left = {one.level: one for one in book.remaining}
    for number, outcome in enumerate(made.outcomes, start=1):
        page.line(
            (
                number,
                stance_name(outcome.level),
                reached_text(outcome, left.get(outcome.level)),
                sure_text(outcome),
            ),
            (CENTRE, LEFT, LEFT, LEFT),
        )


def _reserve(book: Book, page: Page) -> None:
    made = book.roster.provenance
    if made is None or made.reserve is None:
        return
    page.section(reserve_heading())
    for text in reserve_lines(made.reserve):
        page.sentence(text, LEFT)


def _findings(book: Book, page: Page) -> None:
    page.section(_("Findings: {count}").format(count=len(book.findings)))
    if not book.findings:
        page.sentence(_("Nothing was found."), LEFT)
    for stance in ORDER:
        alarm = Look(size=8.5, across="left", wrap=True, ink=ALARM_INK)
        look = alarm if stance.is_hard else LEFT
        own = places(one for one in book.findings if one.stance is stance)
        if own:
            heading = Look(size=9, bold=True, across="left")
            page.sentence(f"{stance_name(stance)} ({len(own)})", heading)
        for one in gathered(in_order_of_time(own), book.rulebook):
            text = one.text
            if stance.is_hard:
                rule = book.rulebook[one.first.rule]
                text += f" [{article(rule, one.first.facet)}]"
            page.sentence(text, look)
            obstacles = book.roster.obstacles
            for reason in obstacle_texts(one.findings, obstacles, book.rulebook):
                page.sentence(f"　{reason}", LEFT)
        for left in book.remaining:
            known = book.roster.provenance is not None
            if left.level is stance and known and stance in BELOW:
                page.sentence(why_left_text(left), LEFT)
