"""Clean-up for a process that is stopped: drafts to delete, files that are complete.

The state is global, because a signal stops the whole process.  Nothing slow is
imported: the program may be stopped while it starts.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

NAMING = threading.RLock()
"""Held while files take their names; whoever ends the process waits for it, so that
the lists of drafts and complete files are consistent then."""

_unfinished: list[Path] = []
_complete: list[Path] = []
_closers: list[Callable[[], object]] = []
_unbroken: list[object] = []
_until_the_end = ExitStack()


@contextmanager
def deleted_after(path: Path) -> Iterator[None]:
    """Delete a file on leaving the context, or if the process is stopped inside it."""
    with deleted_if_stopped(path):
        try:
            yield
        finally:
            with NAMING:
                _clear(path)


@contextmanager
def deleted_if_stopped(path: Path) -> Iterator[None]:
    """Delete a file if the process is stopped inside the context."""
    with NAMING:
        _unfinished.append(path)
    try:
        yield
    finally:
        with NAMING:
            _unfinished.remove(path)


@contextmanager
def called_if_stopped(closer: Callable[[], object]) -> Iterator[None]:
    """Call ``closer`` if the process is stopped inside the context."""
    _closers.append(closer)
    try:
        yield
    finally:
        _closers.remove(closer)


@contextmanager
def unbroken() -> Iterator[None]:
    """Keep further signals from ending a process that is closing, inside the context.

    Whoever closes the page twice shall lose nothing that is being saved.
    """
    work = object()
    _unbroken.append(work)
    try:
        yield
    finally:
        _unbroken.remove(work)


def is_unbroken() -> bool:
    """Tell whether something is under way that shall not be broken off."""
    return bool(_unbroken)


def note_complete(path: Path) -> None:
    """Record that a file of the command is complete and has its name."""
    with NAMING:
        _complete.append(path)


def complete_files() -> tuple[Path, ...]:
    """Return the complete files of the command, in the order they were written."""
    return tuple(dict.fromkeys(_complete))


def hold_to_the_end(held: AbstractContextManager[object]) -> None:
    """Enter a context and leave it when the command ends."""
    _until_the_end.enter_context(held)


def begin_command() -> None:
    """Clear the record of complete files left by an earlier command."""
    _complete.clear()


def end_command() -> None:
    """Leave the contexts that were entered with `hold_to_the_end`."""
    _until_the_end.close()


def delete_unfinished() -> None:
    """Delete all unfinished files, because the process is being stopped."""
    for path in tuple(_unfinished):
        _clear(path)


def call_closers() -> None:
    """Call all closers, because the process is being stopped."""
    for closer in tuple(_closers):
        with suppress(Exception):
            closer()


def _clear(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
