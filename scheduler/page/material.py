"""An input that is open: the month's wishes, settled cells and users, typed and undone.

A typed text means what it would mean in Excel, for it is read by the same reader.  The
workbook itself changes only when it is saved, and in nothing but these cells.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scheduler.audit import consistency
from scheduler.domain.base import StaffId
from scheduler.domain.requests import Request
from scheduler.domain.shifts import Duty, OnCall
from scheduler.files.problems import read_with_warnings
from scheduler.files.saving import held, save
from scheduler.files.workbook.in_place import with_cells
from scheduler.files.workbook.layout import PINS, REQUESTS
from scheduler.files.workbook.month_cells import (
    COLUMNS,
    GRIDS,
    MaterialCell,
    MaterialPart,
    located,
)
from scheduler.files.workbook.reading.values import read_value
from scheduler.files.workbook.words import show
from scheduler.files.workbook.writing.draft import draft_of
from scheduler.page.books import digest_of
from scheduler.page.material_language import MaterialLanguage
from scheduler.page.opened import ChangedOutside, OpenBook
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scheduler.domain.errors import Mistake
    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem
    from scheduler.page.books import WorkbookFile
    from scheduler.page.state import State

Texts = dict[MaterialCell, str]

OF_PEOPLE = (MaterialPart.WISH, MaterialPart.SETTLED)
NUMBERS = (MaterialPart.DAY_USE, MaterialPart.OVERNIGHT, MaterialPart.VISIT)


class MaterialStep(NamedTuple):
    """One step: for each of its cells the text before and after."""

    cells: tuple[tuple[MaterialCell, str, str], ...]


class OpenMaterial(OpenBook[MaterialStep]):
    """An input workbook, and what was typed into its month on the page.

    Steps that are saved can be undone too.

    Raises
    ------
    KeyError
        If the workbook holds no input that can be read.
    """

    def __init__(self, book: WorkbookFile, state: State) -> None:
        contents = book.contents
        if contents.roster is not None or contents.problem is None:
            raise KeyError(book.id)
        super().__init__(book, state)
        self.problem = contents.problem
        self.language = MaterialLanguage(self.problem)
        self._names = [member.name for member in self.problem.staff]
        self._written = written_texts(self.problem)
        self._remembered()

    def _plain(self, step: MaterialStep) -> list[list[str]]:
        return [_plain(*cell) for cell in step.cells]

    def _step_of(self, plain: list[list[str]]) -> MaterialStep | None:
        cells = tuple(map(_cell_of, plain))
        known = all(self._is_known(cell) for cell, _before, _after in cells)
        return MaterialStep(cells) if known else None

    def _back(self, step: MaterialStep) -> MaterialStep:
        return MaterialStep(
            tuple((cell, after, before) for cell, before, after in step.cells)
        )

    def _is_known(self, cell: MaterialCell) -> bool:
        """Tell whether there is such a cell."""
        of_person = cell.part in OF_PEOPLE
        known = cell.who in self._names if of_person else not cell.who
        return known and cell.date in self.problem.period

    @property
    def texts(self) -> Texts:
        """The text of every cell that has one, with all that was typed."""
        return {cell: text for cell, text in self._now().items() if text}

    @property
    def edits(self) -> Texts:
        """The cells that differ from the workbook, with their texts."""
        now = self._now()
        return {c: t for c, t in now.items() if t != self._written.get(c, "")}

    def _now(self) -> Texts:
        now = dict(self._written)
        for step in self._steps[self._saved : self._done]:
            now |= {cell: after for cell, _before, after in step.cells}
        for step in reversed(self._steps[self._done : self._saved]):
            now |= {cell: before for cell, before, _after in step.cells}
        return now

    def type(
        self, part: MaterialPart, who: str, dates: Sequence[dt.date], text: str
    ) -> None:
        """Take a step: type a text into the cells of a stretch.

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
        meant = self.language.meant(part, text)
        self.change({MaterialCell(part, who, date): meant for date in dates})

    def change(self, texts: Texts) -> None:
        """Take a step that gives several cells texts as they are written.

        Raises
        ------
        KeyError
            If there is no such cell.
        """
        for cell in texts:
            if not self._is_known(cell):
                raise KeyError(cell)
        now = self._now()
        changed = tuple(
            (cell, now.get(cell, ""), text)
            for cell, text in texts.items()
            if now.get(cell, "") != text
        )
        if changed:
            self._take(MaterialStep(changed))

    def save(self) -> None:
        """Write what was typed into the workbook; nothing else in it changes.

        The new workbook is read first, as the commands would read it.

        Raises
        ------
        ChangedOutside
            If another program has changed the file; nothing is written.
        InputError
            With every mistake, if it could not be used then; nothing is written.
        OutputError
            If the file cannot be written.
        """
        path = self.book.path
        with held(path):
            data = path.read_bytes()
            if digest_of(path) != self.digest:
                raise ChangedOutside
            contents = {
                cell: self._content(cell, text) for cell, text in self.edits.items()
            }
            places = located(data, self._names, self.problem.period, contents)
            written = with_cells(data, places)
            self._check(written)
            save(lambda file: file.write(written), path)
        self._saved = self._done
        self.digest = digest_of(path)
        self._keep()

    def _check(self, written: bytes) -> None:
        """Raise `InputError` if a workbook could not be used."""
        with tempfile.TemporaryDirectory() as folder:
            trial = Path(folder) / self.book.path.name
            trial.write_bytes(written)
            read_with_warnings(trial)

    def _content(self, cell: MaterialCell, text: str) -> str | int | None:
        """Return what is written into the workbook for a text."""
        if text.isdecimal() and cell.part in NUMBERS:
            return int(text)
        return text or None

    def current(self) -> Problem:
        """Return the month with all that was typed."""
        edits = self.edits
        changed = {(cell.part, cell.who, cell.date) for cell in edits}
        requests = [
            one
            for one in self.problem.requests
            if (MaterialPart.WISH, one.staff, one.date) not in changed
        ]
        duties = [
            one
            for one in self.problem.pins.duties
            if (MaterialPart.SETTLED, one.staff, one.date) not in changed
        ]
        nights = [
            one
            for one in self.problem.pins.on_call
            if (MaterialPart.ON_CALL, "", one.date) not in changed
        ]
        days: dict[dt.date, dict[str, Any]] = {}
        for (part, who, date), text in edits.items():
            if part in COLUMNS and (text or part is MaterialPart.REMARK):
                days.setdefault(date, {})[part.value] = _value(part, text)
            elif text and part is MaterialPart.WISH:
                requests += [
                    Request(staff=StaffId(who), date=date, **wish)
                    for wish in self.language.wishes_of(text)
                ]
            elif text and part is MaterialPart.SETTLED:
                duties.append(self.language.duty_of(text, who, date))
            elif text:
                nights.append(OnCall(staff=StaffId(text), date=date))
        pins = self.problem.pins.model_copy(
            update={"duties": tuple(duties), "on_call": tuple(nights)}
        )
        known = self.problem.forecast_by_date
        forecast = self.problem.forecast.with_days(
            _with(known[date], values) for date, values in days.items()
        )
        update = {"requests": tuple(requests), "pins": pins, "forecast": forecast}
        return self.problem.model_copy(update=update)


def doubts(problem: Problem) -> tuple[tuple[Mistake, ...], tuple[Mistake, ...]]:
    """Return what makes a month unusable, and what in it looks unintended.

    Each has the person and date that it is about, where the cell is a person's.
    """
    wrong, odd = consistency.mistakes(problem), consistency.warnings(problem)
    return (
        tuple(_placed(problem, one) for one in wrong),
        tuple(_placed(problem, one) for one in odd),
    )


def _placed(problem: Problem, mistake: Mistake) -> Mistake:
    match mistake.loc:
        case ("requests", int(number), *_rest):
            one: Request | Duty | OnCall = problem.requests[number]
            sheet = REQUESTS
        case ("pins", "duties", int(number), *_rest):
            one, sheet = problem.pins.duties[number], PINS
        case ("pins", "on_call", int(number), *_rest):
            one, sheet = problem.pins.on_call[number], PINS
        case _:
            return mistake.model_copy(update={"loc": (), "more": ()})
    place = {"sheet": _(sheet.title), "name": one.staff, "date": one.date}
    return mistake.model_copy(update={**place, "loc": (), "more": ()})


def written_texts(problem: Problem) -> Texts:
    """Return the texts of a month as its workbook would be written."""
    draft = draft_of(problem)
    found = {
        MaterialCell(part, who, date): text
        for part in (MaterialPart.WISH, MaterialPart.SETTLED)
        for (who, date), text in draft.grids[GRIDS[part].title].cells.items()
    }
    for date, name in draft.grids[PINS.title].on_call.items():
        found[MaterialCell(MaterialPart.ON_CALL, "", date)] = str(name)
    for day in problem.forecast.days:
        for part, column in COLUMNS.items():
            shown = show(column, getattr(day, part.value))
            found[MaterialCell(part, "", day.date)] = (
                "" if shown is None else str(shown)
            )
    return found


def _value(part: MaterialPart, text: str) -> Any:
    return read_value(COLUMNS[part], text) if text else ""


def _with(day: ForecastDay, values: dict[str, Any]) -> ForecastDay:
    """Return a date with typed numbers; what came from users' plans gives way."""
    plans = {
        f"{name}_at": None for name in values if f"{name}_at" in type(day).model_fields
    }
    return day.model_copy(update={**values, **plans})


def _plain(cell: MaterialCell, before: str, after: str) -> list[str]:
    return [cell.part.value, cell.who, str(cell.date), before, after]


def _cell_of(kept: Iterable[str]) -> tuple[MaterialCell, str, str]:
    part, who, date, before, after = kept
    cell = MaterialCell(MaterialPart(part), who, dt.date.fromisoformat(date))
    return cell, before, after
