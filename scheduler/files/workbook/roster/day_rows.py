"""The foot of the manager's sheet: totals by date, as formulas, and the legend."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

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

HEIGHT = 14.5
"""Height of a row, in points."""

OTHER_ROWS = 9
"""Rows of people, users (3), care hours (3), margin and breaches."""

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


class _RowWriter:
    """Writes rows one below the other."""

    def __init__(self, book: Book, out: SheetWriter, first: int) -> None:
        self._book = book
        self._out = out
        self.next = first

    def add(
        self,
        label: str,
        content: Content,
        number: str = _WHOLE,
        *,
        group: bool = False,
        size: float = 9,
        tall: bool = False,
    ) -> int:
        """Write a row of labelled cells, and return its number."""
        book, out, row = self._book, self._out, self.next
        edge: Edge = "group" if group else "grid"
        head = Look(size=8, bold=True, fill=Fill.HEADING, across="left", edge=edge)
        out.cells(row, ROLE_COLUMN, (None, label, None), head)
        for date, column in book.grid.columns.items():
            inside = date in book.problem.period
            colour = (book.day_fill(date) or Fill.BAND) if inside else Fill.TAIL
            look = Look(size=size, fill=colour, shrink=True, number=number, edge=edge)
            if tall:
                look = replace(look, size=5.5, shrink=False, wrap=True, down="top")
            value = content(date, column) if inside else None
            out.put(row, column, value, look)
        out.height(HEIGHT, row)
        self.next += 1
        return row


def write_day_rows(book: Book, out: SheetWriter) -> int:
    """Write the rows below the staff, and return the row after the last."""
    rows = _RowWriter(book, out, book.grid.on_call_row + 1)
    for position, shift in enumerate(book.shifts):
        label = _("{shift} (people)").format(shift=shift.symbol)
        row = rows.add(label, _count(book, shift.symbol), group=position == 0)
        _judge_count(book, out, row, shift.symbol)
    rows.add(_("People on shift"), _count(book, None))
    _users_and_hours(book, out, rows)
    _margins(book, out, rows)
    _rooms(book, rows)
    told = {day.date: day.remark or None for day in book.problem.forecast.days}
    row = rows.add(_("Remarks"), lambda date, _c: told[date], group=True, tall=True)
    out.height(40, row)
    return rows.next


def count_row(book: Book, shift: ShiftId) -> int:
    """Return the row with the people on a shift, date by date."""
    shown = [one.symbol for one in book.shifts]
    return book.grid.on_call_row + 1 + shown.index(shift)


def remark_row(book: Book) -> int:
    """Return the row of the remarks, the last one below the staff."""
    shifts = len(book.shifts)
    rooms = len(Service) if book.rooms else 0
    guided = any(room.passes_guideline for room in book.rooms)
    return (
        book.grid.on_call_row + shifts + OTHER_ROWS + rooms * (2 if guided else 1) + 1
    )


def _count(book: Book, shift: ShiftId | None) -> Content:
    # EXACT compares each person with each spelling; COUNTIF would match patterns and
    # ignore case.
    texts = book.tables.texts_across(shift)
    first, last = FIRST_STAFF_ROW, book.grid.last_staff_row

    def formula(_date: dt.date, column: int) -> Formula:
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


def _users_and_hours(book: Book, out: SheetWriter, rows: _RowWriter) -> None:
    forecast = book.problem.forecast_by_date
    settings = book.problem.office.settings
    rule = book.rulebook["A-03"]
    average = average_users(book.problem.office, book.rulebook["A-05"]).tenths / TENTHS
    users = rows.add(_("Day users"), lambda date, _c: forecast[date].day_users)
    rows.add(_("Overnight guests"), lambda date, _c: guests_of(forecast[date]))
    rows.add(_("Visits"), lambda date, _c: forecast[date].visits)

    def required(date: dt.date, column: int) -> Formula:
        here = at(users, column)
        counted = {
            UsersReading.AVERAGE: f"{average}",
            UsersReading.FORECAST: here,
            UsersReading.LARGER: f"MAX({average},{here})",
        }[settings.users_reading]
        people = f"ROUNDUP({counted}/{rule.int('kayoi_ratio')},0)"
        day = settings.full_time_day / HOUR
        beside = hours_beside(book.problem, date) / HOUR
        more = f"+{beside:g}" if beside else ""
        return Formula(f"={day:g}*({people}+{rule.int('visit_fte')}){more}")

    def planned(date: dt.date, _column: int) -> Formula:
        return Formula(f"={care_hours_cell(book, date)}")

    def spare(_date: dt.date, column: int) -> Formula:
        return Formula(f"=ROUND({at(have, column)}-{at(need, column)},4)")

    text = _("Care hours required")
    need = rows.add(text, required, _TENTHS, group=True, size=8)
    have = rows.add(_("Care hours planned"), planned, _TENTHS, size=8)
    left = rows.add(_("Care hours to spare"), spare, _TENTHS, size=8)
    out.limit(book.grid.month(left, ""), "lessThan", 0)
    _month_sums(book, out, need, have)


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


def _margins(book: Book, out: SheetWriter, rows: _RowWriter) -> None:
    """Write the smallest margin by the clock and the number of breaches, as planned."""
    smallest = {date: min(row.margins) for date, row in book.heat.items()}
    breaches = Counter(f.date for f in book.findings if f.stance.is_hard)
    label = _("Least margin by the hour (as planned)")
    margin = rows.add(label, lambda date, _c: smallest[date], "+0;-0;0", group=True)
    cells = book.grid.month(margin, "")
    out.limit(cells, "lessThan", 0)
    out.limit(cells, "greaterThan", AMPLE, Fill.SURPLUS)
    label = _("Breaches (as planned)")
    count = rows.add(label, lambda date, _c: breaches[date], "0;-0;")
    out.limit(book.grid.month(count, ""), "greaterThan", 0)


def _rooms(book: Book, rows: _RowWriter) -> None:
    """Write how many more guests of each service can come, as planned.

    If some of them would break a guideline, also write how many keep it.
    """
    for position, service in enumerate(Service if book.rooms else ()):
        name = name_of(service)
        found = {one.date: one for one in book.rooms if one.service is service}
        label = _("Room (as planned): {service}").format(service=name)
        more = partial(_more, found)
        rows.add(label, more, _MORE, group=position == 0, size=8)
        if any(room.passes_guideline for room in book.rooms):
            label = _("within the guideline: {service}").format(service=name)
            rows.add(label, partial(_guided, found), _MORE, size=8)


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
