"""What can go wrong, and the exit codes that only the command line turns it into."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen

if TYPE_CHECKING:
    from collections.abc import Sequence


class Location(Frozen):
    """Where something stands.

    ``loc`` is the path into the problem (``("staff", 3, "roles")``) or empty;
    ``sheet`` and ``cell`` say where it stands in a workbook, once that is known,
    ``name`` and ``date`` whose line and which date the cell belongs to.
    """

    loc: tuple[str | int, ...] = ()
    sheet: str = ""
    cell: str = ""
    name: str = ""
    date: dt.date | None = None


class Mistake(Location):
    """One thing wrong with the input.

    ``code`` names the message, ``facts`` fill it; ``more`` are the other places of
    the same mistake.
    """

    code: str
    facts: dict[str, int | str] = {}
    more: tuple[Location, ...] = ()


class SchedulerError(Exception):
    """Root of everything this package raises on purpose."""


class InputError(SchedulerError):
    """The input cannot be used; every mistake found is listed."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(f"{len(mistakes)} mistakes in the input")
        self.mistakes = tuple(mistakes)


class OutputError(SchedulerError):
    """An output file cannot be written: edited by hand, locked, or no such folder."""


class GaveUp(SchedulerError):
    """No roster at all was found in the time given."""


class Disagreement(SchedulerError):
    """Model and audit differ, or the solver calls the model invalid: our bug."""


class Exit(IntEnum):
    """What a command says to the script that called it."""

    DONE = 0
    BAD_INPUT = 1
    WRONG_USE = 2
    NOT_LEGAL = 3
    OUT_OF_TIME = 4
    BREACHES = 5
    BUG = 70
    UNPRINTED = 74
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143
