"""The manager's sheet (管理用): people, dates and shifts, the cells that are read back.

Totals by person are at the right (`totals`), totals by date at the foot (`day_rows`).
What hangs on the wall is a sheet of its own (`wall`) that follows this one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from scheduler.domain.base import StaffId
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.dates import HOLIDAY_MARK, date_format
from scheduler.files.workbook.paging import height_to_fill
from scheduler.files.workbook.references import area, at, is_named
from scheduler.files.workbook.roster.book import (
    DATE_ROW,
    DATE_WIDTH,
    EVENT_ROW,
    FIRST_DATE_COLUMN,
    FIRST_STAFF_ROW,
    HOLIDAY_ROW,
    NAME_COLUMN,
    ROLE_COLUMN,
    TERMS_COLUMN,
    WEEKDAY_ROW,
    Book,
)
from scheduler.files.workbook.roster.day_rows import write_day_rows, write_legend
from scheduler.files.workbook.roster.totals import column_of, last_column, write_totals
from scheduler.files.workbook.sheet_writer import SheetWriter
from scheduler.files.workbook.styles import (
    HEAD,
    NOTE,
    PAPER_A3,
    SMALL,
    TITLE,
    Fill,
    Ink,
    Look,
)
from scheduler.wording.names import off_name, role_name
from scheduler.wording.notation import (
    ON_CALL_MARK,
    SHORT_MARK,
    want_text,
)
from scheduler.wording.plans import version_name
from scheduler.wording.times import full_date_text, period_text, weekday_text
from scheduler.wording.translation import _

SYMBOL, PAST_SYMBOL, ROLES = 20, 15, 10
"""Sizes of a symbol, printed smaller where it has two letters, and of one with more,
which takes two lines."""
LEAST_ROW, MOST_ROW, TWO_LINES = 20.5, 44, 28
"""Heights of a person's row, at least where some symbol takes two lines."""
MOST_LETTERS = 2
"""Letters of a symbol that stand in one line."""
NIGHT = 9
"""Size of the names on call, whose letters stand below each other."""
MARKED = f'General;General;General;@"{ON_CALL_MARK}"'
CUSTOM_FORMAT = 199
"""Id of the custom number format, beyond those of cells, which openpyxl counts up
from 164."""
BOX_COLUMNS = 6
"""Width of a signature box, in columns."""
NOBODY = "-"

SEVERAL_EVENTS = 5.5
"""Size of the letters of several events of a date, one beside the other."""

LETTER = 8.5
"""Height of a stacked letter in the row of events, in points."""


def write_managers_sheet(book: Book, out: SheetWriter) -> None:
    """Fill the manager's sheet."""
    _head(book, out)
    for member in book.grid.members:
        _person(book, out, member)
    _on_call(book, out)
    write_totals(book, out)
    below = write_day_rows(book, out)
    bottom = write_legend(book, out, below + 1)
    _drop_downs(book, out)
    _shown_otherwise(book, out)
    _shape(book, out, bottom)


def _head(book: Book, out: SheetWriter) -> None:
    period, office = book.problem.period, book.problem.office
    title = _("Manager's sheet {period} (not to be posted)")
    out.put(1, 1, title.format(period=period_text(period)), TITLE)
    made = book.roster.provenance
    facts = [office.name, office.number]
    if made is not None:
        facts.append(_("issued {date}").format(date=full_date_text(made.made_at)))
    facts += _version(book)
    out.put(2, 1, "   ".join(fact for fact in facts if fact), NOTE)
    _boxes(book, out)
    for column, text in (
        (ROLE_COLUMN, _("Job")),
        (TERMS_COLUMN, _("Terms")),
        (NAME_COLUMN, book.labels.name),
    ):
        out.put(DATE_ROW, column, text, HEAD)
    for row, text in (
        (WEEKDAY_ROW, _("Weekday")),
        (HOLIDAY_ROW, _("Holiday")),
        (EVENT_ROW, _("Events")),
    ):
        out.cells(row, ROLE_COLUMN, (None, text, None), HEAD)
    for date, column in book.grid.columns.items():
        _date_head(book, out, date, column)


def _version(book: Book) -> Iterator[str]:
    """Yield the roster's version and its date, or that it is only a plan."""
    revisions = book.roster.revisions
    if book.roster.proposal is not None:
        yield _("a plan, not accepted yet")
    elif revisions:
        yield _("{version}, changed {date}").format(
            version=version_name(book.roster.version),
            date=full_date_text(revisions[-1].accepted_at),
        )


def _boxes(book: Book, out: SheetWriter) -> None:
    """Write boxes for signatures above the counts, where they always stood.

    What was typed into a roster of another version is told from what was written there
    by its place.
    """
    column = column_of(book, "paid_leave") - 2 * BOX_COLUMNS
    # With few dates, not to the left of the first date, where the title is.
    column = max(FIRST_DATE_COLUMN, column)
    for text in (_("Made by"), _("Checked by")):
        out.put(1, column, text, HEAD)
        out.merge(1, column, 2, column + 1)
        out.put(1, column + 2, None, Look())
        out.merge(1, column + 2, 2, column + 5)
        column += BOX_COLUMNS


def _date_head(book: Book, out: SheetWriter, date: dt.date, column: int) -> None:
    period = book.problem.period
    tail = date not in period
    colour = Fill.TAIL if tail else book.day_fill(date)
    head = Look(bold=True, fill=colour or Fill.HEADING, shrink=True)
    number = "m/d" if tail else date_format(period, date)
    look = replace(head, number=number)
    if date in book.shortage.dates:
        mark = f'"{SHORT_MARK}"{number}'
        look = replace(look, fill=Fill.SHORT, ink=Ink.ALARM, number=mark)
    holiday = period.holiday_names.get(date)
    event = Look(size=7, fill=colour, upright=True, down="top", locked=False)
    out.put(DATE_ROW, column, date, look)
    out.put(WEEKDAY_ROW, column, weekday_text(date.weekday()), head)
    out.put(HOLIDAY_ROW, column, HOLIDAY_MARK if holiday else None, head)
    told = book.occasions[date]
    if len(told) > 1:
        event = replace(event, size=SEVERAL_EVENTS, wrap=True)
    out.put(EVENT_ROW, column, "\n".join(told) or None, event)


def _person(book: Book, out: SheetWriter, member: StaffMember) -> None:
    row, edge = book.grid.rows[member.name], book.grid.edges[member.name]
    small = Look(size=10, edge=edge)
    name = Look(size=13, bold=True, across="left", shrink=True, edge=edge)
    terms = _("full") if member.contract.full_time else _("part")
    values = (role_name(member.roles[0]), member.name, terms)
    out.cells(row, ROLE_COLUMN, values, (small, name, small))
    past = {
        duty.date: book.language.write(duty)
        for duty in book.problem.history.duties
        if duty.staff == member.name
    }
    grey = Look(size=PAST_SYMBOL, fill=Fill.TAIL, shrink=True, edge=edge)
    refused = _refused(book, member.name)
    alarmed = {
        finding.date
        for finding in book.findings
        if finding.stance.is_hard and member.name in finding.people
    }
    for date, column in book.grid.columns.items():
        if date not in book.problem.period:
            out.put(row, column, past.get(date), grey)
            continue
        duty = book.roster.by_cell.get((member.name, date))
        wished = date in book.months[member.name].dates_as_wished
        text = duty and book.language.write(duty, wished=wished)
        look = _look(book, member, date, wished=wished, alarmed=date in alarmed)
        if text and len(text) > MOST_LETTERS:
            look = replace(look, size=ROLES, shrink=False, wrap=True)
        cell = out.put(row, column, text or None, look)
        notes = []
        if (member.name, date) in book.changed_cells:
            before = book.changed_cells[member.name, date].before
            notes.append(_before(book.language.write(before) if before else NOBODY))
        if duty and duty.off is OffKind.ABSENT:
            notes.append(off_name(duty.off))
        if date in refused:
            wishes = " ".join(refused[date])
            notes.append(_("Not granted: {wish}").format(wish=wishes))
        if notes:
            out.comment(cell, "\n".join(notes), 20 + 20 * len(notes))


def _look(
    book: Book, member: StaffMember, date: dt.date, *, wished: bool, alarmed: bool
) -> Look:
    edge = book.grid.edges[member.name]
    if (member.name, date) in book.changed_cells:
        edge = "changed"
    elif (member.name, date) in book.problem.pin_by_cell:
        edge = "box"
    elsewhere = (member.name, date) in book.elsewhere
    usual = Fill.ELSEWHERE if elsewhere else book.day_fill(date)
    return Look(
        size=SYMBOL,
        fill=Fill.SHORT if alarmed else Fill.WISH if wished else usual,
        ink=Ink.ALARM if alarmed else Look.ink,
        bold=alarmed,
        underline=wished,
        shrink=True,
        edge=edge,
        locked=False,
    )


def _before(what: str) -> str:
    return _("Before: {what}").format(what=what)


def _refused(book: Book, name: StaffId) -> dict[dt.date, list[str]]:
    refused: dict[dt.date, list[str]] = {}
    for wish in book.months[name].wishes:
        if not wish.granted:
            refused.setdefault(wish.request.date, []).append(want_text(wish.request))
    return refused


def _on_call(book: Book, out: SheetWriter) -> None:
    row = book.grid.on_call_row
    head = Look(bold=True, fill=Fill.HEADING, edge="group")
    out.cells(row, ROLE_COLUMN, (None, book.labels.on_call, None), head)
    past = {night.date: night.staff for night in book.problem.history.on_call}
    pinned = {night.date for night in book.problem.pins.on_call}
    for date, column in book.grid.columns.items():
        inside = date in book.problem.period
        name = (book.roster.on_call_by_date if inside else past).get(date)
        colour = book.day_fill(date) if inside else Fill.TAIL
        if inside and book.nights[date].on_call_missing:
            colour = Fill.SHORT
        changed = date in book.changed_nights
        look = Look(
            size=NIGHT,
            fill=colour,
            upright=True,
            shrink=True,
            edge="changed" if changed else "box" if date in pinned else "group",
            locked=not inside,
        )
        cell = out.put(row, column, name and book.short_names.get(name, name), look)
        if changed:
            out.comment(cell, _before(book.changed_nights[date] or NOBODY))


def _drop_downs(book: Book, out: SheetWriter) -> None:
    by_list: dict[str, list[str]] = {}

    def allow(choices: tuple[str, ...], row: int) -> None:
        cells = by_list.setdefault(str(book.lists.range(choices)), [])
        cells.append(book.grid.month(row, ""))

    for member in book.grid.members:
        allow(book.language.choices(member), book.grid.rows[member.name])
    names = tuple(
        book.short_names[member.name] for member in book.problem.staff if member.on_call
    )
    if names:
        allow(names, book.grid.on_call_row)
    refusal = _("Unknown symbol"), _("Please choose one of the list's symbols.")
    for where, cells in by_list.items():
        out.offer(" ".join(cells), where, refusal, strict=True)


def _shown_otherwise(book: Book, out: SheetWriter) -> None:
    """Show whoever the on-call row names with the on-call mark behind the symbol.

    A conditional number format changes what cells show, not what they hold.
    """
    grid = book.grid
    top, left = FIRST_STAFF_ROW, FIRST_DATE_COLUMN
    cells = area(top, left, grid.last_staff_row, grid.last_column)
    name = at(top, NAME_COLUMN, "column")
    on_call = is_named(name, at(grid.on_call_row, left, "row"))
    number = NumberFormat(numFmtId=CUSTOM_FORMAT, formatCode=MARKED)
    look = DifferentialStyle(numFmt=number)
    rule = Rule(type="expression", dxf=look, formula=[on_call])
    out.sheet.conditional_formatting.add(cells, rule)


def _shape(book: Book, out: SheetWriter, bottom: int) -> None:
    grid, sheet = book.grid, out.sheet
    out.widths((8, 15, 6, *[DATE_WIDTH] * len(grid.columns)))
    heights: dict[int, float] = {
        1: 26,
        2: 18,
        DATE_ROW: 18,
        WEEKDAY_ROW: 15,
        HOLIDAY_ROW: 13,
    }
    # Letters stand one below the other, those of several occasions in one column.
    occasions = book.occasions.values()
    letters = max(
        (sum(map(len, some)) + len(some) - 1 for some in occasions), default=0
    )
    called = max(map(len, book.short_names.values())) * NIGHT * 1.5
    heights |= {EVENT_ROW: max(62, letters * LETTER)}
    heights |= {grid.on_call_row: max(48, called)}
    for row, height in heights.items():
        out.height(height, row)
    sheet.freeze_panes = sheet.cell(FIRST_STAFF_ROW, FIRST_DATE_COLUMN)
    sheet.sheet_view.zoomScale = 90
    out.finish((DATE_ROW, HOLIDAY_ROW), title_columns="A:C", paper=PAPER_A3)
    sheet.page_setup.fitToHeight = 1
    sheet.print_area = area(1, 1, bottom, last_column(book))
    place = max(column_of(book, "paid_leave"), FIRST_DATE_COLUMN + 2 * BOX_COLUMNS)
    out.put(2, place, _("Leave, absence, hours and contract"), NOTE)
    person = height_to_fill(sheet, bottom, grid.rows.values())
    tall = {
        duty.staff
        for duty in book.roster.duties
        if len(book.language.write(duty)) > MOST_LETTERS
    }
    for name, row in grid.rows.items():
        least = TWO_LINES if name in tall else LEAST_ROW
        out.height(max(least, min(MOST_ROW, person)), row)
    made = book.roster.provenance
    if made is not None:
        text = _("Input {sha}  rules {rules}  version {version}  seed {seed}").format(
            sha=made.input_sha256[:16],
            rules=made.rulebook_sha256[:16],
            version=made.shotaki_version,
            seed=made.seed,
        )
        out.put(bottom, 1, text, SMALL)
