"""What is known while a workbook is read: values, their places, mistakes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.utils import get_column_letter

from scheduler.domain.errors import Mistake

if TYPE_CHECKING:
    from scheduler.workbook.layout import Column, Sheet

Loc = tuple[str | int, ...]
"""Path to a value in the problem."""


class Place(NamedTuple):
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

    places: dict[Loc, Place] = field(default_factory=dict)
    columns: dict[Loc, tuple[Sheet, Column]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    broken: set[Place] = field(default_factory=set)
    """Cells that show an error of Excel's; nothing more is said about them."""
    doubtful: set[str] = field(default_factory=set)
    """Titles (message ids) of sheets that were not read whole."""

    def report(
        self, code: str, place: Place | None, loc: Loc = (), /, **facts: Any
    ) -> None:
        """Add a mistake at a cell."""
        if place in self.broken:
            return
        told = {k: v if type(v) is int else str(v) for k, v in facts.items()}
        self.mistakes.append(
            Mistake(
                code=code,
                loc=loc,
                facts=told,
                sheet=place.sheet if place else "",
                cell=place.cell if place else "",
            )
        )

    def doubt(self, sheet: Sheet) -> None:
        """Remember that a sheet was not read whole; what it lacks is no news."""
        self.doubtful.add(sheet.title)

    def remember(
        self, loc: Loc, place: Place, sheet: Sheet, column: Column | None = None
    ) -> None:
        """Remember where the value of a path stands."""
        self.places[loc] = place
        if column is not None:
            self.columns[loc] = (sheet, column)

    def place_of(self, loc: Loc) -> Place | None:
        """Return the place of a path, or of the nearest that holds it."""
        for length in range(len(loc), 0, -1):
            place = self.places.get(loc[:length])
            if place is not None:
                return place
        return None
