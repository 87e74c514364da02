"""What is known while a workbook is read: values, their places, mistakes in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from scheduler.domain.errors import Location, Mistake
from scheduler.wording.mistakes import WITH_EXAMPLES, examples

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from scheduler.domain.period import Period
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
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass
class Notes:
    """Places of values by their path, and what was wrong so far."""

    places: dict[Loc, CellPlace] = field(default_factory=dict)
    columns: dict[Loc, tuple[Sheet, Column]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    """What was typed and is not read, though nothing is wrong with it."""
    broken: set[CellPlace] = field(default_factory=set)
    """Cells that show an error of Excel's, or nothing; no more is said about them."""
    period: Period | None = None
    """Where dates without a year lie; also for the examples in messages."""
    sheets: tuple[str, ...] = ()
    """Names of all sheets, in the order of the workbook."""
    doubtful: set[str] = field(default_factory=set)
    """Titles (message ids) of sheets that were not read whole."""
    names: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)
    """Column of the name, and the name that a row of a sheet is about."""
    dates: dict[tuple[str, int], tuple[int, dt.date]] = field(default_factory=dict)
    """Row of the date, and the date that a column of a sheet is about."""

    def report(
        self, code: str, place: CellPlace | None, loc: Loc = (), /, **facts: Any
    ) -> None:
        """Add a mistake at a cell."""
        self.report_all(code, [place] if place else [], loc, **facts)

    def report_all(
        self, code: str, places: list[CellPlace], loc: Loc = (), /, **facts: Any
    ) -> None:
        """Add a mistake that stands in several cells."""
        if not self.broken.isdisjoint(places):
            return
        self.mistakes.append(self._told(code, places, loc, facts))

    def warn(self, code: str, places: list[CellPlace], /, **facts: Any) -> None:
        """Add what is likely not meant, though a roster can be made with it."""
        self.warnings.append(self._told(code, places, (), facts))

    def doubt(self, sheet: Sheet) -> None:
        """Remember that a sheet was not read whole; what it lacks is no news."""
        self.doubtful.add(sheet.title)

    def remember(
        self, loc: Loc, place: CellPlace, sheet: Sheet, column: Column | None = None
    ) -> None:
        """Remember where the value of a path stands."""
        self.places[loc] = place
        if column is not None:
            self.columns[loc] = (sheet, column)

    def place_of(self, loc: Loc) -> CellPlace | None:
        """Return the place of a path, or of the nearest that holds it."""
        for length in range(len(loc), 0, -1):
            place = self.places.get(loc[:length])
            if place is not None:
                return place
        return None

    def spot(self, place: CellPlace, loc: Loc = ()) -> Location:
        """Return a place with whose line and which date it belongs to."""
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
    """Return mistakes sheet by sheet as the workbook has them, row by row.

    The same mistake in several cells of a sheet is one, with all its places.
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
    """Return a mistake with the places of the same one elsewhere."""
    known = {(spot.sheet, spot.cell) for spot in (first, *first.more)}
    spots = (again, *again.more)
    new = (_bare(spot) for spot in spots if (spot.sheet, spot.cell) not in known)
    return first.model_copy(update={"more": (*first.more, *new)})


def _bare(spot: Location) -> Location:
    return Location.model_validate(spot.model_dump(include=set(Location.model_fields)))


def _row_and_column(spot: Location) -> tuple[int, int]:
    """Return where a spot stands in its sheet; the sheet as a whole comes first."""
    if not spot.cell:
        return 0, 0
    letters, row = coordinate_from_string(spot.cell)
    return row, column_index_from_string(letters)
