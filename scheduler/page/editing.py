"""A roster that is open for editing: what was typed, undone, audited and saved.

Typed cells mean what they would mean in Excel: the same words, the same breaks.  After
every step the whole roster is audited by the audit that `shotaki check` uses.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit import audit
from scheduler.audit.figures.people import people
from scheduler.domain.base import StaffId
from scheduler.domain.likeness import begun, look_of
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import OnCall
from scheduler.files.saving import held
from scheduler.files.versions import save_version
from scheduler.page.books import digest_of
from scheduler.page.opened import ChangedOutside, NotUnderstood, OpenBook
from scheduler.wording.notation import CellLanguage
from scheduler.wording.translation import _
from scheduler.wording.typed_cells import typed_duty

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.audit.figures.people import PersonMonth
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterFile
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty
    from scheduler.page.books import WorkbookFile
    from scheduler.page.grid_values import MonthGrid
    from scheduler.page.state import State

Cell = tuple[str, dt.date]
"""A person's name and a date; the empty name stands for the row of nights on call."""


class CellTyped(NamedTuple):
    """One step: a cell and what was typed into it; empty takes the step back."""

    staff: str
    date: dt.date
    text: str


class AuditedRoster:
    """A roster with the findings of its audit, and what is read off it."""

    def __init__(self, problem: Problem, roster: RosterRecord) -> None:
        self.problem = problem
        self.roster = roster
        self.findings: tuple[Finding, ...] = audit(problem, roster)

    @cached_property
    def months(self) -> tuple[PersonMonth, ...]:
        """Every person's month, in the order of the staff list."""
        return people(self.problem, self.roster)


class OpenRoster(OpenBook[CellTyped]):
    """A roster workbook, and what was typed on the page since it was last saved.

    Raises
    ------
    KeyError
        If the workbook holds no roster.

    Attributes
    ----------
    file
        What was read from the workbook.
    saved
        The roster as the workbook has it.
    now
        With all that was typed.
    drawn
        The grid that was drawn last, and of what, in which language.
    """

    def __init__(self, book: WorkbookFile, state: State) -> None:
        contents = book.contents
        if contents.roster is None:
            raise KeyError(book.id)
        super().__init__(book, state)
        self.problem = contents.roster.problem
        self.file: RosterFile = contents.roster
        self._language = CellLanguage(self.problem)
        self._names = [member.name for member in self.problem.staff]
        self.drawn: tuple[tuple[AuditedRoster, str], MonthGrid] | None = None
        self.saved = AuditedRoster(self.problem, self.file.roster)
        self.now = self.saved
        self._remembered()

    def _plain(self, step: CellTyped) -> list[str]:
        return [step.staff, str(step.date), step.text]

    def _step_of(self, plain: list[str]) -> CellTyped | None:
        staff, date, text = plain
        if staff not in ("", *self._names):
            return None
        return CellTyped(staff, dt.date.fromisoformat(date), text)

    @property
    def language(self) -> CellLanguage:
        """How cells are written and read."""
        return self._language

    @property
    def version(self) -> int:
        """The version of the saved roster."""
        return self.file.plan.version

    @property
    def edits(self) -> dict[Cell, str]:
        """The cells that differ from the workbook, with what was typed."""
        given: dict[Cell, str] = {}
        for staff, date, text in self._steps[: self._done]:
            given[staff, date] = text
        before, after = self.saved.roster, self.now.roster
        return {
            cell: text
            for cell, text in given.items()
            if (_at(before, cell) != _at(after, cell))
        }

    def type(self, staff: str, date: dt.date, text: str) -> None:
        """Take a step: type a text into a cell, and audit the roster.

        Parameters
        ----------
        staff
            A person of the staff list, or empty for the row of nights on call.
        text
            As in Excel; empty takes the cell back to what the workbook says.

        Raises
        ------
        NotUnderstood
            If the text has no meaning there.
        KeyError
            If there is no such cell.
        """
        if staff not in ("", *self._names) or date not in self.problem.period:
            raise KeyError(staff)
        step = CellTyped(staff, date, text.strip())
        self._meant(step)
        self._take(step)

    def _look(self) -> None:
        """Audit the roster."""
        roster = self._roster()
        same = roster is self.saved.roster
        self.now = self.saved if same else AuditedRoster(self.problem, roster)

    def _roster(self) -> RosterRecord:
        """Return the roster with all steps that are done."""
        base = self.file.roster
        duties, nights = dict(base.by_cell), dict(base.on_call_by_date)
        for step in self._steps[: self._done]:
            if step.staff:
                duty = self._meant(step)
                if duty is not None:
                    duties[duty.staff, duty.date] = duty
                continue
            name = self._on_call(step)
            if name:
                nights[step.date] = name
            else:
                nights.pop(step.date, None)
        if duties == base.by_cell and nights == base.on_call_by_date:
            return base
        return RosterRecord(
            duties=tuple(duties.values()),
            on_call=tuple(
                OnCall(staff=name, date=date) for date, name in sorted(nights.items())
            ),
        )

    def _meant(self, step: CellTyped) -> Duty | None:
        """Return the duty of a step; ``None`` for a night on call, or no duty."""
        if not step.staff:
            self._on_call(step)
            return None
        base, plan = self.file.roster, self.file.plan
        name = next(name for name in self._names if name == step.staff)
        stands = base.by_cell.get((name, step.date))
        text = look_of(step.text)
        if not text or (stands and text == look_of(self._language.write(stands))):
            return stands
        planned = plan.by_cell.get((name, step.date))
        duty = typed_duty(
            self.problem, self._language, step.text, name, step.date, planned
        )
        if duty is None:
            member = self.problem.member_by_name[name]
            told = _("“{text}” is no duty here. There are: {choices}")
            choices = "・".join(dict.fromkeys(self._language.choices(member)))
            raise NotUnderstood(told.format(text=step.text[:20], choices=choices))
        return duty

    def _on_call(self, step: CellTyped) -> StaffId | None:
        """Return who is on call by a step."""
        if not look_of(step.text):
            return self.file.roster.on_call_by_date.get(step.date)
        found = begun(step.text, self._names)
        if len(found) != 1:
            told = _("“{text}” is no one's name, or several people's.")
            raise NotUnderstood(told.format(text=step.text[:20]))
        return found[0]

    def save(
        self,
        when: dt.datetime,
        why: str = "",
        problem: Problem | None = None,
        roster: Roster | None = None,
    ) -> Path:
        """Save a new version, and return where the one before is kept.

        Parameters
        ----------
        why
            What made it; empty if its cells were edited.
        problem, roster
            Of another version that is brought back; what was typed if not given.

        Raises
        ------
        ChangedOutside
            If the workbook has changed since it was opened; nothing is written.
        OutputError
            If it cannot be written, for example because Excel has it open.
        """
        path, saved = self.book.path, roster or self.now.roster
        month = problem or self.problem
        record = RosterRecord(duties=saved.duties, on_call=saved.on_call)
        with held(path):
            if digest_of(path) != self.digest:
                raise ChangedOutside
            kept = save_version(path, self.file, month, record, when, why)
        self._state.forget_typed(self.book.id)
        return kept


def _at(roster: RosterRecord, cell: Cell) -> object:
    staff, date = cell
    if not staff:
        return roster.on_call_by_date.get(date)
    return roster.by_cell.get((StaffId(staff), date))
