"""What became of one office: a line of the summary."""

from __future__ import annotations

from enum import StrEnum

from scheduler.audit.figures.summary import Summary
from scheduler.domain.base import Frozen
from scheduler.domain.errors import Exit, Mistake
from scheduler.domain.period import Period


class Verdict(StrEnum):
    """How an office ended."""

    LEGAL = "legal"
    """A roster keeps law and every must of the office."""
    SHORT = "short"
    """The best roster found does not."""
    BAD_INPUT = "bad_input"
    OUT_OF_TIME = "out_of_time"
    """No roster was found in the time given."""
    STOPPED = "stopped"
    """The batch was stopped before the office had a roster."""
    NOT_WRITTEN = "not_written"
    """There is a roster, and its file cannot be written."""
    LOST = "lost"
    """The cluster was gone before the office had a roster."""
    FAULT = "fault"
    """A fault of this program, or the process died each time."""


class Office(Frozen):
    """One input and what became of it."""

    source: str
    """Path of the input."""
    verdict: Verdict
    exit: Exit
    """What `roster` would have said of this office alone."""
    name: str = ""
    """Of the office; empty if its input could not be read."""
    period: Period | None = None
    path: str | None = None
    """Of the roster, if one was written."""
    kept: str | None = None
    """The file wanted instead, which was open or edited by hand and stayed."""
    summary: Summary | None = None
    """Of the roster, if there is one."""
    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[Mistake, ...] = ()
    """What in the input is likely not meant."""
    error: str = ""
    """In a line, what a fault was or why nothing was written."""
    report: str = ""
    """Of a fault, its traceback."""
    seconds: float = 0.0
    """Of search and advice."""
