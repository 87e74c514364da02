"""The sheets of symbols and of other offices beside the statutory table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.audit.figures.fte import work_type
from scheduler.audit.papers.statutory import JOBS, StatutoryTable, TableSymbol
from scheduler.domain.clock import HOUR
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.page import Page, TableColumn
from scheduler.files.workbook.references import Range, sheet_of
from scheduler.files.workbook.styles import CENTRE, TITLE, Fill, Formula, Look
from scheduler.wording.names import name_of
from scheduler.wording.statutory import (
    JOB_TITLES,
    attached_texts,
    elsewhere,
    job_title,
    on_call_legend,
    symbol_meaning,
    symbol_texts,
)
from scheduler.wording.times import clock_text
from scheduler.wording.translation import _

FIRST_ROW = 5
SPARE = 8
"""Empty lines below, for symbols that are added by hand."""

WIDTHS = (9, 34, 10, 10, 12, 11, 11, 11, 13, 11, 11, 11, 12)
TEXT, MEANING, BEGIN, END, PAUSE, TOTAL, DAY, NIGHT, NEXT, ON_CALL = range(1, 11)
LEAVE, SPECIAL, TRAINING = range(11, 14)

HOURS = Look(number="0.00")
OPTIONAL = Look(number="0.00;-0.00;")


@dataclass(frozen=True)
class TableSymbols:
    """The symbols of all tables of a workbook, and where they stand."""

    problem: Problem
    tables: tuple[StatutoryTable, ...]
    title: str = field(default_factory=lambda: _("Symbols of the table"))

    @cached_property
    def texts(self) -> Mapping[TableSymbol, str]:
        """The text of each symbol, in the order of the lines."""
        return symbol_texts(self.problem, self.tables)

    @property
    def last_row(self) -> int:
        """The last line, empty ones included."""
        return FIRST_ROW + len(self.texts) + SPARE - 1

    def column(self, number: int) -> str:
        """Return the reference to a column of the sheet, from other sheets."""
        return str(Range(self.title, number, FIRST_ROW, number, self.last_row))

    def looked_up(self, cell: str, *columns: int) -> str:
        """Return a formula term: the sum of some columns for the symbols of a cell.

        ``cell`` may also be the cells of a row.
        """
        values = "+".join(self.column(number) for number in columns)
        return f"SUMPRODUCT(EXACT({cell},{self.column(TEXT)})*({values}))"

    def next_morning(self, cells: str) -> str:
        """Return a formula term: the hours after midnight, by day, of a column."""
        sheet = sheet_of(self.title)
        known = [
            row
            for row, symbol in enumerate(self.texts, start=FIRST_ROW)
            if symbol.next_morning
        ]
        spare = range(FIRST_ROW + len(self.texts), self.last_row + 1)
        return "+".join(
            f"SUMPRODUCT(--EXACT({cells},{sheet}!$A${row}))*{sheet}!$I${row}"
            for row in (*known, *spare)
        )


def write_symbols(symbols: TableSymbols, page: Page) -> None:
    """Fill the sheet of symbols."""
    page.widths(WIDTHS)
    page.put(1, 1, _("Symbols of the staffing table"), TITLE)
    note = _(
        "Hours belong to the date on which the shift begins. Symbols of your own may be"
        " added in the empty lines. A number behind a symbol: the same shift with other"
        " times or hours, because the jobs, a break or an event lie elsewhere."
    )
    page.row = 2
    page.sentence(note)
    page.sentence(on_call_legend(symbols.problem))
    page.row = FIRST_ROW - 1
    page.headings(
        (
            _("Symbol"),
            _("Meaning"),
            _("Begin"),
            _("End"),
            _("Break and other jobs"),
            _("Hours"),
            _("By day"),
            _("By night"),
            _("of it next morning by day"),
            _("of it on call"),
            _("Days of paid leave"),
            _("Days of special leave"),
            _("Training and trips, hours"),
        )
    )
    looks = (
        Look(size=11, bold=True),
        Look(size=8.5, across="left", shrink=True),
        *(Look(size=9),) * 2,
        *(HOURS,) * 4,
        *(OPTIONAL,) * 5,
    )
    for symbol, text in symbols.texts.items():
        page.line(tuple(_values(symbols, symbol, text, page.row)), looks)
    for _number in range(SPARE):
        spare = [None] * len(looks)
        values = [*spare[: TOTAL - 1], _total(page.row), *spare[TOTAL:]]
        page.line(values, tuple(_spare(look) for look in looks))
    page.finish(FIRST_ROW - 1)


def _spare(look: Look) -> Look:
    """Return the look of an empty line."""
    return Look(
        size=look.size, fill=Fill.BAND, number=OPTIONAL.number, across=look.across
    )


def _total(row: int) -> Formula:
    return Formula(f"=G{row}+H{row}")


def _values(
    symbols: TableSymbols, symbol: TableSymbol, text: str, row: int
) -> Iterator[str | float | None]:
    is_work = symbol.begin is not None and symbol.end is not None
    yield text
    yield symbol_meaning(symbols.problem, symbol)
    yield clock_text(symbol.begin or 0) if is_work else None
    yield clock_text(symbol.end or 0) if is_work else None
    yield symbol.pause / HOUR if is_work else None
    yield _total(row)
    for minutes in (symbol.day, symbol.night, symbol.next_morning, symbol.on_call):
        yield minutes / HOUR
    yield symbol.half_leave / 2
    yield symbol.special_leave
    yield symbol.training / HOUR


ELSEWHERE_WIDTHS = (18, 8, 24, 40, 34, 14)
HOURS_ELSEWHERE = Look(size=9, number="0.00")


def write_elsewhere(problem: Problem, table: StatutoryTable, page: Page) -> None:
    """Fill the sheet."""
    page.widths(ELSEWHERE_WIDTHS)
    page.title(_("Second jobs, and the organisation"))
    page.section(_("Who has a second job, here or elsewhere"))
    people = [one for one in problem.staff if len(one.roles) > 1 or one.works_elsewhere]
    if people:
        page.table(_columns(table), people)
    else:
        page.sentence(_("Nobody has a second job."))
    if any(one.works_elsewhere for one in people):
        page.listed(attached_texts(problem))
    page.section(_("Organisation"))
    page.listed(_organisation(problem))
    page.finish()


def _columns(table: StatutoryTable) -> tuple[TableColumn[StaffMember], ...]:
    def here(member: StaffMember) -> str:
        text = _("{job} {hours} h")
        return "、".join(
            text.format(
                job=job_title(member, row.job.role),
                hours=f"{row.job.worked / HOUR:.2f}",
            )
            for row in table.rows
            if row.job.staff == member.name
        )

    def other(member: StaffMember) -> str:
        return "、".join(elsewhere(member))

    def there(member: StaffMember) -> float | None:
        known = member.other_minutes
        return None if known is None else known / HOUR

    return (
        TableColumn(_("Name"), lambda one: one.name, Look(bold=True, across="left")),
        TableColumn(_("Form"), lambda one: str(work_type(one)), CENTRE),
        TableColumn(_("Form in words"), lambda one: name_of(work_type(one))),
        TableColumn(_("Jobs here, with hours"), here),
        TableColumn(
            _("Office and job elsewhere"), lambda one: "、".join(elsewhere(one))
        ),
        TableColumn(_("Hours elsewhere"), there, HOURS_ELSEWHERE),
    )


def _organisation(problem: Problem) -> Iterator[str]:
    """Yield a line for each job: who leads, and who does what."""
    for role in JOBS:
        names = [one.name for one in problem.staff if role in one.roles]
        text = _("{job}: {names}")
        told = "、".join(names) or _("nobody")
        yield text.format(job=_(JOB_TITLES[role]), names=told)
    yield _(
        "The manager leads everybody in the office; the care manager makes the plans by"
        " which care and nursing staff work. An organisation chart is to be attached"
        " where your municipality asks for one (to be confirmed)."
    )
