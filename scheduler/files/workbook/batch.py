"""The summary workbook of many offices (まとめ): a line for each, and all mistakes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from scheduler.audit.figures.summary import BatchLine, BatchVerdict, Summary
from scheduler.domain.finding import Stance
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.sheet_writer import (
    Entry,
    SheetWriter,
    TableColumn,
    WorkbookWriter,
    link_to,
)
from scheduler.files.workbook.styles import (
    CENTRE,
    LEFT,
    LINK,
    MISSING,
    RIGHT,
    YEN,
    Fill,
    Look,
)
from scheduler.wording.advice import loan_words, loans_heading
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.names import name_of, sheet_note
from scheduler.wording.times import period_text
from scheduler.wording.translation import _
from scheduler.wording.verdict import (
    certainty_text,
    counts_text,
    fte_text,
    missing_text,
    nights_text,
    remark_text,
    spare_text,
)

COLUMNS = (4, 18, 13, 10, 11, 11, 11, 8, 16, 6, 11, 8, 11, 17, 20, 34)
MISTAKE_COLUMNS = (4, 26, 90)
LOAN_COLUMNS = (18, 24, 22, 18, 48, 40, 10)

FILLS = {
    BatchVerdict.LEGAL: Fill.GOOD,
    BatchVerdict.SHORT: Fill.SHORT,
    BatchVerdict.STOPPED: Fill.WISH,
}
"""Colours by verdict; any other verdict has that of a shortage."""

NAME = replace(LEFT, bold=True, size=9.5)
SECONDS = replace(RIGHT, number="0")


def write_batch(offices: Sequence[BatchLine], path: Path) -> Path:
    """Write the summary workbook of many offices, in their order; return where.

    A file of ours that nobody edited is replaced; any other, or one that is open, is
    kept, and the next free name used.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    writer = WorkbookWriter()
    _write_offices(writer.add(_("All offices"), COLUMNS), offices, path.parent)
    if any(office.loans for office in offices):
        out = writer.add(_("Help from other offices"), LOAN_COLUMNS)
        _write_loans(out, offices)
    if any(office.mistakes or office.warnings for office in offices):
        out = writer.add(_("Mistakes and notes"), MISTAKE_COLUMNS)
        _write_mistakes(out, offices)
    return save_sealed(writer.workbook, path)


def _write_offices(
    out: SheetWriter, offices: Sequence[BatchLine], folder: Path
) -> None:
    out.title(_("Rosters of all offices"))
    out.sentence(counts_text(offices), NAME)
    out.sentence(sheet_note("offices"))
    heads = out.skip()
    columns = _columns(folder)
    out.table(columns, offices, CENTRE)
    headings = [column.heading for column in columns]
    for row, office in enumerate(offices, start=heads + 1):
        link = _link(office, folder)
        if link:
            out.link(row, 2 + headings.index(_("File")), link)
    out.finish(heads, freeze=3)


def _columns(folder: Path) -> tuple[TableColumn[BatchLine], ...]:
    def of_summary(text: Callable[[Summary], Entry]) -> Callable[[BatchLine], Entry]:
        """Return a cell's content from the roster's summary; blank without one."""
        return lambda office: text(office.summary) if office.summary else ""

    def missing(level: Stance) -> Callable[[BatchLine], Entry]:
        return of_summary(lambda summary: missing_text(summary, level))

    def alarm(level: Stance) -> Callable[[BatchLine], Look]:
        value = missing(level)
        return lambda office: RIGHT if value(office) in ("0", "") else MISSING

    def period(office: BatchLine) -> str:
        return "" if office.period is None else period_text(office.period)

    def yen(summary: Summary) -> Entry:
        cost = summary.shortage.cost
        return "" if cost is None or cost.yen is None else cost.yen

    def seconds(office: BatchLine) -> Entry:
        whole = round(office.seconds)
        return whole if office.summary else whole or ""

    law, must = Stance.STATUTORY, Stance.MUST
    return (
        TableColumn(_("Office"), lambda one: one.name or Path(one.source).name, NAME),
        TableColumn(_("Period"), period, CENTRE),
        TableColumn(
            _("Verdict"),
            lambda one: name_of(one.verdict),
            lambda one: replace(
                CENTRE, bold=True, fill=FILLS.get(one.verdict, Fill.SHORT)
            ),
        ),
        TableColumn(_("Statutory shortage"), missing(law), alarm(law)),
        TableColumn(_("Musts of the office"), missing(must), alarm(must)),
        TableColumn(_("Contracts"), missing(Stance.CONTRACT), RIGHT),
        TableColumn(
            _("Wishes granted"),
            of_summary(lambda told: f"{told.wishes_granted}/{told.wishes_asked}"),
            CENTRE,
        ),
        TableColumn(_("How sure that is"), of_summary(certainty_text)),
        TableColumn(_("Seconds"), seconds, SECONDS),
        TableColumn(_("Deduction, yen a month"), of_summary(yen), YEN),
        TableColumn(_("Nights"), of_summary(nights_text), CENTRE),
        TableColumn(_("FTE in care"), fte_text, CENTRE),
        TableColumn(_("Least to spare"), spare_text, RIGHT),
        TableColumn(
            _("File"),
            lambda one: _link(one, folder) or "",
            lambda one: LINK if one.path else LEFT,
        ),
        TableColumn(_("Remarks"), remark_text),
    )


def _link(office: BatchLine, folder: Path) -> str | None:
    """Return the roster's path relative to the summary's folder."""
    return link_to(Path(office.path), folder) if office.path is not None else None


def _write_loans(out: SheetWriter, offices: Sequence[BatchLine]) -> None:
    out.title(_("Help from other offices"))
    out.sentence(loans_heading())
    heads = out.skip()
    out.headings(
        (
            _("Office"),
            _("When"),
            _("Name"),
            _("From which office"),
            _("What it mends"),
            _("What it asks"),
            _("One of these"),
        )
    )
    for office in offices:
        for told in loan_words(office.loans, office.period) if office.period else ():
            out.line((office.name, *told), (NAME, *(LEFT for _part in told)))
    out.finish(heads)


def _write_mistakes(out: SheetWriter, offices: Sequence[BatchLine]) -> None:
    out.title(_("Mistakes and notes"))
    out.sentence(_("A mistake keeps the roster from being made; a note does not."))
    heads = out.skip()
    out.headings(("", _("Input"), _("What is wrong, and what to do")))
    for number, office in enumerate(offices, start=1):
        name = Path(office.source).name
        notes = (mistake_text(warning) for warning in office.warnings)
        told = [
            *map(mistake_text, office.mistakes),
            *(_("Note: {text}").format(text=text) for text in notes),
        ]
        for text in told:
            out.line((number, name, text), (CENTRE, LEFT, LEFT))
    out.finish(heads)
