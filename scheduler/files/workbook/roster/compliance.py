"""The compliance page (基準チェック): every limit, then every finding as text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.audit.figures.summary import BELOW, places
from scheduler.audit.findings import in_order_of_time
from scheduler.audit.papers.compliance import (
    ComplianceLine,
    LimitVerdict,
    Strictest,
    compliance,
)
from scheduler.domain.clock import Interval
from scheduler.domain.finding import LEVELS, Stance
from scheduler.files.workbook.page import (
    CENTRE,
    LEFT,
    RIGHT,
    Page,
    TableColumn,
    limit_columns,
    names_of,
)
from scheduler.files.workbook.roster.consequences import write_consequences
from scheduler.files.workbook.styles import ALARM_INK, GOOD, SHORT, WISH, Look
from scheduler.wording.findings import unit_text
from scheduler.wording.gathered import gathered
from scheduler.wording.names import stance_name
from scheduler.wording.reasons import (
    left_line,
    obstacle_texts,
    reached_text,
    sure_text,
    why_left_text,
)
from scheduler.wording.resilience import reserve_heading, reserve_lines
from scheduler.wording.rules import cited_source
from scheduler.wording.times import clock_text, date_text, span_text
from scheduler.wording.translation import N_, _
from scheduler.wording.verdict import verdict_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scheduler.domain.record import LevelOutcome

    pass
    from scheduler.files.workbook.roster.book import Book
    from scheduler.rulebook import Rulebook

COLUMNS = (6, 38, 36, 24, 12, 12, 12, 6, 16)
MOST_NAMES = 4
"""Most people that are named; more are only counted."""

ORDER = (Stance.ENFORCED, *LEVELS, Stance.REPORT)

ALARM = replace(LEFT, ink=ALARM_INK)
VERDICTS = {
    LimitVerdict.MET: (N_("met"), replace(CENTRE, fill=GOOD)),
    LimitVerdict.NOTICE: (N_("note"), replace(CENTRE, fill=WISH)),
    LimitVerdict.BREACH: (
        N_("NOT met"),
        replace(CENTRE, fill=SHORT, ink=ALARM_INK, bold=True),
    ),
}
CONFIRM = N_("to be confirmed")


def write_compliance(book: Book, page: Page) -> None:
    """Fill the compliance page."""
    page.widths(COLUMNS)
    page.title(_("Rules and how they are kept"))
    _summary(book, page)
    page.section(_("Rule by rule"))
    lines = compliance(book.problem, book.roster, book.findings)
    page.table(_limits(book.rulebook), lines)
    made = book.roster.provenance
    if made is not None:
        _levels(book, page, made.outcomes)
    if made is not None and made.reserve is not None:
        page.section(reserve_heading())
        for text in reserve_lines(made.reserve):
            page.sentence(text)
    _findings(book, page)
    write_consequences(book, page)
    page.finish()


def _summary(book: Book, page: Page) -> None:
    look = Look(bold=True, size=11, fill=GOOD, across="left")
    if not book.kept.is_legal:
        look = replace(look, fill=SHORT, ink=ALARM_INK)
    elif book.kept.people:
        look = replace(look, fill=WISH)
    page.sentence(verdict_line(book.kept), look)
    left = left_line(book.remaining)
    if left:
        page.sentence(left, Look(size=10, across="left"))
    note = _(
        "As planned: edits by hand are not followed here; “shotaki check” judges them."
    )
    page.sentence(note)


def _limits(rulebook: Rulebook) -> tuple[TableColumn[ComplianceLine], ...]:
    def tightest(
        heading: str, text: Callable[[Strictest], str], look: Look = RIGHT
    ) -> TableColumn[ComplianceLine]:
        def value(line: ComplianceLine) -> str:
            return text(line.strictest) if line.strictest is not None else ""

        return TableColumn(heading, value, look)

    def required(one: Strictest) -> str:
        return f"{'≦' if one.at_most else '≧'} {unit_text(one.unit, one.required)}"

    def verdict(line: ComplianceLine) -> str:
        word = _(VERDICTS[line.verdict][0])
        return f"{word} ({_(CONFIRM)})" if line.to_be_confirmed else word

    return (
        *limit_columns(rulebook, _("Limit")),
        tightest(_("Tightest"), _moment, LEFT),
        tightest(_("Required"), required),
        tightest(_("Planned"), lambda one: unit_text(one.unit, one.planned)),
        tightest(_("To spare"), lambda one: unit_text(one.unit, one.margin)),
        TableColumn(_("Count"), lambda line: line.findings or None, CENTRE),
        TableColumn(_("Verdict"), verdict, lambda line: VERDICTS[line.verdict][1]),
    )


def _moment(strictest: Strictest) -> str:
    """Return where a limit is tightest as text: date, clock and people."""
    parts = []
    if strictest.date is not None:
        parts.append(date_text(strictest.date))
    if strictest.begin is not None and strictest.end is not None:
        parts.append(span_text(Interval(strictest.begin, strictest.end)))
    elif strictest.begin is not None:
        parts.append(clock_text(strictest.begin))
    if strictest.people:
        parts.append(names_of(strictest.people, MOST_NAMES))
    return " ".join(parts)


def _levels(book: Book, page: Page, outcomes: Sequence[LevelOutcome]) -> None:
    page.section(_("How good the roster is, in the order of what comes first"))
    left = {one.level: one for one in book.remaining}
    columns: tuple[TableColumn[tuple[int, LevelOutcome]], ...] = (
        TableColumn("", lambda one: one[0], CENTRE),
        TableColumn(_("Level"), lambda one: stance_name(one[1].level)),
        TableColumn(
            _("What is left"), lambda one: reached_text(one[1], left.get(one[1].level))
        ),
        TableColumn(_("How sure that is"), lambda one: sure_text(one[1])),
    )
    page.table(columns, enumerate(outcomes, start=1))


def _findings(book: Book, page: Page) -> None:
    page.section(_("Findings: {count}").format(count=len(book.findings)))
    if not book.findings:
        page.sentence(_("Nothing was found."))
    for stance in ORDER:
        own = places(one for one in book.findings if one.stance is stance)
        if own:
            heading = Look(size=9, bold=True, across="left")
            page.sentence(f"{stance_name(stance)} ({len(own)})", heading)
        for one in gathered(in_order_of_time(own), book.rulebook):
            rule = book.rulebook[one.first.rule]
            cited = cited_source(rule, one.first.facet) if stance.is_hard else rule.id
            text = f"{one.text} [{cited}]"
            page.sentence(text, ALARM if stance.is_hard else LEFT)
            obstacles = book.roster.obstacles
            for reason in obstacle_texts(one.findings, obstacles, book.rulebook):
                page.sentence(f"　{reason}")
        for left in book.remaining:
            known = book.roster.provenance is not None
            if left.level is stance and known and stance in BELOW:
                page.sentence(why_left_text(left))
