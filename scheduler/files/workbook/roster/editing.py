"""A roster workbook as somebody edited it, beside what it was when it was written."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment

from scheduler.files.workbook.comments import comments_of
from scheduler.files.workbook.container import open_workbook
from scheduler.files.workbook.embedded import SHEETS, extract
from scheduler.files.workbook.layout.scenarios import SCENARIOS
from scheduler.files.workbook.roster.carrying import Edited, Pages
from scheduler.files.workbook.roster.finding_cells import find_breaks, find_cells
from scheduler.files.workbook.roster.grid import Labels
from scheduler.files.workbook.roster.matrix import Matrix
from scheduler.files.workbook.roster.write import build_workbook, page_titles
from scheduler.files.workbook.tabs import sheets_named
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

    from scheduler.domain.errors import Mistake
    from scheduler.domain.finding import Finding
    from scheduler.domain.plan import Plan
    from scheduler.domain.room import Room
    from scheduler.domain.roster_file import RosterFile

CELL = re.compile("[A-Z]{1,2}[1-9][0-9]{0,3}")
"""A cell among those in which anything is looked for."""


def edited_workbook(
    path: Path,
    file: RosterFile,
    findings: Sequence[Finding],
    rooms: Sequence[Room],
    plans: Sequence[Plan] = (),
) -> Edited:
    """Open a workbook to see what was typed into it.

    Parameters
    ----------
    path, file
        The workbook, and what was read from it.
    findings, rooms
        Of the roster as it was written (`RosterFile.plan`).
    plans
        The plan whose roster it is, if it is one.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    book = open_workbook(path, formulas=True)
    _add_comments(book, path)
    documents = extract(book)
    labels = Labels.model_validate_json(documents["labels"])
    given = file.problem, file.plan, findings
    written = build_workbook(*given, rooms=rooms, plans=plans)

    @cache
    def values() -> Workbook:
        return open_workbook(path)

    return Edited(
        name=path.name,
        book=book,
        values=values,
        written=written,
        digests=json.loads(documents.get(SHEETS, "{}")),
        pages=Pages(
            corners={labels.roster: labels.name, labels.breaks: labels.name},
            forms=(_(SCENARIOS.title),),
            ours=(*written.sheetnames, *page_titles()),
            read=_cells_read(book, file, labels),
        ),
    )


def _add_comments(book: Workbook, path: Path) -> None:
    """Give the cells their comments."""
    for title, remarks in comments_of(path).items():
        for cell, text, author in remarks:
            if CELL.fullmatch(cell) and title in book.sheetnames:
                target = book[title][cell]
                if isinstance(target, Cell):
                    target.comment = Comment(text, author)


def _cells_read(
    book: Workbook, file: RosterFile, labels: Labels
) -> dict[str, set[tuple[int, int]]]:
    """Return the cells of the roster, and of breaks, by sheet."""
    known: list[Mistake] = []
    sheets = [
        sheets_named(book, [title])[0] for title in (labels.roster, labels.breaks)
    ]
    cells, pauses = (Matrix.of(sheet) for sheet in sheets)
    front = find_cells(cells, file.problem, labels, known)
    breaks = find_breaks(pauses, file.problem, labels, known)
    found: dict[str, set[tuple[int, int]]] = {}
    for title, places in ((labels.roster, front), (labels.breaks, breaks)):
        rows = {*places.rows.values(), *([places.on_call] if places.on_call else [])}
        dates = file.problem.period.dates
        columns = {places.columns[date] for date in dates if date in places.columns}
        found[title] = {(row, column) for row in rows for column in columns}
    return found
