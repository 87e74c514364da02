"""Where an input workbook has the month's wishes, settled cells and expected users.

The dates just before the month are cells of it, too.

People type into the same cells in Excel, so they are found as the reader finds them:
by headings, names and dates, wherever these stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.errors import OutputError
from scheduler.domain.forecast import Service
from scheduler.domain.likeness import person_named
from scheduler.domain.period import Period
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import Column, Sheet
from scheduler.files.workbook.input_cells import InputCells
from scheduler.files.workbook.layout import FORECAST, PINS, REQUESTS, TAIL
from scheduler.files.workbook.reading.grids import tail_span
from scheduler.files.workbook.reading.notes import CellPlace
from scheduler.files.workbook.reading.tables import Table
from scheduler.files.workbook.reading.times import Wrong, read_date
from scheduler.files.workbook.words import is_empty
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.in_place import Content


class MaterialPart(StrEnum):
    """What a cell of the month's material says; the values stand in addresses."""

    WISH = "wish"
    SETTLED = "settled"
    ON_CALL = "on_call"
    BEFORE = "before"
    """What a person did on a date before the month."""
    NIGHT_BEFORE = "night_before"
    DAY_USE = Service.DAY_USE
    OVERNIGHT = Service.OVERNIGHT
    VISIT = Service.VISIT
    REMARK = "remark"


GRIDS: dict[MaterialPart, Sheet] = {
    MaterialPart.WISH: REQUESTS,
    MaterialPart.SETTLED: PINS,
    MaterialPart.ON_CALL: PINS,
    MaterialPart.BEFORE: TAIL,
    MaterialPart.NIGHT_BEFORE: TAIL,
}
"""The sheets with people and dates; all other parts are columns of the forecast."""

COLUMNS: dict[MaterialPart, Column] = {
    part: next(one for one in FORECAST.columns if one.path == part.value)
    for part in MaterialPart
    if part not in GRIDS
}
"""The column of each number and remark of a date."""


class MaterialCell(NamedTuple):
    """A cell of the month's material; ``who`` is empty where it is nobody's."""

    part: MaterialPart
    who: str
    date: dt.date


def located(
    cells: InputCells,
    names: Iterable[str],
    period: Period,
    contents: Mapping[MaterialCell, Content],
) -> dict[CellPlace, Content]:
    """Return the cells of a workbook that contents of the month belong in.

    A person without a line in a grid gets the first free one, with the name.

    Raises
    ------
    OutputError
        If the workbook has no such cell.
    """
    places = _Places(cells, tuple(names), period)
    found: dict[CellPlace, Content] = {}
    for cell, content in contents.items():
        found |= places.names_added(cell)
        found[places.place(cell)] = content
    return found


class _Places:
    def __init__(
        self, cells: InputCells, names: tuple[str, ...], period: Period
    ) -> None:
        self._cells = cells
        self._names = names
        self._period = period
        layouts = (REQUESTS, PINS, TAIL, FORECAST)
        found = {layout.title: cells.table(layout) for layout in layouts}
        self._tables = {title: table for title, table in found.items() if table}
        self._lines = {title: self._by_line(t) for title, t in self._tables.items()}

    def place(self, cell: MaterialCell) -> CellPlace:
        """Return the place of a cell."""
        if cell.part in GRIDS:
            table = self._table(GRIDS[cell.part])
            row = self._lines[table.page.layout.title].get(self._line(cell))
            head = table.page.cells[table.head]
            span = tail_span(self._period) if GRIDS[cell.part] is TAIL else self._period
            dates = ((n, self._date(raw, span)) for n, raw in enumerate(head))
            column = next((n for n, date in dates if date == cell.date), None)
        else:
            table = self._table(FORECAST)
            row = self._lines[FORECAST.title].get(cell.date)
            column = table.where.get(COLUMNS[cell.part].path)
        if row is None or column is None:
            text = _("The sheet {sheet} has no cell for this entry.")
            raise OutputError(text.format(sheet=table.page.name))
        return table.page.place(row, column)

    def names_added(self, cell: MaterialCell) -> dict[CellPlace, Content]:
        """Return the name to be written where a line has none yet."""
        if cell.part not in GRIDS:
            return {}
        table = self._table(GRIDS[cell.part])
        lines, line = self._lines[table.page.layout.title], self._line(cell)
        if line in lines:
            return {}
        row = lines[line] = self._free(table)
        return {table.line(row).key_place: line}

    def _table(self, layout: Sheet) -> Table:
        table = self._tables.get(layout.title)
        if table is None:
            text = _("The sheet {sheet} cannot be found in the workbook.")
            raise OutputError(text.format(sheet=_(layout.title)))
        return table

    def _line(self, cell: MaterialCell) -> str:
        return cell.who or _(words.ON_CALL_ROW)

    def _by_line(self, table: Table) -> dict[object, int]:
        """Return the row of each name, label or date, from 0."""
        found: dict[object, int] = {}
        for line in table.below():
            if is_empty(line.key):
                continue
            key: object = self._date(line.key, self._period)
            if table.page.layout is not FORECAST:
                text = str(line.key).strip()
                label = words.which(text, words.LABELS)
                key = _(label) if label else person_named(text, self._names)
            if key is not None:
                found.setdefault(key, line.row)
        return found

    def _free(self, table: Table) -> int:
        """Return the first row in which nothing stands, from 0.

        A name that repeats an empty line of the staff list is a formula, and stands.
        """
        taken = set(self._lines[table.page.layout.title].values())
        number = table.where["staff"]
        for row in range(table.head + 1, len(table.page.cells)):
            if row in taken or not all(map(is_empty, table.page.cells[row])):
                continue
            if not self._cells.is_fixed(table.page.place(row, number)):
                return row
        return max(len(table.page.cells), *(row + 1 for row in taken))

    def _date(self, raw: object, span: Period | None) -> dt.date | None:
        if is_empty(raw):
            return None
        with suppress(Wrong):
            return read_date(raw, span)
        return None
