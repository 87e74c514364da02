"""Reading a roster workbook from its cells, hand edits included.

A cell that still says what the plan said stands for the plan's duty exactly.  In a
changed cell, a shift without marks means care work, and its breaks are those of the
sheet of breaks if the shift offers them, or else the first it offers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import begun, look_of
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import BreakOption, Duty, OnCall
from scheduler.workbook.embedded import SHEET, extract
from scheduler.workbook.kinds import check_is_roster
from scheduler.workbook.roster.file import Change, RosterFile
from scheduler.workbook.roster.finding_cells import (
    Places,
    find_breaks,
    find_cells,
)
from scheduler.workbook.roster.grid import Labels
from scheduler.workbook.roster.matrix import Matrix, place
from scheduler.workbook.roster.symbols import (
    CellLanguage,
    Meaning,
    break_text,
    parse_breaks,
    plain_roles,
)
from scheduler.workbook.tabs import missing_sheet, sheets_named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from openpyxl.workbook.workbook import Workbook

    from scheduler.domain.base import StaffId


def read_workbook(workbook: Workbook) -> RosterFile:
    """Read a roster from an open workbook, values and not formulas.

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
        plan = Roster.model_validate_json(documents["plan"])
    except (KeyError, ValidationError):
        raise InputError([Mistake(code="plan_damaged", sheet=SHEET)]) from None
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
    reader = _Reader(
        problem,
        plan,
        labels,
        found[labels.roster],
        found[labels.breaks],
    )
    return reader.read()


class _Reader:
    """Reads cell by cell, collecting changes and mistakes."""

    def __init__(
        self,
        problem: Problem,
        plan: Roster,
        labels: Labels,
        cells: Matrix,
        breaks: Matrix,
    ) -> None:
        self._problem = problem
        self._plan = plan
        self._labels = labels
        self._language = CellLanguage(problem)
        self._mistakes: list[Mistake] = []
        self._changes: list[Change] = []
        self._cells = cells
        self._breaks = breaks
        self._places = find_cells(cells, problem, labels, self._mistakes)
        self._break_places = find_breaks(breaks, problem, labels, self._mistakes)

    def read(self) -> RosterFile:
        """Return the roster, or raise with all mistakes."""
        duties = {
            (duty.staff, duty.date): duty
            for member in self._problem.staff
            for date in self._problem.period.dates
            if (duty := self._duty(member.name, date))
        }
        on_call = tuple(self._on_call())
        if self._mistakes:
            raise InputError(self._mistakes)
        if not self._changes:
            return RosterFile(problem=self._problem, roster=self._plan, plan=self._plan)
        roster = Roster(duties=tuple(duties.values()), on_call=on_call)
        return RosterFile(
            problem=self._problem,
            roster=roster,
            plan=self._plan,
            changed=tuple(self._changes),
        )

    def _duty(self, name: StaffId, date: dt.date) -> Duty | None:
        where = _where(self._places, name, date)
        if where is None:
            return None
        planned = self._plan.by_cell.get((name, date))
        before = self._language.write(planned) if planned else ""
        text = self._cells.text(*where)
        duty = planned if text == before or not look_of(text + before) else None
        if duty is None and look_of(text):
            meaning = self._language.read(text)
            if meaning is None:
                self._wrong("not_duty", self._cells, where, text)
                return None
            duty = self._meant(name, date, meaning)
            if planned and _same_work(duty, planned):
                duty = planned
        if duty != planned:
            self._changed(self._cells, where, name, date, before, text)
        return duty and self._with_breaks(duty, planned)

    def _meant(self, name: StaffId, date: dt.date, meaning: Meaning) -> Duty:
        """Return the duty of a changed cell, with the first breaks of its shift."""
        if meaning.shift is None:
            return Duty(staff=name, date=date, off=meaning.off)
        shift = self._problem.shift_by_symbol[meaning.shift]
        member = self._problem.member_by_name[name]
        return Duty(
            staff=name,
            date=date,
            shift=shift.symbol,
            roles=meaning.roles or plain_roles(member, shift),
            breaks=shift.break_options[0],
        )

    def _with_breaks(self, duty: Duty, planned: Duty | None) -> Duty:
        where = _where(self._break_places, duty.staff, duty.date)
        if duty.shift is None or where is None:
            return duty
        text = self._breaks.text(*where)
        before = break_text(planned.breaks) if planned else ""
        kept = planned is not None and planned.shift == duty.shift
        if look_of(text) == look_of(before):
            offered = self._problem.shift_by_symbol[duty.shift].break_options
            still = planned is not None and (kept or planned.breaks in offered)
            breaks = planned.breaks if planned and still else duty.breaks
        elif not look_of(text) and not kept:
            breaks = duty.breaks
        else:
            breaks = self._typed_breaks(text, where, duty)
            if not kept or planned is None or breaks != planned.breaks:
                self._changed(self._breaks, where, duty.staff, duty.date, before, text)
        return duty.model_copy(update={"breaks": breaks})

    def _typed_breaks(
        self, text: str, where: tuple[int, int], duty: Duty
    ) -> BreakOption:
        try:
            return parse_breaks(text)
        except ValueError:
            self._wrong("not_break", self._breaks, where, text)
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
                known = "、".join(member.name for member in self._problem.staff)
                self._wrong(
                    "unknown_person", self._cells, (row, column), text, known=known
                )
            elif name != planned:
                label, before = self._labels.on_call, planned or ""
                self._changed(
                    self._cells, (row, column), label, date, before, name or ""
                )
            if name is not None:
                yield OnCall(staff=name, date=date)

    def _person(self, text: str) -> StaffId | None:
        """Return who is meant: the name in full, or a beginning that only one has."""
        found = begun(text, (member.name for member in self._problem.staff))
        return found[0] if len(found) == 1 else None

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
            Change(
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
        **facts: str,
    ) -> None:
        self._mistakes.append(
            Mistake(
                code=code,
                facts={"value": value, **facts},
                sheet=matrix.title,
                cell=place(*where),
            )
        )


def _where(places: Places, name: StaffId, date: dt.date) -> tuple[int, int] | None:
    row, column = places.rows.get(name), places.columns.get(date)
    return None if row is None or column is None else (row, column)


def _same_work(one: Duty, other: Duty) -> bool:
    return (one.shift, one.roles, one.off) == (other.shift, other.roles, other.off)
