"""A workbook that is open on the page: its steps, and the month to which they lead.

Every screen on which cells are typed shares this: steps are remembered in the folder at
once, a workbook that another program has changed meanwhile is noticed and not
overwritten, and nothing is given up unasked.
"""

from __future__ import annotations

import datetime as dt
import threading
from abc import ABC, abstractmethod
from collections.abc import Container, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar

from pydantic import ValidationError

from scheduler.domain.base import StaffId
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Pins, Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import OnCall
from scheduler.page.contents import digest_of
from scheduler.page.state import State, TypedSteps
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.books import WorkbookFile


SHORT = 12
"""Characters of a digest that tell files apart."""

MOST_STEPS = 200
"""Most saved steps that can be undone; older ones stay done."""

S = TypeVar("S")


class NotUnderstood(Exception):
    """A typed text has no meaning where it stands; the message says what does."""


class ChangedOutside(Exception):
    """The workbook is not the one that was opened: another program has changed it."""


class OpenBook(ABC, Generic[S]):
    """A workbook, and the steps that were taken on the page.

    Parameters
    ----------
    state
        Where steps are remembered.

    Attributes
    ----------
    digest
        SHA-256 of the workbook as it was read, or as it was saved here.
    is_behind
        Whether cells were typed into an older version of the file than it is now.
    left_out
        What could not be laid over a file that was changed outside, in words.
    earlier
        The workbook as it was open before its file was changed outside: what tabs show
        that have not been loaded since.
    is_laid_over
        Whether the last step was typed into the earlier file, and laid over this one.
    own_files
        How the digests of the files begin that it was read from, or saved here as.
    """

    problem: Problem
    """The month as the workbook has it."""

    def __init__(self, book: WorkbookFile, state: State) -> None:
        self.book = book
        self.lock = threading.RLock()
        self.digest = book.contents.digest
        self.is_behind = False
        self.left_out: tuple[str, ...] = ()
        self.earlier: Self | None = None
        self.is_laid_over = False
        self.own_files = {self.digest[:SHORT]}
        self._state = state
        self._steps: list[S] = []
        self._done = self._saved = self._turns = 0

    @abstractmethod
    def _plain(self, step: S) -> Any:
        """Return a step as it is remembered."""

    @abstractmethod
    def _step_of(self, plain: Any) -> S | None:
        """Return a step that was remembered; ``None`` if its cells are gone."""

    def _back(self, step: S) -> S:
        """Return the step that takes back one which the file has already."""
        raise NotImplementedError

    def _look(self) -> None:
        """See what the steps have changed."""

    def _remembered(self) -> None:
        """Take up what was typed before the server was last started."""
        known = self._state.typed(self.book.id)
        if known is None:
            return
        if known.digest != self.digest and known.saved == known.done:
            # Nothing waits to be saved, and the file is another: its past is over.
            self._state.forget_typed(self.book.id)
            return
        steps = [self._step_of(one) for one in known.steps]
        self._steps = [one for one in steps if one is not None]
        self._saved, self._done = (
            sum(one is not None for one in steps[:number])
            for number in (known.saved, known.done)
        )
        # Typed into another version of the file: say so instead of mixing the two.
        self.is_behind = known.digest != self.digest
        self._look()
        if self.is_behind and not self.edits and not self.lost:
            self.drop()  # A plan that was accepted has it all, say.

    @abstractmethod
    def save(self) -> object:
        """Write what was typed into the workbook.

        Raises
        ------
        ChangedOutside
            If another program has changed the file; nothing is written.
        InputError
            With every mistake, if it could not be used then; nothing is written.
        OutputError
            If it cannot be written, for example because Excel has it open.
        """

    @property
    @abstractmethod
    def edits(self) -> Mapping[Any, str]:
        """The cells that differ from the workbook, with their texts."""

    @property
    def lost(self) -> Mapping[Any, str]:
        """What was typed for people who are no longer there: it is not saved."""
        return {}

    @property
    def seen(self) -> str:
        """What a tab has seen that shows all that was typed: other after each step."""
        return f"{self.digest[:SHORT]}-{self._turns}"

    def shown_in(self, seen: str | None) -> Self | None:
        """Return the workbook as a tab shows it: this one, or the earlier one.

        ``None`` if it shows a file of which nothing is known any more, or other cells
        have been typed into the new one.
        """
        file = (seen or self.seen).split("-")[0]
        if file in self.own_files:
            return self
        known = self.earlier if self.is_behind or not self._steps else None
        return known if known and file in known.own_files else None

    def follow(self, earlier: Self) -> None:
        """Remember what was open before, when the file has changed."""
        earlier.earlier = None
        if self.digest[:SHORT] in earlier.own_files:
            self.own_files |= earlier.own_files
        else:
            self.earlier = earlier

    def saved_now(self) -> str:
        """Remember the file as it was just saved here; return its digest."""
        digest = digest_of(self.book.path)
        self.own_files.add(digest[:SHORT])
        return digest

    def take_up(self, earlier: Self) -> None:
        """Lay what was just typed into the earlier file over this one.

        What another program has changed as well is left out, and told.  Where other
        cells wait for somebody to say what becomes of them, this one does, too.
        """
        waits = self.is_behind
        self._remembered()
        if waits or not self._steps:
            return
        clashes = {
            cell: text
            for cell, text in earlier.edits.items()
            if self.written(cell) != earlier.written(cell)
        }
        self._steps = [self._without(one, clashes) for one in self._steps]
        self.take_over()
        self.left_out += tuple(self._not_laid(*one) for one in clashes.items())
        self.is_laid_over = True

    @abstractmethod
    def written(self, cell: Any) -> object:
        """Return what the file has in a cell."""

    @abstractmethod
    def _without(self, step: S, cells: Container[Any]) -> S:
        """Return a step without some cells."""

    def _not_laid(self, cell: Any, text: str) -> str:
        """Write that a text was left out, for another stands in its cell now."""
        told = _("{cell}: “{text}” was not laid over what stands there now.")
        return told.format(cell=self._place_text(cell), text=text)

    def _place_text(self, cell: Any) -> str:
        """Return how a cell is told: whose it is, if anybody's, and its date."""
        part, who, date = cell
        return " ".join(
            filter(None, ("" if part is Part.USERS else who, date_text(date)))
        )

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._done > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back that can be done again."""
        return self._done < len(self._steps)

    def undo(self) -> None:
        """Take the last step back."""
        if self.can_undo:
            self._done -= 1
            self._changed()

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        if self.can_redo:
            self._done += 1
            self._changed()

    def drop(self) -> None:
        """Give up everything that was typed since the file was last saved."""
        self._steps, self._done, self._saved = [], 0, 0
        self._turns += 1
        self.is_behind, self.is_laid_over, self.left_out = False, False, ()
        self._state.forget_typed(self.book.id)
        self._look()

    def take_over(self) -> None:
        """Lay what was typed over the workbook as it is now."""
        self.is_behind = False
        self._changed()

    def _take(self, step: S) -> None:
        """Take a step; what was taken back before is given up."""
        if self._done < self._saved:
            # The file has them already: they were taken back by steps of their own.
            undone = reversed(self._steps[self._done : self._saved])
            self._steps = self._steps[: self._saved]
            self._steps += [self._back(one) for one in undone]
            self._done = len(self._steps)
        del self._steps[self._done :]
        old = min(self._saved, max(0, len(self._steps) + 1 - MOST_STEPS))
        del self._steps[:old]
        self._saved -= old
        self._steps.append(step)
        self._done = len(self._steps)
        self._changed()

    def _changed(self) -> None:
        self._turns += 1
        self.is_laid_over = False
        self._look()
        self._keep()

    def _keep(self) -> None:
        plain = [self._plain(step) for step in self._steps]
        typed = TypedSteps(self.digest, plain, self._done, self._saved)
        self._state.keep_typed(self.book.id, typed)


Cell = tuple[str, dt.date]
"""A person's name and a date; the empty name stands for the row of nights on call."""


class Part(StrEnum):
    """What of a roster can be changed on the page."""

    CELL = "cell"
    PIN = "pin"
    """Whether a cell is fixed: whatever is searched anew leaves it as it is."""
    BREAKS = "breaks"
    """When somebody rests in the shift that stands in the cell; comes with an answer of
    a search, and is typed by nobody."""
    USERS = "users"
    """How many users are expected on a date."""


class RosterEdit(NamedTuple):
    """One change of a step.

    Attributes
    ----------
    who
        A person of the staff list, empty for the row of nights on call; of a number of
        users, the service.
    text
        What was typed; empty takes back what the workbook says.  Of a pin `FIXED` or
        `OPEN`.
    """

    part: Part
    who: str
    date: dt.date
    text: str


Step = tuple[RosterEdit, ...]
"""What is undone together: one typed cell, a stretch, two cells exchanged."""

FIXED, OPEN = "fixed", "open"


class SteppedMonth:
    """A month as steps leave it: duties, nights on call, pins, users expected."""

    def __init__(self, problem: Problem, roster: RosterRecord) -> None:
        self._problem = problem
        self._roster = roster
        self.duties = dict(roster.by_cell)
        self.nights = dict(roster.on_call_by_date)
        self.pins = {(one.staff, one.date): one for one in problem.pins.duties}
        self.pinned_nights = {one.date: one.staff for one in problem.pins.on_call}
        self.days = dict(problem.forecast_by_date)

    def pin(self, who: str, date: dt.date) -> None:
        """Fix what stands in a cell."""
        if not who and date in self.nights:
            self.pinned_nights[date] = self.nights[date]
        elif (StaffId(who), date) in self.duties:
            self.pins[StaffId(who), date] = self.duties[StaffId(who), date]

    def unpin(self, who: str, date: dt.date) -> None:
        """Let a cell go again."""
        if who:
            self.pins.pop((StaffId(who), date), None)
        else:
            self.pinned_nights.pop(date, None)

    def expect(self, service: str, date: dt.date, text: str) -> None:
        """Let another number of users be expected; an empty text takes it back."""
        day = self.days[date]
        number: object = look_of(text)
        if not number:
            number = getattr(self._problem.forecast_by_date[date], service)
        try:
            given = {**day.model_dump(), service: number}
            self.days[date] = type(day).model_validate(given)
        except ValidationError:
            told = _("“{text}” is no number of people.")
            raise NotUnderstood(told.format(text=text[:20])) from None

    @property
    def roster(self) -> RosterRecord:
        """The roster; the very same if no duty differs."""
        base = self._roster
        if self.duties == base.by_cell and self.nights == base.on_call_by_date:
            return base
        return RosterRecord(
            duties=tuple(self.duties.values()),
            on_call=tuple(
                OnCall(staff=name, date=date)
                for date, name in sorted(self.nights.items())
            ),
        )

    @property
    def problem(self) -> Problem:
        """The month's input; the very same if neither pins nor users differ."""
        base = self._problem
        pins = Pins(
            duties=tuple(self.pins.values()),
            on_call=tuple(
                OnCall(staff=name, date=date)
                for date, name in self.pinned_nights.items()
            ),
        ).in_force(self._roster.by_cell, self.duties)
        if pins == base.pins and self.days == base.forecast_by_date:
            return base
        forecast = base.forecast.with_days(self.days.values())
        return base.model_copy(update={"pins": pins, "forecast": forecast})


def pinned(pins: Pins) -> set[Cell]:
    """Return the cells that are fixed."""
    cells: set[Cell] = {(one.staff, one.date) for one in pins.duties}
    return cells | {("", one.date) for one in pins.on_call}
