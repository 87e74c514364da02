"""Output on a terminal: tables, and the progress of a running search.

A Japanese character is two columns wide.
"""

from __future__ import annotations

import threading
import time
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO, TypeVar

from scheduler.audit.figures.summary import COUNTED
from scheduler.wording.hires import step_text
from scheduler.wording.levels import level_text
from scheduler.wording.names import stance_name, times_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from scheduler.advice import Stage
    from scheduler.solver.solve import Progress


GAP = "  "


def width(text: str) -> int:
    """Return the number of terminal columns that ``text`` takes."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def filled(text: str, columns: int) -> str:
    """Return ``text`` cut, or filled with spaces, to exactly ``columns`` columns."""
    while width(text) > columns:
        text = text[:-1]
    return text + " " * (columns - width(text))


def table(rows: Sequence[Sequence[str | int]], right: Container[int] = ()) -> str:
    """Return rows as a table; columns whose numbers are in ``right`` align right."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    lines = []
    for cells in texts:
        padded = []
        for number, (cell, columns) in enumerate(zip(cells, widths, strict=True)):
            space = " " * (columns - width(cell))
            padded.append(space + cell if number in right else cell + space)
        lines.append(GAP.join(padded).rstrip())
    return "\n".join(lines)


Result = TypeVar("Result")

Reporter = Callable[["Progress | Stage"], None]
"""A callback to which a search reports its progress."""

TICK = 0.2
"""Seconds between two refreshes of the display."""

LINE_COLUMNS = 78


def watch(search: Callable[[Reporter], Result], stream: TextIO) -> Result:
    """Run a search and show its progress; return its result or raise its error.

    The search runs in a thread of its own, so that this one can refresh the display.

    Parameters
    ----------
    search
        The search; it is called with a callback for its progress.
    stream
        Where progress is written: one changing line on a terminal, otherwise a line
        per change.
    """
    display = _Display(stream)
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(search(display.take))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, name="search", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(TICK)
        display.refresh()
    display.close()
    if errors:
        raise errors[0]
    return results[0]


class _Display:
    """Display of the last progress reported by a search in another thread."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_live = stream.isatty()
        self._started = time.monotonic()
        self._lock = threading.Lock()
        self._last: Progress | Stage | None = None
        self._better = 0
        self._shown = ""

    def take(self, progress: Progress | Stage) -> None:
        with self._lock:
            self._better = self._count(progress)
            self._last = progress

    def _count(self, progress: Progress | Stage) -> int:
        """Return how many better rosters were found on the level, the first aside."""
        now, before = _reached(progress), _reached(self._last)
        if now[0] != before[0]:
            return 0
        return self._better + (now[1] != before[1] and before[1] is not None)

    def refresh(self) -> None:
        with self._lock:
            progress, better = self._last, self._better
        if progress is None:
            return
        text = _text(progress, better)
        seconds = time.monotonic() - self._started
        if self._is_live:
            line = _("{seconds} s  {text}").format(seconds=f"{seconds:4.0f}", text=text)
            self._stream.write("\r" + filled(line, LINE_COLUMNS))
        elif text != self._shown:
            line = _("{seconds} s  {text}").format(
                seconds=f"{progress.seconds:6.1f}", text=text
            )
            self._stream.write(line + "\n")
        self._shown = text
        self._stream.flush()

    def close(self) -> None:
        self.refresh()
        if self._is_live and self._shown:
            self._stream.write("\n")


def _reached(progress: Progress | Stage | None) -> tuple[object, int | None]:
    """Return the level of a search and the value reached; ``None`` for no level."""
    from scheduler.solver.solve import Progress

    if not isinstance(progress, Progress):
        return None, None
    return progress.level, progress.value


def _text(progress: Progress | Stage, better: int) -> str:
    """Return the progress of a search as text.

    Parameters
    ----------
    better
        Number of rosters found on the level that improved on the one before.
    """
    from scheduler.solver.solve import Progress

    if not isinstance(progress, Progress):
        return step_text(progress.step, progress.found)
    if progress.level is None:
        return _("Looking for people in reserve")
    level = stance_name(progress.level)
    if progress.value is None:
        return _("{level}: searching").format(level=level)
    if progress.level in COUNTED:
        return _counted(level, better, is_best=progress.value == progress.bound)
    value = level_text(progress.level, progress.value)
    if progress.value == progress.bound:
        return _("{level}: {value}, the best there is").format(level=level, value=value)
    bound = level_text(progress.level, progress.bound)
    message = _("{level}: best so far {value}, not below {bound}")
    return message.format(level=level, value=value, bound=bound)


def _counted(level: str, better: int, *, is_best: bool) -> str:
    """Return the progress on a level whose value means nothing to users, as text."""
    if is_best:
        return _("{level}: no better one can be found").format(level=level)
    if not better:
        return _("{level}: searching").format(level=level)
    text = _("{level}: better ones found {times}, looking for more")
    return text.format(level=level, times=times_text(better))
