"""The right part of the manager's sheet: totals of each person, as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from scheduler.audit.figures.limits import days_off_owed, hours_band
from scheduler.audit.stints import minutes_on_call
from scheduler.audit.timeline import timeline_of
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.clock import HOUR, total_minutes
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.dates import HOLIDAY_MARK
from scheduler.files.workbook.references import area, at, quoted, sheet_of
from scheduler.files.workbook.roster.book import (
    DATE_ROW,
    EVENT_ROW,
    FIRST_STAFF_ROW,
    HOLIDAY_ROW,
    NAME_COLUMN,
    WEEKDAY_ROW,
    Book,
    RosterGrid,
)
from scheduler.files.workbook.sheet_writer import SheetWriter
from scheduler.files.workbook.styles import HEAD, Fill, Formula, Look
from scheduler.wording.notation import WISHED_DAY_OFF, off_symbols
from scheduler.wording.translation import _

Key = Literal[
    "shift",
    "nights",
    "on_call",
    "days_off",
    "paid_leave",
    "other_leave",
    "absent",
    "rest_days",
    "work",
    "leave",
    "absence",
    "hours",
    "hours_min",
    "hours_max",
]

HALVES = "General;-General;"
"""Number format of days, which may be halves; zero is blank."""


@dataclass(frozen=True)
class Total:
    """A column of totals; ``symbol`` for the count of one shift."""

    key: Key
    heading: str
    width: float = 4.6
    symbol: ShiftId | None = None


def columns(book: Book) -> dict[Total, int]:
    """Return the totals with their column numbers."""
    kinds = (
        *(Total("shift", s.symbol, 3.8, s.symbol) for s in book.shifts),
        Total("nights", _("Nights")),
        Total("on_call", _("On call")),
        Total("days_off", _("Days off")),
        Total("rest_days", _("Weekends, holidays")),
        Total("paid_leave", _("Paid leave")),
        *((Total("other_leave", _("Other leave")),) if book.has_other_leave else ()),
        Total("absent", _("Absent")),
        Total("work", _("Hours of work"), 6.5),
        Total("leave", _("Hours of paid leave"), 6.5),
        Total("absence", _("Hours of absence"), 6.5),
        Total("hours", _("Hours by contract"), 7),
        Total("hours_min", _("At least"), 6.5),
        Total("hours_max", _("At most"), 6.5),
    )
    start = book.grid.last_column + 1
    return {total: column for column, total in enumerate(kinds, start=start)}


def column_of(book: Book, key: Key) -> int:
    """Return the column number of a total other than the count of a shift."""
    return next(column for total, column in columns(book).items() if total.key == key)


def shift_column(book: Book, shift: ShiftId) -> int:
    """Return the column number of the count of a shift."""
    places = columns(book).items()
    return next(column for total, column in places if total.symbol == shift)


def last_column(book: Book) -> int:
    """Return the last column of the sheet."""
    return max(columns(book).values())


def cell_of(book: Book, name: StaffId, column: int) -> str:
    """Return the reference, from other sheets, to a person's cell in a column."""
    return f"{sheet_of(book.labels.roster)}!{at(book.grid.rows[name], column)}"


def write_totals(book: Book, out: SheetWriter) -> None:
    """Write the totals of all people; hours and days off outside contracts are red."""
    for total, column in columns(book).items():
        _head(out, total, column)
        for member in book.grid.members:
            _cell(book, out, total, column, member)
    row, column = FIRST_STAFF_ROW, column_of(book, "hours")
    hours, least, most = (
        at(row, column_of(book, key), "column")
        for key in ("hours", "hours_min", "hours_max")
    )
    outside = (
        f'OR(AND({least}<>"",ROUND({hours}-{least},4)<0),'
        f'AND({most}<>"",ROUND({hours}-{most},4)>0))'
    )
    cells = area(row, column, book.grid.last_staff_row, column)
    out.colour(cells, outside, alarm=True)
    _mark_days_off(book, out)


def _mark_days_off(book: Book, out: SheetWriter) -> None:
    """Highlight the days off of people with fewer than their contract says."""
    column = column_of(book, "days_off")
    owed: dict[int, list[str]] = {}
    for member in book.grid.members:
        least = days_off_owed(book.problem, member)
        owed.setdefault(least, []).append(at(book.grid.rows[member.name], column))
    for least, cells in owed.items():
        out.limit(" ".join(cells), "lessThan", least)


def _head(out: SheetWriter, total: Total, column: int) -> None:
    upright = Look(size=8, bold=True, fill=Fill.HEADING, upright=True, down="top")
    look = HEAD if total.key == "shift" else upright
    out.put(DATE_ROW, column, total.heading, look)
    for row in (WEEKDAY_ROW, HOLIDAY_ROW, EVENT_ROW):
        out.put(row, column, None, upright)
    out.merge(DATE_ROW, column, EVENT_ROW, column)
    out.widths([total.width], column)


def _cell(
    book: Book, out: SheetWriter, total: Total, column: int, member: StaffMember
) -> None:
    row, edge = book.grid.rows[member.name], book.grid.edges[member.name]
    whole = Look(number="0;-0;", fill=Fill.BAND, edge=edge)
    hours = Look(number="0.0", fill=Fill.BAND, edge=edge, shrink=True)
    if total.key in ("hours_min", "hours_max"):
        minutes = hours_band(book.problem, member)[total.key == "hours_max"]
        out.put(row, column, None if minutes is None else minutes / HOUR, hours)
        return
    formula = Formula("=" + "+".join(_formula(book, total, row, member)))
    looks = dict.fromkeys(("work", "leave", "absence", "hours"), hours)
    looks["paid_leave"] = replace(whole, number=HALVES)
    out.put(row, column, formula, looks.get(total.key, whole))


def _formula(book: Book, total: Total, row: int, member: StaffMember) -> Iterator[str]:
    month, tables = book.grid.month(row), book.tables
    match total.key:
        # The dates are a row and the spellings a column, so EXACT gives a matrix.
        case "shift":
            texts = tables.texts(total.symbol)
            yield f"SUMPRODUCT(--EXACT({month},{texts}))"
        case "nights":
            yield f"SUMPRODUCT(EXACT({month},{tables.texts()})*{tables.nights})"
        case "on_call":
            yield _nights_on_call(book.grid, row)
        case "days_off":
            yield from _counts(book, month, OffKind.DAY_OFF)
            yield f'COUNTIF({month},"{WISHED_DAY_OFF}")'
        case "paid_leave":
            yield from _counts(book, month, OffKind.PAID_LEAVE)
            for halves in _half_leave(book, month):
                yield f"{halves}/2"
        case "other_leave":
            for kind in (OffKind.LONG_LEAVE, OffKind.SPECIAL_LEAVE):
                yield from _counts(book, month, kind)
        case "absent":
            yield from _counts(book, month, OffKind.ABSENT)
        case "rest_days":
            rest = _rest_days(book.grid)
            yield f"SUMPRODUCT(EXACT({month},{tables.texts()})*{rest})"
        case "work":
            yield f"SUMPRODUCT(EXACT({month},{tables.texts()})*{tables.hours})"
            yield from _at_events(book, row, member)
            if book.problem.office.settings.standby.is_work:
                night = minutes_on_call(book.problem) / HOUR
                yield f"{_nights_on_call(book.grid, row)}*{night:.10g}"
        case "leave":
            usual = member.contract.day_minutes
            for count in _counts(book, month, OffKind.PAID_LEAVE):
                yield f"{count}*{usual / HOUR:.10g}"
            for halves in _half_leave(book, month):
                yield f"{halves}*{usual // 2 / HOUR:.10g}"
        case "absence":
            usual = member.contract.day_minutes
            for kind in (OffKind.ABSENT, OffKind.SPECIAL_LEAVE):
                for count in _counts(book, month, kind):
                    yield f"{count}*{usual / HOUR:.10g}"
        case "hours":
            for key in ("work", "leave", "absence"):
                yield at(row, column_of(book, key), "column")


def _at_events(book: Book, row: int, member: StaffMember) -> Iterator[str]:
    """Yield the hours of events outside the shift, while its cell says the same."""
    for stint in timeline_of(book.problem, book.roster).stints_of_period(member.name):
        hours = (stint.minutes + total_minutes(stint.breaks)) / HOUR
        hours -= stint.span.minutes / HOUR
        if stint.events and hours:
            cell = at(row, book.grid.columns[stint.date])
            text = quoted(book.language.write(stint.duty))
            yield f"EXACT({cell},{text})*{hours:.10g}"


def _counts(book: Book, month: str, kind: OffKind) -> Iterator[str]:
    for symbol, own in off_symbols(book.problem).items():
        if own is kind:
            yield f'COUNTIF({month},"{symbol}")'


def _half_leave(book: Book, month: str) -> Iterator[str]:
    for shift in book.problem.all_shifts:
        if shift.half_leave:
            yield f"SUMPRODUCT(--EXACT({month},{book.tables.texts(shift.symbol)}))"


def _nights_on_call(grid: RosterGrid, row: int) -> str:
    # As in `is_named`: a cell names a person by a beginning of the name.
    nights = grid.month(grid.on_call_row, "both")
    name = at(row, NAME_COLUMN, "column")
    return f'SUMPRODUCT((LEFT({name},LEN({nights}))={nights})*({nights}<>""))'


def _rest_days(grid: RosterGrid) -> str:
    dates, holidays = (grid.month(row, "both") for row in (DATE_ROW, HOLIDAY_ROW))
    return f'(((WEEKDAY({dates},2)>5)+({holidays}="{HOLIDAY_MARK}"))>0)'
