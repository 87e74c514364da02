"""Reading a roster workbook from its cells, hand edits included.

A cell that is unchanged gives exactly the duty of the roster as written (here: the
plan).  In a changed cell, a shift without marks means care work; its breaks are those
of the sheet of breaks if typed there or offered by the shift, else the shift's first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator

from openpyxl.workbook.workbook import Workbook
from pydantic import ValidationError

from scheduler.audit.consistency.report import texts_mistakes, unknown_facts
from scheduler.domain.base import StaffId
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import begun, look_of
from scheduler.domain.problem import Problem
from scheduler.domain.record import CellEdit, RosterFile, RosterRecord
from scheduler.domain.shifts import BreakOption, Duty, OnCall
from scheduler.files.validation import shown
from scheduler.files.workbook.container import missing_sheet, sheets_named
from scheduler.files.workbook.embedded import SHEET, check_is_roster, extract
from scheduler.files.workbook.reading.notes import CellPlace, in_order
from scheduler.files.workbook.roster.book import Labels
from scheduler.files.workbook.roster.finding import (
    Matrix,
    find_breaks,
    find_cells,
    place,
)
from scheduler.files.workbook.roster.wall_layout import typed_on_wall
from scheduler.wording.duties import is_same_work, kept_breaks, meant_duty
from scheduler.wording.notation import CellLanguage, break_text, parse_breaks

FindCells = Callable[[Collection[str]], Collection[CellPlace]]

"""Function from titles of sheets to some of their cells."""


def read_workbook(
    workbook: Workbook, no_value: FindCells, formulas: FindCells
) -> RosterFile:
    """Read a roster from a workbook that was opened with values, not formulas.

    Parameters
    ----------
    no_value
        Returns the cells of some sheets that have a formula but no value.
    formulas
        Returns the cells of some sheets that have a formula.

    Raises
    ------
    InputError
        With every mistake found, each with sheet and cell.
    """
    check_is_roster(workbook)
    documents = extract(workbook)
    try:
        labels = Labels.model_validate_json(documents["labels"])
        problem = Problem.model_validate_json(documents["problem"])
        plan = RosterRecord.model_validate_json(documents["plan"])
    except (KeyError, ValidationError):
        raise InputError([Mistake(code="plan_damaged", sheet=SHEET)]) from None
    unfit = tuple(texts_mistakes(problem))
    if unfit:
        # Older versions allowed names of several lines.
        raise InputError(unfit)
    found, missing = {}, []
    for title in (labels.roster, labels.breaks):
        there = sheets_named(workbook, [title])
        if there:
            found[title] = Matrix.of(there[0])
        else:
            known = (labels.roster, labels.breaks)
            missing.append(missing_sheet(workbook, title, known))
    if missing:
        raise InputError(missing)
    reader = _ReadBack(
        problem,
        plan,
        labels,
        found[labels.roster],
        found[labels.breaks],
    )
    for sheet in sheets_named(workbook, [labels.wall] if labels.wall else []):
        reader.check_wall(Matrix.of(sheet), formulas([sheet.title]))
    return reader.read(no_value([cells.title for cells in found.values()]))


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
        self._tail = {(duty.staff, duty.date): duty for duty in problem.history.duties}
        self._mistakes: list[Mistake] = []
        self._changes: list[CellEdit] = []
        self._cells = cells
        self._breaks = breaks
        self._places = find_cells(cells, problem, labels, self._mistakes)
        self._break_places = find_breaks(breaks, problem, labels, self._mistakes)

    def check_wall(self, wall: Matrix, formulas: Collection[CellPlace]) -> None:
        """Report what was typed into the wall sheet, where it changes nothing."""
        given = self._labels, self._problem, formulas
        self._mistakes += typed_on_wall(wall, self._cells, self._places, *given)

    def read(self, no_value: Collection[CellPlace]) -> RosterFile:
        """Return the roster; raise `InputError` with all mistakes if there are any."""
        duties = {
            (duty.staff, duty.date): duty
            for member in self._problem.staff
            for date in self._problem.period.dates
            if (duty := self._duty(member.name, date))
        }
        on_call = tuple(self._on_call())
        self._check_other_dates()
        self._check_values(no_value)
        if self._mistakes:
            sheets = (self._labels.wall, self._cells.title, self._breaks.title)
            raise InputError(in_order(self._mistakes, sheets))
        if not self._changes:
            return RosterFile(problem=self._problem, roster=self._plan, plan=self._plan)
        roster = RosterRecord(duties=tuple(duties.values()), on_call=on_call)
        return RosterFile(
            problem=self._problem,
            roster=roster,
            plan=self._plan,
            changed=tuple(self._changes),
        )

    def _duty(self, name: StaffId, date: dt.date) -> Duty | None:
        where = self._places.cell(name, date)
        if where is None:
            return None
        planned = self._plan.by_cell.get((name, date))
        before = self._language.write(planned) if planned else ""
        text = self._cells.text(*where)
        # Exact comparison first: a duty is more than its cell says (breaks, roles).
        duty = planned if text == before or not look_of(text + before) else None
        if duty is None and look_of(text):
            meaning = self._language.read(text)
            if meaning is None:
                self._wrong("not_duty", self._cells, where, text, name, date)
                return None
            duty = meant_duty(self._problem, name, date, meaning)
            if planned and is_same_work(duty, planned):
                duty = planned
        if duty != planned:
            self._changed(self._cells, where, name, date, before, text)
        if duty is None or duty.shift is None:
            self._check_no_breaks(name, date, planned)
        if duty is None:
            return None
        duty = self._with_breaks(duty, planned)
        if planned is None or duty.shift is None:
            return duty
        # Like breaks, events stand in no cell: who still has a shift still comes.
        return duty.model_copy(update={"events": planned.events})

    def _check_no_breaks(
        self, name: StaffId, date: dt.date, planned: Duty | None
    ) -> None:
        """Report breaks that were typed for a date without a shift."""
        where = self._break_places.cell(name, date)
        text = self._breaks.text(*where) if where else ""
        if where and look_of(text) and not _is_planned(text, planned):
            self._wrong("break_without_shift", self._breaks, where, text, name, date)

    def _with_breaks(self, duty: Duty, planned: Duty | None) -> Duty:
        where = self._break_places.cell(duty.staff, duty.date)
        if duty.shift is None or where is None:
            return duty
        text = self._breaks.text(*where)
        kept = planned is not None and planned.shift == duty.shift
        if _is_planned(text, planned):
            breaks = kept_breaks(self._problem, duty, planned)
        elif not look_of(text) and not kept:
            breaks = duty.breaks
        else:
            breaks = self._typed_breaks(text, where, duty)
            if not kept or planned is None or breaks != planned.breaks:
                before = break_text(planned.breaks) if planned else ""
                self._changed(self._breaks, where, duty.staff, duty.date, before, text)
        return duty.model_copy(update={"breaks": breaks})

    def _typed_breaks(
        self, text: str, where: tuple[int, int], duty: Duty
    ) -> BreakOption:
        try:
            return parse_breaks(text)
        except ValueError:
            name, date = duty.staff, duty.date
            self._wrong("not_break", self._breaks, where, text, name, date)
            return duty.breaks

    def _on_call(self) -> Iterator[OnCall]:
        row = self._places.on_call
        if row is None:
            return
        for date in self._problem.period.dates:
            column = self._places.columns.get(date)
            if column is None:
                continue
            planned = self._plan.on_call_by_date.get(date)
            text = self._cells.text(row, column)
            name = self._person(text) if text else None
            if text and name is None:
                self._wrong_person(text, (row, column), date)
            elif name != planned:
                label, before = self._labels.on_call, planned or ""
                self._changed(
                    self._cells, (row, column), label, date, before, name or ""
                )
            if name is not None:
                yield OnCall(staff=name, date=date)

    def _person(self, text: str) -> StaffId | None:
        """Return the person with a full name, or with a unique beginning of a name."""
        found = begun(text, (member.name for member in self._problem.staff))
        return found[0] if len(found) == 1 else None

    def _wrong_person(self, text: str, where: tuple[int, int], date: dt.date) -> None:
        names = [member.name for member in self._problem.staff]
        found = begun(text, names)
        code = "name_unclear" if found else "unknown_person"
        facts = {"known": "、".join(found)} if found else unknown_facts(text, names)
        facts.pop("value", None)
        self._wrong(code, self._cells, where, text, "", date, **facts)

    def _check_other_dates(self) -> None:
        """Report edited cells of dates before or after the period."""
        period = self._problem.period
        for date, column in self._places.columns.items():
            for name, row in self._places.rows.items():
                where = (row, column)
                if date < period.first:
                    self._check_tail(name, date, where)
                elif date > period.last and self._cells.text(*where):
                    span = {"first": str(period.first), "last": str(period.last)}
                    facts = {"date": str(date), **span}
                    self._wrong(
                        "date_outside", self._cells, where, "", name, None, **facts
                    )

    def _check_tail(self, name: StaffId, date: dt.date, where: tuple[int, int]) -> None:
        done = self._tail.get((name, date))
        before = self._language.write(done) if done else ""
        text = self._cells.text(*where)
        means_it = before and self._language.read(text) == self._language.read(before)
        if look_of(text) != look_of(before) and not means_it:
            self._wrong(
                "tail_changed",
                self._cells,
                where,
                text,
                whose=name,
                on=date,
                before=before or "-",
            )

    def _check_values(self, no_value: Collection[CellPlace]) -> None:
        """Report cells that seem empty because their formula has no value."""
        for matrix, places in (
            (self._cells, self._places),
            (self._breaks, self._break_places),
        ):
            names = {row: str(name) for name, row in places.rows.items()}
            dates = {column: date for date, column in places.columns.items()}
            if places.on_call is not None:
                names[places.on_call] = ""
            for sheet, row, column in sorted(no_value):
                if sheet == matrix.title and row in names and column in dates:
                    where, date = (row, column), dates[column]
                    self._wrong("not_calculated", matrix, where, "", names[row], date)

    def _changed(
        self,
        matrix: Matrix,
        where: tuple[int, int],
        staff: str,
        date: dt.date,
        before: str,
        after: str,
    ) -> None:
        self._changes.append(
            CellEdit(
                sheet=matrix.title,
                cell=place(*where),
                staff=staff,
                date=date,
                before=before,
                after=after,
            )
        )

    def _wrong(
        self,
        code: str,
        matrix: Matrix,
        where: tuple[int, int],
        value: str,
        whose: str = "",
        on: dt.date | None = None,
        **facts: str,
    ) -> None:
        self._mistakes.append(
            Mistake(
                code=code,
                facts={**facts, "value": shown(value)},
                sheet=matrix.title,
                cell=place(*where),
                name=whose,
                date=on,
            )
        )


def _is_planned(text: str, planned: Duty | None) -> bool:
    """Tell whether a text names a duty's breaks, in whichever notation."""
    try:
        return parse_breaks(text) == (planned.breaks if planned else ())
    except ValueError:
        return False
