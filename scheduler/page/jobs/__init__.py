"""Searches in processes of their own, which no tab and no server takes along."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.wording.translation import language

if TYPE_CHECKING:
    from scheduler.page.books import WorkbookFile
    from scheduler.page.state import State

READY = 600.0
"""Seconds for which a process that no search has taken stays loaded."""


class Searches:
    """Begins the searches of a folder.

    Parameters
    ----------
    loads_ahead
        Whether `expect` loads a process before a search is asked for.
    """

    def __init__(self, state: State, *, loads_ahead: bool = False) -> None:
        self._state = state
        self._loads_ahead = loads_ahead
        self._lock = threading.Lock()
        self._ready: subprocess.Popen[str] | None = None
        self._closing: threading.Timer | None = None

    def begin(
        self,
        kind: str,
        book: WorkbookFile,
        seconds: float,
        asked: dict[str, Any] | None = None,
        target: Path = Path(),
    ) -> int:
        """Begin a search unless one of its kind works already; return the id of either.

        Parameters
        ----------
        target
            Where its result goes, if that is a workbook of the folder.
        """
        given = kind, book.id, book.path, target, seconds, asked
        number, is_new = self._state.begin(*given)
        if is_new:
            self.launch(number)
        return number

    def expect(self, kind: str) -> None:
        """Load a process for a search of a kind that may soon be asked for.

        Loading takes seconds, in which whoever asks still fills in a form.
        """
        if not self._loads_ahead:
            return
        with self._lock:
            if self._ready is None or self._ready.poll() is not None:
                self._ready = self._process(kind)
            if self._closing is not None:
                self._closing.cancel()
            self._closing = threading.Timer(READY, self.close)
            self._closing.daemon = True
            self._closing.start()

    def launch(self, number: int) -> None:
        """Have a process do a search that the database has."""
        with self._lock:
            process, self._ready = self._ready, None
        told = f"{number} {language()}\n"
        if process is None or not _tell(process, told):
            _tell(self._process(), told)

    def close(self) -> None:
        """Let the process end that no search has taken."""
        with self._lock:
            process, self._ready = self._ready, None
        if process is not None:
            _tell(process, "")
            process.wait()

    def _process(self, *kind: str) -> subprocess.Popen[str]:
        """Start a process that waits for the search which it is to do.

        It hears no signal of the server's terminal and outlives the server.
        """
        given: dict[str, Any] = {}
        if sys.platform == "win32":
            given["creationflags"] = (
                subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
            )
        else:
            given["start_new_session"] = True
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "scheduler.page.jobs.worker"),
                *(str(self._state.file), *kind),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUTF8": "1"},
            text=True,
            **given,
        )


def _tell(process: subprocess.Popen[str], told: str) -> bool:
    """Say the last words to a process; return whether it was there to hear them."""
    assert process.stdin is not None
    try:
        with process.stdin as line:
            line.write(told)
    except OSError:
        return False
    return process.poll() is None
