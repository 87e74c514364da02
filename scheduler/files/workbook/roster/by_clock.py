"""The month at a glance (時間帯別一覧): the smallest margin of every date and hour.

The hour-by-hour proof (時間帯別配置): a block for every date.

Each column is a stretch of the clock in which nothing changes, so that the figures
hold for every minute of it.

The lines under a date of the proof: each rule, its article, and how it is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from scheduler.domain.clock import HOUR, Interval
from scheduler.domain.shifts import Role
from scheduler.files.workbook.roster.words import article, title
from scheduler.files.workbook.styles import (
    BAND,
    HEAD,
    HEADING,
    NOTE,
    SHORT,
    SOFT_INK,
    TAIL,
    TITLE,
    Look,
    alarm_font,
    fill,
    print_setup,
    set_row_heights,
    widths,
)
from scheduler.wording.findings import gathered_texts
from scheduler.wording.names import duration_text, people_text, role_name
from scheduler.wording.notation import ON_CALL_MARK, ROLE_MARKS
from scheduler.wording.times import clock_text, date_text, span_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.figures.day_curve import Moment, Worker
    from scheduler.domain.base import StaffId
    from scheduler.files.workbook.roster.book import Book


HEAD_ROW = 4
FIRST_HOUR_COLUMN = 3
HOURS = 24
AFTER = FIRST_HOUR_COLUMN + HOURS

SCALE = ColorScaleRule(
    start_type="num",
    start_value=-1,
    start_color="F4A6A6",
    mid_type="num",
    mid_value=0,
    mid_color="FFF3C4",
    end_type="num",
    end_value=3,
    end_color="9BD3A0",
)
MARGIN = "+0;-0;0"


def write_overview(book: Book, sheet: Worksheet) -> None:
    """Fill the sheet of margins by date and hour."""
    put = book.stylist.put
    put(sheet, 1, 1, _("Least people to spare, by date and hour"), TITLE)
    note = _(
        "By day: people at work in care or nursing minus those required (K-01, A-04)."
        " By night: awake and on call (A-06). As planned; edits are not followed."
    )
    put(sheet, 2, 1, note, NOTE)
    _headings(book, sheet)
    row = HEAD_ROW
    for row, date in enumerate(book.problem.period.dates, start=HEAD_ROW + 1):
        _date(book, sheet, row, date)
    first, last = (
        get_column_letter(column) for column in (FIRST_HOUR_COLUMN - 1, AFTER - 1)
    )
    area = f"{first}{HEAD_ROW + 1}:{last}{row}"
    short = CellIsRule(operator="lessThan", formula=["0"], font=alarm_font())
    sheet.conditional_formatting.add(area, SCALE)
    sheet.conditional_formatting.add(area, short)
    spare = get_column_letter(AFTER + 2)
    sheet.conditional_formatting.add(f"{spare}{HEAD_ROW + 1}:{spare}{row}", short)
    widths(sheet, 1, (13, 7))
    widths(sheet, FIRST_HOUR_COLUMN, [4.2] * HOURS)
    widths(sheet, AFTER, (9, 9, 9, 18, 14))
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, FIRST_HOUR_COLUMN)
    print_setup(sheet, title_rows=f"{HEAD_ROW}:{HEAD_ROW}")


def _headings(book: Book, sheet: Worksheet) -> None:
    texts: Sequence[str | int] = (
        _("Date"),
        _("Least"),
        *range(HOURS),
        _("Care hours required"),
        _("Care hours planned"),
        _("Care hours to spare"),
        _("Awake at night"),
        _("On call"),
    )
    for column, text in enumerate(texts, start=1):
        book.stylist.put(sheet, HEAD_ROW, column, text, HEAD)
    sheet.row_dimensions[HEAD_ROW].height = 30


def _date(book: Book, sheet: Worksheet, row: int, date: dt.date) -> None:
    put = book.stylist.put
    colour = book.day_fill(date)
    put(sheet, row, 1, date_text(date), Look(across="left", bold=True, fill=colour))
    margins = book.heat[date].margins
    put(sheet, row, 2, min(margins), Look(bold=True, number=MARGIN))
    for column, margin in enumerate(margins, start=FIRST_HOUR_COLUMN):
        put(sheet, row, column, margin, Look(number=MARGIN))
    hours, night = book.hours[date], book.nights[date]
    for offset, minutes in enumerate((hours.required, hours.planned, hours.margin)):
        put(sheet, row, AFTER + offset, minutes / HOUR, Look(number="0.0"))
    names = Look(across="left", size=8, shrink=True)
    put(sheet, row, AFTER + 3, _names(book, night.awake), names)
    put(sheet, row, AFTER + 4, night.on_call and _names(book, (night.on_call,)), names)


def _names(book: Book, people: tuple[StaffId, ...]) -> str:
    return "、".join(book.short_names.get(name, name) for name in people)


LABEL_COLUMN = 1
FIRST_COLUMN = 2
NOTES_ROW = 3
LONE_BREAK = ("A-06", "lone_break")
"""What is noted of every night with one worker: told once, above the dates."""
FIGURE_ROWS = 5
HEADING_ROWS = 4.5
"""Title, double row of times, and the blank row after a date."""

HEIGHT = 12.5
"""Points of a row."""

BREAK_MARK = "憩"
NO_ROLE_MARK = "?"
UNCOUNTED_MARK = "外"
"""In training, at a meeting or on an errand: counts for no cover."""
LABEL_WIDTH = 17
COLUMN_WIDTH = 4.6

PAGE_WIDTH, PAGE_HEIGHT = 780, 505
"""Points of an A4 page, landscape, inside the margins."""

POINTS_A_CHARACTER = 5.6
LARGEST_SCALE = 78
"""Percent at which two dates go on a page."""

ROLE_FILLS = {
    Role.CARE: "E3F4E1",
    Role.NURSE: "DDF1F4",
    Role.PLANNER: "FBE9D7",
    Role.MANAGER: "ECE3F5",
}


def write_proof(book: Book, sheet: Worksheet) -> None:
    """Fill the sheet with a block for every date."""
    book.stylist.put(sheet, 1, 1, _("Who is there, by the clock"), TITLE)
    legend = "  ".join(
        f"{mark}: {role_name(role)}" for role, mark in ROLE_MARKS.items()
    )
    text = _("{roles}  {pause}: on a break (counts for nobody)  {mark}: on call")
    note = text.format(roles=legend, pause=BREAK_MARK, mark=ON_CALL_MARK)
    if not all(shift.counts for shift in book.problem.shifts):
        note += _("  {mark}: counts for no cover").format(mark=UNCOUNTED_MARK)
    book.stylist.put(sheet, 2, 1, note, Look(edge="none", across="left", size=9))
    for row, text in enumerate(_every_night(book), start=NOTES_ROW):
        look = Look(edge="none", across="left", size=8)
        book.stylist.put(sheet, row, 1, text, look)
    most = max(len(curve) for curve in book.curves.values())
    scale = _scale(most)
    room = PAGE_HEIGHT * 100 / scale
    first = NOTES_ROW + len(_every_night(book)) + 1
    row, used = first, first * HEIGHT
    for date in book.curves:
        height = _height(book, date)
        if used + height > room and row > first:
            sheet.row_breaks.append(Break(row - 1))
            used = 0
        row = _block(book, sheet, row, date)
        used += height
    widths(sheet, LABEL_COLUMN, (LABEL_WIDTH,))
    widths(sheet, FIRST_COLUMN, [COLUMN_WIDTH] * most)
    sheet.freeze_panes = sheet.cell(first, FIRST_COLUMN)
    print_setup(sheet, scale=scale)


def _every_night(book: Book) -> tuple[str, ...]:
    """Write what is noted of the nights, once for all that it is noted of."""
    own = [one for one in book.findings if (one.rule, one.facet) == LONE_BREAK]
    return gathered_texts(own, book.rulebook)


def _scale(columns: int) -> int:
    """Return the percentage at which the widest date fits on the page."""
    width = (LABEL_WIDTH + COLUMN_WIDTH * columns) * POINTS_A_CHARACTER
    return min(LARGEST_SCALE, int(100 * PAGE_WIDTH / width))


def _block(book: Book, sheet: Worksheet, row: int, date: dt.date) -> int:
    curve = book.curves[date]
    last = FIRST_COLUMN + len(curve) - 1
    top = row
    _title(book, sheet, row, date, last)
    row = _times(book, sheet, row + 1, curve)
    for label, figure in _figures():
        row = _line(book, sheet, row, label, curve, figure)
    margin = f"{get_column_letter(FIRST_COLUMN)}{row - 1}"
    area = f"{margin}:{get_column_letter(last)}{row - 1}"
    short = CellIsRule(
        operator="lessThan", formula=["0"], fill=fill(SHORT), font=alarm_font()
    )
    sheet.conditional_formatting.add(area, short)
    row = _people(book, sheet, row, curve)
    for text, kept in lines(book, date):
        look = Look(size=7.5, edge="none", across="left", ink=SOFT_INK)
        if not kept:
            look = Look(size=7.5, edge="none", across="left", ink="B00020", bold=True)
        book.stylist.put(sheet, row, LABEL_COLUMN, text, look)
        row += 1
    set_row_heights(sheet, top, row, HEIGHT)
    set_row_heights(sheet, top, top, HEIGHT + 3)
    set_row_heights(sheet, top + 1, top + 1, 2 * HEIGHT)
    return row + 1


def _title(book: Book, sheet: Worksheet, row: int, date: dt.date, last: int) -> None:
    day = book.problem.forecast_by_date[date]
    guests = "?" if day.overnight is None else day.overnight
    text = _("{date}  day users {day}, overnight {guests}, visits {visits}").format(
        date=date_text(date), day=day.day_users, guests=guests, visits=day.visits
    )
    look = Look(bold=True, size=10, fill=book.day_fill(date) or HEADING, across="left")
    band = Look(bold=True, size=10, fill=look.fill, edge="none", across="left")
    book.stylist.put(sheet, row, LABEL_COLUMN, text, band)
    for column in range(FIRST_COLUMN, last + 1):
        book.stylist.put(sheet, row, column, None, band)


def _times(book: Book, sheet: Worksheet, row: int, curve: tuple[Moment, ...]) -> int:
    head = Look(size=8, bold=True, fill=HEADING)
    book.stylist.put(sheet, row, LABEL_COLUMN, _("From / to"), head)
    time = Look(size=7, fill=HEADING, wrap=True)
    for column, moment in enumerate(curve, start=FIRST_COLUMN):
        text = f"{clock_text(moment.begin)}\n{clock_text(moment.end)}"
        book.stylist.put(sheet, row, column, text, time)
    return row + 1


def _figures() -> Iterator[tuple[str, Callable[[Moment], Any]]]:
    yield _("Users in the house"), lambda moment: moment.users
    yield _("Staff out on visits"), lambda moment: moment.visits
    yield _("Required"), lambda moment: moment.required
    yield _("At work in the pool"), lambda moment: moment.planned
    yield _("To spare"), lambda moment: moment.margin


def _line(
    book: Book,
    sheet: Worksheet,
    row: int,
    label: str,
    curve: tuple[Moment, ...],
    figure: Callable[[Moment], Any],
) -> int:
    book.stylist.put(sheet, row, LABEL_COLUMN, label, Look(size=8, across="left"))
    for column, moment in enumerate(curve, start=FIRST_COLUMN):
        look = Look(size=8, fill=BAND if moment.night is None else TAIL)
        book.stylist.put(sheet, row, column, figure(moment), look)
    return row + 1


def _people(book: Book, sheet: Worksheet, row: int, curve: tuple[Moment, ...]) -> int:
    for name in _present(curve):
        label = Look(size=8, across="left", shrink=True)
        book.stylist.put(sheet, row, LABEL_COLUMN, name, label)
        for column, moment in enumerate(curve, start=FIRST_COLUMN):
            mark, colour = _mark(name, moment)
            book.stylist.put(sheet, row, column, mark, Look(size=8, fill=colour))
        row += 1
    return row


def _present(curve: tuple[Moment, ...]) -> tuple[StaffId, ...]:
    """Return everybody who is there or on call, in the order of coming."""
    names: dict[StaffId, None] = {}
    for moment in curve:
        names |= dict.fromkeys(worker.staff for worker in moment.workers)
        if moment.on_call is not None:
            names[moment.on_call] = None
    return tuple(names)


def _mark(name: StaffId, moment: Moment) -> tuple[str | None, str]:
    for worker in moment.workers:
        if worker.staff == name:
            if worker.on_break:
                return BREAK_MARK, ""
            return _role(worker)
    return (ON_CALL_MARK, TAIL) if moment.on_call == name else (None, "")


def _role(worker: Worker) -> tuple[str, str]:
    if not worker.counts:
        return UNCOUNTED_MARK, TAIL
    if worker.role is None:
        return NO_ROLE_MARK, SHORT
    return ROLE_MARKS[worker.role], ROLE_FILLS[worker.role]


def _height(book: Book, date: dt.date) -> float:
    """Return the points that a date's block takes, the blank row after it included."""
    rows = FIGURE_ROWS + len(_present(book.curves[date])) + len(lines(book, date))
    return (rows + HEADING_ROWS) * HEIGHT


def lines(book: Book, date: dt.date) -> tuple[tuple[str, bool], ...]:
    """Return a sentence for each rule of the date, and whether it is kept."""
    curve = book.curves[date]
    by_day = [moment for moment in curve if moment.night is None]
    held = [moment for moment in curve if moment.is_house_held]
    return (
        _hours_line(book, date),
        _people_line(
            book, "A-04", "presence", by_day, lambda moment: moment.awake_required
        ),
        _people_line(book, "K-01", "must", held, lambda moment: moment.house_required),
        _night_line(book, date),
    )


def _hours_line(book: Book, date: dt.date) -> tuple[str, bool]:
    day = book.hours[date]
    what = _("required {required}, planned {planned}, to spare {margin}").format(
        required=duration_text(day.required),
        planned=duration_text(day.planned),
        margin=duration_text(day.margin),
    )
    return _sentence(book, "A-03", "daily", what), day.margin >= 0


def _people_line(
    book: Book,
    rule: str,
    facet: str,
    moments: list[Moment],
    required: Callable[[Moment], int],
) -> tuple[str, bool]:
    if not moments:
        return _sentence(book, rule, facet, _("no day band")), True
    tightest = min(moments, key=lambda moment: moment.planned - required(moment))
    text = _("tightest {span}: required {required}, at work {planned}")
    what = text.format(
        span=span_text(Interval(tightest.begin, tightest.end)),
        required=people_text(required(tightest)),
        planned=people_text(tightest.planned),
    )
    return _sentence(book, rule, facet, what), tightest.planned >= required(tightest)


def _night_line(book: Book, date: dt.date) -> tuple[str, bool]:
    night = book.nights[date]
    if not night.needed:
        what = _("nobody stays overnight and there is a contact system: no night staff")
        return _sentence(book, "A-06", "awake", what), True
    text = _("awake {awake}, on call {on_call}")
    what = text.format(
        awake="、".join(night.awake) or _("nobody"),
        on_call=night.on_call or _("nobody"),
    )
    return _sentence(book, "A-06", "awake", what), not night.is_short


def _sentence(book: Book, rule_id: str, facet: str, what: str) -> str:
    rule = book.rulebook[rule_id]
    return _("{rule} {title}: {what}  [{article}]").format(
        rule=rule.id, title=title(rule), what=what, article=article(rule, facet)
    )
