"""The break-room sheet (勤務表): who works what on which date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from scheduler.domain.shifts import OffKind
from scheduler.files.workbook.roster import totals
from scheduler.files.workbook.roster.book import (
    DATE_ROW,
    EVENT_ROW,
    FIRST_DATE_COLUMN,
    FIRST_STAFF_ROW,
    HOLIDAY_MARK,
    HOLIDAY_ROW,
    NAME_COLUMN,
    ROLE_COLUMN,
    TERMS_COLUMN,
    WEEKDAY_ROW,
)
from scheduler.files.workbook.roster.day_rows import write_day_rows, write_legend
from scheduler.files.workbook.roster.words import full_date_text, period_text
from scheduler.files.workbook.styles import (
    ALARM_INK,
    HEAD,
    HEADING,
    NOTE,
    PAPER_A3,
    SHORT,
    SMALL,
    TAIL,
    TITLE,
    WISH,
    Edge,
    Look,
    print_setup,
    widths,
)
from scheduler.wording.names import off_name, role_name
from scheduler.wording.notation import (
    ABSENT_ON_PAPER,
    OFF_SYMBOLS,
    ON_CALL_MARK,
    SHORT_MARK,
    want_text,
)
from scheduler.wording.plans import version_name
from scheduler.wording.times import weekday_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.base import StaffId
    from scheduler.domain.staff import StaffMember
    from scheduler.files.workbook.roster.book import Book

DATE_WIDTH = 4.3
STAFF_ROOM = 560
"""Points that the rows of the staff share on the page."""
MARKED = f'General;General;General;@"{ON_CALL_MARK}"'
HIDDEN = f'General;General;General;"{ABSENT_ON_PAPER}"'
CUSTOM_FORMATS = (199, 200)
"""Numbers of the formats; the cells' own formats count up from 164."""
BOX_COLUMNS = 6
"""Columns of a box to sign in."""


def write_break_room(book: Book, sheet: Worksheet) -> None:
    """Fill the break-room sheet."""
    _head(book, sheet)
    for member in book.grid.members:
        _person(book, sheet, member)
    _on_call(book, sheet)
    totals.write(book, sheet)
    below = write_day_rows(book, sheet)
    bottom = write_legend(book, sheet, below + 1)
    _drop_downs(book, sheet)
    _shown_otherwise(book, sheet)
    _shape(book, sheet, bottom)


def _head(book: Book, sheet: Worksheet) -> None:
    put, grid = book.stylist.put, book.grid
    period, office = book.problem.period, book.problem.office
    put(sheet, 1, 1, _("Roster {period}").format(period=period_text(period)), TITLE)
    made = book.roster.provenance
    facts = [office.name, office.number]
    if made is not None:
        facts.append(_("issued {date}").format(date=full_date_text(made.made_at)))
    facts += _version(book)
    put(sheet, 2, 1, "   ".join(fact for fact in facts if fact), NOTE)
    _boxes(book, sheet)
    labels = ((ROLE_COLUMN, _("Job")), (TERMS_COLUMN, _("Terms")))
    for column, text in (*labels, (NAME_COLUMN, book.labels.name)):
        put(sheet, DATE_ROW, column, text, HEAD)
    for row, text in (
        (WEEKDAY_ROW, _("Weekday")),
        (HOLIDAY_ROW, _("Holiday")),
        (EVENT_ROW, _("Events")),
    ):
        for column in (ROLE_COLUMN, NAME_COLUMN, TERMS_COLUMN):
            put(sheet, row, column, text if column == NAME_COLUMN else None, HEAD)
    for date, column in grid.columns.items():
        _date_head(book, sheet, date, column)


def _version(book: Book) -> Iterator[str]:
    """Yield which version it is and since when, or that it is only a plan."""
    revisions = book.roster.revisions
    if book.roster.proposal is not None:
        yield _("a plan, not accepted yet")
    elif revisions:
        yield _("{version}, changed {date}").format(
            version=version_name(book.roster.version),
            date=full_date_text(revisions[-1].accepted_at),
        )


def _boxes(book: Book, sheet: Worksheet) -> None:
    """Leave room to sign, at the right end of what is printed."""
    column = totals.last_printed(book) + 1 - 2 * BOX_COLUMNS
    # Of a few dates there is little room; the boxes then begin behind the title.
    column = max(FIRST_DATE_COLUMN, column)
    for i, text in enumerate((_("Made by"), _("Checked by"))):
        start = column + BOX_COLUMNS * i
        book.stylist.put(sheet, 1, start, text, HEAD)
        sheet.merge_cells(
            start_row=1, end_row=2, start_column=start, end_column=start + 1
        )
        sheet.merge_cells(
            start_row=1, end_row=2, start_column=start + 2, end_column=start + 5
        )
        for row in (1, 2):
            for offset in range(BOX_COLUMNS):
                look = HEAD if offset < 2 else Look()
                cell = sheet.cell(row, start + offset)
                book.stylist.dress(cell, look)


def _date_head(book: Book, sheet: Worksheet, date: dt.date, column: int) -> None:
    put, period = book.stylist.put, book.problem.period
    tail = date not in period
    colour = TAIL if tail else book.day_fill(date)
    with_month = tail or date == period.first or date.day == 1
    head = Look(bold=True, fill=colour or HEADING, shrink=True)
    number = "m/d" if with_month else "d"
    look = Look(bold=True, fill=colour or HEADING, number=number, shrink=True)
    if date in book.shortage.dates:
        mark = f'"{SHORT_MARK}"{number}'
        look = replace(look, fill=SHORT, ink=ALARM_INK, number=mark)
    holiday = period.holiday_names.get(date, "")
    put(sheet, DATE_ROW, column, date, look)
    put(sheet, WEEKDAY_ROW, column, weekday_text(date.weekday()), head)
    put(sheet, HOLIDAY_ROW, column, HOLIDAY_MARK if holiday else None, head)
    event = Look(size=7, fill=colour, upright=True, down="top", locked=False)
    put(sheet, EVENT_ROW, column, holiday or None, event)


def _person(book: Book, sheet: Worksheet, member: StaffMember) -> None:
    put, grid = book.stylist.put, book.grid
    row = grid.rows[member.name]
    edge: Edge = "group" if grid.starts_group(member) else "grid"
    put(sheet, row, ROLE_COLUMN, role_name(member.roles[0]), Look(size=8, edge=edge))
    name = Look(size=10, bold=True, across="left", shrink=True, edge=edge)
    put(sheet, row, NAME_COLUMN, member.name, name)
    put(sheet, row, TERMS_COLUMN, _terms(member), Look(size=8, edge=edge))
    past = {
        duty.date: duty
        for duty in book.problem.history.duties
        if duty.staff == member.name
    }
    grey = Look(size=10, fill=TAIL, shrink=True, edge=edge)
    wished = book.month_of[member.name].dates_as_wished
    refused = _refused(book, member.name)
    alarmed = _alarmed(book, member.name)
    for date, column in grid.columns.items():
        if date not in book.problem.period:
            duty = past.get(date)
            put(sheet, row, column, duty and book.language.write(duty), grey)
            continue
        duty = book.roster.by_cell.get((member.name, date))
        text = duty and book.language.write(duty, wished=date in wished)
        look = Look(
            size=11,
            fill=SHORT
            if date in alarmed
            else WISH
            if date in wished
            else book.day_fill(date),
            ink=ALARM_INK if date in alarmed else Look.ink,
            bold=date in alarmed,
            underline=date in wished,
            shrink=True,
            edge=_edge(book, member.name, date, edge),
            locked=False,
        )
        cell = put(sheet, row, column, text or None, look)
        notes = [*_before(book, member.name, date)]
        if duty and duty.off is OffKind.ABSENT:
            notes.append(off_name(duty.off))
        if date in refused:
            notes.append(_("Not granted: {wish}").format(wish=refused[date]))
        if notes:
            height = 20 + 20 * len(notes)
            cell.comment = Comment("\n".join(notes), "shotaki", height, width=140)


def _edge(book: Book, name: StaffId, date: dt.date, usual: Edge) -> Edge:
    if (name, date) in book.changed_cells:
        return "changed"
    return "box" if (name, date) in book.problem.pin_by_cell else usual


def _before(book: Book, name: StaffId, date: dt.date) -> Iterator[str]:
    """Yield what a cell that the plan changes said before."""
    change = book.changed_cells.get((name, date))
    if change is not None:
        told = book.language.write(change.before) if change.before else "-"
        yield _("Before: {what}").format(what=told)


def _terms(member: StaffMember) -> str:
    return _("full") if member.contract.full_time else _("part")


def _refused(book: Book, name: StaffId) -> dict[dt.date, str]:
    """Return the wishes that are not granted, by date."""
    refused: dict[dt.date, list[str]] = {}
    for wish in book.month_of[name].wishes:
        if not wish.granted:
            refused.setdefault(wish.request.date, []).append(want_text(wish.request))
    return {date: " ".join(texts) for date, texts in refused.items()}


def _alarmed(book: Book, name: StaffId) -> set[dt.date]:
    return {
        finding.date
        for finding in book.findings
        if finding.stance.is_hard and finding.date and name in finding.people
    }


def _on_call(book: Book, sheet: Worksheet) -> None:
    put, row = book.stylist.put, book.grid.on_call_row
    for column in (ROLE_COLUMN, NAME_COLUMN, TERMS_COLUMN):
        head = Look(bold=True, fill=HEADING, edge="group")
        text = book.labels.on_call if column == NAME_COLUMN else None
        put(sheet, row, column, text, head)
    past = {night.date: night.staff for night in book.problem.history.on_call}
    pinned = {night.date for night in book.problem.pins.on_call}
    short = {night.date for night in book.nights.values() if night.on_call_missing}
    for date, column in book.grid.columns.items():
        inside = date in book.problem.period
        name = (book.roster.on_call_by_date if inside else past).get(date)
        colour = SHORT if date in short else book.day_fill(date)
        look = Look(
            size=9,
            fill=colour if inside else TAIL,
            upright=True,
            shrink=True,
            edge="changed"
            if date in book.changed_nights
            else "box"
            if date in pinned
            else "group",
            locked=not inside,
        )
        cell = put(sheet, row, column, name and book.short_names.get(name, name), look)
        if date in book.changed_nights:
            told = book.changed_nights[date] or "-"
            text = _("Before: {what}").format(what=told)
            cell.comment = Comment(text, "shotaki", height=40, width=140)


def _drop_downs(book: Book, sheet: Worksheet) -> None:
    first, last = book.grid.first_column, book.grid.last_column
    by_list: dict[str, DataValidation] = {}

    def allow(choices: tuple[str, ...], row: int) -> None:
        where = str(book.lists.range(choices))
        rule = by_list.get(where)
        if rule is None:
            rule = DataValidation("list", formula1=where, allow_blank=True)
            rule.error = _("Please choose one of the list's symbols.")
            rule.errorTitle = _("Unknown symbol")
            rule.showErrorMessage = True
            by_list[where] = rule
            sheet.add_data_validation(rule)
        span = f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}"
        rule.add(span)

    for member in book.grid.members:
        allow(book.language.choices(member), book.grid.rows[member.name])
    names = tuple(
        book.short_names[member.name] for member in book.problem.staff if member.on_call
    )
    if names:
        allow(names, book.grid.on_call_row)


def _shown_otherwise(book: Book, sheet: Worksheet) -> None:
    """Show what a cell does not say, live, whatever is typed into it.

    The mark of whoever the on-call row names stands behind the symbol; an absence is
    a dash, for the sheet hangs on a wall.
    """
    grid = book.grid
    first = get_column_letter(FIRST_DATE_COLUMN)
    last = get_column_letter(grid.last_column)
    area = f"{first}{FIRST_STAFF_ROW}:{last}{grid.last_staff_row}"
    name = f"${get_column_letter(NAME_COLUMN)}{FIRST_STAFF_ROW}"
    night = f"{first}${grid.on_call_row}"
    cell = f"{first}{FIRST_STAFF_ROW}"
    absent = f'{cell}="{OFF_SYMBOLS[OffKind.ABSENT]}"'
    on_call = f'AND({night}<>"",LEFT({name},LEN({night}))={night})'
    for number, form, holds in zip(
        CUSTOM_FORMATS, (HIDDEN, MARKED), (absent, on_call), strict=True
    ):
        look = DifferentialStyle(numFmt=NumberFormat(numFmtId=number, formatCode=form))
        rule = Rule(type="expression", dxf=look, formula=[holds])
        sheet.conditional_formatting.add(area, rule)


def _staff_height(people: int) -> int:
    """Return the points of a person's row that fill an A3 page, within reason."""
    return max(24, min(40, STAFF_ROOM // people))


def _shape(book: Book, sheet: Worksheet, bottom: int) -> None:
    grid = book.grid
    widths(sheet, ROLE_COLUMN, (8, 15, 6))
    widths(sheet, FIRST_DATE_COLUMN, [DATE_WIDTH] * len(grid.columns))
    heights = {1: 26, 2: 18, DATE_ROW: 18, WEEKDAY_ROW: 15, HOLIDAY_ROW: 13}
    heights |= {EVENT_ROW: 62, grid.on_call_row: 48}
    heights |= dict.fromkeys(grid.rows.values(), _staff_height(len(grid.rows)))
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height
    sheet.freeze_panes = sheet.cell(FIRST_STAFF_ROW, FIRST_DATE_COLUMN)
    sheet.sheet_view.zoomScale = 90
    print_setup(
        sheet,
        paper=PAPER_A3,
        title_rows=f"{DATE_ROW}:{HOLIDAY_ROW}",
        title_columns="A:C",
    )
    last = get_column_letter(totals.last_printed(book))
    sheet.print_area = f"A1:{last}{bottom}"
    private = totals.column_of(book, totals.PRIVATE)
    boxes = FIRST_DATE_COLUMN + 2 * BOX_COLUMNS
    note = _("For the manager; not printed")
    book.stylist.put(sheet, 2, max(private, boxes), note, NOTE)
    made = book.roster.provenance
    if made is not None:
        text = _("Input {sha}  rules {rules}  version {version}  seed {seed}").format(
            sha=made.input_sha256[:16],
            rules=made.rulebook_sha256[:16],
            version=made.shotaki_version,
            seed=made.seed,
        )
        book.stylist.put(sheet, bottom, 1, text, SMALL)
