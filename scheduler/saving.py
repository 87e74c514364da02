"""Saving a file whole or not at all, and never over somebody's work."""

from __future__ import annotations

import os
import shutil
import unicodedata
from typing import TYPE_CHECKING

from scheduler.domain.errors import OutputError
from scheduler.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST_NAMES = 99
"""How many names are tried: name.xlsx, name-2.xlsx, and so on."""

FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：”／＼｜？＊")
"""What Windows takes in no file name, and look-alikes that it takes."""

RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{device}{number}" for device in ("COM", "LPT") for number in range(1, 10)
}
"""Names of devices: no file of Windows may be called so, whatever its suffix."""


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
    draft = _draft(path)
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


def replace(write: Callable[[Path], object], path: Path, kept: Path) -> Path:
    """Replace a file by a new one, and return where the one before is kept.

    At every moment the path holds a whole file: the old one until the new one is
    written and the old one copied.

    Parameters
    ----------
    write
        Writes the new file to the path it is given, as in `save`.
    kept
        The name wanted for the old file; where it is taken, the next free one.

    Raises
    ------
    OutputError
        If the file cannot be replaced, as when it is open in another program.
        Everything is then as it was.
    """
    draft = _draft(path)
    old: Path | None = None
    try:
        write(draft)
        old = save(lambda copy: shutil.copy2(path, copy), kept, lambda there: False)
        draft.replace(path)
    except OSError as error:
        if old is not None:
            old.unlink(missing_ok=True)
        raise OutputError(_cannot(path)) from error
    finally:
        draft.unlink(missing_ok=True)
    return old


def taken_names(path: Path) -> tuple[Path, ...]:
    """Return the files that were saved under a name: it, and the next ones."""
    return tuple(name for name in _names(path) if name.exists())


def safe_name(text: str) -> str:
    """Return text as (part of) a file's name that every system takes."""
    composed = unicodedata.normalize("NFC", text).translate(FORBIDDEN)
    letters = (c for c in composed if unicodedata.category(c)[0] != "C")
    name = "".join(letters).strip().rstrip(". ")
    device = name.split(".")[0].strip().upper()
    return f"_{name}" if device in RESERVED or not name else name


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.stem}.{os.getpid()}.tmp")


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in range(2, MOST_NAMES + 1):
        yield path.with_stem(f"{path.stem}-{number}")


def _cannot(path: Path) -> str:
    text = _("{path} cannot be written. Is it open, or its folder missing?")
    return text.format(path=path)
