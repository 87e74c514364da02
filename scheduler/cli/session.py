"""Where a command's words go: results to stdout, all else to stderr."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from scheduler.cli.stopping import Stopping, stopped_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TextIO

    from pydantic import BaseModel

    from scheduler.domain.errors import Exit, Mistake


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


@dataclass(frozen=True)
class Session:
    """One call of the command line.

    Attributes
    ----------
    stopping
        Whether the command shall stop.
    elsewhere
        Files that do not stand where they should.
    """

    as_json: bool = False
    arguments: tuple[str, ...] = ()
    stopping: Stopping = field(default_factory=Stopping)
    elsewhere: list[Path] = field(default_factory=list)
    _given: list[Mapping[str, Any]] = field(default_factory=list)

    @contextmanager
    def streams(self) -> Iterator[Patient]:
        """Make any text printable, and no stream stop the command; give the results'.

        JSON is UTF-8, and what a console has no characters for is replaced.
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

    def keep(self, write: Callable[[Path], Path], path: Path) -> Path:
        """Write a file where it should be, or else where it can be, and return where.

        Parameters and errors are those of `scheduler.files.rescue.kept`.
        """
        from scheduler.files.rescue import elsewhere_text, kept

        found, refused = kept(write, path)
        if refused:
            self.elsewhere.append(found)
            self.note(refused)
            self.note(elsewhere_text(found))
        return found

    def say_written(self, text: str, written: Path, wanted: Path) -> None:
        """Say where a file was written, and if its name is another than it should be.

        Parameters
        ----------
        text
            With ``{path}`` in it.
        """
        from scheduler.wording.names import file_left_text

        self.say(text.format(path=written))
        if written != wanted and written not in self.elsewhere:
            self.say(file_left_text(wanted))

    def code(self, found: Exit) -> Exit:
        """Return the exit code of a command, once its files are written."""
        return type(found).WRONG_USE if self.elsewhere else found

    def say(self, text: str) -> None:
        """Print a result for people, unless machines are listening."""
        if not self.as_json:
            print(text, flush=True)

    def say_all(self, lines: Iterable[str]) -> None:
        """Print several lines of a result for people."""
        for line in lines:
            self.say(line)

    def give(self, **result: Any) -> None:
        """Print a result for machines, if they are listening.

        Models, paths, dates and codes are written as pydantic writes them.
        """
        if self.as_json:
            self._given.append(result)
            text = json.dumps(result, default=_jsonable, ensure_ascii=False, indent=1)
            print(text, flush=True)

    def note(self, text: str) -> None:
        """Print progress or an error."""
        print(text, file=sys.stderr, flush=True)

    def last_words(self, code: int, standing: Sequence[Path]) -> None:
        """Say what became of the files where a signal ends the process, and no more."""
        self.tell_end(code, standing)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, Patient):
                stream.fall_silent()

    def tell_end(self, code: int, standing: Sequence[Path]) -> None:
        """Say what became of the files of a command that was stopped."""
        self.note(("\n" if sys.stderr.isatty() else "") + stopped_text(standing))
        if not self._given:
            written = [str(path) for path in standing]
            self.give(exit=code, error="Stopped", written=written)


def _jsonable(value: object) -> object:
    """Return what `json` cannot write as pydantic has it; loaded when it is needed."""
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value, by_alias=False)


def worded(value: BaseModel, **words: Any) -> dict[str, Any]:
    """Return a value for machines with its words, or what follows from it, beside."""
    return {**value.model_dump(mode="json"), **words}


def worded_mistakes(mistakes: Iterable[Mistake]) -> list[dict[str, Any]]:
    """Return mistakes for machines with what is said of them."""
    from scheduler.wording.mistakes import mistake_text

    return [worded(one, text=mistake_text(one)) for one in mistakes]
