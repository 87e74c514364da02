"""Running the program as a process, and files that make it wait."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

PATIENCE = 600
"""Seconds after which a test that waits for a process gives up.

None waits so long where all is well, however busy the machine is.
"""

PYTHON = (sys.executable,)
COMMAND = (*PYTHON, "-m", "scheduler.cli")


class Ended(NamedTuple):
    """The exit code of a command, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def start(
    folder: Path, *arguments: str, program: Sequence[str] = COMMAND, **options: Any
) -> subprocess.Popen[str]:
    """Start a command, or another program, in a folder."""
    given: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        program if isinstance(program, str) else [*program, *arguments],
        cwd=folder,
        encoding="utf-8",
        **({"env": {**os.environ, "PYTHONUTF8": "1"}} | given | options),
    )


def ended(process: subprocess.Popen[str], told: str | None = None) -> Ended:
    """Pass text to a command's stdin, wait for its end, and return its result."""
    out, err = process.communicate(told, timeout=PATIENCE)
    assert "Traceback" not in (out or "") + (err or "")
    return Ended(process.returncode, out or "", err or "")


def run(
    folder: Path, *arguments: str, told: str | None = None, **options: Any
) -> Ended:
    """Run a command, or another program, to its end and return its result."""
    stdin = None if told is None else subprocess.PIPE
    return ended(start(folder, *arguments, stdin=stdin, **options), told)


def called(folder: Path, *arguments: str) -> Ended:
    """Run a command in this process, in a folder, and return its result."""
    from scheduler.cli.app import main

    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
        out.flush()
        err.flush()
    told = (stream.buffer.getvalue().decode() for stream in (out, err))  # type: ignore[attr-defined]
    return Ended(code, *told)


@contextmanager
def gate(path: Path) -> Iterator[Callable[[], IO[bytes]]]:
    """Make a named pipe at a path, so that a process that reads it waits.

    Yields a function that waits for a reader and opens the pipe for writing.
    """
    os.mkfifo(path)

    def opened() -> IO[bytes]:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                number = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:
                assert time.monotonic() < deadline, "nobody reads"
                time.sleep(0.02)
            else:
                os.set_blocking(number, True)
                return os.fdopen(number, "wb")

    yield opened


def line_of(stream: IO[str] | None, text: str) -> str:
    """Read lines until one contains a text, and return that line."""
    assert stream is not None
    for line in stream:
        if text in line:
            return line
    raise AssertionError(f"it never said {text}")
