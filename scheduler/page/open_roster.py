"""A roster that is open for editing: what was typed, undone, audited and saved.

Typed cells mean what they would mean in Excel: the same words, the same breaks.  After
every step the whole roster is audited by the audit that `shotaki check` uses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.audit import audit, consistency
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Mistake
from scheduler.domain.forecast import Service
from scheduler.domain.likeness import begun, look_of
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty
from scheduler.files.rosters import NextVersion, save_versions
from scheduler.files.saving import PATIENCE, locked
from scheduler.files.wall_of_all import renew_wall_of_all
from scheduler.page import clock
from scheduler.page.audited import AllHouses, AuditedRoster, Joining
from scheduler.page.books import NoSuchBook, WorkbookFile
from scheduler.page.contents import digest_of
from scheduler.page.open_book import (
    FIXED,
    OPEN,
    Cell,
    ChangedOutside,
    NotUnderstood,
    OpenBook,
    Part,
    RosterEdit,
    Step,
    SteppedMonth,
    pinned,
)
from scheduler.page.state import State
from scheduler.wording.duties import typed_duty
from scheduler.wording.mistakes import mistake_text, mistake_texts
from scheduler.wording.notation import CellLanguage, parse_breaks
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.grid_values import MonthGrid


class OpenRoster(OpenBook[Step]):
    """A roster workbook, and what was typed on the page since it was last saved.

    Raises
    ------
    NoSuchBook
        If the workbook holds no roster.

    Attributes
    ----------
    file
        What was read from the workbook.
    saved
        The roster as the workbook has it.
    now
        With all that was typed.
    others
        The rosters of the houses with which this one is planned together.
    drawn
        The grid that was drawn last, and of what, in which language.
    """

    def __init__(self, book: WorkbookFile, state: State) -> None:
        contents = book.contents
        if contents.roster is None:
            raise NoSuchBook(book.id)
        super().__init__(book, state)
        self.problem = contents.roster.problem
        self.file: RosterFile = contents.roster
        self._language = CellLanguage(self.problem)
        self._names = [member.name for member in self.problem.staff]
        self.drawn: tuple[tuple[AuditedRoster, str], MonthGrid] | None = None
        self.others: tuple[OpenRoster, ...] = ()
        self._met: tuple[str, ...] = ()
        self._joining = Joining()
        self.saved = AuditedRoster(self.problem, self.file.roster)
        self.now = self.saved
        self._remembered()

    def _plain(self, step: Step) -> list[list[str]]:
        return [[one.part, one.who, str(one.date), one.text] for one in step]

    def _step_of(self, plain: Any) -> Step | None:
        try:
            step = tuple(
                RosterEdit(Part(part), who, dt.date.fromisoformat(date), text)
                for part, who, date, text in plain
            )
            for one in step:
                self._check(one)
        except (ValueError, KeyError):
            return None
        return step

    @property
    def language(self) -> CellLanguage:
        """How cells are written and read."""
        return self._language

    @property
    def version(self) -> int:
        """The version of the saved roster."""
        return self.file.plan.version

    @property
    def made_at(self) -> dt.datetime | None:
        """When the saved version was made; cells may have been edited since."""
        return self.file.plan.made_at

    @property
    def edited_at(self) -> dt.datetime | None:
        """When the file was last saved, if its cells were edited in Excel."""
        changed = dt.datetime.fromtimestamp(self.book.stamp.changed / 1e9)
        return changed if self.file.changed else None

    @property
    def typed(self) -> dict[Cell, str]:
        """The cells that differ from the workbook, with what was typed."""
        before, after = self.saved.roster, self.now.roster
        return {
            cell: text
            for cell, text in self._latest(Part.CELL).items()
            if _at(before, cell) != _at(after, cell)
        }

    @property
    def edits(self) -> dict[tuple[Part, str, dt.date], str]:
        """All that differs from the workbook: cells, pins, numbers of users."""
        found = {(Part.CELL, *cell): text for cell, text in self.typed.items()}
        pins = self.problem.pins, self.now.problem.pins
        if pins[0] != pins[1]:
            old, new = (pinned(one) for one in pins)
            for who, date in old ^ new:
                is_fixed = (who, date) in new
                found[Part.PIN, who, date] = FIXED if is_fixed else OPEN
        before, after = self.problem.forecast_by_date, self.now.problem.forecast_by_date
        for (service, date), text in self._latest(Part.USERS).items():
            if getattr(before[date], service) != getattr(after[date], service):
                found[Part.USERS, service, date] = text
        return found

    def _latest(self, part: Part) -> dict[Cell, str]:
        """Return the last text of everything of a part that was changed."""
        return {
            (one.who, one.date): one.text
            for step in self._steps[: self._done]
            for one in step
            if one.part is part
        }

    def written(self, cell: tuple[Part, str, dt.date]) -> object:
        """Return what the file has in a cell, or as a number of users."""
        part, who, date = cell
        if part is Part.USERS:
            return getattr(self.problem.forecast_by_date.get(date), who, None)
        return _at(self.file.roster, (who, date))

    def _without(self, step: Step, cells: Container[Any]) -> Step:
        return tuple(one for one in step if one[:3] not in cells)

    def _check(self, change: RosterEdit) -> None:
        """Raise `KeyError` if there is no such cell or service."""
        known = tuple(Service) if change.part is Part.USERS else ("", *self._names)
        if change.who not in known or change.date not in self.problem.period:
            raise KeyError(change.who)

    def take(self, *changes: RosterEdit) -> None:
        """Take a step of several changes, and audit the roster.

        Raises
        ------
        NotUnderstood
            If one of the texts has no meaning there, or the month would contradict
            itself; nothing is changed then.
        KeyError
            If there is no such cell.
        """
        for one in changes:
            self._check(one)
        month = self._month()
        for one in changes:
            self._apply(month, one)
        if any(one.part is not Part.CELL for one in changes):
            self._refuse_contradictions(month.problem)
        self._take(changes)

    def _refuse_contradictions(self, problem: Problem) -> None:
        """Refuse pins and numbers with which the workbook could not be read again."""
        found = consistency.mistakes(problem)
        if found:
            raise NotUnderstood(" ".join(mistake_texts(found)[:2]))

    def type(self, staff: str, date: dt.date, text: str) -> None:
        """Type a text into a cell; as in Excel, but empty takes it back."""
        self.take(RosterEdit(Part.CELL, staff, date, text.strip()))

    def is_pinned(self, who: str, date: dt.date) -> bool:
        """Whether a cell is fixed now."""
        return (who, date) in pinned(self.now.problem.pins)

    def text_at(self, who: str, date: dt.date) -> str:
        """Return what stands in a cell now, as it would be typed."""
        if not who:
            return self.now.roster.on_call_by_date.get(date, "")
        duty = self.now.roster.by_cell.get((StaffId(who), date))
        return self._language.write(duty) if duty else ""

    def _look(self) -> None:
        """Audit the roster."""
        month = self._month()
        problem, roster = month.problem, month.roster
        same = roster is self.saved.roster and problem is self.problem
        if same and not any(one.edits for one in self.others):
            self.now = self.saved
            return
        houses = self._houses(problem, roster)
        self.now = AuditedRoster(problem, roster, self.now, houses)

    def meet(self, others: tuple[OpenRoster, ...]) -> None:
        """Take the rosters of the other houses as they are now."""
        with self.lock:
            met = tuple(one.seen for one in others)
            if others == self.others and met == self._met:
                return
            if others != self.others:
                self.others = others
                problem, roster = self.problem, self.file.roster
                houses = self._houses(problem, roster, as_saved=True)
                self.saved = AuditedRoster(problem, roster, self.saved, houses)
            self._met = met
            self._look()

    def _houses(
        self, problem: Problem, roster: RosterRecord, *, as_saved: bool = False
    ) -> AllHouses | None:
        """Return all houses, if others fit; these as saved or with what was typed."""
        if not self.others:
            return None
        shown = [(one, one.saved if as_saved else one.now) for one in self.others]
        own = [(self, problem, roster)]
        own += ((one, other.problem, other.roster) for one, other in shown)
        own.sort(key=lambda side: side[1].office.kind.is_satellite)
        books, problems, rosters = zip(*own, strict=True)
        whole = self._joining.of(problems)
        if whole is None:
            return None
        old = (one.file.roster.by_cell for one in books)
        typed = [
            [cell for cell, duty in after.by_cell.items() if before.get(cell) != duty]
            for before, after in zip(old, rosters, strict=True)
        ]
        return AllHouses(whole, books.index(self), rosters, typed)

    def _month(self) -> SteppedMonth:
        """Return the month with all steps that are done."""
        month = SteppedMonth(self.problem, self.file.roster)
        for step in self._steps[: self._done]:
            for change in step:
                self._apply(month, change)
        return month

    def _apply(self, month: SteppedMonth, change: RosterEdit) -> None:
        part, who, date, text = change
        if part is Part.PIN:
            (month.pin if text == FIXED else month.unpin)(who, date)
        elif part is Part.BREAKS:
            cell = StaffId(who), date
            rests = {"breaks": parse_breaks(text)}
            month.duties[cell] = month.duties[cell].model_copy(update=rests)
        elif part is Part.USERS:
            month.expect(who, date, text)
        elif who:
            duty = self._meant(change)
            if duty is not None:
                month.duties[duty.staff, duty.date] = duty
        else:
            name = self._on_call(change)
            if name:
                month.nights[date] = name
            else:
                month.nights.pop(date, None)

    def _meant(self, step: RosterEdit) -> Duty | None:
        """Return the duty of a change; ``None`` if the cell has none."""
        base, plan = self.file.roster, self.file.plan
        name = next(name for name in self._names if name == step.who)
        stands = base.by_cell.get((name, step.date))
        text = look_of(step.text)
        if not text or (stands and text == look_of(self._language.write(stands))):
            return stands
        planned = plan.by_cell.get((name, step.date))
        duty = typed_duty(
            self.problem, self._language, step.text, name, step.date, planned
        )
        if duty is None:
            code, facts = self._language.refused("", step.text)
            if code:
                wrong = Mistake(code=code, facts={**facts, "value": step.text[:20]})
                raise NotUnderstood(mistake_text(wrong))
            member = self.problem.member_by_name[name]
            told = _("“{text}” is no duty here. There are: {choices}")
            choices = "、".join(dict.fromkeys(self._language.choices(member)))
            raise NotUnderstood(told.format(text=step.text[:20], choices=choices))
        return duty

    def _on_call(self, step: RosterEdit) -> StaffId | None:
        """Return who is on call by a change."""
        if not look_of(step.text):
            return self.file.roster.on_call_by_date.get(step.date)
        found = begun(step.text, self._names)
        if len(found) != 1:
            told = _("“{text}” is no one's name, or several people's.")
            raise NotUnderstood(told.format(text=step.text[:20]))
        return found[0]

    def record_of(self, roster: Roster) -> RosterRecord:
        """Return duties and nights on call alone, as they are saved."""
        return RosterRecord(
            duties=roster.duties,
            on_call=roster.on_call,
            together=self.file.plan.together,
        )

    def save(
        self,
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
        ChangedOutside, OutputError
            As in `OpenBook.save`.
        """
        saved, month = roster or self.now.roster, problem or self.now.problem
        is_typed = saved is self.now.roster and month is self.now.problem
        record = self.record_of(saved)
        houses = self._houses(month, record, as_saved=not is_typed)
        known = self.now.findings if is_typed else audit(month, record)
        own = houses.own if houses else known
        versions = [NextVersion(self.book.path, self.file, month, record, own, why)]
        versions += self._following(houses)
        when = clock.now()
        with ExitStack() as stack:
            for one in (self, *self.others):
                stack.enter_context(locked(one.book.path, PATIENCE))
                if digest_of(one.book.path) != one.digest:
                    raise ChangedOutside
            kept = save_versions(versions, when if why else when.replace(second=0))
        for one in (self, *(self.others if is_typed else ())):
            self._state.forget_typed(one.book.id)
            one.saved_now()
        renew_wall_of_all(self.book.path, self.file)
        return kept[0]

    def _following(self, houses: AllHouses | None) -> Iterator[NextVersion]:
        """Yield what becomes of the other houses' rosters by all that was typed."""
        if houses is None:
            return
        name = self.problem.office.name
        why = _("changed in the roster of {office}").format(office=name)
        parts = zip(houses.problem.houses, houses.rosters, strict=True)
        by_name = {house.office.name: roster for house, roster in parts}
        for other in self.others:
            before, after = other.file.roster, by_name[other.problem.office.name]
            same = (before.duties, before.on_call) == (after.duties, after.on_call)
            if same and other.now.problem is other.problem:
                continue
            month = other.now.problem, other.record_of(after)
            yield NextVersion(other.book.path, other.file, *month, audit(*month), why)


def _at(roster: RosterRecord, cell: Cell) -> object:
    staff, date = cell
    if not staff:
        return roster.on_call_by_date.get(date)
    return roster.by_cell.get((StaffId(staff), date))
