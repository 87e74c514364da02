"""What is printed, and what becomes of a command whose words nobody can read."""

from __future__ import annotations

import io
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


class Patient(io.TextIOBase):
    """A stream that stops no command: what cannot be printed is dropped, and noted.

    The disk may be full, the reader of a pipe gone, the terminal closed.  Work that is
    done by then is not to be lost for it.

    Attributes
    ----------
    is_lost
        Whether something could not be printed.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.is_lost = False

    def write(self, text: str) -> int:
        """Print text, if it can be printed."""
        if self._stream is None or self.is_lost:
            return len(text)
        try:
            return self._stream.write(text)
        except (OSError, ValueError):
            self._lose(self._stream)
        return len(text)

    def flush(self) -> None:
        """Print what waits, if it can be printed."""
        if self._stream is None or self.is_lost:
            return
        try:
            self._stream.flush()
        except (OSError, ValueError):
            self._lose(self._stream)

    def isatty(self) -> bool:
        """Tell whether a person looks on."""
        return self._stream is not None and not self.is_lost and self._stream.isatty()

    def fileno(self) -> int:
        """Return the system's number of the stream."""
        if self._stream is None:
            raise io.UnsupportedOperation("fileno")
        return self._stream.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the stream."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """What becomes of characters that the encoding lacks."""
        return getattr(self._stream, "errors", None)

    def writable(self) -> bool:
        """Tell that it takes text."""
        return True

    def fall_silent(self) -> None:
        """Print nothing from now on."""
        self.is_lost = True

    def _lose(self, stream: TextIO) -> None:
        self.is_lost = True
        # What waits is printed once more when the program ends: let that go nowhere.
        with suppress(OSError, ValueError):
            number = stream.fileno()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            try:
                os.dup2(nowhere, number)
            finally:
                os.close(nowhere)
