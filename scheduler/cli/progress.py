"""The line that shows how a long search is doing."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, TextIO, TypeVar

from scheduler.cli.text import filled
from scheduler.i18n import _
from scheduler.wording import stance_name
from scheduler.wording.advice import step_text
from scheduler.wording.levels import level_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.advice import Working
    from scheduler.solve import Progress

    Reporter = Callable[[Progress | Working], None]
    """What a search is given to tell how it is doing."""

Result = TypeVar("Result")

TICK = 0.2
"""Seconds between two looks at the search."""

LINE_COLUMNS = 78


def watch(search: Callable[[Reporter], Result], stream: TextIO) -> Result:
    """Run a search and show its progress; return what it returns, raise what it raises.

    The search runs in a thread of its own, so that this one stays free to write.

    Parameters
    ----------
    search
        Is given a function to report progress to.
    stream
        Where progress goes: one changing line on a terminal, else a line a change.
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
    """The last progress reported, and what of it is on the screen."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_live = stream.isatty()
        self._started = time.monotonic()
        self._lock = threading.Lock()
        self._last: Progress | Working | None = None
        self._shown = ""

    def take(self, progress: Progress | Working) -> None:
        with self._lock:
            self._last = progress

    def refresh(self) -> None:
        with self._lock:
            progress = self._last
        if progress is None:
            return
        text = _text(progress)
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


def _text(progress: Progress | Working) -> str:
    from scheduler.solve import Progress

    if not isinstance(progress, Progress):
        return step_text(progress.step, progress.found)
    if progress.level is None:
        return _("Looking for people in reserve")
    level = stance_name(progress.level)
    if progress.value is None:
        return _("{level}: searching").format(level=level)
    value = level_text(progress.level, progress.value)
    if progress.value == progress.bound:
        return _("{level}: {value}, the best there is").format(level=level, value=value)
    bound = level_text(progress.level, progress.bound)
    message = _("{level}: best so far {value}, not below {bound}")
    return message.format(level=level, value=value, bound=bound)
