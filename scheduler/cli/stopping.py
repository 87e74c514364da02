"""The wish to stop, as signals bring it: Ctrl-C, a shutdown, a terminal that is closed.

The command works in a thread of its own and the main thread, where Python runs what a
signal calls for, does nothing but hear.  So a wish is heard at once, whatever library
the command is in; and it never comes as an exception into the middle of something, but
as an event that searches look at, or as the end of the process.
"""

from __future__ import annotations

import contextvars
import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scheduler.files import leftovers
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import FrameType

TICK = 0.2
"""Seconds between two looks, where a system wakes nobody for a signal."""

PATIENCE = 5.0
"""Seconds that the end of the process waits for a file to take its name."""

LAST_WORDS = 3.0
"""Most seconds for telling what became of the files, which perhaps nobody reads, and
for closing what is open."""

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, `kill` or a shutdown, a terminal that is closed, the same on Windows."""


class Stopping:
    """Whether the command that runs shall stop, and what is done about it.

    Attributes
    ----------
    wish
        Set by the first signal once there is something to keep, or when time is up:
        searches end with what they have, and nothing new is begun.
    on_end
        Tells the exit code and the files that stand, where the process ends at once.
    """

    def __init__(self) -> None:
        self.wish = threading.Event()
        self.on_end: Callable[[int, Sequence[Path]], None] = _tell_end
        self._keeps = False
        self._has_ended = threading.Event()
        self._signal = 0

    @property
    def code(self) -> int:
        """Exit code of a command that was told to stop before it had anything."""
        return 128 + (self._signal or signal.SIGINT)

    def keep(self) -> None:
        """From now on there may be something to keep: a first signal is a wish.

        Until then, and by a second signal, the process ends at once.
        """
        self._keeps = True

    @contextmanager
    def within(self, seconds: float) -> Iterator[threading.Event]:
        """Keep what there is when time is up, as at a signal; give the wish."""
        self.keep()
        clock = threading.Timer(seconds, self.wish.set)
        clock.daemon = True
        clock.start()
        try:
            yield self.wish
        finally:
            clock.cancel()

    def hearing(self, work: Callable[[Stopping], int]) -> int:
        """Run a command, and hear signals meanwhile.

        To be called from the main thread of a program that ends with the command:
        whatever it is told afterwards is not heard any more.
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
            # Also while the interpreter takes itself down.
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
            _tell(_("Stopping; the best so far is kept. Ctrl-C again gives up."))
        elif not self._signal or self._gives_up(number):
            self._end(number)

    def _gives_up(self, number: int) -> bool:
        """Tell whether a further signal means that nobody waits for what there is.

        One that closes a terminal often comes twice, or after another one.
        """
        again = number == self._signal and number != getattr(signal, "SIGHUP", 0)
        return number == signal.SIGINT or again

    def _end(self, number: int) -> None:
        """End the process, once what has begun to take its name has it."""
        is_free = leftovers.STEP.acquire(timeout=PATIENCE)
        if is_free and self._has_ended.is_set():
            # It was the last thing to be done.
            leftovers.STEP.release()
            return
        for heard in _numbers():
            signal.signal(heard, signal.SIG_IGN)
        leftovers.clear()
        code = 128 + number

        def last_words() -> None:
            self.on_end(code, leftovers.standing())
            leftovers.close()

        thread = threading.Thread(target=last_words, daemon=True)
        thread.start()
        thread.join(LAST_WORDS)
        os._exit(code)


def stopped_text(standing: Sequence[Path]) -> str:
    """Say what became of the files of a command that was stopped."""
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
    # A line that changes on a terminal stays as it is.
    begin = "\n" if stream.isatty() else ""
    try:
        stream.write(f"{begin}{text}\n")
        stream.flush()
    except (OSError, ValueError, RuntimeError):
        # Nobody reads, or we are in the middle of a line.
        pass


def _numbers() -> list[signal.Signals]:
    """Return the signals of this system that somebody may send.

    What the caller has told us to ignore stays so (`nohup`), but for Ctrl-C, which a
    shell ignores for whatever runs behind it.
    """
    known = (getattr(signal, name, None) for name in SIGNALS)
    return [
        number
        for number in known
        if number is not None
        and (number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN)
    ]
