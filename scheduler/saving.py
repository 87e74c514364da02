"""Saving a file whole or not at all, and never over somebody's work."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from scheduler.domain.errors import OutputError
from scheduler.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST_NAMES = 99
"""How many names are tried: name.xlsx, name-2.xlsx, and so on."""


def save(
    write: Callable[[Path], object],
    path: Path,
    may_replace: Callable[[Path], bool] = lambda there: True,
) -> Path:
    """Save a file and return where.

    Parameters
    ----------
    write
        Writes the file to the path it is given: a draft in the same folder, which
        takes its name when it is whole.
    path
        The name wanted.
    may_replace
        Tells whether a file that is already there may be lost.  Where it may not, or
        is open in another program, the next free name is taken.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    draft = path.with_name(f".{path.stem}.{os.getpid()}.tmp")
    try:
        write(draft)
        for name in _names(path):
            if not name.exists() or may_replace(name):
                try:
                    draft.replace(name)
                except PermissionError:
                    continue
                return name
    except OSError as error:
        raise OutputError(_cannot(path)) from error
    finally:
        draft.unlink(missing_ok=True)
    raise OutputError(_cannot(path))


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in range(2, MOST_NAMES + 1):
        yield path.with_stem(f"{path.stem}-{number}")


def _cannot(path: Path) -> str:
    text = _("{path} cannot be written. Is it open, or its folder missing?")
    return text.format(path=path)
