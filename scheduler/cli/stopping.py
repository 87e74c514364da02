"""Handling of signals: Ctrl-C, a shutdown, a closed terminal.

The command runs in a thread of its own, while the main thread, in which Python runs
signal handlers, only waits.  So a signal is handled at once, whatever library code the
command is in, and never raises an exception in the middle of something: it sets an
event that searches look at, or ends the process.
"""

from __future__ import annotations

import contextvars
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from scheduler.files import cleanup
from scheduler.wording.translation import _

TICK = 0.2
"""Seconds between two wake-ups of the main thread, as on some systems a signal does not
end its waiting."""

PATIENCE = 5.0
"""Most seconds that an ending process waits for a file to be renamed into place."""

LAST_WORDS = 3.0
"""Most seconds for printing what was written, which may block, and for cleaning up."""

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, `kill` or a shutdown, a closed terminal, Ctrl-Break on Windows."""


class Stopping:
    """The handling of signals during one command.

    Attributes
    ----------
    wish
        Event set by the first signal after `keep`, or when time is up: searches then
        end with their best result, and nothing new is begun.
    on_end
        Callback for when the process ends at once, called with the exit code and the
        files written.
    """

    def __init__(self) -> None:
        self.wish = threading.Event()
        self.on_end: Callable[[int, Sequence[Path]], None] = _tell_end
        self._keeps = ""
        self._has_ended = threading.Event()
        self._signal = 0

    @property
    def code(self) -> int:
        """The exit code of a command that was stopped without a result."""
        return 128 + (self._signal or signal.SIGINT)

    def keep(self, told: str = "") -> None:
        """Let the next signal only set `wish`, as there may be a result to keep.

        Before that, and at a second signal, the process ends at once.

        Parameters
        ----------
        told
            What is said then; that the best so far is kept if not given.
        """
        best = _("Stopping; the best so far is kept. Ctrl-C again gives up.")
        self._keeps = told or best

    @contextmanager
    def within(self, seconds: float) -> Iterator[threading.Event]:
        """Set `wish` after some seconds, as a signal would; yield the event."""
        self.keep()
        clock = threading.Timer(seconds, self.wish.set)
        clock.daemon = True
        clock.start()
        try:
            yield self.wish
        finally:
            clock.cancel()

    def hearing(self, work: Callable[[Stopping], int]) -> int:
        """Run a command while handling signals, and return its exit code.

        To be called from the main thread of a program that ends with the command:
        signals are ignored afterwards.
        """
        for number in _numbers():
            signal.signal(number, self._hear)
        codes: list[int] = []
        errors: list[BaseException] = []

        def run() -> None:
            try:
                codes.append(work(self))
            except BaseException as error:
                errors.append(error)
            finally:
                self._has_ended.set()

        context = contextvars.copy_context()
        thread = threading.Thread(
            target=context.run, args=(run,), name="command", daemon=True
        )
        thread.start()
        while thread.is_alive():
            thread.join(TICK)
        for number in _numbers():
            # A signal during the interpreter's shutdown must not raise an exception.
            signal.signal(number, signal.SIG_IGN)
        if errors:
            raise errors[0]
        return codes[0]

    def _hear(self, number: int, frame: FrameType | None) -> None:
        if self._has_ended.is_set():
            return
        if self._keeps and not self._signal:
            self._signal = number
            self.wish.set()
            _tell(self._keeps)
        elif not self._signal or self._gives_up(number):
            self._end(number)

    def _gives_up(self, number: int) -> bool:
        """Tell whether a further signal shall end the process without the result.

        Ctrl-C does, and the same signal again; not SIGHUP, which a closing terminal
        often sends twice, or after another signal; and none while a page saves.
        """
        if cleanup.is_unbroken():
            return False
        again = number == self._signal and number != getattr(signal, "SIGHUP", 0)
        return number == signal.SIGINT or again

    def _end(self, number: int) -> None:
        """End the process, once a file that is being renamed into place is there."""
        is_free = cleanup.NAMING.acquire(timeout=PATIENCE)
        if is_free and self._has_ended.is_set():
            # That file was the command's last step: let it end by itself.
            cleanup.NAMING.release()
            return
        for heard in _numbers():
            signal.signal(heard, signal.SIG_IGN)
        cleanup.delete_unfinished()
        code = 128 + number

        def last_words() -> None:
            self.on_end(code, cleanup.complete_files())
            cleanup.call_closers()

        thread = threading.Thread(target=last_words, daemon=True)
        thread.start()
        thread.join(LAST_WORDS)
        os._exit(code)


def stopped_text(standing: Sequence[Path]) -> str:
    """Return the message on which files a stopped command has written."""
    if not standing:
        return _("Stopped; nothing was written.")
    text = _("Stopped. These files were written before: {paths}")
    return text.format(paths="、".join(map(str, standing)))


def _tell_end(code: int, standing: Sequence[Path]) -> None:
    _tell(stopped_text(standing))


def _tell(text: str) -> None:
    stream = sys.stderr
    if stream is None:
        return
    # On a terminal the progress line may be unfinished: begin a new one.
    begin = "\n" if stream.isatty() else ""
    try:
        stream.write(f"{begin}{text}\n")
        stream.flush()
    except (OSError, ValueError, RuntimeError):
        # The stream is closed, or the signal came in the middle of a write to it.
        pass


def _numbers() -> list[signal.Signals]:
    """Return the signals to handle, as far as this system has them.

    Signals that the caller has set to be ignored (`nohup`) stay ignored, except Ctrl-C,
    which shells set to be ignored in background jobs.
    """
    known = (getattr(signal, name, None) for name in SIGNALS)
    return [
        number
        for number in known
        if number is not None
        and (number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN)
    ]
