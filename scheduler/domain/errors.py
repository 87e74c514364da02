"""Exceptions of the package, mistakes in an input, and the exit codes of commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import IntEnum

from scheduler.domain.base import Frozen


class Location(Frozen):
    """A place in the input.

    ``loc`` is the path into the problem (``("staff", 3, "roles")``) or empty;
    ``sheet`` and ``cell`` are the place in a workbook, once known; ``name`` and
    ``date`` are the person and date that the cell belongs to.
    """

    loc: tuple[str | int, ...] = ()
    sheet: str = ""
    cell: str = ""
    name: str = ""
    date: dt.date | None = None


class Mistake(Location):
    """One thing wrong with the input.

    ``code`` identifies the message and ``facts`` fill it in; ``more`` lists the other
    places of the same mistake.
    """

    code: str
    facts: dict[str, int | str] = {}
    more: tuple[Location, ...] = ()

    @classmethod
    def at(
        cls, code: str, sheet: str = "", cell: str = "", /, **facts: int | str
    ) -> Mistake:
        """Return a mistake of a sheet, a file or one of its cells."""
        return cls(code=code, sheet=sheet, cell=cell, facts=facts)


class SchedulerError(Exception):
    """Base class of the errors that this package raises on purpose."""


class InputError(SchedulerError):
    """The input cannot be used; every mistake found is listed."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(f"{len(mistakes)} mistakes in the input")
        self.mistakes = tuple(mistakes)


class OutputError(SchedulerError):
    """An output file cannot be written: edited by hand, locked, or no such folder."""


class GaveUp(SchedulerError):
    """No roster was found within the time limit."""


class Disagreement(SchedulerError):
    """Model and audit disagree, or the solver calls the model invalid: our bug.

    Any search may raise it.
    """


class Exit(IntEnum):
    """The exit codes of the commands."""

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
