"""Carrying hand-typed cells of a roster workbook over to its next version.

Hand-typed are all cells that differ from the workbook as it was written, except those
of the roster itself, which are read back.  They are put into the same place, found by
the texts of their row and column (`Places`); those without a place are reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.base import Frozen
from scheduler.domain.finding import Finding
from scheduler.domain.likeness import look_of
from scheduler.domain.record import RosterFile
from scheduler.files.workbook.columns import SAID_BEFORE
from scheduler.files.workbook.container import FORMULA, open_workbook, sheets_named
from scheduler.files.workbook.embedded import (
    SHEETS,
    extract,
    plain,
    sheet_digest,
)
from scheduler.files.workbook.package import comments_of, filled
from scheduler.files.workbook.references import at
from scheduler.files.workbook.roster.book import Book, Labels
from scheduler.files.workbook.roster.locating import (
    Matrix,
    Places,
    find_breaks,
    find_cells,
)
from scheduler.files.workbook.roster.scenarios import SCENARIOS
from scheduler.files.workbook.roster.write import build_workbook, page_titles
from scheduler.files.workbook.styles import OURS
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.plan import Plan, Room


DIGEST = re.compile(r"[0-9a-f]{16}")
"""A digest, of which the foot of a page has two."""

LONGEST = 40
"""Most characters of a typed text that are reported."""


class TypedCell(Frozen):
    """A cell with the text that somebody typed, or a whole sheet."""

    file: str = ""
    sheet: str
    cell: str = ""
    text: str = ""


class CarriedOver(Frozen):
    """Typed cells that were carried over, and those that were lost."""

    carried: tuple[TypedCell, ...] = ()
    lost: tuple[TypedCell, ...] = ()
    """Cells that remain only in the file they were typed into."""

    def of(self, file: str) -> CarriedOver:
        """Return the same cells with the name of their file."""
        carried, lost = (
            tuple(one.model_copy(update={"file": file}) for one in part)
            for part in (self.carried, self.lost)
        )
        return CarriedOver(carried=carried, lost=lost)

    def __add__(self, other: CarriedOver) -> CarriedOver:
        return CarriedOver(
            carried=(*self.carried, *other.carried), lost=(*self.lost, *other.lost)
        )


class Edited(NamedTuple):
    """A workbook that somebody may have edited.

    Attributes
    ----------
    book, values
        The workbook as it is now, with formulas, and with their last values.
    written
        The workbook as it was written, made again from the data in the file.
    digests
        Digests of the sheets as they were written, by title; empty for files of older
        versions.
    read
        Cells that are read back as the roster, by title.
    """

    name: str
    book: Workbook
    values: Callable[[], Workbook]
    written: Workbook
    digests: Mapping[str, str]
    labels: Labels
    read: Mapping[str, Collection[tuple[int, int]]]


def carry_typed(edited: Edited, new: Workbook) -> CarriedOver:
    """Copy the typed cells of a workbook into its next version."""
    found = CarriedOver()
    as_written = {sheet_digest(sheet) for sheet in edited.written.worksheets}
    ours = (*edited.written.sheetnames, *page_titles())
    # Until there was a wall sheet, the roster stood on a sheet of another title.
    front = Labels.translated().roster
    titles = {look_of(title): title for title in ours}
    titles |= {look_of(edited.labels.roster): front, look_of(front): front}
    grids = (front, edited.labels.roster, edited.labels.breaks)
    for sheet in edited.book.worksheets:
        title = titles.get(look_of(sheet.title), sheet.title)
        digest = sheet_digest(sheet)
        written = edited.digests.get(sheet.title)
        if sheet.sheet_state != "visible":
            continue
        if title not in ours:
            if digest not in as_written:
                found += _copied(sheet, edited.values()[sheet.title], new)
        elif title not in new.sheetnames or title not in edited.written.sheetnames:
            if written not in (None, digest):
                found += CarriedOver(lost=(TypedCell(sheet=title),))
        elif title == _(SCENARIOS.title):
            if digest not in as_written:
                found += _filled_in(sheet, new[title])
        else:
            corner = edited.labels.name if title in grids else ""
            found += _SheetCarrier(edited, new, sheet, title, corner).carry()
    return found.of(edited.name)


class _SheetCarrier:
    """A sheet as it is now, as it was written, and in the next version.

    ``_is_exact`` says whether the sheet as written could be made again exactly.  If
    not, cells that we wrote are never taken for typed ones.
    """

    def __init__(
        self, edited: Edited, new: Workbook, sheet: Worksheet, title: str, corner: str
    ) -> None:
        written = edited.written[title]
        self._sheet = sheet
        self._read = edited.read.get(title, ())
        self._written, self._new = Places(written, corner), Places(new[title], corner)
        self._old = Places(sheet, corner, self._written)
        as_written = edited.digests.get(sheet.title)
        self._is_untouched = as_written == sheet_digest(sheet)
        self._is_exact = as_written == sheet_digest(written)
        self._ours = frozenset(str(cell.value) for cell in filled(written))

    def carry(self) -> CarriedOver:
        """Carry values and comments over, cell by cell."""
        found = CarriedOver()
        rows, columns = self._old.row_keys, self._old.column_keys
        for cell in filled(self._sheet):
            place_of = rows.get(cell.row), columns.get(cell.column)
            was = self._written.cell(*place_of)
            target = self._new.cell(*place_of)
            if not self._is_legend(cell):
                found += self._value(cell, was, target)
            found += self._comment(cell, was, target)
        return found

    def _is_legend(self, cell: Cell) -> bool:
        """Return whether a cell is of our legend or foot, on a page of another version.

        They stand below the rows that have a name, not always as far below.
        """
        key = self._old.row_keys.get(cell.row)
        is_below = key is not None and key.behind > 0
        text = str(cell.value)
        is_known = text in self._ours or DIGEST.search(text) is not None
        return is_below and is_known and not self._is_exact

    def _value(self, cell: Cell, was: Cell | None, target: Cell | None) -> CarriedOver:
        # Formulas are never carried over, nor anything into a cell with a formula or
        # with another value than before.
        is_read = (cell.row, cell.column) in self._read
        is_ours = was is not None and was.value is not None and not self._is_exact
        if self._is_untouched or cell.value is None or is_read or is_ours:
            return CarriedOver()
        if _is_same(cell, was) or _is_same(cell, target):
            return CarriedOver()
        told = self._told(cell, str(cell.value))
        is_free = target is not None and (target.value is None or _is_same(target, was))
        is_figured = FORMULA in (cell.data_type, target and target.data_type)
        if target is None or not is_free or is_figured:
            return CarriedOver(lost=told)
        target.value = cell.value
        if cell.is_date:
            target.number_format = cell.number_format
        return CarriedOver(carried=told)

    def _comment(
        self, cell: Cell, was: Cell | None, target: Cell | None
    ) -> CarriedOver:
        if cell.comment is None:
            return CarriedOver()
        text = cell.comment.text
        ours = was.comment.text if was is not None and was.comment else ""
        if ours and text.startswith(ours):
            # Somebody may have written below our own comment.
            text = text.removeprefix(ours).strip()
        elif cell.comment.author == OURS and not self._is_exact:
            text = ""
        if not text:
            return CarriedOver()
        told = self._told(cell, text)
        if target is None:
            return CarriedOver(lost=told)
        known = target.comment.text + "\n" if target.comment else ""
        if text in known:
            return CarriedOver()
        target.comment = Comment(known + text, cell.comment.author or "")
        return CarriedOver(carried=told)

    def _told(self, cell: Cell, text: str) -> tuple[TypedCell, ...]:
        where = at(cell.row, cell.column)
        return (TypedCell(sheet=self._sheet.title, cell=where, text=text[:LONGEST]),)


def _is_same(one: Cell, other: Cell | None) -> bool:
    if other is None or one.value is None or other.value is None:
        return other is not None and one.value is other.value
    formulas = [cell.data_type == FORMULA for cell in (one, other)]
    return all(formulas) or (
        not any(formulas) and plain(one.value) == plain(other.value)
    )


def _filled_in(sheet: Worksheet, new: Worksheet) -> CarriedOver:
    """Copy all cells of a form, position by position."""
    told = []
    cells = (*filled(sheet), *filled(new))
    for row, column in dict.fromkeys((cell.row, cell.column) for cell in cells):
        cell, target = sheet.cell(row, column), new.cell(row, column)
        if cell.value in SAID_BEFORE:
            continue
        if isinstance(cell, Cell) and isinstance(target, Cell):
            if cell.value is not None and not _is_same(cell, target):
                where = at(row, column)
                text = str(cell.value)[:LONGEST]
                told.append(TypedCell(sheet=sheet.title, cell=where, text=text))
            target.value = cell.value
            target.comment = _copy(cell) or target.comment
    return CarriedOver(carried=tuple(told))


def _copied(sheet: Worksheet, values: Worksheet, new: Workbook) -> CarriedOver:
    """Copy a sheet that somebody added, with values in place of formulas.

    Formulas without a calculated value are lost.
    """
    copy = new.create_sheet(sheet.title)
    lost = tuple(
        TypedCell(
            sheet=sheet.title, cell=at(cell.row, cell.column), text=str(cell.value)
        )
        for cell in filled(sheet)
        if cell.data_type == FORMULA
        and values.cell(cell.row, cell.column).value is None
    )
    for cell in filled(sheet):
        target = copy.cell(cell.row, cell.column)
        target.value = values.cell(cell.row, cell.column).value
        target.number_format = cell.number_format
        target.comment = _copy(cell)
    for area in sheet.merged_cells.ranges:
        copy.merge_cells(str(area))
    return CarriedOver(carried=(TypedCell(sheet=sheet.title),), lost=lost)


def _copy(cell: Cell) -> Comment | None:
    if cell.comment is None:
        return None
    return Comment(cell.comment.text, cell.comment.author or "")


def edited_workbook(
    path: Path,
    file: RosterFile,
    findings: Sequence[Finding],
    rooms: Sequence[Room],
    plans: Sequence[Plan] = (),
) -> Edited:
    """Open a workbook, with its state as it was written, to find typed cells.

    Parameters
    ----------
    path, file
        The workbook, and the roster read from it.
    findings, rooms
        Findings and room of the roster as it was written (`RosterFile.plan`).
    plans
        The plan whose roster it is, if any.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    book = open_workbook(path, formulas=True)
    _add_comments(book, path)
    documents = extract(book)
    labels = Labels.model_validate_json(documents["labels"])
    as_written = file.problem_of_plan, file.plan, findings
    written = build_workbook(Book(*as_written, rooms=rooms, plans=plans))
    return Edited(
        name=path.name,
        book=book,
        values=cache(partial(open_workbook, path)),
        written=written,
        digests=json.loads(documents.get(SHEETS, "{}")),
        labels=labels,
        read=_cells_read(book, file, labels),
    )


def _add_comments(book: Workbook, path: Path) -> None:
    """Add the comments to the cells: the copy that is opened has none."""
    for title, remarks in comments_of(path.read_bytes()).items():
        for cell, text, author in remarks:
            if title in book.sheetnames:
                target = book[title][cell]
                if isinstance(target, Cell):
                    target.comment = Comment(text, author)


def _cells_read(
    book: Workbook, file: RosterFile, labels: Labels
) -> dict[str, set[tuple[int, int]]]:
    """Return the cells that are read back as the roster and its breaks, by sheet."""
    found: dict[str, set[tuple[int, int]]] = {}
    for read_as, title, find in (
        (labels.roster, Labels.translated().roster, find_cells),
        (labels.breaks, labels.breaks, find_breaks),
    ):
        cells = Matrix.of(sheets_named(book, [read_as])[0])
        places = find(cells, file.problem, labels, [])
        rows = {*places.rows.values(), *([places.on_call] if places.on_call else [])}
        dates = file.problem.period.dates
        columns = {places.columns[date] for date in dates if date in places.columns}
        found[title] = {(row, column) for row in rows for column in columns}
    return found
