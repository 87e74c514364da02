"""The sheets by the clock: the month at a glance, and the proof of every date.

時間帯別一覧 has the smallest margin of every date and hour, 時間帯別配置 a block for
every date.  Each column of a block is an interval in which nothing changes, so its
figures hold for every minute of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.worksheet.pagebreak import Break

from scheduler.audit.figures.day_curve import Moment
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR, Interval
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role
from scheduler.files.workbook.references import area
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.day_rows import guests_of
from scheduler.files.workbook.sheet_writer import SheetWriter
from scheduler.files.workbook.styles import HEAD, NOTE, TITLE, Fill, Ink, Look
from scheduler.wording.findings import rule_title, source_text
from scheduler.wording.gathered import gathered_texts
from scheduler.wording.names import duration_text, people_text, role_name, sheet_note
from scheduler.wording.notation import ON_CALL_MARK, ROLE_MARKS
from scheduler.wording.times import clock_text, date_text, span_text
from scheduler.wording.translation import _

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


def write_overview(book: Book, out: SheetWriter) -> None:
    """Fill the sheet of margins by date and hour."""
    out.put(1, 1, _("Least people to spare, by date and hour"), TITLE)
    out.put(2, 1, sheet_note("month_at_a_glance"), NOTE)
    ends = (
        _("Care hours required"),
        _("Care hours planned"),
        _("Care hours to spare"),
        _("Awake at night"),
        _("On call"),
    )
    out.cells(HEAD_ROW, 1, (_("Date"), _("Least"), *range(HOURS), *ends), HEAD)
    out.height(30, HEAD_ROW)
    row = HEAD_ROW
    for row, date in enumerate(book.problem.period.dates, start=HEAD_ROW + 1):
        _date(book, out, row, date)
    cells = area(HEAD_ROW + 1, FIRST_HOUR_COLUMN - 1, row, AFTER - 1)
    out.sheet.conditional_formatting.add(cells, SCALE)
    short = out.limit(cells, "lessThan", 0, "")
    spares = area(HEAD_ROW + 1, AFTER + 2, row, AFTER + 2)
    out.sheet.conditional_formatting.add(spares, short)
    out.widths((13, 7, *[4.2] * HOURS, 9, 9, 9, 18, 14))
    out.finish(HEAD_ROW, freeze=FIRST_HOUR_COLUMN)


def _date(book: Book, out: SheetWriter, row: int, date: dt.date) -> None:
    head = Look(across="left", bold=True, fill=book.day_fill(date))
    out.put(row, 1, date_text(date), head)
    margins = book.heat[date].margins
    out.put(row, 2, min(margins), Look(bold=True, number=MARGIN))
    out.cells(row, FIRST_HOUR_COLUMN, margins, Look(number=MARGIN))
    hours, night = book.hours[date], book.nights[date]
    spans = (hours.required, hours.planned, hours.margin)
    out.cells(row, AFTER, (minutes / HOUR for minutes in spans), Look(number="0.0"))
    short = book.short_names
    names = (
        "、".join(short.get(name, name) for name in night.on_duty),
        night.on_call and short.get(night.on_call, night.on_call),
    )
    out.cells(row, AFTER + 3, names, Look(across="left", size=8, shrink=True))


FIRST_COLUMN = 2
NOTES_ROW = 3
LONE_BREAK = ("A-06", "lone_break")
"""Facet found on every night with a single worker; written once, above the dates."""
FIGURE_ROWS = 5
HEADING_ROWS = 4.5
"""Height of a date's title, times and blank row, in rows."""

HEIGHT = 12.5
"""Height of a row, in points."""

BREAK_MARK = "憩"
NO_ROLE_MARK = "?"
UNCOUNTED_MARK = "外"
"""Mark of a shift that counts for no cover: training, a meeting or an errand."""
LABEL_WIDTH = 17
COLUMN_WIDTH = 4.6

PAGE_WIDTH, PAGE_HEIGHT = 780, 505
"""Size of an A4 page, landscape, inside the margins, in points."""

POINTS_A_CHARACTER = 5.6
LARGEST_SCALE = 78
"""Largest print scale, in percent, at which two dates fit on a page."""

ROLE_FILLS = {
    Role.CARE: "E3F4E1",
    Role.NURSE: "DDF1F4",
    Role.PLANNER: "FBE9D7",
    Role.MANAGER: "ECE3F5",
}
KEPT = Look(size=7.5, edge="none", across="left", ink=Ink.SOFT)
BROKEN = replace(KEPT, ink=Ink.ALARM, bold=True)


def write_proof(book: Book, out: SheetWriter) -> None:
    """Fill the sheet with a block for every date."""
    out.put(1, 1, _("Who is there, by the clock"), TITLE)
    legend = "  ".join(
        f"{mark}: {role_name(role)}" for role, mark in ROLE_MARKS.items()
    )
    text = _("{roles}  {pause}: on a break (counts for nobody)  {mark}: on call")
    note = text.format(roles=legend, pause=BREAK_MARK, mark=ON_CALL_MARK)
    away = any(event.asks_somebody for event in book.problem.events)
    shown = book.shifts
    if away or not all(shift.counts for shift in shown):
        note += _("  {mark}: counts for no cover").format(mark=UNCOUNTED_MARK)
    out.put(2, 1, note, NOTE)
    own = [one for one in book.findings if (one.rule, one.facet) == LONE_BREAK]
    nights = gathered_texts(own, book.rulebook)
    for row, text in enumerate(nights, start=NOTES_ROW):
        out.put(row, 1, text, replace(NOTE, size=8))
    most = max(len(curve) for curve in book.curves.values())
    width = (LABEL_WIDTH + COLUMN_WIDTH * most) * POINTS_A_CHARACTER
    scale = min(LARGEST_SCALE, int(100 * PAGE_WIDTH / width))
    room = PAGE_HEIGHT * 100 / scale
    first = NOTES_ROW + len(nights) + 1
    row, used = first, first * HEIGHT
    for date in book.curves:
        height = _height(book, date)
        if used + height > room and row > first:
            out.sheet.row_breaks.append(Break(row - 1))
            used = 0
        row = _block(book, out, row, date)
        used += height
    out.widths((LABEL_WIDTH, *[COLUMN_WIDTH] * most))
    out.sheet.freeze_panes = out.sheet.cell(first, FIRST_COLUMN)
    out.finish(scale=scale)


def _height(book: Book, date: dt.date) -> float:
    """Return the height of a date's block, with the blank row after it, in points."""
    figures = FIGURE_ROWS + _has_tasks(book.problem)
    rows = figures + len(_present(book.curves[date])) + len(proof_lines(book, date))
    return (rows + HEADING_ROWS) * HEIGHT


def _block(book: Book, out: SheetWriter, top: int, date: dt.date) -> int:
    """Write the block of a date: times, figures, people, rules; return the next row."""
    curve = book.curves[date]
    last = FIRST_COLUMN + len(curve) - 1
    day = book.problem.forecast_by_date[date]
    text = _("{date}  day users {day}, overnight {guests}, visits {visits}").format(
        date=date_text(date),
        day=day.day_users,
        guests=guests_of(day),
        visits=day.visits,
    )
    colour = book.day_fill(date) or Fill.HEADING
    band = Look(bold=True, size=10, fill=colour, edge="none", across="left")
    out.cells(top, 1, (text, *[None] * len(curve)), band)
    out.put(top + 1, 1, _("From / to"), Look(size=8, bold=True, fill=Fill.HEADING))
    times = (f"{clock_text(one.begin)}\n{clock_text(one.end)}" for one in curve)
    out.cells(top + 1, FIRST_COLUMN, times, Look(size=7, fill=Fill.HEADING, wrap=True))
    row = top + 2
    tints = [Fill.BAND if moment.night is None else Fill.TAIL for moment in curve]
    for label, figure in _figures(book.problem):
        out.put(row, 1, label, Look(size=8, across="left"))
        looks = (Look(size=8, fill=tint) for tint in tints)
        out.cells(row, FIRST_COLUMN, map(figure, curve), looks)
        row += 1
    out.limit(area(row - 1, FIRST_COLUMN, row - 1, last), "lessThan", 0)
    for name in _present(curve):
        out.put(row, 1, name, Look(size=8, across="left", shrink=True))
        for column, moment in enumerate(curve, start=FIRST_COLUMN):
            mark, colour = _mark(name, moment)
            out.put(row, column, mark, Look(size=8, fill=colour))
        row += 1
    for text, kept in proof_lines(book, date):
        out.put(row, 1, text, KEPT if kept else BROKEN)
        row += 1
    out.height(HEIGHT, top, row)
    out.height(HEIGHT + 3, top)
    out.height(2 * HEIGHT, top + 1)
    return row + 1


def _figures(problem: Problem) -> Iterator[tuple[str, Callable[[Moment], int | None]]]:
    yield _("Users in the house"), lambda moment: moment.users
    yield _("Staff out on visits"), lambda moment: moment.visits
    if _has_tasks(problem):
        yield _("Tasks beside the need"), lambda moment: moment.tasks
    yield _("Required"), lambda moment: moment.required
    yield _("At work in the pool"), lambda moment: moment.planned
    yield _("To spare"), lambda moment: moment.margin


def _has_tasks(problem: Problem) -> bool:
    return any(rule.is_on_top for rule in problem.cover_rules)


def _present(curve: tuple[Moment, ...]) -> tuple[StaffId, ...]:
    """Return everybody who is present or on call, in order of arrival."""
    names: dict[StaffId, None] = {}
    for moment in curve:
        names |= dict.fromkeys(worker.staff for worker in moment.workers)
        if moment.on_call is not None:
            names[moment.on_call] = None
    return tuple(names)


def _mark(name: StaffId, moment: Moment) -> tuple[str | None, str]:
    worker = next((one for one in moment.workers if one.staff == name), None)
    if worker is None:
        return (ON_CALL_MARK, Fill.TAIL) if moment.on_call == name else (None, "")
    if worker.on_break:
        return BREAK_MARK, ""
    if not worker.counts:
        return UNCOUNTED_MARK, Fill.TAIL
    if worker.role is None:
        return NO_ROLE_MARK, Fill.SHORT
    return ROLE_MARKS[worker.role], ROLE_FILLS[worker.role]


def proof_lines(book: Book, date: dt.date) -> tuple[tuple[str, bool], ...]:
    """Return, for each rule of a date, a sentence and whether the rule is kept."""
    curve = book.curves[date]
    by_day = [moment for moment in curve if moment.night is None]
    held = [moment for moment in curve if moment.is_house_held]
    return (
        _hours(book, date),
        _tightest(
            book, "A-04", "presence", [(m, m.awake_required, m.planned) for m in by_day]
        ),
        _tightest(
            book, "K-01", "must", [(m, m.house_required, m.in_house) for m in held]
        ),
        _night(book, date),
    )


def _hours(book: Book, date: dt.date) -> tuple[str, bool]:
    day = book.hours[date]
    what = _("required {required}, planned {planned}, to spare {margin}").format(
        required=duration_text(day.required),
        planned=duration_text(day.planned),
        margin=duration_text(day.margin),
    )
    return _sentence(book, "A-03", "daily", what), day.margin >= 0


def _tightest(
    book: Book, rule: str, facet: str, moments: list[tuple[Moment, int, int]]
) -> tuple[str, bool]:
    """Return the sentence on the moment with the least people beyond those required."""
    if not moments:
        return _sentence(book, rule, facet, _("no day band")), True
    tightest, required, planned = min(moments, key=lambda one: one[2] - one[1])
    text = _("tightest {span}: required {required}, at work {planned}")
    what = text.format(
        span=span_text(Interval(tightest.begin, tightest.end)),
        required=people_text(required),
        planned=people_text(planned),
    )
    return _sentence(book, rule, facet, what), planned >= required


def _night(book: Book, date: dt.date) -> tuple[str, bool]:
    night = book.nights[date]
    if not night.needed and not night.called:
        what = _("nobody stays overnight and there is a contact system: no night staff")
        return _sentence(book, "A-06", "awake", what), True
    what = _("awake {awake}, on call {on_call}").format(
        awake="、".join(night.on_duty) or _("nobody"),
        on_call=night.on_call or _("nobody"),
    )
    return _sentence(book, "A-06", "awake", what), not night.is_short


def _sentence(book: Book, rule_id: str, facet: str, what: str) -> str:
    rule = book.rulebook[rule_id]
    return _("{rule} {title}: {what}  [{article}]").format(
        rule=rule.id,
        title=rule_title(rule),
        what=what,
        article=source_text(rule, facet),
    )
