"""Reading a roster workbook from its cells, hand edits included.

A cell that is unchanged gives exactly the duty of the roster as written (here: the
plan).  In a changed cell, a shift without marks means care work; its breaks are those
of the sheet of breaks if typed there or offered by the shift, else the shift's first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from openpyxl.workbook.workbook import Workbook
from pydantic import ValidationError

from scheduler.audit.consistency.report import texts_mistakes, unknown_facts
from scheduler.domain.base import StaffId
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import begun, look_of
from scheduler.domain.problem import Problem
from scheduler.domain.record import CellEdit, RosterFile, RosterRecord
from scheduler.domain.shifts import Duty, OnCall
from scheduler.files.validation import refused, shown
from scheduler.files.workbook.container import (
    formulas_in,
    missing_sheet,
    open_workbook,
    sheets_named,
    uncalculated,
    workbook_bytes,
)
from scheduler.files.workbook.embedded import SHEET, check_is_roster, extract
from scheduler.files.workbook.reading.notes import CellPlace, in_order
from scheduler.files.workbook.references import at
from scheduler.files.workbook.roster.book import Labels
from scheduler.files.workbook.roster.locating import (
    FoundRows,
    Matrix,
    find_breaks,
    find_cells,
)
from scheduler.files.workbook.roster.symbols import PostedSymbols
from scheduler.wording.duties import is_same_work, kept_breaks, meant_duty
from scheduler.wording.notation import CellLanguage, break_text, parse_breaks
from scheduler.wording.translation import language


def read_book(path: Path) -> RosterFile:
    """Read a roster back from the cells of its workbook, hand edits included.

    Raises
    ------
    InputError
        With every mistake found, each with sheet and cell.
    """
    return _read_once(workbook_bytes(path), language())


@lru_cache(maxsize=8)
def _read_once(data: bytes, _language: str) -> RosterFile:
    # Of houses each names the others' files, and a plan the roster's: one task comes to
    # the same workbook by several ways.
    with closing(open_workbook(data, streaming=True)) as workbook:
        return _read(data, workbook)


def _read(data: bytes, workbook: Workbook) -> RosterFile:
    check_is_roster(workbook)
    documents = extract(workbook)
    try:
        labels = Labels.model_validate_json(documents["labels"])
        problem = Problem.model_validate_json(documents["problem"])
        plan = RosterRecord.model_validate_json(documents["plan"])
    except (KeyError, ValidationError):
        raise refused("plan_damaged", SHEET) from None
    unfit = tuple(texts_mistakes(problem))
    if unfit:
        # Older versions allowed names of several lines.
        raise InputError(unfit)
    titles, found, missing = (labels.roster, labels.breaks), [], []
    for title in titles:
        there = sheets_named(workbook, [title])
        found += [Matrix.of(sheet) for sheet in there[:1]]
        if not there:
            missing.append(missing_sheet(workbook, title, titles))
    if missing:
        raise InputError(missing)
    reader = _ReadBack(problem, plan, labels, *found)
    for sheet in sheets_named(workbook, [labels.wall] if labels.wall else []):
        reader.check_wall(Matrix.of(sheet), formulas_in(data, [sheet.title]))
    return reader.read(uncalculated(data, [one.title for one in found]))


class _FoundSheet(NamedTuple):
    """One of the two sheets that are read: its values, and where things stand."""

    cells: Matrix
    places: FoundRows

    def text(self, name: StaffId, date: dt.date) -> str:
        """Return the text of a person's cell; empty if it was not found."""
        where = self.places.cell(name, date)
        return self.cells.text(*where) if where else ""


class _ReadBack:
    """Reads cell by cell, collecting changes and mistakes."""

    def __init__(
        self,
        problem: Problem,
        plan: RosterRecord,
        labels: Labels,
        cells: Matrix,
        breaks: Matrix,
    ) -> None:
        self._problem = problem
        self._plan = plan
        self._labels = labels
        self._language = CellLanguage(problem)
        self._mistakes: list[Mistake] = []
        self._changes: list[CellEdit] = []
        given = problem, labels, self._mistakes
        self._front = _FoundSheet(cells, find_cells(cells, *given))
        self._breaks = _FoundSheet(breaks, find_breaks(breaks, *given))

    def check_wall(self, wall: Matrix, formulas: Collection[CellPlace]) -> None:
        """Report what was typed into the wall sheet, where it changes nothing."""
        posted, cells = PostedSymbols(self._problem), self._front.cells
        for here, shows, name, date in self._on_wall(wall):
            typed, means = wall.text(*here), cells.text(*shows)
            means = posted.of_text(means) if name else means
            is_formula = CellPlace(wall.title, *here) in formulas
            if not is_formula and look_of(typed) != look_of(means):
                facts = {"sheet": cells.title, "cell": at(*shows)}
                self._wrong("typed_on_wall", wall, here, typed, name, date, **facts)

    def _on_wall(
        self, wall: Matrix
    ) -> Iterator[tuple[tuple[int, int], tuple[int, int], str, dt.date]]:
        """Yield cells of the wall sheet: place, what cell it shows, name and date."""
        corner, places = wall.find(self._labels.name), self._front.places
        if corner is None:
            return
        columns = dict(wall.dates(corner[0], self._problem.period))
        rows: dict[str, int] = {}
        for row, text in wall.below(*corner):
            rows.setdefault(look_of(text), row)
        people = [(str(name), row) for name, row in places.rows.items()]
        if places.on_call is not None:
            people.append(("", places.on_call))
        for name, row in people:
            row_here = rows.get(look_of(name or self._labels.on_call))
            for date, column in columns.items():
                if row_here is not None and date in places.columns:
                    shows = row, places.columns[date]
                    yield (row_here, column), shows, name, date

    def read(self, no_value: Collection[CellPlace]) -> RosterFile:
        """Return the roster; raise `InputError` with all mistakes if there are any."""
        duties = tuple(
            duty
            for member in self._problem.staff
            for date in self._problem.period.dates
            if (duty := self._duty(member.name, date))
        )
        on_call = tuple(self._on_call())
        self._check_other_dates()
        self._check_values(no_value)
        if self._mistakes:
            titles = (one.cells.title for one in (self._front, self._breaks))
            raise InputError(in_order(self._mistakes, (self._labels.wall, *titles)))
        if not self._changes:
            return RosterFile(problem=self._problem, roster=self._plan, plan=self._plan)
        roster = RosterRecord(duties=duties, on_call=on_call)
        return RosterFile.edited(self._problem, roster, self._plan, self._changes)

    def _duty(self, name: StaffId, date: dt.date) -> Duty | None:
        where = self._front.places.cell(name, date)
        if where is None:
            return None
        planned = self._plan.by_cell.get((name, date))
        before = self._language.write(planned) if planned else ""
        text = self._front.text(name, date)
        # Exact comparison first: a duty is more than its cell says (breaks, roles).
        duty = planned if text == before or not look_of(text + before) else None
        if duty is None and look_of(text):
            meaning = self._language.read(text)
            if meaning is None:
                code, facts = self._language.refused("not_duty", text)
                self._wrong(code, self._front.cells, where, text, name, date, **facts)
                return None
            duty = meant_duty(self._problem, name, date, meaning)
            if planned and is_same_work(duty, planned):
                duty = planned
        if duty != planned:
            self._changed(self._front, where, name, date, before, text)
        if duty is None or duty.shift is None:
            self._check_no_breaks(name, date, planned)
            return duty
        duty = self._with_breaks(duty, planned)
        # Like breaks, events stand in no cell: who still has a shift still comes.
        update = {"events": planned.events} if planned else {}
        return duty.model_copy(update=update)

    def _check_no_breaks(
        self, name: StaffId, date: dt.date, planned: Duty | None
    ) -> None:
        """Report breaks that were typed for a date without a shift."""
        where = self._breaks.places.cell(name, date)
        text = self._breaks.text(name, date)
        if where and look_of(text) and not _is_planned(text, planned):
            self._wrong(
                "break_without_shift", self._breaks.cells, where, text, name, date
            )

    def _with_breaks(self, duty: Duty, planned: Duty | None) -> Duty:
        name, date = duty.staff, duty.date
        where = self._breaks.places.cell(name, date)
        if where is None:
            return duty
        text, breaks = self._breaks.text(name, date), duty.breaks
        kept = planned is not None and planned.shift == duty.shift
        if _is_planned(text, planned):
            breaks = kept_breaks(self._problem, duty, planned)
        elif look_of(text) or kept:
            try:
                breaks = parse_breaks(text)
            except ValueError:
                self._wrong("not_break", self._breaks.cells, where, text, name, date)
            if not kept or planned is None or breaks != planned.breaks:
                before = break_text(planned.breaks) if planned else ""
                self._changed(self._breaks, where, name, date, before, text)
        return duty.model_copy(update={"breaks": breaks})

    def _on_call(self) -> Iterator[OnCall]:
        cells, places = self._front
        names = [member.name for member in self._problem.staff]
        for date in self._problem.period.dates:
            if places.on_call is None or date not in places.columns:
                continue
            where = places.on_call, places.columns[date]
            text = cells.text(*where)
            # A full name, or a beginning that only one name has.
            found = begun(text, names) if text else ()
            name = found[0] if len(found) == 1 else None
            planned = self._plan.on_call_by_date.get(date)
            if text and name is None:
                code = "name_unclear" if found else "unknown_person"
                known = {"known": "、".join(found)}
                facts = known if found else unknown_facts(text, names)
                facts.pop("value", None)
                self._wrong(code, self._front.cells, where, text, "", date, **facts)
            elif name != planned:
                label, before = self._labels.on_call, planned or ""
                self._changed(self._front, where, label, date, before, name or "")
            if name is not None:
                yield OnCall(staff=name, date=date)

    def _check_other_dates(self) -> None:
        """Report edited cells of dates before or after the period."""
        period, (cells, places) = self._problem.period, self._front
        tail = self._problem.history.by_cell
        for date, column in places.columns.items():
            for name, row in places.rows.items():
                where = (row, column)
                text = cells.text(*where)
                if date < period.first:
                    done = tail.get((name, date))
                    before = self._language.write(done) if done else ""
                    if not self._means(text, before):
                        given = cells, where, text, name, date
                        self._wrong("tail_changed", *given, before=before or "-")
                elif date > period.last and text:
                    self._wrong(
                        "date_outside",
                        *(cells, where, "", name, None),
                        date=str(date),
                        first=str(period.first),
                        last=str(period.last),
                    )

    def _means(self, text: str, before: str) -> bool:
        """Tell whether a cell's text means what stood there before."""
        if look_of(text) == look_of(before):
            return True
        return bool(before) and self._language.read(text) == self._language.read(before)

    def _check_values(self, no_value: Collection[CellPlace]) -> None:
        """Report cells that seem empty because their formula has no value."""
        for found in (self._front, self._breaks):
            places = found.places
            names = {row: str(name) for name, row in places.rows.items()}
            dates = {column: date for date, column in places.columns.items()}
            if places.on_call is not None:
                names[places.on_call] = ""
            for sheet, row, column in sorted(no_value):
                if sheet == found.cells.title and row in names and column in dates:
                    given = (row, column), "", names[row], dates[column]
                    self._wrong("not_calculated", found.cells, *given)

    def _changed(
        self,
        found: _FoundSheet,
        where: tuple[int, int],
        staff: str,
        date: dt.date,
        before: str,
        after: str,
    ) -> None:
        edit = CellEdit(
            sheet=found.cells.title,
            cell=at(*where),
            staff=staff,
            date=date,
            before=before,
            after=after,
        )
        self._changes.append(edit)

    def _wrong(
        self,
        code: str,
        cells: Matrix,
        where: tuple[int, int],
        value: str,
        whose: str,
        on: dt.date | None,
        **facts: str,
    ) -> None:
        mistake = Mistake(
            code=code,
            facts={**facts, "value": shown(value)},
            sheet=cells.title,
            cell=at(*where),
            name=whose,
            date=on,
        )
        self._mistakes.append(mistake)


def _is_planned(text: str, planned: Duty | None) -> bool:
    """Tell whether a text names a duty's breaks, in whichever notation."""
    try:
        return parse_breaks(text) == (planned.breaks if planned else ())
    except ValueError:
        return False
