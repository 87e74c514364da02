"""The cells of a sheet, and where on it the headings and keys stand.

What of a sheet is the office's own, columns, rows and sheets, is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.worksheet.cell_range import CellRange

from scheduler.domain.likeness import spelling_of
from scheduler.files.validation import shown
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import Column, Sheet
from scheduler.files.workbook.container import sheets_named
from scheduler.files.workbook.layout import AGREEMENTS, FORECAST, LEDGER, SHEETS, STAFF
from scheduler.files.workbook.reading.notes import CellPlace, Notes
from scheduler.files.workbook.words import is_empty
from scheduler.files.workbook.writing.tables import EXCEPTION_HEADINGS
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


HEADINGS_WITHIN = 10
"""Number of first rows in which the headings are searched."""
AROUND = "*※:【】[]■□●○◆◇★☆▼ "
"""Signs that people put before or behind a heading."""


def heading_of(raw: Any) -> str:
    """Return a heading in the form in which it is compared, without its unit."""
    return _bare(str(raw).split("\n")[0])


def said_by(raw: Any) -> tuple[str, ...]:
    """Return what a heading may be: its first line, or all its lines as one.

    A unit stands on a second line, but a narrow column breaks the words too.
    """
    return () if is_empty(raw) else (heading_of(raw), _bare(str(raw)))


def _bare(text: str) -> str:
    return spelling_of(text.replace("（", "(").split("(")[0]).strip(AROUND)


def column_of(layout: Sheet, raw: Any) -> Column | None:
    """Return the column of a layout that a heading names, if any."""
    said = said_by(raw)
    return next((c for c in layout.columns if headings_of(c) & set(said)), None)


@cache
def headings_of(column: Column) -> frozenset[str]:
    """Return all headings of a column, in the form in which they are compared."""
    return frozenset(heading_of(word) for word in column.known_as)


@dataclass(frozen=True)
class SheetCells:
    """The cells of one sheet."""

    layout: Sheet
    name: str
    """The sheet's name in the workbook."""
    cells: tuple[tuple[Any, ...], ...]
    """Values by row and column, from 0."""
    merged: tuple[CellRange, ...] = ()
    """Merged ranges; only the first cell of each holds a value."""
    struck: tuple[CellPlace, ...] = ()
    """Filled cells whose text is struck out."""

    def row(self, number: int) -> tuple[Any, ...]:
        """Return the values of a row, from 0; none where the sheet ends above it."""
        return self.cells[number] if number < len(self.cells) else ()

    def place(self, row: int, column: int) -> CellPlace:
        """Return the place of a cell, given by row and column from 0."""
        return CellPlace(self.name, row + 1, column + 1)


@dataclass(frozen=True)
class Table:
    """A sheet with column headings, and the column of each field."""

    page: SheetCells
    head: int
    """Row of the headings, from 0."""
    where: dict[str, int]
    """Column, from 0, by the path of its field."""
    own: frozenset[int] = frozenset()
    """Rows of the office's own, from 0: remarks and sums."""

    def line(self, row: int) -> TableLine:
        """Return a row, by its number from 0."""
        return TableLine(self, row)

    def rows(self) -> Iterator[TableLine]:
        """Yield the rows below the headings that have a filled cell that is read."""
        layout = self.page.layout
        read = {c.path for c in layout.columns if not c.shown_only}
        if layout.keys_given:
            read.remove(layout.key.path)
        paths = read & self.where.keys()
        for line in self.below():
            if line.row not in self.own and any(map(line.is_filled, paths)):
                yield line

    def below(self) -> Iterator[TableLine]:
        """Yield all rows below the headings."""
        return map(self.line, range(self.head + 1, len(self.page.cells)))


class TableLine(NamedTuple):
    """A row of a table, from 0."""

    table: Table
    row: int

    def raw(self, path: str) -> Any:
        """Return what stands in the cell of a field; ``None`` without a column."""
        number = self.table.where.get(path)
        return None if number is None else self.table.page.cells[self.row][number]

    def is_filled(self, path: str) -> bool:
        """Tell whether something visible stands in the cell of a field."""
        return not is_empty(self.raw(path))

    def place(self, path: str) -> CellPlace:
        """Return the cell of a field that has a column."""
        return self.table.page.place(self.row, self.table.where[path])

    @property
    def key(self) -> Any:
        """What stands in the first column, which must be filled in."""
        return self.raw(self.table.page.layout.key.path)

    @property
    def key_place(self) -> CellPlace:
        """The cell of that column."""
        return self.place(self.table.page.layout.key.path)


@dataclass(frozen=True)
class Keys:
    """A sheet of keys and values, with their rows and columns from 0."""

    page: SheetCells
    column: int
    """Column of the keys."""
    rows: dict[str, int]
    """Row by the path of its field."""
    values: int
    """Column of the values."""


SUMMED = (STAFF, FORECAST, LEDGER)
"""Lists below which people add up; in a grid, a row is a sum if it is no person's."""


def may_be_filled(page: SheetCells, raw: object) -> bool:
    """Tell whether a heading is that of remarks, or of the list of exceptions."""
    told = "" if is_empty(raw) else str(raw)
    lists = tuple(EXCEPTION_HEADINGS) if page.layout is AGREEMENTS else ()
    return words.is_own(told) or any(words.means(told, heading) for heading in lists)


def own_rows(
    page: SheetCells, head: int, where: dict[str, int], notes: Notes
) -> frozenset[int]:
    """Return the rows of a list that are remarks or sums; sums are told."""
    layout = page.layout
    key = where.get(layout.key.path)
    if key is None or layout.labels:
        return frozenset()
    others = [
        where[c.path] for c in layout.columns[1:] if c.required and c.path in where
    ]
    found = set()
    for row in range(head + 1, len(page.cells)):
        cells = page.cells[row]
        text = "" if is_empty(cells[key]) else str(cells[key])
        lacks_all = layout is not STAFF or all(is_empty(cells[one]) for one in others)
        if words.is_own(text):
            found.add(row)
        elif layout in SUMMED and words.is_sum(text) and lacks_all:
            found.add(row)
            tell_sum(page.place(row, key), text, notes)
    return frozenset(found)


def tell_sum(place: CellPlace, text: str, notes: Notes) -> None:
    """Warn of a row of sums, unless its name only repeats that of the staff list."""
    if place not in notes.followed:
        notes.warn("sum_not_read", [place], heading=shown(text))


def report_merged(table: Table, notes: Notes) -> None:
    """Report merged cells among those that are read, the headings included."""
    page = table.page
    read = {
        number
        for number, raw in enumerate(page.row(table.head))
        if number in table.where.values()
        or (page.layout.labels and not may_be_filled(page, raw))
    }
    report_merged_in(page, table.head, notes, read, table.own)


def report_merged_in(
    page: SheetCells,
    head: int,
    notes: Notes,
    columns: set[int] | None = None,
    own: frozenset[int] = frozenset(),
) -> None:
    """Report merged cells from row ``head`` (from 0) on; above it they are harmless.

    Parameters
    ----------
    columns
        Columns that are read; all if not given.
    own
        Rows that are not read.
    """
    for merged in page.merged:
        rows = set(range(max(merged.min_row - 1, head), merged.max_row)) - own
        across = range(merged.min_col - 1, merged.max_col)
        if rows and (columns is None or not columns.isdisjoint(across)):
            place = CellPlace(page.name, merged.min_row, merged.min_col)
            notes.report("merged_cells", place, range=merged.coord)
            notes.doubt(page.layout)


def warn_of_columns(table: Table, no_value: set[CellPlace], notes: Notes) -> None:
    """Warn of entries in columns whose heading is unknown.

    Parameters
    ----------
    no_value
        Cells with a formula but no value, which seem empty here.
    """
    page = table.page
    for number, raw in enumerate(page.row(table.head)):
        if number in table.where.values() or may_be_filled(page, raw):
            continue
        filled = [
            place
            for row in range(table.head + 1, len(page.cells))
            if (place := page.place(row, number)) in no_value
            or not is_empty(page.cells[row][number])
        ]
        if filled:
            heading = shown(raw) if not is_empty(raw) else _("(no heading)")
            notes.warn("not_read", filled, heading=heading)


def warn_of_copies(workbook: Workbook, notes: Notes) -> None:
    """Warn of visible sheets that are a copy of one that is read: 希望 (2), 希望2月."""
    ours = [title for layout in SHEETS for title in layout.titles]
    read = sheets_named(workbook, ours)
    for sheet in workbook.worksheets:
        if sheet in read or sheet.sheet_state != "visible":
            continue
        layout = next((one for one in SHEETS if _is_copy(sheet, one)), None)
        if layout and sheets_named(workbook, layout.titles):
            place = CellPlace(sheet.title)
            notes.warn("sheet_not_read", [place], sheet=_(layout.title))


def _is_copy(sheet: Worksheet, layout: Sheet) -> bool:
    """Tell whether a sheet has the title of a layout, with more, and its headings."""
    title = spelling_of(sheet.title)
    if not any(spelling_of(one) in title for one in layout.titles):
        return False
    known = {one for column in layout.columns for one in headings_of(column)}
    rows = sheet.iter_rows(max_row=HEADINGS_WITHIN, values_only=True)
    return any(one in known for row in rows for raw in row for one in said_by(raw))
