"""Where a command's words go: results to stdout, all else to stderr."""

from __future__ import annotations

import io
import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from scheduler.cli.stopping import Stopping, stopped_text
from scheduler.cli.streams import Patient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TextIO

    from scheduler.domain.errors import Exit


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

    def say_left(self, path: Path, written: Path) -> None:
        """Say so if a file was written under another name than it should have."""
        from scheduler.wording.names import file_left_text

        if written != path and written not in self.elsewhere:
            self.say(file_left_text(path))

    def code(self, found: Exit) -> Exit:
        """Return the exit code of a command, once its files are written."""
        return type(found).WRONG_USE if self.elsewhere else found

    def say(self, text: str) -> None:
        """Print a result for people, unless machines are listening."""
        if not self.as_json:
            print(text, flush=True)

    def give(self, result: Mapping[str, Any]) -> None:
        """Print a result for machines, if they are listening.

        ``result`` holds what `json` can write; models are dumped by the caller.
        """
        if self.as_json:
            self._given.append(result)
            print(json.dumps(result, ensure_ascii=False, indent=1), flush=True)

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
            self.give({"exit": code, "error": "Stopped", "written": written})
