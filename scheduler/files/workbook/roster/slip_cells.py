"""What the cells of a personal slip say: live, or as a roster stands.

In the roster workbook symbols, times and totals follow the break-room sheet.  Jobs
and breaks are shown while a symbol is still the plan's, for another one has others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from openpyxl.utils import get_column_letter

from scheduler.domain.clock import HOUR
from scheduler.domain.shifts import OffKind
from scheduler.files.workbook.roster import totals
from scheduler.files.workbook.roster.book import NAME_COLUMN
from scheduler.files.workbook.roster.breaks import break_cell
from scheduler.wording.duties import break_times, jobs_text
from scheduler.wording.notation import (
    ABSENT_ON_PAPER,
    OFF_SYMBOLS,
    ON_CALL_MARK,
    CellLanguage,
)
from scheduler.wording.times import span_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.figures.people import PersonMonth
    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember
    from scheduler.files.workbook.roster.book import Book
    from scheduler.files.workbook.styles import Look, Stylist


ABSENT = OFF_SYMBOLS[OffKind.ABSENT]


class Formula(str):
    """A formula, equals sign and all; never what a person has typed."""

    __slots__ = ()


Value = Formula | str | float
"""What goes into a cell."""


class Day(NamedTuple):
    """The lines of one date."""

    symbol: Value = ""
    times: Value = ""
    jobs: Value = ""
    breaks: Value = ""
    on_call: Value = ""


class Totals(NamedTuple):
    """What a person's month adds up to: counts, then hours."""

    worked: Value
    nights: Value
    on_call: Value
    days_off: Value
    rest_days: Value
    paid_leave: Value
    work: Value
    leave: Value
    absence: Value
    hours: Value


class SlipCells(Protocol):
    """Where the cells of the slips come from."""

    def day(self, member: StaffMember, date: dt.date, here: str) -> Day:
        """Return the lines of a date; ``here`` is the cell its symbol goes into."""

    def totals(self, member: StaffMember) -> Totals:
        """Return the totals of a person."""


@dataclass(frozen=True)
class WrittenCells:
    """The values of a roster as it stands."""

    problem: Problem
    roster: Roster
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
            jobs=_jobs(self.problem, member, duty),
            breaks=f"({break_times(duty.breaks)})" if duty.breaks else "",
            on_call=told,
        )

    def totals(self, member: StaffMember) -> Totals:
        """Return the totals of a person."""
        month = self.months[member.name]
        return Totals(
            worked=sum(times for _symbol, times in month.shifts),
            nights=month.nights,
            on_call=month.on_call,
            days_off=month.days_off,
            rest_days=month.rest_days,
            paid_leave=month.leave_days,
            work=month.total / HOUR,
            leave=month.leave / HOUR,
            absence=month.absence / HOUR,
            hours=month.credited / HOUR,
        )

    @cached_property
    def _language(self) -> CellLanguage:
        return CellLanguage(self.problem)


@dataclass(frozen=True)
class LiveCells:
    """Formulas that follow the other sheets of a roster workbook."""

    book: Book

    def day(self, member: StaffMember, date: dt.date, here: str) -> Day:
        """Return the lines of a date."""
        book, grid = self.book, self.book.grid
        row, column = grid.rows[member.name], grid.columns[date]
        front = self._front(row, column)
        texts, times = book.tables.texts_across(), book.tables.times_across
        name = self._front(row, NAME_COLUMN)
        night = self._front(grid.on_call_row, column)
        told = _quoted(_on_call(book.problem))
        named = f'AND({night}<>"",LEFT({name},LEN({night}))={night})'
        jobs: Value = ""
        breaks: Value = ""
        duty = book.roster.by_cell.get((member.name, date))
        if duty is not None and duty.shift is not None:
            kept = f"EXACT({here},{_quoted(book.language.write(duty))})"
            jobs = self._jobs(member, duty, kept)
            breaks = self._breaks(duty, kept)
        return Day(
            # The empty text keeps a blank cell from turning into a zero.
            symbol=Formula(
                f'=IF({front}={_quoted(ABSENT)},{_quoted(ABSENT_ON_PAPER)},{front}&"")'
            ),
            times=Formula(f'=IFERROR(LOOKUP(2,1/EXACT({here},{texts}),{times}),"")'),
            jobs=jobs,
            breaks=breaks,
            on_call=Formula(f'=IF({named},{told},"")'),
        )

    def totals(self, member: StaffMember) -> Totals:
        """Return the totals of a person."""
        row = self.book.grid.rows[member.name]
        places = totals.columns(self.book)
        shifts = [column for total, column in places.items() if total.key == "shift"]
        counts = "+".join(self._front(row, column) for column in shifts)

        def of(key: totals.Key) -> Formula:
            return Formula(f"={self._front(row, totals.column_of(self.book, key))}")

        return Totals(
            worked=Formula(f"={counts}"),
            nights=of("nights"),
            on_call=of("on_call"),
            days_off=of("days_off"),
            rest_days=of("rest_days"),
            paid_leave=of("paid_leave"),
            work=of("work"),
            leave=of("leave"),
            absence=of("absence"),
            hours=of("hours"),
        )

    def _jobs(self, member: StaffMember, duty: Duty, kept: str) -> Value:
        text = _jobs(self.book.problem, member, duty)
        return Formula(f'=IF({kept},{_quoted(text)},"")') if text else ""

    def _breaks(self, duty: Duty, kept: str) -> Value:
        cell = break_cell(self.book, duty.staff, duty.date)
        return Formula(f'=IF(AND({kept},{cell}<>""),"("&{cell}&")","")')

    def _front(self, row: int, column: int) -> str:
        sheet = self.book.labels.roster.replace("'", "''")
        return f"'{sheet}'!${get_column_letter(column)}${row}"


def on_paper(symbol: str) -> str:
    """Return a symbol as paper shows it: a dash for an absence."""
    return ABSENT_ON_PAPER if symbol == ABSENT else symbol


def write_value(
    stylist: Stylist, sheet: Worksheet, row: int, column: int, value: Value, look: Look
) -> None:
    """Write a formula as one, and all else as it is."""
    if isinstance(value, Formula):
        stylist.formula(sheet, row, column, str(value), look)
    else:
        stylist.put(sheet, row, column, value, look)


def _on_call(problem: Problem) -> str:
    return f"{ON_CALL_MARK} {span_text(problem.office.night_band)}"


def _jobs(problem: Problem, member: StaffMember, duty: Duty) -> str:
    """Write the jobs of a shift for those who have more than one."""
    if duty.shift is None or len(member.roles) < 2:
        return ""
    shift = problem.shift_by_symbol[duty.shift]
    return jobs_text(shift, duty.roles, between="\n")


def _quoted(text: str) -> str:
    """Write text as formulas do."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
