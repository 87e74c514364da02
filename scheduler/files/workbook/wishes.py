"""Wishes outside the input workbook: an empty form (希望記入用紙), and a file taken in.

Only the cells of the wishes are written; all else in the workbook stays as it is, to
the byte.  Nothing is written if anything is wrong, or says something else already.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.errors import InputError, Location, Mistake
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.files.saving import replace_file
from scheduler.files.validation import shown
from scheduler.files.wish_answers import read_answers
from scheduler.files.workbook.container import (
    open_workbook,
    sheets_named,
    workbook_bytes,
)
from scheduler.files.workbook.dates import (
    date_format,
    day_fill,
    weekday_or_holiday,
)
from scheduler.files.workbook.in_place import with_cells
from scheduler.files.workbook.layout import REQUESTS
from scheduler.files.workbook.package import measure_columns
from scheduler.files.workbook.paging import MEASURED_CHARACTER, fill_paper
from scheduler.files.workbook.read_input import read_noting
from scheduler.files.workbook.reading.cells import (
    ShiftWords,
    read_entries,
    read_requests,
    words_of,
)
from scheduler.files.workbook.reading.grids import Filled, GridCell
from scheduler.files.workbook.reading.notes import CellPlace, Notes, in_order
from scheduler.files.workbook.references import area
from scheduler.files.workbook.roster.book import RosterGrid
from scheduler.files.workbook.sheet_writer import SheetWriter, WorkbookWriter
from scheduler.files.workbook.styles import Edge, Fill, Look
from scheduler.wording.names import sheet_note
from scheduler.wording.times import date_text, period_text
from scheduler.wording.translation import _

Place = TypeVar("Place", bound=Location)

TITLE_ROW, RULES_ROW, DATE_ROW, WEEKDAY_ROW, FIRST_ROW = range(1, 6)
NAME_COLUMN, FIRST_DATE = 1, 2

WIDTH, HEIGHT = 760, 550
"""What margins leave of an A4 page, in points; widths are less exact than heights."""
NAME = 84
"""Width of the names."""
LEAST_ROW, MOST_ROW = 14, 32
MARGIN = 0.25
BLACK, WHITE = "000000", "FFFFFF"


def build_wishes_form(problem: Problem, closing: dt.date | None) -> Workbook:
    """Return the empty form of a month, unsaved.

    Parameters
    ----------
    closing
        Last date on which wishes are taken; ``None`` to leave a line for it.
    """
    writer = WorkbookWriter()
    measure_columns(writer.workbook)
    out = writer.add(_("Wishes form"))
    _head(problem, out, closing)
    _dates(problem, out)
    _people(problem, out)
    _shape(problem, out)
    return writer.workbook


def _head(problem: Problem, out: SheetWriter, closing: dt.date | None) -> None:
    large = Look(size=16, bold=True, edge="none", across="left")
    title = _("Wishes for {period}").format(period=period_text(problem.period))
    out.put(TITLE_ROW, NAME_COLUMN, title, large)
    until = date_text(closing) if closing else "　　月　　日（　）"
    column = FIRST_DATE + len(problem.period.dates) // 2
    text = _("Closing date: {date}").format(date=until)
    out.put(TITLE_ROW, column, text, large)
    note = Look(size=9, edge="none", across="left")
    out.put(RULES_ROW, NAME_COLUMN, "　".join(wishes_rules(problem)), note)


def wishes_rules(problem: Problem) -> Iterator[str]:
    """Yield what is to be known before a wish is written."""
    yield sheet_note("wishes_form")
    most = problem.office.settings.wishes_per_person
    if most is not None:
        yield _("Days off: {most} at most.").format(most=most)


def _dates(problem: Problem, out: SheetWriter) -> None:
    head = Look(size=10, bold=True, edge="wall")
    for row, text in ((DATE_ROW, _("Name")), (WEEKDAY_ROW, _("Weekday"))):
        out.put(row, NAME_COLUMN, text, replace(head, across="left"))
    for column, date in enumerate(problem.period.dates, start=FIRST_DATE):
        look = replace(head, fill=day_fill(problem.period, date), edge=_edge(date))
        number = date_format(problem.period, date)
        out.put(DATE_ROW, column, date, replace(look, number=number, shrink=True))
        text = weekday_or_holiday(problem.period, date)
        if day_fill(problem.period, date) == Fill.SUNDAY:
            look = replace(look, fill=BLACK, ink=WHITE)
        out.put(WEEKDAY_ROW, column, text, look)


def _edge(date: dt.date) -> Edge:
    return "wall week" if date.weekday() == 5 else "wall"


def _people(problem: Problem, out: SheetWriter) -> None:
    members = RosterGrid(problem).members
    for row, member in enumerate(members, start=FIRST_ROW):
        name = Look(size=11, bold=True, across="left", shrink=True, edge="wall")
        out.put(row, NAME_COLUMN, member.name, name)
        for column, date in enumerate(problem.period.dates, start=FIRST_DATE):
            fill = day_fill(problem.period, date)
            out.put(row, column, None, Look(size=11, fill=fill, edge=_edge(date)))


def _shape(problem: Problem, out: SheetWriter) -> None:
    dates, people = len(problem.period.dates), len(problem.staff)
    each = min(40, (WIDTH - NAME) / dates)
    out.widths(points / MEASURED_CHARACTER for points in (NAME, *[each] * dates))
    heads = {TITLE_ROW: 28, RULES_ROW: 18, DATE_ROW: 18, WEEKDAY_ROW: 16}
    for row, points in heads.items():
        out.height(points, row)
    room = (HEIGHT - sum(heads.values())) / max(1, people)
    last = FIRST_ROW + people - 1
    out.height(min(MOST_ROW, max(LEAST_ROW, room)), FIRST_ROW, last)
    out.finish((DATE_ROW, WEEKDAY_ROW))
    fill_paper(out.sheet, MARGIN)
    out.sheet.print_area = area(1, 1, last, FIRST_DATE + dates - 1)


class TakenIn(NamedTuple):
    """What was taken into a workbook.

    Attributes
    ----------
    kept
        Where the workbook as it was before is kept; ``None`` if nothing was new.
    new, known
        Number of cells that were written, and that said the same already.
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
    shifts = words_of(problem)
    grid = Filled(answers.cells, {}, {}, ())
    read_requests(grid, shifts, notes)
    (sheet,) = sheets_named(open_workbook(data), REQUESTS.titles)
    places = dict(_places(sheet, answers.cells, own, notes))
    new = _new(sheet, answers.cells, places, shifts, notes)
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
    return TakenIn(replace_file(whole, path, kept), *counts)


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
    shifts: ShiftWords,
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
        elif _meant(text, shifts) != _meant(cell.text, shifts):
            facts = {"sheet": sheet.title, "cell": place.cell, "value": shown(text)}
            notes.report("wish_elsewhere", cell.place, **facts)
    return found


def _meant(text: str, shifts: ShiftWords) -> object:
    return [meaning or entry for entry, meaning in read_entries(text, shifts)]


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
                [_moved(one, by_cell) for one in error.mistakes]
            ) from error


def _moved(one: Place, by_cell: Mapping[tuple[str, str], CellPlace]) -> Place:
    """Return a mistake, or a place of one, at the cell of the file it came from."""
    place = by_cell.get((one.sheet, one.cell))
    if place is None:
        return one
    update: dict[str, object] = {"sheet": place.sheet, "cell": place.cell}
    if isinstance(one, Mistake):
        update["more"] = tuple(_moved(more, by_cell) for more in one.more)
    return one.model_copy(update=update)
