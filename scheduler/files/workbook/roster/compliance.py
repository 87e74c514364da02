"""The compliance page (基準チェック), and that of the shortage (不足).

The first has every limit, then every finding as text; the second the shortage's lower
bound, where it is, and its cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from scheduler.audit.case import Compared
from scheduler.audit.figures.summary import BELOW, places
from scheduler.audit.findings import in_order_of_time
from scheduler.audit.papers.compliance import (
    ComplianceLine,
    LimitVerdict,
    compliance,
)
from scheduler.audit.papers.shortage import BrokenLimit, LevelTotal, RuleTotal, Shortage
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.record import LevelOutcome
from scheduler.files.workbook.fees import (
    limit_columns,
    write_consequences,
    write_deductions,
)
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.sheet_writer import SheetWriter, TableColumn
from scheduler.files.workbook.styles import (
    ALARM,
    BOLD,
    BROKEN,
    CENTRE,
    LEFT,
    MET,
    MISSING,
    OPEN,
    RIGHT,
    Fill,
    Ink,
    Look,
)
from scheduler.rulebook import Rulebook
from scheduler.wording.findings import (
    amount_of,
    bound_sign,
    cited_source,
    detail_text,
    limit_text,
    source_text,
    unit_text,
    when_text,
)
from scheduler.wording.gathered import dates_and_clock, gathered
from scheduler.wording.names import first_names, sheet_note, stance_name
from scheduler.wording.reasons import (
    left_line,
    obstacle_texts,
    reached_text,
    sure_text,
    why_left_text,
)
from scheduler.wording.resilience import reserve_heading, reserve_lines
from scheduler.wording.translation import N_, _
from scheduler.wording.verdict import (
    amount_text,
    fee_lines,
    headline,
    level_sentence,
    proof_text,
    verdict_line,
)

COLUMNS = (6, 38, 36, 24, 12, 12, 12, 6, 16)
MOST_NAMES = 4
"""Most people that are named; more are only counted."""

ORDER = (Stance.ENFORCED, *LEVELS, Stance.REPORT)

VERDICTS = {
    LimitVerdict.MET: (N_("met"), MET),
    LimitVerdict.NOTICE: (N_("note"), OPEN),
    LimitVerdict.BREACH: (N_("NOT met"), BROKEN),
}
CONFIRM = N_("to be confirmed")


def write_compliance(book: Book, out: SheetWriter) -> None:
    """Fill the compliance page."""
    out.widths(COLUMNS)
    out.title(_("Rules and how they are kept"))
    _summary(book, out)
    out.section(_("Rule by rule"))
    lines = compliance(book.problem, book.roster, book.findings)
    out.table(_limits(book.rulebook), lines)
    made = book.roster.provenance
    if made is not None:
        _levels(book, out, made.outcomes)
    if made is not None and made.reserve is not None:
        out.section(reserve_heading())
        for text in reserve_lines(made.reserve):
            out.sentence(text)
    _findings(book, out)
    write_consequences(book.problem, book.roster, out)
    out.finish()


def _summary(book: Book, out: SheetWriter) -> None:
    look = Look(bold=True, size=11, fill=Fill.GOOD, across="left")
    if not book.kept.is_legal:
        look = replace(look, fill=Fill.SHORT, ink=Ink.ALARM)
    elif book.kept.people:
        look = replace(look, fill=Fill.WISH)
    out.sentence(verdict_line(book.kept), look)
    left = left_line(book.remaining)
    if left:
        out.sentence(left, Look(size=10, across="left"))
    note = _(
        "As planned: edits by hand are not followed here; “shotaki check” judges them."
    )
    out.sentence(note)


def _limits(rulebook: Rulebook) -> tuple[TableColumn[ComplianceLine], ...]:
    def tightest(
        heading: str, number: Callable[[Compared], int], *, signed: bool = False
    ) -> TableColumn[ComplianceLine]:
        def value(line: ComplianceLine) -> str:
            if line.strictest is None:
                return ""
            unit = rulebook.facet_of(line).compared_in
            text = unit_text(unit, number(line.strictest))
            return f"{bound_sign(line.strictest.at_most)} {text}" if signed else text

        return TableColumn(heading, value, RIGHT)

    def verdict(line: ComplianceLine) -> str:
        word = _(VERDICTS[line.verdict][0])
        return f"{word} ({_(CONFIRM)})" if line.to_be_confirmed else word

    return (
        *limit_columns(rulebook, _("Limit")),
        TableColumn(_("Tightest"), lambda line: _moment(line.strictest)),
        tightest(_("Required"), lambda one: one.required, signed=True),
        tightest(_("Planned"), lambda one: one.actual),
        tightest(_("To spare"), lambda one: one.margin),
        TableColumn(_("Count"), lambda line: line.findings or None, CENTRE),
        TableColumn(_("Verdict"), verdict, lambda line: VERDICTS[line.verdict][1]),
    )


def _moment(strictest: Compared | None) -> str:
    """Return where a limit is tightest as text: date, clock and people."""
    if strictest is None:
        return ""
    names = first_names(strictest.people, MOST_NAMES)
    return f"{when_text(strictest)} {names}".strip()


def _levels(book: Book, out: SheetWriter, outcomes: Sequence[LevelOutcome]) -> None:
    out.section(_("How good the roster is, in the order of what comes first"))
    left = {one.level: one for one in book.remaining}
    columns: tuple[TableColumn[LevelOutcome], ...] = (
        TableColumn(_("Level"), lambda one: stance_name(one.level)),
        TableColumn(
            _("What is left"), lambda one: reached_text(one, left.get(one.level))
        ),
        TableColumn(_("How sure that is"), sure_text),
    )
    out.table(columns, outcomes, CENTRE)


def _findings(book: Book, out: SheetWriter) -> None:
    out.section(_("Findings: {count}").format(count=len(book.findings)))
    if not book.findings:
        out.sentence(_("Nothing was found."))
    for stance in ORDER:
        own = places(one for one in book.findings if one.stance is stance)
        if own:
            heading = Look(size=9, bold=True, across="left")
            out.sentence(f"{stance_name(stance)} ({len(own)})", heading)
        for one in gathered(in_order_of_time(own), book.rulebook):
            rule = book.rulebook[one.first.rule]
            cited = cited_source(rule, one.first.facet) if stance.is_hard else rule.id
            text = f"{one.text} [{cited}]"
            out.sentence(text, ALARM if stance.is_hard else LEFT)
            obstacles = book.roster.obstacles
            for reason in obstacle_texts(one.findings, obstacles, book.rulebook):
                out.sentence(f"　{reason}")
        for left in book.remaining:
            known = book.roster.provenance is not None
            if left.level is stance and known and stance in BELOW:
                out.sentence(why_left_text(left))


SHORTAGE_WIDTHS = (38, 34, 26, 12, 12, 12, 12, 32)
MOST_IN_A_GAP = 8
"""Most people that are named; more are only counted."""

HEADLINE = Look(bold=True, size=11, fill=Fill.SHORT, ink=Ink.ALARM, across="left")
SENTENCE = Look(size=9, across="left")


def write_shortage(book: Book, out: SheetWriter) -> None:
    """Fill the page of a roster that is short of people."""
    short = book.shortage
    out.widths(SHORTAGE_WIDTHS)
    out.title(_("What is short"))
    out.sentence(verdict_line(book.kept), HEADLINE)
    _sums_up(out, short)
    if short.levels:
        out.section(_("In sum, and what cannot be avoided"))
        out.table(_level_columns(), short.levels)
    out.section(_("In sum, by rule"))
    out.table(_rules(book.rulebook), short.totals)
    if short.gaps:
        out.section(_("Where law, pins and musts are short, by date and time"))
        out.table(_gaps(book), _alike(book, short.gaps))
    if short.contracts:
        out.section(_("Where contracts are not kept"))
        out.table(_gaps(book), _alike(book, short.contracts))
    lines = list(fee_lines(short))
    if lines:
        out.section(_("What it means for the fee"))
    if lines and short.deductions:
        write_deductions(book.problem, out, short.deductions, by_rule=False)
    for text in lines:
        out.sentence(text, SENTENCE)
    out.finish()


def _sums_up(out: SheetWriter, short: Shortage) -> None:
    for text in headline(short):
        out.sentence(text, HEADLINE)
    for total in short.levels:
        if total.level is Stance.CONTRACT:
            out.sentence(level_sentence(total), SENTENCE)
    for text in list(fee_lines(short))[: 2 if short.cost else 1]:
        out.sentence(text, HEADLINE)
    out.sentence(sheet_note("possible"))


def _level_columns() -> tuple[TableColumn[LevelTotal], ...]:
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
    return (
        *limit_columns(rulebook, _("Limit"))[1:],
        TableColumn(_("Level"), lambda total: stance_name(total.stance)),
        TableColumn(_("Places"), lambda total: total.gaps, RIGHT),
        TableColumn(
            _("In sum"), lambda one: amount_of(rulebook, one, one.amount), MISSING
        ),
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

    def compared(one: Finding, number: int) -> str:
        facet = rulebook.facet_of(one)
        return unit_text(facet.compared_in, number)

    def limit(one: Finding) -> str:
        return limit_text(rulebook[one.rule], one.facet, detail_text(one))

    def required(one: Finding) -> str:
        sign = bound_sign(one.actual > one.required)
        return f"{sign} {compared(one, one.required)}"

    def missing(gaps: Sequence[BrokenLimit]) -> str:
        text = _("{amount} each") if len(gaps) > 1 else "{amount}"
        one = gaps[0].finding
        return text.format(amount=amount_of(rulebook, one, one.amount))

    def when(gaps: Sequence[BrokenLimit]) -> str:
        return dates_and_clock([gap.finding for gap in gaps]) or _("whole period")

    def column(
        heading: str, text: Callable[[Finding], str], look: Look = LEFT
    ) -> TableColumn[Sequence[BrokenLimit]]:
        return TableColumn(heading, lambda gaps: text(gaps[0].finding), look)

    return (
        column(_("Limit"), limit),
        column(_("Source"), lambda one: source_text(rulebook[one.rule], one.facet)),
        TableColumn(_("Date and time"), when, BOLD),
        column(_("Required"), required, RIGHT),
        column(_("Planned"), lambda one: compared(one, one.actual), RIGHT),
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
    return first_names(names, MOST_IN_A_GAP) or _("nobody")
