"""What somebody typed into the wall sheet, which only shows the manager's sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.errors import Mistake
from scheduler.domain.likeness import look_of
from scheduler.files.validation import shown
from scheduler.files.workbook.reading.notes import CellPlace
from scheduler.files.workbook.roster.finding import place
from scheduler.files.workbook.roster.posted import PostedSymbols

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.roster.book import Labels
    from scheduler.files.workbook.roster.finding import FoundRows, Matrix


class WallCell(NamedTuple):
    """A cell of the wall sheet, and the one of the manager's sheet that it shows."""

    row: int
    column: int
    shows: tuple[int, int]
    name: str
    date: dt.date


def typed_on_wall(
    wall: Matrix,
    cells: Matrix,
    found: FoundRows,
    labels: Labels,
    problem: Problem,
    formulas: Collection[CellPlace],
) -> Iterator[Mistake]:
    """Yield a mistake for each cell that was typed over and says something else.

    Parameters
    ----------
    wall, cells
        The values of the wall sheet and of the manager's sheet.
    found
        Where people and dates stand on the manager's sheet.
    formulas
        The cells of the wall sheet that still are formulas.
    """
    posted = PostedSymbols(problem)
    for one in _cells(wall, found, labels, problem):
        typed = wall.text(one.row, one.column)
        means = cells.text(*one.shows)
        means = posted.of_text(means) if one.name else means
        is_formula = CellPlace(wall.title, one.row, one.column) in formulas
        if not is_formula and look_of(typed) != look_of(means):
            facts = {
                "sheet": cells.title,
                "cell": place(*one.shows),
                "value": shown(typed),
            }
            yield Mistake(
                code="typed_on_wall",
                facts={**facts},
                sheet=wall.title,
                cell=place(one.row, one.column),
                name=one.name,
                date=one.date,
            )


def _cells(
    wall: Matrix, found: FoundRows, labels: Labels, problem: Problem
) -> Iterator[WallCell]:
    corner = wall.find(labels.name)
    if corner is None:
        return
    columns = dict(wall.dates(corner[0], problem.period))
    rows: dict[str, int] = {}
    for row in range(corner[0] + 1, wall.height + 1):
        rows.setdefault(look_of(wall.text(row, corner[1])), row)
    people = [(str(name), row) for name, row in found.rows.items()]
    if found.on_call is not None:
        people.append(("", found.on_call))
    for name, managers_row in people:
        row_here = rows.get(look_of(name or labels.on_call))
        for date, column in columns.items():
            if row_here is not None and date in found.columns:
                shows = managers_row, found.columns[date]
                yield WallCell(row_here, column, shows, name, date)
