"""Finding sheets, headings and lines, wherever in the workbook they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.i18n import _, spellings
from scheduler.workbook.layout.model import is_required
from scheduler.workbook.reading.notes import Notes, Place
from scheduler.workbook.reading.values import is_empty
from scheduler.workbook.words import plain
from scheduler.workbook.writing.frame import HEAD_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook.workbook import Workbook

    from scheduler.workbook.layout import Column, Sheet

MOST_ROWS = 2_000
MOST_COLUMNS = 200
HEADINGS_WITHIN = 10
"""Rows among which the headings are looked for."""


@dataclass(frozen=True)
class Page:
    """The cells of one sheet."""

    layout: Sheet
    name: str
    """The sheet's name in the workbook."""
    cells: tuple[tuple[Any, ...], ...]
    """Values by row and column, from 0."""

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, counted from 0."""
        return Place(self.name, row + 1, column + 1)


@dataclass(frozen=True)
class Table:
    """A page with headings: which column holds what."""

    page: Page
    head: int
    """Row of the headings, from 0."""
    where: dict[str, int]
    """Column, from 0, by the path of what it holds."""

    def rows(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Return the rows below the headings that hold anything read."""
        layout = self.page.layout
        read = {c.path for c in layout.columns if not c.shown_only}
        if layout.keys_given:
            read.remove(layout.key.path)
        numbers = [number for path, number in self.where.items() if path in read]
        for row in range(self.head + 1, len(self.page.cells)):
            cells = self.page.cells[row]
            if not all(is_empty(cells[number]) for number in numbers):
                yield row, cells


def open_page(workbook: Workbook, layout: Sheet, notes: Notes) -> Page | None:
    """Return the cells of a sheet; ``None``, and a mistake, if it cannot be read."""
    names = {plain(word) for word in spellings(layout.title)}
    found = [sheet for sheet in workbook.worksheets if plain(sheet.title) in names]
    if not found:
        notes.report("missing_sheet", Place(_(layout.title)), sheet=_(layout.title))
        notes.doubt(layout)
        return None
    sheet = found[0]
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        place = Place(sheet.title, sheet.max_row, sheet.max_column)
        limit = Place(sheet.title, MOST_ROWS, MOST_COLUMNS)
        notes.report("huge_sheet", place, reach=place.cell, limit=limit.cell)
        notes.doubt(layout)
        return None
    for merged in sheet.merged_cells.ranges:
        place = Place(sheet.title, merged.min_row, merged.min_col)
        notes.report("merged_cells", place, range=merged.coord)
        notes.doubt(layout)
    rows = sheet.iter_rows(max_row=sheet.max_row, max_col=sheet.max_column)
    page = Page(
        layout, sheet.title, tuple(tuple(cell.value for cell in row) for row in rows)
    )
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "e" and cell.value is not None:
                place = Place(sheet.title, cell.row, cell.column)
                notes.report("cell_error", place, value=cell.value)
                notes.broken.add(place)
                notes.doubt(layout)
    return page


def find_table(page: Page, notes: Notes) -> Table | None:
    """Return the table of a page; ``None``, and mistakes, if headings are missing."""
    head = _heading_row(page)
    where: dict[str, int] = {}
    for number, raw in enumerate(page.cells[head] if head < len(page.cells) else ()):
        column = _column_of(page.layout, raw)
        if column is None:
            continue
        if column.path in where:
            place = page.place(head, number)
            notes.report("duplicate_column", place, heading=_(column.heading))
        where.setdefault(column.path, number)
    complete = True
    is_older = not _has_strangers(page, head, where)
    for column in page.layout.columns:
        if column.path not in where and not column.shown_only:
            if is_older and not is_required(page.layout, column):
                continue
            place = page.place(head, 0)
            notes.report("missing_column", place, heading=_(column.heading))
            notes.doubt(page.layout)
            complete &= not is_required(page.layout, column)
    return Table(page, head, where) if complete else None


def _has_strangers(page: Page, head: int, where: dict[str, int]) -> bool:
    """Tell whether anything stands in a column whose heading is none of the layout's.

    If nothing does, a missing column is one that the workbook, being older, never had.
    """
    known = set(where.values())
    return any(
        not is_empty(raw)
        for row in page.cells[head:]
        for number, raw in enumerate(row)
        if number not in known
    )


def heading_of(raw: Any) -> str:
    """Return a heading as it is compared: without the unit below or behind it."""
    return plain(str(raw).split("\n")[0].replace("（", "(").split("(")[0])


def _column_of(layout: Sheet, raw: Any) -> Column | None:
    told = "" if is_empty(raw) else heading_of(raw)
    return next((c for c in layout.columns if told in headings(c)), None)


def headings(column: Column) -> set[str]:
    """Return how a column's heading is compared, in every language."""
    return {heading_of(word) for word in spellings(column.heading)}


def _heading_row(page: Page) -> int:
    """Return the row among the first with the most headings."""
    known = {one for column in page.layout.columns for one in headings(column)}
    counts = [
        len({heading_of(raw) for raw in row if not is_empty(raw)} & known)
        for row in page.cells[:HEADINGS_WITHIN]
    ]
    most = max(counts, default=0)
    return counts.index(most) if most else HEAD_ROW - 1
