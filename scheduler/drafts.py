"""Files that are being written, and those that stand: what to clear away, what to tell.

Of the process as a whole, for a signal ends the process as a whole.  Without imports
that take time: a program may be ended before it has begun.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STEP = threading.RLock()
"""Held while files take their names; whoever ends the process waits for it, so that
what it clears away and tells is true."""

_unfinished: list[Path] = []
_standing: list[Path] = []


@contextmanager
def unfinished(path: Path) -> Iterator[None]:
    """Have a file cleared away in the end, whichever way it comes."""
    with STEP:
        _unfinished.append(path)
    try:
        yield
    finally:
        with STEP:
            _clear(path)
            _unfinished.remove(path)


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
    with STEP:
        return tuple(dict.fromkeys(_standing))


def clear() -> None:
    """Take all unfinished files away; the process ends."""
    for path in tuple(_unfinished):
        _clear(path)


def begin() -> None:
    """Forget what stands from a command before, in the same process."""
    with STEP:
        _standing.clear()


def _clear(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
