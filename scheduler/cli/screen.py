"""Output on a terminal: tables, and the progress of a running search.

Both are drawn by rich, which knows that a Japanese character is two columns wide.  Of a
changing line only the text is rich's: its live displays hide the cursor and would leave
it hidden when a second Ctrl-C ends the process.
"""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Container, Sequence
from typing import TYPE_CHECKING, TextIO, TypeVar

from scheduler.audit.figures.summary import COUNTED
from scheduler.domain.finding import LEVELS, Stance
from scheduler.wording.advice import step_text
from scheduler.wording.names import stance_name, times_text
from scheduler.wording.reasons import level_text
from scheduler.wording.times import seconds_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from rich.text import Text

    from scheduler.advice import Stage
    from scheduler.solver.solve import Progress


WIDEST = 10_000
"""Columns of a table that no line break shall disturb: its lines go to a file as well.
"""


def table(rows: Sequence[Sequence[str | int]], right: Container[int] = ()) -> str:
    """Return rows as a table; columns whose numbers are in ``right`` align right."""
    from rich.console import Console
    from rich.table import Table

    drawn = Table.grid(padding=(0, 2, 0, 0))
    for number in range(len(rows[0])):
        drawn.add_column(justify="right" if number in right else "left", no_wrap=True)
    for row in rows:
        drawn.add_row(*map(_plain, row))
    stream = io.StringIO()
    Console(file=stream, width=WIDEST, color_system=None).print(drawn)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def _plain(cell: str | int) -> Text:
    """Return a cell's text as it is: a bracket in a name is no mark-up."""
    from rich.text import Text

    return Text(str(cell))


class ChangingLine:
    """A line that changes on a terminal; elsewhere there is none.

    Attributes
    ----------
    is_live
        Whether the stream is a terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console

        self.is_live = stream.isatty()
        self._console = Console(file=stream)
        self._is_open = False

    def show(self, text: str | Text, after: str = "") -> None:
        """Write over the line, cutting the text, but not what comes ``after`` it."""
        if not self.is_live:
            return
        from rich.text import Text

        line = Text(text) if isinstance(text, str) else text.copy()
        end = Text(f"  {after}" if after else "")
        line.truncate(
            max(0, self._console.width - 1 - end.cell_len),
            overflow="ellipsis",
            pad=True,
        )
        self._console.print(line.append_text(end), end="\r", no_wrap=True, crop=True)
        self._is_open = True

    def count(self, text: str, *, is_last: bool) -> None:
        """Write how many of many are done, and leave the line with the last."""
        self.show(text)
        if is_last:
            self.end()

    def end(self) -> None:
        """Leave the line as it is, so that what follows goes below it."""
        if self._is_open:
            self._console.print()
        self._is_open = False


Result = TypeVar("Result")

Reporter = Callable[["Progress | Stage"], None]
"""A callback to which a search reports its progress."""

TICK = 0.2
"""Seconds between two refreshes of the display."""


def watch(
    search: Callable[[Reporter], Result], stream: TextIO, seconds: float | None = None
) -> Result:
    """Run a search and show its progress; return its result or raise its error.

    The search runs in a thread of its own, so that this one can refresh the display.

    Parameters
    ----------
    stream
        Where progress is written: one changing line on a terminal, otherwise a line
        when a level or another step has ended.
    seconds
        Its time limit, of which the line shows what is left; ``None`` if it is no
        clock's.
    """
    display = _Display(stream, seconds)
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

    def __init__(self, stream: TextIO, seconds: float | None = None) -> None:
        self._stream = stream
        self._line = ChangingLine(stream)
        self._limit = seconds
        self._started = time.monotonic()
        self._lock = threading.Lock()
        self._last: Progress | Stage | None = None
        self._before = 0.0
        """Seconds of the searches before this one, each of which counts from 0."""
        self._better = 0
        self._ended: list[str] = []
        self._left: dict[Stance, bool] = {}
        """Of each level met, whether something is left on it."""

    def take(self, progress: Progress | Stage) -> None:
        with self._lock:
            if self._last is not None:
                if _step_of(progress) != _step_of(self._last):
                    self._ended.append(_ended_text(self._last, self._before))
                if progress.seconds < self._last.seconds:
                    self._before += self._last.seconds
            self._better = self._count(progress)
            self._last = progress
            level, value = _reached(progress)
            if level is not None and value is not None:
                self._left[level] = value > 0

    def _count(self, progress: Progress | Stage) -> int:
        """Return how many better rosters were found on the level, the first aside."""
        now, before = _reached(progress), _reached(self._last)
        if now[0] != before[0]:
            return 0
        return self._better + (now[1] != before[1] and before[1] is not None)

    def refresh(self) -> None:
        with self._lock:
            progress, better = self._last, self._better
            ended, self._ended = self._ended, []
            lamps = self._lamps()
        if progress is None:
            return
        if self._line.is_live:
            self._line.show(lamps.append(_text(progress, better)), self._time())
        else:
            self._write(ended)

    def close(self) -> None:
        self.refresh()
        self._line.end()
        if self._last is not None and not self._line.is_live:
            self._write([_ended_text(self._last, self._before)])

    def _write(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._stream.write(f"{text}\n")
        self._stream.flush()

    def _lamps(self) -> Text:
        """Return a lamp for each level: to come, being searched, and how it ended."""
        from rich.text import Text

        lamps = Text()
        if self._last is None or not self._left:
            return lamps
        now = _reached(self._last)[0]
        for level in LEVELS:
            if level is now:
                lamps.append("◎", "bold")
            elif level in self._left:
                lamps.append("●", "yellow" if self._left[level] else "green")
            elif now is not None and LEVELS.index(level) > LEVELS.index(now):
                lamps.append("○", "dim")
        return lamps.append("  ")

    def _time(self) -> str:
        """Return how long the search takes, and may take yet at most."""
        passed = time.monotonic() - self._started
        if self._limit is None or passed >= self._limit:
            return seconds_text(passed)
        return _("at most {time} left").format(time=seconds_text(self._limit - passed))


def _step_of(progress: Progress | Stage) -> object:
    """Return what is being done: a level, a step of the advice, or the reserve."""
    from scheduler.solver.solve import Progress

    return progress.level if isinstance(progress, Progress) else progress.step


def _ended_text(progress: Progress | Stage, before: float) -> str:
    """Return how a level or another step has ended, as a line with its time."""
    passed = seconds_text(before + progress.seconds)
    return _("{time}  {text}").format(time=passed, text=_how(progress))


def _how(progress: Progress | Stage) -> str:
    level, value = _reached(progress)
    if level is None or value is None:
        return _text(progress, 0)
    name, is_best = stance_name(level), value == getattr(progress, "bound", None)
    if not value:
        return _("{level}: nothing wanting").format(level=name)
    if level in COUNTED and not is_best:
        return _("{level}: as good as was found in time").format(level=name)
    return _text(progress, 0)


def _reached(
    progress: Progress | Stage | None,
) -> tuple[Stance | None, int | None]:
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
