"""The cells of an input workbook as texts: which there are, and what they say.

A typed text means what it means in Excel, for the whole workbook is read again by its
own reader, in memory, with the typed cells in their places.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from openpyxl.cell.cell import MergedCell
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from scheduler.domain.errors import Location, Mistake
from scheduler.domain.fields import FieldKind
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.files.workbook.columns import Column, Sheet
from scheduler.files.workbook.layout import SHEETS, STAFF, USE_CHANGES, USERS
from scheduler.files.workbook.read_input import LoadedInput
from scheduler.files.workbook.reading.notes import CellPlace, Notes
from scheduler.files.workbook.reading.tables import Table
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import BETWEEN, read_value
from scheduler.files.workbook.words import LIST, date_cell, is_empty, show

if TYPE_CHECKING:
    from scheduler.files.workbook.in_place import Content

NUMBERS = (FieldKind.INTEGER, FieldKind.SIGNED, FieldKind.OVERNIGHT)
"""Kinds that are written as numbers, so that Excel can add them up."""

AS_TYPED = (
    *(FieldKind.SPAN, FieldKind.MOMENT, FieldKind.BREAKS, FieldKind.DATE_SPAN),
    *(FieldKind.WEEKLY, FieldKind.TALLIES, FieldKind.EXCEPTION, FieldKind.AMOUNT),
)
"""Kinds whose texts have parts: they are shown as they were typed."""

NOT_OF_STAFF = (USERS, USE_CHANGES)
"""Sheets whose names are those of users."""


class InputCells:
    """The cells of an input workbook, with what was typed into them.

    Raises
    ------
    InputError
        If it is no input workbook.

    Attributes
    ----------
    problem
        The month as it would be read now; it can be used if nothing `is_wrong`.
    notes
        What was noted while it was read: mistakes and warnings with their cells.
    """

    def __init__(self, data: bytes) -> None:
        self._loaded = LoadedInput(data)
        self._before: dict[CellPlace, Any] = {}
        self.problem: Problem | None = None
        self.notes = Notes()
        self.lay({})

    @property
    def is_wrong(self) -> bool:
        """Whether the month cannot be used as it stands."""
        return self.problem is None or bool(self.notes.mistakes)

    def lay(self, changes: Mapping[CellPlace, str]) -> None:
        """Put texts into their cells, all others back, and read the workbook again."""
        for place in self._before.keys() - changes.keys():
            self._put(place, self._before.pop(place))
        for place, text in changes.items():
            self._before.setdefault(place, self._raw(place))
            self._put(place, text or None)
        self.notes = Notes()
        self.problem = self._loaded.read(self.notes)

    def has(self, layout: Sheet) -> bool:
        """Tell whether the workbook has a sheet with the headings of a layout."""
        return layout.title in (self._loaded.keys.keys() | self._loaded.tables.keys())

    def table(self, layout: Sheet) -> Table | None:
        """Return the table of a layout; ``None`` if the workbook has none."""
        return self._loaded.tables.get(layout.title)

    def layout_at(self, title: str) -> Sheet | None:
        """Return the layout of a sheet by its name in the workbook."""
        tables, keys = self._loaded.tables, self._loaded.keys
        names = {one.page.name: name for name, one in tables.items()}
        names |= {one.page.name: name for name, one in keys.items()}
        return next((one for one in SHEETS if one.title == names.get(title)), None)

    def column_at(self, place: CellPlace) -> Column | None:
        """Return the column, or the line of keys, that a cell belongs to."""
        layout = self.layout_at(place.sheet)
        for column in layout.columns if layout else ():
            if layout and self.place(layout, place.row, column) == place:
                return column
        return None

    def place(self, layout: Sheet, row: int, column: Column) -> CellPlace | None:
        """Return the cell of a column in a line; ``None`` if there is none."""
        keys = self._loaded.keys.get(layout.title)
        if keys is not None:
            line = keys.rows.get(column.path)
            if line is None or line + 1 != row:
                return None
            return keys.page.place(line, keys.values)
        table = self.table(layout)
        if table is None or column.path not in table.where or row < table.head + 2:
            return None
        return table.page.place(row - 1, table.where[column.path])

    def key_row(self, layout: Sheet, column: Column) -> int | None:
        """Return the row of a line of keys."""
        keys = self._loaded.keys.get(layout.title)
        row = keys.rows.get(column.path) if keys else None
        return None if row is None else row + 1

    def lines(self, layout: Sheet) -> tuple[int, ...]:
        """Return the rows of a table in which something stands."""
        table = self.table(layout)
        return tuple(one.row + 1 for one in table.rows()) if table else ()

    def names(self, layout: Sheet) -> Iterator[tuple[CellPlace, str]]:
        """Yield what the lines of a table are called, each with its cell."""
        for row in self.lines(layout):
            place = self.place(layout, row, layout.key)
            if place is not None:
                yield place, self.text(place)

    def value(self, layout: Sheet, row: int | None, column: Column) -> Any:
        """Return the value in a cell; ``None`` where nothing, or nothing right, is."""
        place = None if row is None else self.place(layout, row, column)
        text = self.text(place) if place else ""
        try:
            return read_value(column, text) if text else None
        except Wrong:
            return None

    def free_line(self, layout: Sheet) -> int | None:
        """Return the first row of a table below all filled ones.

        A row among them that was emptied comes first.
        """
        table = self.table(layout)
        if table is None:
            return None
        taken = set(self.lines(layout))
        row = table.head + 2
        while row in taken or self._holds_more(layout, row):
            row += 1
        return row

    def _holds_more(self, layout: Sheet, row: int) -> bool:
        """Tell whether a row without entries holds something that is not ours."""
        places = (self.place(layout, row, column) for column in layout.columns)
        return any(p in self._loaded.formulas for p in places if p is not None)

    def is_fixed(self, place: CellPlace) -> bool:
        """Tell whether a cell can be changed in Excel only."""
        sheet = self._loaded.workbook[place.sheet]
        cell = sheet.cell(place.row, place.column)
        return place in self._loaded.formulas or isinstance(cell, MergedCell)

    def text(self, place: CellPlace) -> str:
        """Return what stands in a cell, as the writer of workbooks would write it."""
        return self._text(self._raw(place), self.column_at(place))

    def first_text(self, place: CellPlace) -> str:
        """Return what the workbook itself has in a cell, whatever was typed."""
        raw = self._before[place] if place in self._before else self._raw(place)
        return self._text(raw, self.column_at(place))

    def _text(self, raw: Any, column: Column | None) -> str:
        if is_empty(raw):
            return ""
        shown: Any = raw
        if column is not None:
            try:
                shown = self._shown(column, raw)
            except Wrong:
                shown = raw
            if shown is None:
                shown = raw
        if isinstance(shown, dt.datetime):
            shown = shown.date()
        return date_cell(shown) if isinstance(shown, dt.date) else str(shown)

    def _shown(self, column: Column, raw: Any) -> Any:
        value = read_value(column, raw, self.notes.period)
        return show(column, value) if column.kind not in AS_TYPED else raw

    def contents(self, changes: Mapping[CellPlace, str]) -> dict[CellPlace, Content]:
        """Return what is written into the workbook for typed texts."""
        found: dict[CellPlace, Content] = {}
        for place, text in changes.items():
            column = self.column_at(place)
            is_number = column is not None and column.kind in NUMBERS
            whole = text.isascii() and text.isdecimal() and len(text) < 10
            found[place] = int(text) if is_number and whole else text or None
        return found

    def of_person(self, name: str) -> Iterator[tuple[CellPlace, str, str]]:
        """Yield every cell with a person's name: place, text, and text without it.

        Cells that only repeat the name from the staff list are left out.
        """
        wanted = look_of(name)
        for layout in SHEETS:
            table = self.table(layout)
            if table is None or layout in NOT_OF_STAFF:
                continue
            title = table.page.name
            for cell in chain.from_iterable(self._loaded.workbook[title].iter_rows()):
                place = CellPlace(title, cell.row, cell.column)
                entries = BETWEEN.split(str(cell.value or ""))
                rest = [one for one in entries if look_of(one) != wanted]
                if len(rest) < len(entries) and not self.is_fixed(place):
                    yield place, str(cell.value), LIST.join(rest)

    def lines_of_person(self, name: str) -> Iterator[CellPlace]:
        """Yield the cells that are to be emptied when a person is gone.

        They are the filled cells of every line that begins with the name, beside names
        that repeat the staff list.
        """
        wanted = look_of(name)
        for layout in SHEETS:
            table = self.table(layout)
            if table is None or layout in NOT_OF_STAFF:
                continue
            keys = [c for c in layout.columns if c is layout.key or c.offers]
            people = [c.path for c in keys if c.offers == STAFF.title or layout.labels]
            paths = people or ([STAFF.key.path] if layout is STAFF else [])
            shown = [c.path for c in layout.columns if c.shown_only]
            kept = {table.where.get(path) for path in shown}
            for line in table.below():
                if all(look_of(line.raw(path) or "") != wanted for path in paths):
                    continue
                for number, raw in enumerate(table.page.cells[line.row]):
                    place = table.page.place(line.row, number)
                    if number in kept or is_empty(raw) or self.is_fixed(place):
                        continue
                    yield place

    def _raw(self, place: CellPlace) -> Any:
        cell = self._loaded.workbook[place.sheet].cell(place.row, place.column)
        return cell.value

    def _put(self, place: CellPlace, value: Any) -> None:
        cell = self._loaded.workbook[place.sheet].cell(place.row, place.column)
        cell.value = value
        if isinstance(value, str):
            # A text is a text here, even if it begins like a formula.
            cell.data_type = "s"


def place_of(spot: Location) -> CellPlace | None:
    """Return the cell that a mistake is about."""
    if not spot.cell:
        return None
    letters, row = coordinate_from_string(spot.cell)
    return CellPlace(spot.sheet, row, column_index_from_string(letters))


def by_place(found: list[Mistake]) -> dict[CellPlace, list[Mistake]]:
    """Return the mistakes by the cells that they are about."""
    places: dict[CellPlace, list[Mistake]] = defaultdict(list)
    for one in found:
        for spot in (one, *one.more):
            place = place_of(spot)
            if place is not None:
                places[place].append(one)
    return dict(places)
