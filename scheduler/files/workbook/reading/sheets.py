"""Finding sheets, headings and lines, and reporting cells that are not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.files.validation import shown
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import KEY_HEADINGS, Column, Sheet
from scheduler.files.workbook.container import missing_sheet, sheets_named
from scheduler.files.workbook.layout import GUIDE, HEAD_ROW, SHEETS
from scheduler.files.workbook.package import Remark
from scheduler.files.workbook.reading.notes import CellPlace, Notes
from scheduler.files.workbook.reading.tables import (
    HEADINGS_WITHIN,
    Keys,
    SheetCells,
    Table,
    column_of,
    heading_of,
    headings_of,
    may_be_filled,
    own_rows,
    report_merged,
    report_merged_in,
    said_by,
)
from scheduler.files.workbook.words import is_empty
from scheduler.wording.translation import _, spellings

MOST_ROWS = 2_000
MOST_COLUMNS = 200
NO_VALUE = "#VALUE!"
"""Stands, too, for a number too large for a date in a cell with the format of dates."""
LITERAL = re.compile(r'"[^"]*"|\\.')
"""Text in a number format that is shown as it stands, as in 0"%"."""
GIVE_NAMES = frozenset({"groups"})
"""Columns, besides the key of a sheet, whose words other sheets use."""


def open_page(workbook: Workbook, layout: Sheet, notes: Notes) -> SheetCells | None:
    """Return the cells of a sheet; ``None``, with a report, if it cannot be read.

    That a sheet is missing which came in a later version is no mistake.
    """
    found = sheets_named(workbook, layout.titles)
    if not found and layout.later:
        return None
    if not found:
        report_missing(workbook, layout, notes)
        return None
    sheet = found[0]
    for other in found[1:]:
        notes.report("sheet_twice", CellPlace(other.title), first=sheet.title)
    if is_huge(sheet):
        place = CellPlace(sheet.title, sheet.max_row, sheet.max_column)
        limit = CellPlace(sheet.title, MOST_ROWS, MOST_COLUMNS)
        notes.report("huge_sheet", place, reach=place.cell, limit=limit.cell)
        notes.doubt_names(layout)
        return None
    rows = tuple(sheet.iter_rows())
    filled = {
        CellPlace(sheet.title, cell.row, cell.column): cell
        for row in rows
        for cell in row
        if cell.value is not None
    }
    page = SheetCells(
        layout,
        sheet.title,
        tuple(tuple(_value(sheet.title, cell, notes) for cell in row) for row in rows),
        tuple(sorted(sheet.merged_cells.ranges, key=lambda one: one.bounds)),
        tuple(place for place, cell in filled.items() if cell.font.strike),
    )
    for place, cell in filled.items():
        if cell.data_type == "e" and place not in notes.followed:
            # So openpyxl gives a number in a cell of dates that is none.
            typed = (
                cell.value == NO_VALUE
                and place not in notes.formulas
                and is_date_format(cell.number_format)
            )
            code = "number_no_date" if typed else "cell_error"
            notes.report(code, place, value=cell.value)
            notes.broken.add(place)
            notes.doubt(layout)
    return page


def report_missing(workbook: Workbook, layout: Sheet, notes: Notes) -> None:
    """Report a sheet that is missing."""
    known = [word for one in (GUIDE, *SHEETS) for word in one.titles]
    notes.mistakes.append(missing_sheet(workbook, _(layout.title), known))
    notes.doubt_names(layout)


def is_huge(sheet: Worksheet) -> bool:
    """Tell whether a sheet is too large to be meant."""
    return bool(sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS)


def _value(sheet: str, cell: Cell, notes: Notes) -> Any:
    place = CellPlace(sheet, cell.row, cell.column) if notes.followed else None
    raw = notes.followed.get(place, cell.value) if place else cell.value
    if cell.data_type == "n" and isinstance(raw, int | float):
        # In a percent format the cell keeps 1 and shows 100%: what people see is meant.
        is_percent = "%" in LITERAL.sub("", cell.number_format)
        return f"{round(raw * 100, 9):.15g}%" if is_percent else raw
    return raw


def find_table(page: SheetCells, notes: Notes) -> Table | None:
    """Return the table of a sheet; missing headings are reported.

    ``None`` if one of a required column is missing.
    """
    head = _heading_row(page)
    where: dict[str, int] = {}
    for number, raw in enumerate(page.row(head)):
        column = column_of(page.layout, raw)
        if column is None:
            continue
        if column.path in where:
            place = page.place(head, number)
            notes.report("duplicate_column", place, heading=_(column.heading))
        where.setdefault(column.path, number)
    complete = True
    for column in page.layout.columns:
        if column.path not in where and not (column.shown_only or column.later):
            _report_missing_column(page, head, column, notes)
            complete &= not column.required
    table = Table(page, head, where, own_rows(page, head, where, notes))
    report_merged(table, notes)
    return table if complete else None


def _report_missing_column(
    page: SheetCells, head: int, column: Column, notes: Notes
) -> None:
    """Report a column without a heading; name those that may be it, misspelt."""
    notes.doubt(page.layout)
    if column.required or column.path in GIVE_NAMES:
        notes.doubt_names(page.layout)
    others = [
        page.place(head, number)
        for number, raw in enumerate(page.row(head))
        if column_of(page.layout, raw) is None and not may_be_filled(page, raw)
        if any(not is_empty(cells[number]) for cells in page.cells[head:])
    ]
    facts = {"heading": _(column.heading)}
    if others:
        notes.report_all("renamed_column", others, **facts)
    else:
        notes.report("missing_column", page.place(head, 0), **facts)


def find_keys(page: SheetCells, notes: Notes) -> Keys:
    """Return the keys of a sheet; missing ones are reported."""
    number = _key_column(page)
    lines = {
        heading_of(cells[number]): row
        for row, cells in reversed(tuple(enumerate(page.cells)))
        if not is_empty(cells[number])
    }
    rows = {
        column.path: lines[name]
        for column in page.layout.columns
        for name in sorted(headings_of(column))
        if name in lines
    }
    first = min(rows.values(), default=0)
    report_merged_in(page, first, notes)
    missing = [c for c in page.layout.columns if c.path not in rows and not c.later]
    if missing:
        notes.doubt(page.layout)
    if not rows:
        notes.report("missing_lines", page.place(0, 0))
        missing = []
    for column in missing:
        facts = {"heading": _(column.label), "column": get_column_letter(number + 1)}
        loc = tuple(column.path.split("."))
        notes.report("missing_line", page.place(0, number), loc, **facts)
    return Keys(page, number, rows, _value_column(page, first, number))


def has_lines_of(page: SheetCells, layout: Sheet) -> bool:
    """Tell whether a sheet of keys holds a line of a layout."""
    known = {one for column in layout.columns for one in headings_of(column)}
    return any(
        heading_of(raw) in known
        for cells in page.cells
        for raw in cells
        if not is_empty(raw)
    )


def _heading_row(page: SheetCells) -> int:
    """Return the row, among the first ones, with the most known headings."""
    known = {one for column in page.layout.columns for one in headings_of(column)}
    counts = [
        len({one for raw in row for one in said_by(raw)} & known)
        for row in page.cells[:HEADINGS_WITHIN]
    ]
    most = max(counts, default=0)
    return counts.index(most) if most else HEAD_ROW - 1


def _key_column(page: SheetCells) -> int:
    """Return the column with the most known keys."""
    known = {one for column in page.layout.columns for one in headings_of(column)}
    counts = Counter(
        number
        for cells in page.cells
        for number, raw in enumerate(cells)
        if not is_empty(raw) and heading_of(raw) in known
    )
    return max(counts, key=lambda number: (counts[number], -number), default=0)


def _value_column(page: SheetCells, first: int, keys: int) -> int:
    """Return the values' column: that of their heading, or else next to the keys."""
    titles = {heading_of(word) for word in spellings(KEY_HEADINGS[1])}
    for cells in page.cells[:first]:
        for number, raw in enumerate(cells):
            if number > keys and not is_empty(raw) and heading_of(raw) in titles:
                return number
    return keys + 1


def check_lines(keys: Keys, notes: Notes) -> None:
    """Warn of unknown lines, and report lines that occur twice."""
    page, number = keys.page, keys.column
    known = {
        name: column.label
        for column in page.layout.columns
        for name in headings_of(column)
    }
    seen: dict[str, CellPlace] = {}
    for row, cells in enumerate(page.cells):
        key = "" if is_empty(cells[number]) else heading_of(cells[number])
        place = page.place(row, number)
        if key in known:
            heading = known[key]
            if heading in seen:
                facts = {"heading": _(heading)}
                notes.report_all("line_twice", [place, seen[heading]], **facts)
            seen.setdefault(heading, place)
        elif _has_value(keys, cells) and key not in _key_headings():
            heading = shown(cells[number]) if key else _("(no heading)")
            filled = [page.place(row, keys.values)]
            notes.warn("not_read", filled, heading=heading)
        beyond = range(keys.values + len(KEY_HEADINGS) - 1, len(cells))
        filled = [page.place(row, n) for n in beyond if not is_empty(cells[n])]
        if filled:
            notes.warn("not_read", filled, heading=_("(no heading)"))


def report_uncalculated(
    found: Table | Keys, cells: set[CellPlace], notes: Notes
) -> None:
    """Report formulas without a value, if their cells are read."""
    page = found.page
    read = [
        place
        for place in sorted(cells)
        if place.sheet == page.name and _is_read(found, place)
    ]
    if read:
        notes.report_all("not_calculated", read)
        notes.broken.update(read)
        notes.doubt(page.layout)


def warn_of_struck(found: Table | Keys, notes: Notes) -> None:
    """Warn of cells that are read although they are struck out."""
    struck = [place for place in found.page.struck if _is_read(found, place)]
    if struck:
        notes.warn("struck_out", struck)


def warn_of_comments(
    comments: Mapping[str, Sequence[Remark]], tables: Iterable[Table], notes: Notes
) -> None:
    """Warn of comments below the headings: what they ask for is not read."""
    for table in tables:
        title = table.page.name
        found = (coordinate_to_tuple(one.cell) for one in comments.get(title, ()))
        below = sorted(place for place in found if place[0] > table.head + 1)
        if below:
            places = [CellPlace(title, *place) for place in below]
            notes.warn("comments_not_read", places)


def _is_read(found: Table | Keys, place: CellPlace) -> bool:
    """Tell whether a cell is read."""
    row, number = place.row - 1, place.column - 1
    if isinstance(found, Keys):
        return number in (found.column, found.values)
    table, page = found, found.page
    if row < table.head or may_be_filled(page, page.cells[table.head][number]):
        return False
    if row in table.own:
        return False
    if page.layout.labels:
        label = str(page.cells[row][table.where["staff"]])
        is_unread = words.which(label, words.LABELS) in words.UNREAD_ROWS
        return not (is_unread or words.is_own(label) or words.is_sum(label))
    shown_only = {column.path for column in page.layout.columns if column.shown_only}
    read = [number for path, number in table.where.items() if path not in shown_only]
    return row == table.head or number in read


def _has_value(keys: Keys, cells: tuple[Any, ...]) -> bool:
    return len(cells) > keys.values and not is_empty(cells[keys.values])


def _key_headings() -> set[str]:
    return {heading_of(word) for head in KEY_HEADINGS for word in spellings(head)}
