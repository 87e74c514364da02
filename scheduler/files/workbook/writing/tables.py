"""Writing tables, keys and values, grids of dates, and the list of exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.fields import FieldKind
from scheduler.domain.finding import Unit
from scheduler.domain.shifts import OffKind
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import KEY_HEADINGS, Column, Sheet
from scheduler.files.workbook.layout import (
    AGREEMENTS,
    FIRST_ROW,
    FORECAST,
    HEAD_ROW,
    KINDS,
    LINE,
    REQUESTS,
    SHIFTS,
    STAFF,
    TAIL,
)
from scheduler.files.workbook.references import area, at
from scheduler.files.workbook.sheet_writer import LINE_POINTS, SheetWriter, lines_of
from scheduler.files.workbook.styles import (
    HEAD,
    PAPER_A3,
    PAPER_A4,
    SMALL,
    Fill,
    Look,
)
from scheduler.files.workbook.words import how_to_type, is_timed, meaning_of, show
from scheduler.files.workbook.writing.frame import (
    CENTRED,
    ENTRY,
    LINE_HEIGHT,
    LOOKS,
    NUMBER,
    REQUIRED_HEAD,
    explain,
    follow_names,
    heading,
    name_range,
    offer,
    tint_days,
    validate,
    weekday_formula,
)
from scheduler.rulebook import Facet, yielding
from scheduler.wording.findings import exception_name
from scheduler.wording.notation import NOT, OFF_SYMBOLS, OFFS, ON_CALL_MARK
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.files.workbook.writing.draft import Draft, DraftGrid, Row

NUMBERED = Look(fill=Fill.BAND, size=8)
"""Look of a line's number, which nobody types."""
KEY = Look(across="left", bold=True, fill=HEAD.fill)
REQUIRED_KEY = Look(across="left", bold=True, fill=REQUIRED_HEAD.fill)
MEANING = Look(across="left", wrap=True, edge="none")
UNIT = Look(edge="none")
MEANING_WIDTH = 90
A4_WIDTH = 160
"""Width, in characters, that is legible on an A4 page in landscape."""


def paint_table(out: SheetWriter, layout: Sheet, rows: list[Row], lines: int) -> None:
    """Write a table with so many lines, filled or not."""
    last = HEAD_ROW + lines
    for number, column in enumerate(layout.columns, start=1):
        heading(out, HEAD_ROW, number, column)
        look = LOOKS.get(column.kind, ENTRY)
        for index in range(lines):
            row = FIRST_ROW + index
            values = rows[index] if index < len(rows) else {}
            is_weekday = isinstance(values.get(layout.key.path), str)
            if column is LINE:
                out.put(row, number, index + 1, NUMBERED)
                continue
            if column.shown_only and not is_weekday:
                out.put(row, number, weekday_formula(f"$A{row}"), CENTRED)
                continue
            out.put(row, number, _cell(column, values), look)
        if lines and not column.shown_only:
            validate(out, column, area(FIRST_ROW, number, last, number))
    out.height(44, HEAD_ROW)
    out.height(LINE_HEIGHT, FIRST_ROW, last)
    sizes = [column.width for column in layout.columns]
    out.widths(sizes)
    out.finish(
        HEAD_ROW,
        freeze=2,
        paper=PAPER_A3 if sum(sizes) > A4_WIDTH else PAPER_A4,
        landscape=layout is not FORECAST,
        title_columns="A:A",
    )
    if layout is STAFF and lines:
        # Sorting by the arrows takes the whole line along, its number too.
        out.sheet.auto_filter.ref = area(HEAD_ROW, 1, last, len(sizes))
    if layout is FORECAST and lines:
        cells = area(FIRST_ROW, 1, last, len(sizes))
        tint_days(out, cells, f"$A{FIRST_ROW}", f"$C{FIRST_ROW}")


def paint_keys(out: SheetWriter, layout: Sheet, values: Row) -> None:
    """Write a sheet of keys and values, with unit, meaning and default."""
    out.cells(HEAD_ROW, 1, map(_, KEY_HEADINGS), HEAD)
    is_asked = any(column.asked for column in layout.columns)
    for row, column in enumerate(layout.columns, start=FIRST_ROW):
        look = REQUIRED_KEY if column.required else KEY
        cell = out.put(row, 1, _(column.label), look)
        explain(out, cell, f"{meaning_of(column)}\n{how_to_type(column)}")
        shown, text = show(column, values.get(column.path)), _meaning(column)
        unit = _(column.unit) if column.unit else None
        looks = (LOOKS.get(column.kind, ENTRY), UNIT, MEANING)
        out.cells(row, 2, (shown, unit, text), looks)
        validate(out, column, f"B{row}")
        lines = lines_of(text, MEANING_WIDTH)
        out.height(max(LINE_HEIGHT, lines * LINE_POINTS), row)
    out.widths((58 if is_asked else 30, 26, 8, MEANING_WIDTH))
    out.finish(HEAD_ROW, freeze=2)
    below = FIRST_ROW + len(layout.columns) + 1
    out.put(below, 1, _("Dark headings must be filled in."), SMALL)


def _cell(column: Column, row: Row) -> object:
    if column.path not in row:
        return None
    value = row[column.path]
    if column.kind is FieldKind.DATE_SPAN and value == column.default:
        return None
    return show(column, value)


def _meaning(column: Column) -> str:
    note = meaning_of(column)
    if column.asked:
        note = f"{_(column.heading)}{_(': ')}{note}"
    default = show(column, column.default)
    if default is None or default == "":
        return note
    told = _("Default: {value}").format(value=default)
    return f"{note} {told}"


PLAIN_OFFS = [
    OffKind.DAY_OFF,
    OffKind.PAID_LEAVE,
    OffKind.AFTER_NIGHT,
    OffKind.ABSENT,
]
"""Kinds of day off that no office writes with symbols of its own."""

WEEKDAY_ROW = HEAD_ROW + 1
HOLIDAY_ROW = HEAD_ROW + 2
ON_CALL_ROW = HEAD_ROW + 3
"""Only where it is asked for, above the people, so that it is not overlooked."""

DATE_HEAD = Look(bold=True, number="m/d", fill=HEAD.fill)
SMALL_ENTRY = Look(size=7, wrap=True, number="@")
"""Look of holidays and names in narrow columns."""
DATE_WIDTH = 6.5
SPARE_LINES = 10


def paint_grid(out: SheetWriter, layout: Sheet, draft: Draft) -> None:
    """Write a grid: names, dates, weekdays and holidays, cells, and who is on call."""
    grid = draft.grids[layout.title]
    person, *own = layout.columns
    first = 1 + len(layout.columns)
    has_on_call = words.ON_CALL_ROW in layout.labels
    top = ON_CALL_ROW + has_on_call
    last = top + draft.people - 1
    names = [*draft.names, *[""] * (draft.people - len(draft.names))]
    heading(out, HEAD_ROW, 1, person)
    for number, column in enumerate(own, start=2):
        heading(out, HEAD_ROW, number, column)
    labels = (words.WEEKDAY_ROW, words.HOLIDAY_ROW)
    for row, label in zip((WEEKDAY_ROW, HOLIDAY_ROW), labels, strict=True):
        out.cells(row, 1, (_(label), *[None] * len(own)), HEAD)
    for number, date in enumerate(grid.dates, start=first):
        out.put(HEAD_ROW, number, date, DATE_HEAD)
        weekday = weekday_formula(at(HEAD_ROW, number, "row"))
        out.put(WEEKDAY_ROW, number, weekday, CENTRED)
        holiday = draft.period.holiday_names.get(date)
        out.put(HOLIDAY_ROW, number, holiday, SMALL_ENTRY)
    follow_names(out, top, draft.people)
    for row, name in enumerate(names, start=top):
        out.cells(row, 2, [grid.days.get(name)] * len(own), NUMBER)
        entries = (grid.cells.get((name, date)) for date in grid.dates)
        out.cells(row, first, entries, CENTRED)
    out.height(LINE_HEIGHT, top, last)
    out.height(44, HEAD_ROW)
    out.height(26, HOLIDAY_ROW)
    out.widths((16, *[9] * len(own), *[DATE_WIDTH] * len(grid.dates)))
    edge = first + len(grid.dates) - 1
    firsts = (at(row, first, "row") for row in (HEAD_ROW, HOLIDAY_ROW))
    tint_days(out, area(HEAD_ROW, first, last, edge), *firsts)
    if has_on_call:
        _on_call(out, grid, first)
        people = name_range(STAFF.title, draft.people)
        offer(out, area(ON_CALL_ROW, first, ON_CALL_ROW, edge), people, strict=False)
    for number, column in enumerate(own, start=2):
        validate(out, column, area(top, number, last, number))
    shifts, kinds = (
        [row[table.key.path] for row in draft.rows_of(table)]
        for table in (SHIFTS, KINDS)
    )
    choices = _choices(layout, shifts, kinds)
    offer(out, area(top, first, last, edge), choices, strict=False)
    out.finish((HEAD_ROW, top - 1), freeze=first, paper=PAPER_A3, title_columns="A:A")


def _on_call(out: SheetWriter, grid: DraftGrid, first: int) -> None:
    """Write the on-call row; its dates begin at column ``first``."""
    head = Look(bold=True, fill=HEAD.fill)
    out.put(ON_CALL_ROW, 1, _(words.ON_CALL_ROW), head)
    out.cells(ON_CALL_ROW, 2, [None] * (first - 2), NUMBER)
    out.cells(ON_CALL_ROW, first, map(grid.on_call.get, grid.dates), SMALL_ENTRY)
    out.height(30, ON_CALL_ROW)


def _choices(layout: Sheet, symbols: list[str], kinds: list[str]) -> list[str]:
    if layout is REQUESTS:
        refused = [NOT[0] + symbol for symbol in (*symbols, ON_CALL_MARK)]
        return [*OFFS.values(), *symbols, *refused]
    offs = [*PLAIN_OFFS, OffKind.AWAY] if layout is TAIL else PLAIN_OFFS
    return [*symbols, *(OFF_SYMBOLS[kind] for kind in offs), *kinds]


FIRST_COLUMN = len(AGREEMENTS.columns) + 2
"""First column of the list of exceptions, one column apart from the table."""

EXCEPTION_HEADINGS = {
    N_("What can be agreed on"): 36.0,
    N_("Person?"): 7.0,
    N_("Date?"): 7.0,
    N_("Rule or shift?"): 11.0,
    N_("Counted in"): 8.0,
}
"""Headings with the widths of their columns."""

YES = "○"

UNITS = {
    Unit.TIMES: N_("times"),
    Unit.DAYS: N_("days"),
    Unit.PEOPLE: N_("people"),
}
TIME = N_("h:min")

NAME = Look(across="left", wrap=True)
MARK = Look()


def paint_exceptions(out: SheetWriter, lines: int) -> None:
    """Write the list of exceptions, and its drop-down in the first column."""
    out.cells(HEAD_ROW, FIRST_COLUMN, map(_, EXCEPTION_HEADINGS), HEAD)
    exceptions = yielding()
    for row, (key, facet) in enumerate(exceptions.items(), start=FIRST_ROW):
        out.put(row, FIRST_COLUMN, exception_name(key), NAME)
        out.cells(row, FIRST_COLUMN + 1, _cells(facet), MARK)
    last = FIRST_ROW + len(exceptions) - 1
    out.height(LINE_HEIGHT, FIRST_ROW, last)
    out.widths((3, *EXCEPTION_HEADINGS.values()), FIRST_COLUMN - 1)
    choices = area(FIRST_ROW, FIRST_COLUMN, last, FIRST_COLUMN, "both")
    offer(out, area(FIRST_ROW, 1, FIRST_ROW + lines - 1, 1), choices, strict=True)


def _cells(facet: Facet) -> tuple[str, ...]:
    needs = (YES if one in facet.about else "" for one in ("staff", "date", "name"))
    return (*needs, _(TIME) if is_timed(facet) else _(UNITS[facet.unit]))
