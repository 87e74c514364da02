"""Notes taken while a workbook is read: cells of values, and mistakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from scheduler.domain.errors import Location, Mistake
from scheduler.domain.likeness import look_of
from scheduler.domain.period import Period
from scheduler.files.workbook.references import at
from scheduler.wording.mistakes import WITH_EXAMPLES, examples

if TYPE_CHECKING:
    from scheduler.files.workbook.columns import Column, Sheet


Loc = tuple[str | int, ...]
"""Path to a value in the problem."""


class CellPlace(NamedTuple):
    """A cell of a sheet."""

    sheet: str
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """Address such as F7; empty for the sheet as a whole."""
        if not self.row:
            return ""
        return at(self.row, self.column)


@dataclass
class LostLines:
    """Lines of a sheet whose name or symbol could not be read, or was not the only."""

    typed: list[str] = field(default_factory=list)
    """The look of what was typed in each; empty where nothing was."""


@dataclass
class Notes:
    """Cells of values by their path, and mistakes and warnings so far."""

    places: dict[Loc, CellPlace] = field(default_factory=dict)
    columns: dict[Loc, tuple[Sheet, Column]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    """Warnings, such as of entries where nothing is read; the input is still valid."""
    broken: set[CellPlace] = field(default_factory=set)
    """Cells with an Excel error or an uncalculated formula; further mistakes in them
    are not reported."""
    formulas: frozenset[CellPlace] = frozenset()
    """Cells with a formula."""
    painted: frozenset[CellPlace] = frozenset()
    """Cells that were empty in the file and have a colour."""
    followed: dict[CellPlace, Any] = field(default_factory=dict)
    """Values of the formulas that repeat another cell, as it is now."""
    left_behind: set[str] = field(default_factory=set)
    """Names of the sheets with entries of somebody removed from the staff list."""
    period: Period | None = None
    """Period by which dates without a year are completed; also for examples in
    messages."""
    any_period: Period | None = None
    """Stands in for a period with mistakes, so that no date is refused for its year."""
    sheets: tuple[str, ...] = ()
    """Names of all sheets, in the order of the workbook."""
    doubtful: set[str] = field(default_factory=set)
    """Titles (message ids) of sheets that were not read completely."""
    nameless: set[str] = field(default_factory=set)
    """Titles of sheets on which names or symbols could not be looked for at all."""
    lost: dict[str, LostLines] = field(default_factory=dict)
    """Lines without a name or symbol that can be used, by the title of their sheet."""
    names: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)
    """Column of the name, and the name, by sheet and row."""
    dates: dict[tuple[str, int], tuple[int, dt.date]] = field(default_factory=dict)
    """Row of the date, and the date, by sheet and column."""

    def report(
        self, code: str, place: CellPlace | None, loc: Loc = (), /, **facts: Any
    ) -> None:
        """Add a mistake at a cell."""
        self.report_all(code, [place] if place else [], loc, **facts)

    def report_all(
        self, code: str, places: list[CellPlace], loc: Loc = (), /, **facts: Any
    ) -> None:
        """Add a mistake of several cells, unless one of them is `broken`."""
        if not self.broken.isdisjoint(places):
            return
        self.mistakes.append(self._told(code, places, loc, facts))

    def warn(self, code: str, places: list[CellPlace], /, **facts: Any) -> None:
        """Add a warning of an entry probably not intended, which is no mistake."""
        self.warnings.append(self._told(code, places, (), facts))

    def doubt(self, sheet: Sheet) -> None:
        """Mark a sheet as not read completely.

        Mistakes that may follow from what is missing in it are then not reported.
        """
        self.doubtful.add(sheet.title)

    def doubt_names(self, sheet: Sheet) -> None:
        """Mark a sheet as one whose names or symbols are not known at all."""
        self.doubt(sheet)
        self.nameless.add(sheet.title)

    def lose(self, sheet: Sheet, typed: object = None) -> None:
        """Mark a line of a sheet as one whose name or symbol cannot be used."""
        look = "" if typed is None else look_of(typed)
        self.lost.setdefault(sheet.title, LostLines()).typed.append(look)

    def is_partial(self, sheet: Sheet) -> bool:
        """Tell whether a sheet, or a line of it, could not be read completely."""
        return sheet.title in self.doubtful or sheet.title in self.lost

    def remember(
        self, loc: Loc, place: CellPlace, sheet: Sheet, column: Column | None = None
    ) -> None:
        """Record the cell of the value at a path."""
        self.places[loc] = place
        if column is not None:
            self.columns[loc] = (sheet, column)

    def place_of(self, loc: Loc) -> CellPlace | None:
        """Return the cell of a path, or of the innermost path that contains it."""
        for length in range(len(loc), 0, -1):
            place = self.places.get(loc[:length])
            if place is not None:
                return place
        return None

    def spot(self, place: CellPlace, loc: Loc = ()) -> Location:
        """Return the location of a cell, with the name and date it belongs to."""
        in_column, name = self.names.get((place.sheet, place.row), (0, ""))
        in_row, date = self.dates.get((place.sheet, place.column), (0, None))
        return Location(
            loc=loc,
            sheet=place.sheet,
            cell=place.cell,
            name=name if place.column != in_column else "",
            date=date if place.row != in_row else None,
        )

    def _told(
        self, code: str, places: list[CellPlace], loc: Loc, facts: dict[str, Any]
    ) -> Mistake:
        spots = [self.spot(place, loc) for place in places] or [Location(loc=loc)]
        if code in WITH_EXAMPLES and self.period:
            facts = {**examples(self.period), **facts}
        told = {k: v if type(v) is int else str(v) for k, v in facts.items()}
        return Mistake(
            **spots[0].model_dump(), code=code, facts=told, more=tuple(spots[1:])
        )


def in_order(mistakes: Iterable[Mistake], sheets: Sequence[str]) -> list[Mistake]:
    """Return mistakes in the order of the workbook's sheets, rows and columns.

    The same mistake in several cells of a sheet is merged into one, with all cells.
    """
    merged: dict[tuple[str, str, str], Mistake] = {}
    for mistake in mistakes:
        key = (mistake.code, mistake.sheet, str(sorted(mistake.facts.items())))
        merged[key] = _with(merged[key], mistake) if key in merged else mistake
    order = {title: index for index, title in enumerate(sheets)}
    return sorted(
        merged.values(),
        key=lambda one: (order.get(one.sheet, len(order)), _row_and_column(one)),
    )


def _with(first: Mistake, again: Mistake) -> Mistake:
    """Return a mistake with the cells of an equal one added."""
    known = {(spot.sheet, spot.cell) for spot in (first, *first.more)}
    spots = (again, *again.more)
    new = (_bare(spot) for spot in spots if (spot.sheet, spot.cell) not in known)
    return first.model_copy(update={"more": (*first.more, *new)})


def _bare(spot: Location) -> Location:
    return Location.model_validate(spot.model_dump(include=set(Location.model_fields)))


def _row_and_column(spot: Location) -> tuple[int, int]:
    """Return row and column of a location; (0, 0) for the sheet as a whole."""
    if not spot.cell:
        return 0, 0
    letters, row = coordinate_from_string(spot.cell)
    return row, column_index_from_string(letters)
