"""The foot of the manager's sheet: totals by date, as formulas, and the legend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.bands import hours_beside
from scheduler.audit.figures.bands import month_hours
from scheduler.audit.users import TENTHS, average_users
from scheduler.domain.base import ShiftId
from scheduler.domain.clock import HOUR, total_minutes
from scheduler.domain.forecast import ForecastDay, Service
from scheduler.domain.office import StaffingReading, UsersReading
from scheduler.domain.shifts import OffKind
from scheduler.files.workbook.references import area, at
from scheduler.files.workbook.roster.book import (
    DATE_WIDTH,
    FIRST_DATE_COLUMN,
    FIRST_STAFF_ROW,
    ROLE_COLUMN,
    Book,
)
from scheduler.files.workbook.roster.breaks import care_hours_cell
from scheduler.files.workbook.roster.totals import column_of
from scheduler.files.workbook.sheet_writer import Entry, SheetWriter, lines_of
from scheduler.files.workbook.styles import NOTE, Edge, Fill, Formula, Look
from scheduler.wording.names import day_kind_name, name_of, off_name, role_name
from scheduler.wording.notation import (
    ABSENT_ON_PAPER,
    OFF_SYMBOLS,
    ON_CALL_MARK,
    ROLE_MARKS,
    SHORT_MARK,
    WISHED_DAY_OFF,
)
from scheduler.wording.plans import version_name
from scheduler.wording.substitutes import more_text
from scheduler.wording.times import span_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.plan import Room

AMPLE = 2
"""Margin, in people, above which it is shown as a surplus."""

HEIGHT, TALL = 14.5, 40
"""Heights of a row, and of that of the remarks, in points."""

_WHOLE = "0"
_TENTHS = "0.0"
_MORE = '+0;-0;"-"'
"""Number format with a dash for zero."""

STEP = 9
"""Width of an entry of the legend, in columns of dates."""
ENTRY = STEP * DATE_WIDTH * 11 / NOTE.size
"""Characters of a note that fit into an entry: widths are those of size 11."""
COLOUR_STEP = 6
"""Width of a colour in the legend, likewise."""
COLOUR = (COLOUR_STEP - 1) * DATE_WIDTH * 11 / NOTE.size
"""Characters of a note that fit beside a colour."""

Content = Callable[["dt.date", int], Entry]
"""Function from a date and its column to the content of its cell."""


class _Row(NamedTuple):
    """A row below the staff: what it is known by, its label, and its cells."""

    key: str
    label: str
    content: Content
    number: str = _WHOLE
    group: bool = False
    size: float = 9
    is_tall: bool = False


def write_day_rows(book: Book, out: SheetWriter) -> int:
    """Write the rows below the staff, and return the row after the last."""
    rows = _numbers(book)
    for row in _rows(book):
        _write(book, out, row, rows[row.key])
    for shift in book.shifts:
        _judge_count(book, out, rows[shift.symbol], shift.symbol)
    spare, margin = (book.grid.month(rows[key], "") for key in ("spare", "margin"))
    out.limit(spare, "lessThan", 0)
    _month_sums(book, out, rows["needed"], rows["planned"])
    out.limit(margin, "lessThan", 0)
    out.limit(margin, "greaterThan", AMPLE, Fill.SURPLUS)
    out.limit(book.grid.month(rows["breaches"], ""), "greaterThan", 0)
    return rows["remarks"] + 1


def count_row(book: Book, shift: ShiftId) -> int:
    """Return the row with the people on a shift, date by date."""
    return _numbers(book)[shift]


def remark_row(book: Book) -> int:
    """Return the row of the remarks, the last one below the staff."""
    return _numbers(book)["remarks"]


def _numbers(book: Book) -> dict[str, int]:
    """Return the number of each row by its key."""
    rows = enumerate(_rows(book), start=book.grid.on_call_row + 1)
    return {row.key: number for number, row in rows}


def _rows(book: Book) -> Iterator[_Row]:
    """Yield the rows from top to bottom."""
    for position, shift in enumerate(book.shifts):
        label = _("{shift} (people)").format(shift=shift.symbol)
        people = _count(book, shift.symbol)
        yield _Row(shift.symbol, label, people, group=position == 0)
    yield _Row("people", _("People on shift"), _count(book, None))
    yield from _users_and_hours(book)
    yield from _margins(book)
    yield from _rooms(book)
    told = {day.date: day.remark or None for day in book.problem.forecast.days}
    label, remark = _("Remarks"), lambda date, _column: told[date]
    yield _Row("remarks", label, remark, group=True, is_tall=True)


def _write(book: Book, out: SheetWriter, row: _Row, number: int) -> None:
    edge: Edge = "group" if row.group else "grid"
    head = Look(size=8, bold=True, fill=Fill.HEADING, across="left", edge=edge)
    out.cells(number, ROLE_COLUMN, (None, row.label, None), head)
    for date, column in book.grid.columns.items():
        inside = date in book.problem.period
        fill = (book.day_fill(date) or Fill.BAND) if inside else Fill.TAIL
        look = Look(size=row.size, fill=fill, shrink=True, number=row.number, edge=edge)
        if row.is_tall:
            look = replace(look, size=5.5, shrink=False, wrap=True, down="top")
        value = row.content(date, column) if inside else None
        out.put(number, column, value, look)
    out.height(TALL if row.is_tall else HEIGHT, number)


def _count(book: Book, shift: ShiftId | None) -> Content:
    # EXACT compares each person with each spelling; COUNTIF would match patterns and
    # ignore case.
    first, last = FIRST_STAFF_ROW, book.grid.last_staff_row

    def formula(_date: dt.date, column: int) -> Formula:
        texts = book.tables.texts_across(shift)
        people = area(first, column, last, column, "row")
        return Formula(f"=SUMPRODUCT(--EXACT({people},{texts}))")

    return formula


def _judge_count(book: Book, out: SheetWriter, row: int, shift: ShiftId) -> None:
    """Colour the count of a shift by the cover rules that are about this shift only."""
    for rule in book.problem.cover_rules:
        others = (rule.role, rule.qualification, rule.group, rule.band)
        if rule.shift != shift or any(others):
            continue
        cells = " ".join(
            at(row, book.grid.columns[date])
            for date in book.problem.period.dates
            if rule.applies_on(date)
        )
        if cells and rule.at_least is not None:
            out.limit(cells, "lessThan", rule.at_least)
        if cells and rule.at_most is not None:
            out.limit(cells, "greaterThan", rule.at_most, Fill.SURPLUS)


def _users_and_hours(book: Book) -> Iterator[_Row]:
    forecast = book.problem.forecast_by_date
    office, rule = book.problem.office, book.rulebook["A-03"]

    def beside(key: str, column: int) -> str:
        return at(_numbers(book)[key], column)

    def required(date: dt.date, column: int) -> Formula:
        here = beside("users", column)
        average = average_users(office, book.rulebook["A-05"]).tenths / TENTHS
        counted = {
            UsersReading.AVERAGE: f"{average}",
            UsersReading.FORECAST: here,
            UsersReading.LARGER: f"MAX({average},{here})",
        }[office.settings.users_reading]
        people = f"ROUNDUP({counted}/{rule.int('kayoi_ratio')},0)"
        day = office.settings.full_time_day / HOUR
        others = hours_beside(book.problem, date) / HOUR
        more = f"+{others:g}" if others else ""
        return Formula(f"={day:g}*({people}+{rule.int('visit_fte')}){more}")

    def planned(date: dt.date, _column: int) -> Formula:
        return Formula(f"={care_hours_cell(book, date)}")

    def spare(_date: dt.date, column: int) -> Formula:
        planned, needed = beside("planned", column), beside("needed", column)
        return Formula(f"=ROUND({planned}-{needed},4)")

    yield _Row("users", _("Day users"), lambda date, _c: forecast[date].day_users)
    yield _Row(
        "guests", _("Overnight guests"), lambda date, _c: guests_of(forecast[date])
    )
    yield _Row("visits", _("Visits"), lambda date, _c: forecast[date].visits)
    for key, label, content in (
        ("needed", _("Care hours required"), required),
        ("planned", _("Care hours planned"), planned),
        ("spare", _("Care hours to spare"), spare),
    ):
        yield _Row(key, label, content, _TENTHS, group=key == "needed", size=8)


def guests_of(day: ForecastDay) -> int | str:
    """Return the guests expected overnight, or a question mark."""
    return "?" if day.overnight is None else day.overnight


def _month_sums(book: Book, out: SheetWriter, need: int, have: int) -> None:
    """Write the sums of the period beside the dates; needed by the reading in use."""
    column = column_of(book, "hours")
    look = Look(size=8, number=_TENTHS, fill=Fill.BAND, shrink=True)
    spare = Formula(f"=ROUND({at(have, column)}-{at(need, column)},4)")
    needed: Formula | float = Formula(f"=SUM({book.grid.month(need)})")
    if book.problem.office.settings.staffing_reading is StaffingReading.MONTHLY:
        needed = month_hours(book.problem, book.roster).required / HOUR
    out.put(need, column, needed, look)
    out.put(have, column, Formula(f"=SUM({book.grid.month(have)})"), look)
    out.put(have + 1, column, spare, look)
    out.limit(at(have + 1, column), "lessThan", 0)
    label = Look(size=7, edge="none", across="right")
    texts = (_("period, needed"), _("period, planned"), _("period, spare"))
    for row, text in zip((need, have, have + 1), texts, strict=True):
        out.put(row, column - 1, text, label)


def _margins(book: Book) -> Iterator[_Row]:
    """Yield the smallest margin by the clock and the number of breaches, as planned."""

    def margin(date: dt.date, _column: int) -> int:
        return min(book.heat[date].margins)

    def breaches(date: dt.date, _column: int) -> int:
        return sum(f.stance.is_hard and f.date == date for f in book.findings)

    label = _("Least margin by the hour (as planned)")
    yield _Row("margin", label, margin, "+0;-0;0", group=True)
    yield _Row("breaches", _("Breaches (as planned)"), breaches, "0;-0;")


def _rooms(book: Book) -> Iterator[_Row]:
    """Yield how many more guests of each service can come, as planned.

    If some of them would break a guideline, also how many keep it.
    """
    for position, service in enumerate(Service if book.rooms else ()):
        name = name_of(service)
        found = {one.date: one for one in book.rooms if one.service is service}
        label = _("Room (as planned): {service}").format(service=name)
        more, group = partial(_more, found), position == 0
        yield _Row(f"room {name}", label, more, _MORE, group=group, size=8)
        if any(room.passes_guideline for room in book.rooms):
            label = _("within the guideline: {service}").format(service=name)
            more = partial(_guided, found)
            yield _Row(f"guided {name}", label, more, _MORE, size=8)


def _more(rooms: dict[dt.date, Room], date: dt.date, _column: int) -> int | str:
    """Return how many more can come; as text if there may be more than were counted."""
    room = rooms[date]
    return more_text(room) if room.is_open else room.as_it_stands


def _guided(rooms: dict[dt.date, Room], date: dt.date, column: int) -> int | str:
    room = rooms[date]
    if room.passes_guideline:
        return room.until_guideline or 0
    return _more(rooms, date, column)


def write_legend(book: Book, out: SheetWriter, row: int) -> int:
    """Write symbols, marks and colours from ``row`` on; return the row after them."""
    out.put(row, ROLE_COLUMN, _("Legend"), Look(bold=True, edge="none"))
    row = _entries(book, out, row + 1, tuple(_shifts(book)))
    row = _entries(book, out, row, tuple(_marks(book)))
    first = FIRST_DATE_COLUMN + 2
    each = max(1, (book.grid.last_column + 1 - first) // COLOUR_STEP)
    place = 0
    for sample, look, text in _colours(book):
        # As with symbols: what is too long for its place takes the next one as well.
        taken = min(each, lines_of(text, COLOUR))
        if place + taken > each:
            row, place = row + 1, 0
        out.cells(row, first + COLOUR_STEP * place, (sample, text), (look, NOTE))
        place += taken
    return row + 1


def _entries(book: Book, out: SheetWriter, row: int, entries: Sequence[str]) -> int:
    columns = [ROLE_COLUMN, *range(FIRST_DATE_COLUMN + 2, book.grid.last_column, STEP)]
    place = 0
    for entry in entries:
        # What is too long for its place takes the next one as well.
        taken = min(len(columns), lines_of(entry, ENTRY))
        if place + taken > len(columns):
            row, place = row + 1, 0
        out.put(row, columns[place], entry, NOTE)
        place += taken
    return row + 1


def _shifts(book: Book) -> Iterator[str]:
    for shift in book.shifts:
        pause = total_minutes(shift.break_options[0])
        yield _("{symbol}: {name} {span}, break {minutes} min").format(
            symbol=shift.symbol,
            name=shift.name,
            span=span_text(shift.interval),
            minutes=pause,
        )


def _marks(book: Book) -> Iterator[str]:
    # Leave other than paid leave is told only where somebody has it.
    had = {duty.off for duty in book.roster.duties if duty.kind is None}
    offs = [
        f"{ABSENT_ON_PAPER}: {_('away')}"
        if kind is OffKind.ABSENT
        else f"{symbol}: {off_name(kind)}"
        for kind, symbol in OFF_SYMBOLS.items()
        if kind not in (OffKind.LONG_LEAVE, OffKind.SPECIAL_LEAVE) or kind in had
    ]
    own = {duty.kind for duty in book.roster.duties if duty.kind}
    offs += [f"{one}: {day_kind_name(book.problem, one)}" for one in sorted(own)]
    yield "  ".join(offs[:2])
    yield "  ".join((*offs[2:], _("{symbol}: wished").format(symbol=WISHED_DAY_OFF)))
    yield _("{mark} behind a symbol: on call").format(mark=ON_CALL_MARK)
    if book.shortage.dates:
        yield _("{mark} before a date: short, see “{page}” (as planned)").format(
            mark=SHORT_MARK, page=_("Shortage")
        )
    roles = "  ".join(f"{mark}={role_name(r)}" for r, mark in ROLE_MARKS.items())
    yield _("Job behind a symbol: {roles}; none: care").format(roles=roles)


def _colours(book: Book) -> Iterator[tuple[str | None, Look, str]]:
    """Yield samples of the colours and borders, with their meaning."""
    for colour, text in (
        (Fill.SATURDAY, _("Saturday")),
        (Fill.SUNDAY, _("Sunday, holiday")),
        (Fill.TAIL, _("last month")),
        (Fill.WISH, _("wish granted (underlined)")),
        (Fill.SHORT, _("short, or a rule broken (bold)")),
        (Fill.SURPLUS, _("more than asked for")),
        *(
            [(Fill.ELSEWHERE, _("off the floor, or on leave"))]
            if book.elsewhere
            else []
        ),
    ):
        wished = colour == Fill.WISH
        yield "休" if wished else None, Look(fill=colour, underline=wished), text
    if book.problem.pinned_cells:
        yield "早", Look(edge="box"), _("pinned beforehand")
    if book.changes:
        text = _("changed by this plan")
        if not book.plan_number:
            name = version_name(book.roster.version)
            text = _("changed in {version}").format(version=name)
        yield "早", Look(edge="changed"), text
