"""The foot of the break-room sheet: what each date adds up to, live."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

from openpyxl.formatting.rule import CellIsRule
from openpyxl.utils import get_column_letter

from scheduler.audit.figures.bands import month_hours
from scheduler.audit.users import TENTHS, average_users
from scheduler.domain.clock import HOUR, total_minutes
from scheduler.domain.office import UsersReading
from scheduler.domain.room import Service
from scheduler.domain.shifts import OffKind
from scheduler.files.workbook.roster import totals
from scheduler.files.workbook.roster.book import (
    FIRST_DATE_COLUMN,
    FIRST_STAFF_ROW,
    NAME_COLUMN,
    ROLE_COLUMN,
    TERMS_COLUMN,
)
from scheduler.files.workbook.roster.breaks import care_hours_cell
from scheduler.files.workbook.styles import (
    BAND,
    HEADING,
    NOTE,
    SATURDAY,
    SHORT,
    SUNDAY,
    SURPLUS,
    TAIL,
    WISH,
    Edge,
    Look,
    alarm_font,
    fill,
)
from scheduler.wording.names import off_name, role_name
from scheduler.wording.notation import (
    ABSENT_ON_PAPER,
    OFF_SYMBOLS,
    ON_CALL_MARK,
    ROLE_MARKS,
    SHORT_MARK,
    WISHED_DAY_OFF,
)
from scheduler.wording.plans import version_name
from scheduler.wording.room import more_text, service_name
from scheduler.wording.times import span_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.base import ShiftId
    from scheduler.files.workbook.roster.book import Book


AMPLE = 2
"""People to spare beyond which a margin is shown as surplus."""

HEIGHT = 16
"""Points of a row."""

_WHOLE = "0"
_TENTHS = "0.0"
_MORE = '+0;-0;"-"'
"""Numbers stand out from what is none."""


class _Rows:
    """Writes one row after the other and remembers where it is."""

    def __init__(self, book: Book, sheet: Worksheet, first: int) -> None:
        self._book = book
        self._sheet = sheet
        self.next = first

    def add(
        self,
        label: str,
        content: Callable[[dt.date, str], Any],
        number: str = _WHOLE,
        *,
        group: bool = False,
        size: float = 9,
    ) -> int:
        """Write a row; ``content`` gives a date's value, or text from ``=`` on."""
        book, sheet, row = self._book, self._sheet, self.next
        edge: Edge = "group" if group else "grid"
        for column in (ROLE_COLUMN, NAME_COLUMN, TERMS_COLUMN):
            head = Look(size=8, bold=True, fill=HEADING, across="left", edge=edge)
            text = label if column == NAME_COLUMN else None
            book.stylist.put(sheet, row, column, text, head)
        for date, column in book.grid.columns.items():
            inside = date in book.problem.period
            colour = (book.day_fill(date) or BAND) if inside else TAIL
            look = Look(size=size, fill=colour, shrink=True, number=number, edge=edge)
            value = content(date, get_column_letter(column)) if inside else None
            if isinstance(value, str) and value.startswith("="):
                book.stylist.formula(sheet, row, column, value, look)
            else:
                book.stylist.put(sheet, row, column, value, look)
        self._sheet.row_dimensions[row].height = HEIGHT
        self.next += 1
        return row


def write_day_rows(book: Book, sheet: Worksheet) -> int:
    """Write the rows below the staff, and return the row after the last."""
    rows = _Rows(book, sheet, book.grid.on_call_row + 1)
    for position, shift in enumerate(book.problem.shifts):
        label = _("{shift} (people)").format(shift=shift.symbol)
        row = rows.add(label, _count(book, shift.symbol), group=position == 0)
        _judge_count(book, sheet, row, shift.symbol)
    rows.add(_("People on shift"), _count(book, None))
    _users_and_hours(book, sheet, rows)
    _margins(book, sheet, rows)
    _rooms(book, rows)
    remarks = rows.add(_("Remarks"), lambda _date, _column: None, group=True)
    sheet.row_dimensions[remarks].height = 40
    return rows.next


def _count(book: Book, shift: ShiftId | None) -> Callable[[dt.date, str], str]:
    texts = book.tables.texts_across(shift)
    first, last = FIRST_STAFF_ROW, book.grid.last_staff_row

    def formula(_date: dt.date, column: str) -> str:
        return f"=SUMPRODUCT(--EXACT({column}${first}:{column}${last},{texts}))"

    return formula


def _judge_count(book: Book, sheet: Worksheet, row: int, shift: ShiftId) -> None:
    """Colour a count by the office's rules that ask for so many of the shift."""
    for rule in book.problem.cover_rules:
        others = (rule.role, rule.qualification, rule.group, rule.band)
        if rule.shift == shift and not any(others):
            columns = [
                get_column_letter(book.grid.columns[date])
                for date in book.problem.period.dates
                if rule.applies_on(date)
            ]
            if columns:
                area = " ".join(f"{column}{row}" for column in columns)
                if rule.at_least is not None:
                    _colour(sheet, area, "lessThan", rule.at_least)
                if rule.at_most is not None:
                    _colour(sheet, area, "greaterThan", rule.at_most)


def _users_and_hours(book: Book, sheet: Worksheet, rows: _Rows) -> None:
    forecast = book.problem.forecast_by_date
    settings = book.problem.office.settings
    rule = book.rulebook["A-03"]
    average = average_users(book.problem.office, book.rulebook["A-05"]).tenths / TENTHS
    users = rows.add(_("Day users"), lambda date, _c: forecast[date].day_users)
    rows.add(_("Overnight guests"), lambda date, _c: _guests(forecast[date].overnight))
    rows.add(_("Visits"), lambda date, _c: forecast[date].visits)

    def required(_date: dt.date, column: str) -> str:
        counted = {
            UsersReading.AVERAGE: f"{average}",
            UsersReading.FORECAST: f"{column}{users}",
            UsersReading.LARGER: f"MAX({average},{column}{users})",
        }[settings.users_reading]
        people = f"ROUNDUP({counted}/{rule.int('kayoi_ratio')},0)"
        day = settings.full_time_day / HOUR
        return f"={day:g}*({people}+{rule.int('visit_fte')})"

    need = rows.add(_("Care hours required"), required, _TENTHS, group=True, size=8)
    have = rows.add(
        _("Care hours planned"),
        lambda date, _c: f"={care_hours_cell(book, date)}",
        _TENTHS,
        size=8,
    )
    spare = rows.add(
        _("Care hours to spare"),
        lambda _date, column: f"=ROUND({column}{have}-{column}{need},4)",
        _TENTHS,
        size=8,
    )
    _colour(sheet, _month(book, spare), "lessThan", 0)
    _month_sums(book, sheet, need, have)


def _guests(overnight: int | None) -> int | str:
    return "?" if overnight is None else overnight


def _month_sums(book: Book, sheet: Worksheet, need: int, have: int) -> None:
    """Beside the dates: the hours of the period, by the monthly reading (A-03)."""
    column = totals.column_of(book, "hours")
    look = Look(size=8, number=_TENTHS, fill=BAND, shrink=True)
    required = month_hours(book.problem, book.roster).required / HOUR
    book.stylist.put(sheet, need, column, required, look)
    month = book.grid.month(have)
    book.stylist.formula(sheet, have, column, f"=SUM({month})", look)
    letter = get_column_letter(column)
    spare = f"=ROUND({letter}{have}-{letter}{need},4)"
    book.stylist.formula(sheet, have + 1, column, spare, look)
    _colour(sheet, f"{letter}{have + 1}", "lessThan", 0)
    label = Look(size=7, edge="none", across="right")
    texts = (_("period, needed"), _("period, planned"), _("period, spare"))
    for row, text in zip((need, have, have + 1), texts, strict=True):
        book.stylist.put(sheet, row, column - 1, text, label)


def _margins(book: Book, sheet: Worksheet, rows: _Rows) -> None:
    """Write the smallest margin by the clock and the breaches, as they were planned."""
    smallest = {date: min(row.margins) for date, row in book.heat.items()}
    breaches = Counter(f.date for f in book.findings if f.stance.is_hard)
    label = _("Least margin by the hour (as planned)")
    margin = rows.add(label, lambda date, _c: smallest[date], "+0;-0;0", group=True)
    _colour(sheet, _month(book, margin), "lessThan", 0)
    _colour(sheet, _month(book, margin), "greaterThan", AMPLE)
    label = _("Breaches (as planned)")
    count = rows.add(label, lambda date, _c: breaches[date], "0;-0;")
    _colour(sheet, _month(book, count), "greaterThan", 0, SHORT)


def _rooms(book: Book, rows: _Rows) -> None:
    """Write how many more guests of each service can come, as it was planned.

    Where the ratio by the clock is a guideline, also how many keep to it.
    """
    for position, service in enumerate(Service if book.rooms else ()):
        label = _("Room (as planned): {service}")
        text = label.format(service=service_name(service))
        rows.add(text, _more(book, service), _MORE, group=position == 0, size=8)
        if any(room.passes_guideline for room in book.rooms):
            text = _("within the guideline: {service}")
            text = text.format(service=service_name(service))
            rows.add(text, _guided(book, service), _MORE, size=8)


def _more(book: Book, service: Service) -> Callable[[dt.date, str], int | str]:
    """Return the number of each date; where more can come than were counted, text."""
    rooms = {one.date: one for one in book.rooms if one.service is service}

    def content(date: dt.date, _column: str) -> int | str:
        room = rooms[date]
        return more_text(room) if room.is_open else room.as_it_stands

    return content


def _guided(book: Book, service: Service) -> Callable[[dt.date, str], int | str]:
    """Return how many keep to the guideline: all who can come, if it is not passed."""
    rooms = {one.date: one for one in book.rooms if one.service is service}
    every = _more(book, service)

    def content(date: dt.date, column: str) -> int | str:
        room = rooms[date]
        guided = room.until_guideline or 0
        return guided if room.passes_guideline else every(date, column)

    return content


def _month(book: Book, row: int) -> str:
    return book.grid.month(row).replace("$", "")


def _colour(
    sheet: Worksheet,
    area: str,
    operator: Literal["lessThan", "greaterThan"],
    limit: int,
    colour: str = "",
) -> None:
    short = operator == "lessThan" or colour == SHORT
    rule = CellIsRule(
        operator=operator,
        formula=[str(limit)],
        fill=fill(SHORT if short else SURPLUS),
        font=alarm_font() if short else None,
    )
    sheet.conditional_formatting.add(area, rule)


STEP = 9
"""Columns of dates that one entry may run over."""


def write_legend(book: Book, sheet: Worksheet, row: int) -> int:
    """Write the legend from ``row`` on, and return the row after it."""
    book.stylist.put(sheet, row, ROLE_COLUMN, _("Legend"), Look(bold=True, edge="none"))
    row = _entries(book, sheet, row + 1, tuple(_shifts(book)))
    row = _entries(book, sheet, row, tuple(_marks(book)))
    return _colours(book, sheet, row) + 1


def _shifts(book: Book) -> Iterator[str]:
    for shift in book.problem.shifts:
        pause = total_minutes(shift.break_options[0])
        yield _("{symbol}: {name} {span}, break {minutes} min").format(
            symbol=shift.symbol,
            name=shift.name,
            span=span_text(shift.interval),
            minutes=pause,
        )


def _marks(book: Book) -> Iterator[str]:
    shown = OFF_SYMBOLS | {OffKind.ABSENT: ABSENT_ON_PAPER}
    names = {kind: off_name(kind) for kind in shown}
    names[OffKind.ABSENT] = _("away")
    offs = [f"{symbol}: {names[kind]}" for kind, symbol in shown.items()]
    yield "  ".join(offs[:2])
    yield "  ".join((*offs[2:], _("{symbol}: wished").format(symbol=WISHED_DAY_OFF)))
    yield _("{mark} behind a symbol: on call").format(mark=ON_CALL_MARK)
    if book.shortage.dates:
        yield _("{mark} before a date: short, see “{page}” (as planned)").format(
            mark=SHORT_MARK, page=_("Shortage")
        )
    roles = "  ".join(f"{mark}={role_name(r)}" for r, mark in ROLE_MARKS.items())
    yield _("Job behind a symbol: {roles}; none: care").format(roles=roles)


def _entries(book: Book, sheet: Worksheet, row: int, entries: Sequence[str]) -> int:
    columns = [ROLE_COLUMN, *range(FIRST_DATE_COLUMN + 2, book.grid.last_column, STEP)]
    for index, entry in enumerate(entries):
        line, place = divmod(index, len(columns))
        book.stylist.put(sheet, row + line, columns[place], entry, NOTE)
    return row + -(-len(entries) // len(columns))


def _colours(book: Book, sheet: Worksheet, row: int) -> int:
    entries = (
        (SATURDAY, _("Saturday")),
        (SUNDAY, _("Sunday, holiday")),
        (TAIL, _("last month")),
        (WISH, _("wish granted (underlined)")),
        (SHORT, _("short, or a rule broken (bold)")),
        (SURPLUS, _("more than asked for")),
    )
    start = FIRST_DATE_COLUMN + 2
    for index, (colour, text) in enumerate(entries):
        column = start + 6 * index
        wished = colour == WISH
        sample = "休" if wished else None
        look = Look(fill=colour, underline=wished)
        book.stylist.put(sheet, row, column, sample, look)
        book.stylist.put(sheet, row, column + 1, text, NOTE)
    frames: list[tuple[Edge, str]] = []
    if book.problem.pins.count:
        frames.append(("box", _("pinned beforehand")))
    if book.changed_cells or book.changed_nights:
        frames.append(("changed", _changed(book)))
    for index, (edge, text) in enumerate(frames, start=len(entries)):
        column = start + 6 * index
        book.stylist.put(sheet, row, column, "早", Look(edge=edge))
        book.stylist.put(sheet, row, column + 1, text, NOTE)
    return row


def _changed(book: Book) -> str:
    if book.plan_number:
        return _("changed by this plan")
    name = version_name(book.roster.version)
    return _("changed in {version}").format(version=name)
