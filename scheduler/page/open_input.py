"""An input that is open: all that was typed into it, on any of its screens.

The month's material is typed by person and date, the office's sheets by their cells.
All are steps of one history, for they are one workbook, which is written only when it
is saved, and in nothing but these cells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple

from scheduler.domain.errors import InputError
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.files.saving import PATIENCE, locked, overwrite
from scheduler.files.workbook.columns import Sheet
from scheduler.files.workbook.container import workbook_bytes
from scheduler.files.workbook.in_place import with_cells
from scheduler.files.workbook.input_cells import InputCells
from scheduler.files.workbook.layout import STAFF
from scheduler.files.workbook.month_cells import MaterialCell, MaterialPart, located
from scheduler.files.workbook.read_input import LoadedInput, problem_of
from scheduler.files.workbook.reading.notes import CellPlace, Notes
from scheduler.files.workbook.writing.draft import tail_dates
from scheduler.page.books import NoSuchBook, WorkbookFile
from scheduler.page.contents import BookKind, digest_of
from scheduler.page.material import (
    OF_BEFORE,
    OF_PEOPLE,
    MaterialLanguage,
    Texts,
    content_of,
    with_material,
    written_texts,
)
from scheduler.page.open_book import ChangedOutside, NotUnderstood, OpenBook
from scheduler.page.state import State
from scheduler.wording.translation import _

Cell = MaterialCell | CellPlace

LONGEST = 2000
"""Most characters of a cell of a sheet."""


class InputStep(NamedTuple):
    """One step: for each of its cells the text before and after."""

    cells: tuple[tuple[Cell, str, str], ...]


class OpenInput(OpenBook[InputStep]):
    """An input workbook, and what was typed into it on the page.

    Steps that are saved can be undone too.  A workbook that is not complete yet can be
    opened; its month only when it can be read.

    Raises
    ------
    NoSuchBook
        If the workbook is no input.

    Attributes
    ----------
    is_readable
        Whether the month can be used with all that was typed into the sheets.
    problem
        The month with all that was typed into the sheets, if it is readable.
    before
        The dates before it that can be typed.
    """

    def __init__(self, book: WorkbookFile, state: State) -> None:
        contents = book.contents
        if contents.kind not in (BookKind.INPUT, BookKind.FAULTY) or contents.roster:
            raise NoSuchBook(book.id)
        super().__init__(book, state)
        self._sheets: InputCells | None = None
        self._laid: dict[CellPlace, str] = {}
        self._read(contents.problem)
        self._remembered()

    def _read(self, problem: Problem | None) -> None:
        self.is_readable = problem is not None
        self._names: list[str] = []
        self._written: Texts = {}
        if problem is not None:
            self.problem = problem
            self.language = MaterialLanguage(problem)
            self._names = [member.name for member in problem.staff]
            self._written = written_texts(problem)
            self.before = tail_dates(problem)

    @property
    def sheets(self) -> InputCells:
        """The cells of the workbook's sheets, with all that was typed.

        Raises
        ------
        InputError
            If the workbook cannot be opened at all.
        """
        if self._sheets is None:
            data = workbook_bytes(self.book.path)
            self._sheets = InputCells(data)
            self._sheets.lay(self._laid)
        return self._sheets

    def _look(self) -> None:
        laid = {c: t for c, t in self._typed().items() if isinstance(c, CellPlace)}
        if laid == self._laid:
            return
        self._laid = laid
        self.sheets.lay(laid)
        self._read(None if self.sheets.is_wrong else self.sheets.problem)

    def _plain(self, step: InputStep) -> list[list[Any]]:
        return [[*map(_plain, cell), before, after] for cell, before, after in step[0]]

    def _step_of(self, plain: list[list[Any]]) -> InputStep:
        # Names may be those before or after another step: they are looked at when used.
        return InputStep(tuple(map(_cell_of, plain)))

    def _back(self, step: InputStep) -> InputStep:
        return InputStep(
            tuple((cell, after, before) for cell, before, after in step.cells)
        )

    def _is_known(self, cell: MaterialCell) -> bool:
        """Tell whether there is such a cell in the month."""
        if not self.is_readable:
            return False
        known = cell.who in self._names if cell.part in OF_PEOPLE else not cell.who
        dates = self.before if cell.part in OF_BEFORE else self.problem.period.dates
        return known and cell.date in dates

    def _typed(self) -> dict[Cell, str]:
        """Return the cells that steps have changed since the file was saved."""
        found: dict[Cell, str] = {}
        for step in self._steps[self._saved : self._done]:
            found |= {cell: after for cell, _before, after in step.cells}
        for step in reversed(self._steps[self._done : self._saved]):
            found |= {cell: before for cell, before, _after in step.cells}
        return found

    def _month(self) -> Texts:
        return {c: t for c, t in self._typed().items() if isinstance(c, MaterialCell)}

    @property
    def texts(self) -> Texts:
        """The text of every cell of the month that has one, with all that was typed."""
        now = self._written | self._month()
        return {cell: text for cell, text in now.items() if text}

    @property
    def month_edits(self) -> Texts:
        """The cells of the month that differ from the workbook."""
        month, written = self._month(), self._written
        if not self.is_readable:
            return month
        known = {c: t for c, t in month.items() if self._is_known(c)}
        return {c: t for c, t in known.items() if t != written.get(c, "")}

    @property
    def lost(self) -> Texts:
        """What was typed for people who are no longer on the list: it is not saved.

        Somebody was renamed or taken out in Excel meanwhile.
        """
        if not self.is_readable:
            return {}
        typed = self._month().items()
        return {cell: text for cell, text in typed if text and not self._is_known(cell)}

    def take_over(self) -> None:
        """Lay what was typed over the workbook as it is now.

        A cell of a sheet in which something else stands now is left out and told: it
        was changed too, or lines were put in above it.
        """
        first: dict[Cell, str] = {}
        for step in self._steps[self._saved : self._done]:
            for cell, before, _after in step.cells:
                first.setdefault(cell, before)
        for step in reversed(self._steps[self._done : self._saved]):
            for cell, _before, after in step.cells:
                first.setdefault(cell, after)
        gone = {
            cell
            for cell, before in first.items()
            if isinstance(cell, CellPlace) and self.sheets.first_text(cell) != before
        }
        typed = self._typed()
        self.left_out = tuple(
            self._not_laid(cell, typed[cell])
            for cell in first
            if cell in gone and isinstance(cell, CellPlace)
        )
        self._steps = [self._without(step, gone) for step in self._steps]
        super().take_over()

    def written(self, cell: Cell) -> str:
        """Return the text that the file has in a cell."""
        if isinstance(cell, CellPlace):
            return self.sheets.first_text(cell)
        return self._written.get(cell, "")

    def _without(self, step: InputStep, cells: Container[Cell]) -> InputStep:
        return InputStep(tuple(one for one in step.cells if one[0] not in cells))

    def _place_text(self, cell: Cell) -> str:
        if isinstance(cell, CellPlace):
            return f"{cell.sheet} {cell.cell}"
        return super()._place_text(cell)

    @property
    def sheet_edits(self) -> dict[CellPlace, str]:
        """The cells of the sheets that differ from the workbook."""
        return {c: t for c, t in self._laid.items() if t != self.sheets.first_text(c)}

    @property
    def edits(self) -> Mapping[Cell, str]:
        """All cells that differ from the workbook, with their texts."""
        found: dict[Cell, str] = {}
        found.update(self.month_edits.items())
        found.update(self.sheet_edits.items())
        return found

    def type(
        self, part: MaterialPart, who: str, dates: Sequence[dt.date], text: str
    ) -> None:
        """Take a step: type a text into the cells of a stretch of dates.

        Parameters
        ----------
        who
            A person of the staff list where the part is a person's, else empty.
        text
            As in Excel; empty takes the entry out.

        Raises
        ------
        NotUnderstood
            If the text has no meaning there.
        KeyError
            If there is no such cell.
        """
        meant = self.language.meant(part, text, who)
        self.change({MaterialCell(part, who, date): meant for date in dates})

    def change(self, texts: Mapping[MaterialCell, str]) -> None:
        """Take a step that gives cells of the month texts as they are written.

        Raises
        ------
        KeyError
            If there is no such cell.
        """
        for cell in texts:
            if not self._is_known(cell):
                raise KeyError(cell)
        now = self._written | self._month()
        self._change(dict(texts.items()), {cell: now.get(cell, "") for cell in texts})

    def put(self, texts: Mapping[CellPlace, str]) -> None:
        """Take a step that gives cells of the sheets texts, as in Excel.

        Raises
        ------
        NotUnderstood
            If a cell can be changed in Excel only, or a text is too long.
        """
        before: dict[Cell, str] = {one: self.sheets.text(one) for one in texts}
        self._change(dict(texts.items()), before)

    def _change(self, texts: Mapping[Cell, str], before: Mapping[Cell, str]) -> None:
        for cell, text in texts.items():
            if isinstance(cell, CellPlace) and self.sheets.is_fixed(cell):
                told = _("{sheet} {cell} holds a formula; change it in Excel.")
                raise NotUnderstood(told.format(sheet=cell.sheet, cell=cell.cell))
            if len(text) > LONGEST:
                raise NotUnderstood(_("That is too long."))
        changed = tuple(
            (cell, before[cell], text)
            for cell, text in texts.items()
            if before[cell] != text
        )
        if changed:
            self._take(InputStep(changed))

    def rename(self, place: CellPlace, name: str) -> None:
        """Give a person another name, on every sheet at once.

        Of two with one name only this line changes: whose the rest is, nobody knows.

        Parameters
        ----------
        place
            The cell of the name on the staff list.
        """
        old = self.sheets.text(place)
        others = self._others(place)
        if not old or not name or look_of(name) in others or look_of(old) in others:
            self.put({place: name})
            return
        texts: dict[Cell, str] = {place: name}
        before: dict[Cell, str] = {place: old}
        for cell, text, _rest in self.sheets.of_person(old):
            before[cell] = self.sheets.text(cell)
            texts[cell] = text.replace(old, name)
        for month, text in self._month().items():
            if old in (month.who, text):
                renamed = month._replace(who=name if month.who else "")
                texts |= {month: "", renamed: name if text == old else text}
                before |= {renamed: "", month: text}
        self._change(texts, before)

    def remove(self, layout: Sheet, row: int) -> None:
        """Empty a line of a table; a person's, on every sheet at once.

        Of two with one name only this line is emptied.
        """
        columns = [column for column in layout.columns if not column.shown_only]
        places = [self.sheets.place(layout, row, column) for column in columns]
        texts: dict[Cell, str] = {}
        for place in places:
            if place is not None and not self.sheets.is_fixed(place):
                texts[place] = ""
        name_at = self.sheets.place(layout, row, layout.key)
        name = self.sheets.text(name_at) if name_at else ""
        before: dict[Cell, str] = {}
        if layout is STAFF and name and look_of(name) not in self._others(name_at):
            for cell, _text, rest in self.sheets.of_person(name):
                texts.setdefault(cell, rest)
            for cell in self.sheets.lines_of_person(name):
                texts[cell] = ""
            for month, text in self._month().items():
                if name in (month.who, text):
                    texts[month], before[month] = "", text
        for one in texts:
            if isinstance(one, CellPlace):
                before[one] = self.sheets.text(one)
        self._change(texts, before)

    def _others(self, place: CellPlace | None) -> set[str]:
        """Return the looks of all names of the staff list but that in a cell."""
        names = self.sheets.names(STAFF)
        return {look_of(text) for at, text in names if at != place}

    def save(self) -> None:
        """Write what was typed into the workbook; nothing else in it changes.

        A month with typed cells is read first, as the commands would read it.

        Raises
        ------
        ChangedOutside, InputError, OutputError
            As in `OpenBook.save`.
        """
        path, month = self.book.path, self.month_edits
        if month and not self.is_readable:
            raise InputError(self.sheets.notes.mistakes)
        with locked(path, PATIENCE):
            written = workbook_bytes(path)
            if digest_of(path) != self.digest:
                raise ChangedOutside
            if self._laid:
                contents = self.sheets.contents(self.sheet_edits)
                written = with_cells(written, contents)
            if month:
                texts = {cell: content_of(cell, text) for cell, text in month.items()}
                given = self.sheets, self._names, self.problem.period
                written = with_cells(written, located(*given, texts))
                self._check(written)
            overwrite(written, path)
        self._saved, self.left_out = self._done, ()
        self.digest = self.saved_now()
        self._keep()

    def _check(self, written: bytes) -> None:
        """Raise `InputError` if a workbook could not be used."""
        problem_of(LoadedInput(written), Notes())

    def current(self) -> Problem:
        """Return the month with all that was typed."""
        return with_material(self.problem, self.month_edits, self.language)


def _plain(value: object) -> int | str:
    return value if isinstance(value, int) else str(value)


def _cell_of(kept: Sequence[Any]) -> tuple[Cell, str, str]:
    first, second, third, before, after = kept
    if isinstance(third, int):
        return CellPlace(first, second, third), before, after
    date = dt.date.fromisoformat(third)
    return MaterialCell(MaterialPart(first), second, date), before, after
