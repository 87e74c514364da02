"""What can go wrong, with one root; only the command line turns these into exits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen

if TYPE_CHECKING:
    from collections.abc import Sequence


class Mistake(Frozen):
    """One thing wrong with the input.

    ``loc`` is the path into the problem (``("staff", 3, "roles")``) or empty;
    ``sheet`` and ``cell`` say where it stands in a workbook, once that is known.
    ``code`` names the message, ``facts`` fill it.
    """

    code: str
    loc: tuple[str | int, ...] = ()
    facts: dict[str, int | str] = {}
    sheet: str = ""
    cell: str = ""


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
