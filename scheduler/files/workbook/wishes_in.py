"""Taking wishes from a file into the sheet of wishes of an input workbook.

Only the cells of the wishes are written; all else in the workbook stays as it is, to
the byte.  Nothing is written if anything is wrong, or says something else already.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.errors import InputError, Location, Mistake
from scheduler.domain.likeness import look_of
from scheduler.files.saving import replace
from scheduler.files.validation import shown
from scheduler.files.wish_answers import read_answers
from scheduler.files.workbook.container import (
    open_workbook,
    sheets_named,
    workbook_bytes,
)
from scheduler.files.workbook.in_place import with_cells
from scheduler.files.workbook.layout import REQUESTS
from scheduler.files.workbook.read_input import read_noting
from scheduler.files.workbook.reading.cells import read_entries, read_requests
from scheduler.files.workbook.reading.grids import Filled, GridCell
from scheduler.files.workbook.reading.notes import CellPlace, Notes, in_order
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.problem import Problem


class TakenIn(NamedTuple):
    """What was taken into a workbook.

    Attributes
    ----------
    kept
        Where the workbook as it was before is kept; ``None`` if nothing was new.
    new, known
        Number of cells that were written, and that said the same already.
    people
        Number of people with wishes in the file.
    replaced, unread
        As in `wish_answers.Answers`.
    """

    kept: Path | None
    new: int
    known: int
    people: int
    replaced: int
    unread: tuple[str, ...]


def take_in(path: Path, source: Path) -> TakenIn:
    """Take the wishes of a file into an input workbook.

    Parameters
    ----------
    path
        The input workbook; a copy as it was is kept beside it.
    source
        The file of wishes (CSV).

    Raises
    ------
    InputError
        With every mistake of the workbook, or else of the file; nothing is written.
    OutputError
        If the workbook cannot be replaced.
    """
    own = Notes()
    problem = read_noting(path, own)
    data = workbook_bytes(path)
    notes = Notes(period=problem.period)
    answers = read_answers(source, problem, notes)
    symbols = _symbols(problem)
    grid = Filled(answers.cells, {}, {}, ())
    read_requests(grid, symbols, notes)
    (sheet,) = sheets_named(open_workbook(data), REQUESTS.titles)
    places = dict(_places(sheet, answers.cells, own, notes))
    new = _new(sheet, answers.cells, places, symbols, notes)
    if notes.mistakes:
        raise InputError(in_order(notes.mistakes, (source.name,)))
    known = len(answers.cells) - len(new)
    people = len({cell.name for cell in answers.cells})
    counts = (len(new), known, people, answers.replaced, answers.unread)
    if not new:
        return TakenIn(None, *counts)
    whole = with_cells(data, {place: cell.text for place, cell in new.items()})
    _check(whole, path.name, new)
    word = _("before the wishes")
    kept = path.with_name(f"{path.stem}-{word}{path.suffix}")
    return TakenIn(replace(lambda file: file.write(whole), path, kept), *counts)


def _symbols(problem: Problem) -> list[str]:
    work = [str(kind.symbol) for kind in problem.kinds if not kind.off]
    return [*(str(shift.symbol) for shift in problem.shifts), *work]


def _places(
    sheet: Worksheet, cells: Sequence[GridCell], own: Notes, notes: Notes
) -> Iterator[tuple[tuple[str, object], CellPlace]]:
    """Yield the cell of the sheet for each person and date; report who has none."""
    rows = {
        name: row
        for (title, row), (_c, name) in own.names.items()
        if title == sheet.title
    }
    columns = {
        date: column
        for (title, column), (_r, date) in own.dates.items()
        if title == sheet.title
    }
    told = set()
    for cell in cells:
        if cell.name not in rows and cell.name not in told:
            told.add(cell.name)
            notes.report("no_line_for", cell.place, names=cell.name)
        elif cell.name in rows and cell.date not in columns:
            notes.report("no_column_for", cell.place, date=str(cell.date))
        elif cell.name in rows:
            place = CellPlace(sheet.title, rows[cell.name], columns[cell.date])
            yield (cell.name, cell.date), place


def _new(
    sheet: Worksheet,
    cells: Sequence[GridCell],
    places: Mapping[tuple[str, object], CellPlace],
    symbols: Sequence[str],
    notes: Notes,
) -> dict[CellPlace, GridCell]:
    """Return what is new, by its cell; report what the sheet says otherwise."""
    found: dict[CellPlace, GridCell] = {}
    for cell in cells:
        place = places.get((cell.name, cell.date))
        if place is None:
            continue
        there = sheet.cell(place.row, place.column).value
        text = "" if there is None else str(there)
        if not look_of(text):
            found[place] = cell
        elif _meant(text, symbols) != _meant(cell.text, symbols):
            facts = {"sheet": sheet.title, "cell": place.cell, "value": shown(text)}
            notes.report("wish_elsewhere", cell.place, **facts)
    return found


def _meant(text: str, symbols: Sequence[str]) -> object:
    return [meaning or entry for entry, meaning in read_entries(text, symbols)]


def _check(whole: bytes, name: str, new: Mapping[CellPlace, GridCell]) -> None:
    """Read the filled workbook; mistakes of filled cells are told at the file's."""
    with tempfile.TemporaryDirectory(prefix="shotaki-") as folder:
        path = Path(folder) / name
        path.write_bytes(whole)
        try:
            read_noting(path, Notes())
        except InputError as error:
            by_cell = {(one.sheet, one.cell): cell.place for one, cell in new.items()}
            raise InputError(
                [_at_file(one, by_cell) for one in error.mistakes]
            ) from error


def _at_file(mistake: Mistake, by_cell: Mapping[tuple[str, str], CellPlace]) -> Mistake:
    place = by_cell.get((mistake.sheet, mistake.cell))
    if place is None:
        return mistake
    more = tuple(_moved(one, by_cell) for one in mistake.more)
    update = {"sheet": place.sheet, "cell": place.cell, "more": more}
    return mistake.model_copy(update=update)


def _moved(one: Location, by_cell: Mapping[tuple[str, str], CellPlace]) -> Location:
    place = by_cell.get((one.sheet, one.cell))
    if place is None:
        return one
    return one.model_copy(update={"sheet": place.sheet, "cell": place.cell})
