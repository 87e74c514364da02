"""The page of the shortage (不足): its lower bound, where it is, and its cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.domain.finding import Finding, Stance
from scheduler.files.workbook.page import (
    CENTRE,
    LEFT,
    RIGHT,
    Page,
    TableColumn,
    limit_columns,
    names_of,
)
from scheduler.files.workbook.roster.consequences import write_deductions
from scheduler.files.workbook.styles import ALARM_INK, SHORT, Look
from scheduler.wording.findings import detail_text, limit_text, unit_text
from scheduler.wording.gathered import dates_and_clock, gathered
from scheduler.wording.names import stance_name
from scheduler.wording.rules import source_text
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
    from collections.abc import Callable, Iterator, Sequence

    from scheduler.audit.papers.shortage import (
        BrokenLimit,
        LevelTotal,
        RuleTotal,
        Shortage,
    )
    from scheduler.files.workbook.roster.book import Book
    from scheduler.rulebook import Facet, Rulebook

COLUMNS = (38, 34, 26, 12, 12, 12, 12, 32)
MOST_NAMES = 8
"""Most people that are named; more are only counted."""

HEADLINE = Look(bold=True, size=11, fill=SHORT, ink=ALARM_INK, across="left")
SENTENCE = Look(size=9, across="left")
WHEN = replace(LEFT, bold=True)
MISSING = replace(RIGHT, bold=True, ink=ALARM_INK)


def write_shortage(book: Book, page: Page) -> None:
    """Fill the page of a roster that is short of people."""
    short = book.shortage
    page.widths(COLUMNS)
    page.title(_("What is short"))
    page.sentence(verdict_line(book.kept), HEADLINE)
    _sums_up(page, short)
    if short.levels:
        page.section(_("In sum, and what cannot be avoided"))
        page.table(_levels(), short.levels)
    page.section(_("In sum, by rule"))
    page.table(_rules(book.rulebook), short.totals)
    if short.gaps:
        page.section(_("Where law, pins and musts are short, by date and time"))
        page.table(_gaps(book), _alike(book, short.gaps))
    if short.contracts:
        page.section(_("Where contracts are not kept"))
        page.table(_gaps(book), _alike(book, short.contracts))
    lines = list(fee_lines(short))
    if lines:
        page.section(_("What it means for the fee"))
    if lines and short.deductions:
        write_deductions(book, page, short.deductions)
    for text in lines:
        page.sentence(text, SENTENCE)
    page.finish()


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
        )
    )


def _levels() -> tuple[TableColumn[LevelTotal], ...]:
    def least(total: LevelTotal) -> str:
        return "" if total.least is None else amount_text(total.level, total.least)

    return (
        TableColumn("", lambda total: "", CENTRE),
        TableColumn(_("Level"), lambda total: stance_name(total.level)),
        TableColumn(_("How sure that is"), proof_text),
        TableColumn(
            _("Holds as long as this stays as it is"),
            lambda total: "・".join(stance_name(level) for level in total.above),
        ),
        TableColumn(_("At least"), least, RIGHT),
        TableColumn(
            _("This roster"),
            lambda total: amount_text(total.level, total.value),
            MISSING,
        ),
    )


def _rules(rulebook: Rulebook) -> tuple[TableColumn[RuleTotal], ...]:
    def amount(total: RuleTotal) -> str:
        return unit_text(rulebook[total.rule].facet[total.facet].unit, total.amount)

    return (
        *limit_columns(rulebook, _("Limit"))[1:],
        TableColumn(_("Level"), lambda total: stance_name(total.stance)),
        TableColumn(_("Places"), lambda total: total.gaps, RIGHT),
        TableColumn(_("In sum"), amount, MISSING),
    )


def _alike(book: Book, gaps: Sequence[BrokenLimit]) -> Iterator[list[BrokenLimit]]:
    """Yield groups of gaps that differ only in their date, each to become one line."""
    known = {id(gap.finding): gap for gap in gaps}
    for alike in gathered([gap.finding for gap in gaps], book.rulebook):
        # Other amounts or other people make another line.
        told: dict[tuple[int, str], list[BrokenLimit]] = {}
        for gap in (known[id(finding)] for finding in alike.findings):
            key = (gap.finding.amount, _people(book, gap))
            told.setdefault(key, []).append(gap)
        yield from told.values()


def _gaps(book: Book) -> tuple[TableColumn[Sequence[BrokenLimit]], ...]:
    rulebook = book.rulebook

    def facet(finding: Finding) -> Facet:
        return rulebook[finding.rule].facet[finding.facet]

    def limit(one: Finding) -> str:
        return limit_text(rulebook[one.rule], one.facet, detail_text(one))

    def required(one: Finding) -> str:
        sign = "≦" if one.actual > one.required else "≧"
        return f"{sign} {unit_text(facet(one).compared_in, one.required)}"

    def missing(gaps: Sequence[BrokenLimit]) -> str:
        text = _("{amount} each") if len(gaps) > 1 else "{amount}"
        one = gaps[0].finding
        return text.format(amount=unit_text(facet(one).unit, one.amount))

    def when(gaps: Sequence[BrokenLimit]) -> str:
        return dates_and_clock([gap.finding for gap in gaps]) or _("whole period")

    def column(
        heading: str, text: Callable[[Finding], str], look: Look = LEFT
    ) -> TableColumn[Sequence[BrokenLimit]]:
        return TableColumn(heading, lambda gaps: text(gaps[0].finding), look)

    return (
        column(_("Limit"), limit),
        column(_("Source"), lambda one: source_text(rulebook[one.rule], one.facet)),
        TableColumn(_("Date and time"), when, WHEN),
        column(_("Required"), required, RIGHT),
        column(
            _("Planned"),
            lambda one: unit_text(facet(one).compared_in, one.actual),
            RIGHT,
        ),
        TableColumn(_("Missing"), missing, MISSING),
        column(_("Level"), lambda one: stance_name(one.stance), CENTRE),
        TableColumn(
            _("Whom it concerns, or who is there then"),
            lambda gaps: _people(book, gaps[0]),
        ),
    )


def _people(book: Book, gap: BrokenLimit) -> str:
    names: Sequence[str] = gap.finding.people
    if not names and gap.finding.begin is None:
        return ""
    if not names:
        names = [book.short_names.get(name, name) for name in gap.there]
    return names_of(names, MOST_NAMES) or _("nobody")
