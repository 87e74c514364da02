"""A command's output: results go to stdout, all else to stderr."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

from scheduler.cli.stopping import Stopping, stopped_text

if TYPE_CHECKING:
    from pydantic import BaseModel

    from scheduler.domain.errors import Exit, Mistake


WRITES = (
    "openpyxl.packaging.extended",
    "rich.console",
    "rich.table",
    "scheduler.cli.printed",
    "scheduler.files.paths",
    "scheduler.files.rosters",
    "scheduler.wording.mistakes",
    "scheduler.wording.names",
)
"""Modules that write results and tell of them, else loaded when they are needed."""


class Patient(io.TextIOBase):
    """A text stream that ignores failed writes and remembers that there was one.

    The disk may be full, the reader of a pipe gone, the terminal closed: the command
    shall still finish its work and write its files.

    Attributes
    ----------
    is_lost
        Whether something could not be printed.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.is_lost = False

    def write(self, text: str) -> int:
        """Write text if possible."""
        if self._stream is None or self.is_lost:
            return len(text)
        try:
            return self._stream.write(text)
        except (OSError, ValueError):
            self._lose(self._stream)
        return len(text)

    def flush(self) -> None:
        """Flush the stream if possible."""
        if self._stream is None or self.is_lost:
            return
        try:
            self._stream.flush()
        except (OSError, ValueError):
            self._lose(self._stream)

    def isatty(self) -> bool:
        """Tell whether the stream is a terminal."""
        return self._stream is not None and not self.is_lost and self._stream.isatty()

    def fileno(self) -> int:
        """Return the file descriptor of the stream."""
        if self._stream is None:
            raise io.UnsupportedOperation("fileno")
        return self._stream.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the stream."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """The error handler for characters that the encoding does not have."""
        return getattr(self._stream, "errors", None)

    def writable(self) -> bool:
        """Return true: the stream can be written to."""
        return True

    def fall_silent(self) -> None:
        """Drop everything written from now on."""
        self.is_lost = True

    def _lose(self, stream: TextIO) -> None:
        self.is_lost = True
        # The interpreter flushes the buffer once more at exit: send that to devnull.
        with suppress(OSError, ValueError):
            number = stream.fileno()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            try:
                os.dup2(nowhere, number)
            finally:
                os.close(nowhere)


@dataclass(frozen=True)
class Session:
    """One call of a command, and its output.

    Attributes
    ----------
    as_json
        Whether results are printed as JSON instead of text.
    elsewhere
        Files that had to be written to another place than wanted.
    """

    as_json: bool = False
    arguments: tuple[str, ...] = ()
    stopping: Stopping = field(default_factory=Stopping)
    elsewhere: list[Path] = field(default_factory=list)
    _given: list[Mapping[str, Any]] = field(default_factory=list)

    @contextmanager
    def streams(self) -> Iterator[Patient]:
        """Replace stdout and stderr by `Patient` streams; yield the one for stdout.

        JSON is written in UTF-8; characters that a console does not have are replaced.
        """
        before = sys.stdout, sys.stderr
        encoding = "utf-8" if self.as_json else None
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding=encoding, errors="replace")
        if isinstance(sys.stderr, io.TextIOWrapper):
            sys.stderr.reconfigure(errors="replace")
        results, notes = Patient(sys.stdout), Patient(sys.stderr)
        sys.stdout, sys.stderr = cast("TextIO", results), cast("TextIO", notes)
        try:
            yield results
        finally:
            results.flush()
            notes.flush()
            sys.stdout, sys.stderr = before

    def begin_search(self) -> None:
        """Prepare for a long search, whose result shall not be lost.

        From now on a signal keeps it, and what writes it is loaded: the program may be
        updated while it searches.
        """
        for module in WRITES:
            import_module(module)
        self.stopping.keep()

    def keep(self, write: Callable[[Path], Path], path: Path) -> Path:
        """Write a file to ``path``, or else to another place; return where it is.

        Parameters and errors are those of `scheduler.files.paths.rescued`.
        """
        from scheduler.files.paths import elsewhere_text, rescued

        found, refused = rescued(write, path)
        if refused:
            self.elsewhere.append(found)
            self.note(refused)
            self.note(elsewhere_text(found))
        return found

    def say_written(self, text: str, written: Path, wanted: Path) -> None:
        """Print where a file was written, and whether its name is not the wanted one.

        Parameters
        ----------
        text
            The message, with ``{path}``.
        written, wanted
            The file's actual path and the one intended.
        """
        from scheduler.wording.names import file_left_text

        self.say(text.format(path=written))
        if written != wanted and written not in self.elsewhere:
            self.say(file_left_text(wanted))

    def say(self, text: str) -> None:
        """Print a line of the result, unless it is printed as JSON."""
        if not self.as_json:
            print(text, flush=True)

    def say_all(self, lines: Iterable[str]) -> None:
        """Print several lines of the result, unless it is printed as JSON."""
        for line in lines:
            self.say(line)

    def give(self, **result: Any) -> None:
        """Print the result as JSON, if that is wanted.

        Models, paths, dates and codes are serialised by pydantic.
        """
        if self.as_json:
            self._given.append(result)
            text = json.dumps(result, default=_jsonable, ensure_ascii=False, indent=1)
            print(text, flush=True)

    def end(self, found: Exit, **result: Any) -> Exit:
        """Give the result with the exit code, and return the code.

        It is `Exit.WRONG_USE` if a file had to go elsewhere.
        """
        code = type(found).WRONG_USE if self.elsewhere else found
        self.give(exit=code, **result)
        return code

    def note(self, text: str) -> None:
        """Print progress or an error, on stderr."""
        print(text, file=sys.stderr, flush=True)

    def note_warnings(self, warnings: Iterable[Mistake]) -> None:
        """Print entries of an input that look unintended, on stderr."""
        from scheduler.wording.mistakes import mistake_text
        from scheduler.wording.translation import _

        for warning in warnings:
            self.note(_("Note: {text}").format(text=mistake_text(warning)))

    def last_words(self, code: int, standing: Sequence[Path]) -> None:
        """Print which files were written before a signal ends the process, then stop.

        Nothing is printed afterwards.
        """
        self.tell_end(code, standing)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, Patient):
                stream.fall_silent()

    def tell_end(self, code: int, standing: Sequence[Path]) -> None:
        """Print which files a stopped command has written."""
        self.note(("\n" if sys.stderr.isatty() else "") + stopped_text(standing))
        if not self._given:
            written = [str(path) for path in standing]
            self.give(exit=code, error="Stopped", written=written)


def _jsonable(value: object) -> object:
    """Return a value that `json` cannot serialise as pydantic serialises it."""
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value, by_alias=False)


def worded(value: BaseModel, **words: Any) -> dict[str, Any]:
    """Return a model as JSON data, with further entries such as its text."""
    return {**value.model_dump(mode="json"), **words}


def worded_mistakes(mistakes: Iterable[Mistake]) -> list[dict[str, Any]]:
    """Return mistakes as JSON data, each with its message."""
    from scheduler.wording.mistakes import mistake_text

    return [worded(one, text=mistake_text(one)) for one in mistakes]
