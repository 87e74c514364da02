"""Personal slips as a sheet of the roster workbook, and as a workbook of their own.

In the roster workbook, symbols, times and totals are formulas on the manager's sheet.
Roles and breaks are shown only while the symbol is the planned one, as those of another
shift are not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from openpyxl import Workbook

from scheduler.audit.figures.people import PersonMonth, people
from scheduler.domain.base import StaffId
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.requests import Request
from scheduler.domain.shifts import Duty, OffKind
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.embedded import seal
from scheduler.files.workbook.references import at, is_named, quoted, sheet_of
from scheduler.files.workbook.roster.book import NAME_COLUMN, Book, RosterGrid
from scheduler.files.workbook.roster.breaks import break_cell
from scheduler.files.workbook.roster.slips import (
    AS_WISHED,
    Day,
    Slips,
    SlipTotal,
    Value,
    fill_slips,
)
from scheduler.files.workbook.roster.totals import columns
from scheduler.files.workbook.sheet_writer import SheetWriter, WorkbookWriter
from scheduler.files.workbook.styles import Formula
from scheduler.rulebook import Rulebook, rules_of
from scheduler.wording.duties import break_times, events_of, jobs_text
from scheduler.wording.names import sheet_note
from scheduler.wording.notation import (
    ABSENT_ON_PAPER,
    OFF_SYMBOLS,
    ON_CALL_MARK,
    CellLanguage,
)
from scheduler.wording.reasons import own_reason_text
from scheduler.wording.times import full_date_text, span_text
from scheduler.wording.translation import _

ABSENT = OFF_SYMBOLS[OffKind.ABSENT]


def write_live_slips(book: Book, out: SheetWriter) -> None:
    """Fill the sheet of slips, with formulas that follow the manager's sheet."""
    slips = Slips(
        problem=book.problem,
        months=book.months,
        cells=LiveCells(book),
        reasons=_reasons(book.roster, book.rulebook),
        jobs=_all_jobs(book.problem, book.roster),
        issued=" ".join(_issued(book.roster)),
        note=sheet_note("slips").format(mark=AS_WISHED),
    )
    fill_slips(slips, out, book.grid.members)


def build_slips(
    file: RosterFile, names: Collection[StaffId], edited: dt.datetime | None
) -> Workbook:
    """Return a workbook of slips, unsaved, with values instead of formulas.

    Parameters
    ----------
    edited
        When the roster was edited after it was issued, if it was.
    """
    problem = file.problem
    writer = WorkbookWriter()
    months = {month.staff: month for month in people(problem, file.roster)}
    issued = [*_issued(file.plan)]
    if edited is not None:
        issued.append(_("edited {date}").format(date=full_date_text(edited)))
    slips = Slips(
        problem=problem,
        months=months,
        cells=WrittenCells(problem, file.roster, months),
        reasons=_reasons(file.plan, rules_of(problem)),
        jobs=_all_jobs(problem, file.roster),
        issued="   ".join(issued),
    )
    members = (one for one in RosterGrid(problem).members if one.name in names)
    fill_slips(slips, writer.add(_("Personal slips")), members)
    seal(writer.workbook)
    return writer.workbook


def _issued(roster: RosterRecord) -> Iterator[str]:
    if roster.made_at:
        yield _("issued {date}").format(date=full_date_text(roster.made_at))


def _reasons(roster: RosterRecord, rulebook: Rulebook) -> dict[Request, str]:
    return {one.request: own_reason_text(one, rulebook) for one in roster.reasons}


@dataclass(frozen=True)
class WrittenCells:
    """Cells of slips with the values of a roster."""

    problem: Problem
    roster: RosterRecord
    months: Mapping[StaffId, PersonMonth]

    def day(self, member: StaffMember, date: dt.date, here: str) -> Day:
        """Return the lines of a date."""
        on_call = self.roster.on_call_by_date.get(date) == member.name
        told = _on_call(self.problem) if on_call else ""
        duty = self.roster.by_cell.get((member.name, date))
        if duty is None:
            return Day(on_call=told)
        wished = date in self.months[member.name].dates_as_wished
        shift = duty.shift and self.problem.shift_by_symbol[duty.shift]
        return Day(
            symbol=on_paper(self._language.write(duty, wished=wished)),
            times=span_text(shift.interval) if shift else "",
            jobs=_jobs(self.problem, duty),
            breaks=f"({break_times(duty.breaks)})" if duty.breaks else "",
            on_call=told,
        )

    def total(self, member: StaffMember, total: SlipTotal) -> Value:
        """Return a total of a person."""
        return total.value(self.months[member.name])

    @cached_property
    def _language(self) -> CellLanguage:
        return CellLanguage(self.problem)


@dataclass(frozen=True)
class LiveCells:
    """Cells of slips with formulas on the other sheets of a roster workbook."""

    book: Book

    def day(self, member: StaffMember, date: dt.date, here: str) -> Day:
        """Return the lines of a date."""
        book, grid = self.book, self.book.grid
        row, column = grid.rows[member.name], grid.columns[date]
        front = self._front(row, column)
        texts, times = book.tables.texts_across(), book.tables.times_across
        name = self._front(row, NAME_COLUMN)
        night = self._front(grid.on_call_row, column)
        told = quoted(_on_call(book.problem))
        named = is_named(name, night)
        jobs: Value = ""
        breaks: Value = ""
        duty = book.roster.by_cell.get((member.name, date))
        if duty is not None and duty.shift is not None:
            kept = f"EXACT({here},{quoted(book.language.write(duty))})"
            jobs = self._jobs(duty, kept)
            breaks = self._breaks(duty, kept)
        return Day(
            # Without the empty text, the reference to a blank cell would show 0.
            symbol=Formula(
                f'=IF({front}={quoted(ABSENT)},{quoted(ABSENT_ON_PAPER)},{front}&"")'
            ),
            # 1/EXACT is 1 where the spelling is equal and an error elsewhere; LOOKUP
            # of 2 skips errors and finds the last 1, without an array formula.
            times=Formula(f'=IFERROR(LOOKUP(2,1/EXACT({here},{texts}),{times}),"")'),
            jobs=jobs,
            breaks=breaks,
            on_call=Formula(f'=IF({named},{told},"")'),
        )

    def total(self, member: StaffMember, total: SlipTotal) -> Value:
        """Return a total of a person."""
        row, places = self.book.grid.rows[member.name], columns(self.book).items()
        own = (column for one, column in places if one.key == total.key)
        cells = (self._front(row, column) for column in own)
        return Formula(f"={'+'.join(cells)}")

    def _jobs(self, duty: Duty, kept: str) -> Value:
        text = _jobs(self.book.problem, duty)
        return Formula(f'=IF({kept},{quoted(text)},"")') if text else ""

    def _breaks(self, duty: Duty, kept: str) -> Value:
        cell = break_cell(self.book, duty.staff, duty.date)
        return Formula(f'=IF(AND({kept},{cell}<>""),"("&{cell}&")","")')

    def _front(self, row: int, column: int) -> str:
        sheet = sheet_of(self.book.labels.roster)
        return f"{sheet}!{at(row, column, 'both')}"


def on_paper(symbol: str) -> str:
    """Return a symbol as it is printed: a dash for an absence."""
    return ABSENT_ON_PAPER if symbol == ABSENT else symbol


def _on_call(problem: Problem) -> str:
    return f"{ON_CALL_MARK} {span_text(problem.office.on_call_band)}"


def _all_jobs(
    problem: Problem, roster: RosterRecord
) -> dict[tuple[StaffId, dt.date], str]:
    found = {cell: _jobs(problem, duty) for cell, duty in roster.by_cell.items()}
    return {cell: text for cell, text in found.items() if text}


def _jobs(problem: Problem, duty: Duty) -> str:
    """Return the roles of a shift, unless the person has but one, and the events."""
    lines = list(events_of(problem, duty))
    if duty.shift is not None and len(problem.member_by_name[duty.staff].roles) > 1:
        shift = problem.shift_by_symbol[duty.shift]
        lines.insert(0, jobs_text(shift, duty.roles, between="\n"))
    return "\n".join(lines)
