"""What a process that ends at once has to clear away, and which of its files stand.

Of the process as a whole, for a signal ends the process as a whole.  Without imports
that take time: a program may be ended before it has begun.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

STEP = threading.RLock()
"""Held while files take their names; whoever ends the process waits for it, so that
what it clears away and tells is true."""

_unfinished: list[Path] = []
_standing: list[Path] = []
_closers: list[Callable[[], object]] = []
_until_the_end = ExitStack()


@contextmanager
def unfinished(path: Path) -> Iterator[None]:
    """Have a file cleared away in the end, whichever way it comes."""
    with cleared_at_once(path):
        try:
            yield
        finally:
            with STEP:
                _clear(path)


@contextmanager
def cleared_at_once(path: Path) -> Iterator[None]:
    """Have a file cleared away if the process ends at once meanwhile."""
    with STEP:
        _unfinished.append(path)
    try:
        yield
    finally:
        with STEP:
            _unfinished.remove(path)


@contextmanager
def closed_by(closer: Callable[[], object]) -> Iterator[None]:
    """Have something closed if the process ends at once meanwhile."""
    _closers.append(closer)
    try:
        yield
    finally:
        _closers.remove(closer)


def stands(path: Path) -> None:
    """Remember that a file of the command is whole and has its name."""
    with STEP:
        _standing.append(path)


def stands_no_more(path: Path) -> None:
    """Take back that a file stands: it had to go again."""
    with STEP:
        _standing.remove(path)


def standing() -> tuple[Path, ...]:
    """Return the files that stand, in the order in which they came."""
    return tuple(dict.fromkeys(_standing))


def hold(held: AbstractContextManager[object]) -> None:
    """Enter a context that is left when the command ends."""
    _until_the_end.enter_context(held)


def begin_command() -> None:
    """Forget what stands from a command before, in the same process."""
    _standing.clear()


def end_command() -> None:
    """Leave what was held until the end of a command."""
    _until_the_end.close()


def clear() -> None:
    """Take all unfinished files away; the process ends."""
    for path in tuple(_unfinished):
        _clear(path)


def close() -> None:
    """Close all that is to be closed; the process ends."""
    for closer in tuple(_closers):
        with suppress(Exception):
            closer()


def _clear(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
