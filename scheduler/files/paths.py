"""Where files are written: names that are free and that every operating system allows.

Where that cannot be, it says why, and saves a result elsewhere.
"""

from __future__ import annotations

import errno
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from scheduler.domain.errors import OutputError
from scheduler.files.validation import LOCK
from scheduler.wording.translation import N_, _

MOST_NAMES = 99
"""Number of names that are tried: name.xlsx, name-2.xlsx, and so on."""

LONGEST_NAME = 255
"""Longest file name, in bytes, that most file systems allow."""

FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：”／＼｜？＊")
"""Characters that Windows forbids in file names, and look-alikes that it allows."""

RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{device}{number}" for device in ("COM", "LPT") for number in range(1, 10)
}
"""Device names, which Windows forbids as file names whatever the suffix."""


def free_name(path: Path) -> Path:
    """Return the first of name, name-2, name-3, ... that no file has."""
    return next((name for name in numbered(path) if not os.path.lexists(name)), path)


def taken_names(path: Path) -> tuple[Path, ...]:
    """Return the existing files among name, name-2, name-3, ..."""
    return tuple(name for name in numbered(path) if os.path.exists(name))


def safe_name(text: str) -> str:
    """Return text as (part of) a file name that every operating system allows."""
    composed = unicodedata.normalize("NFC", text).translate(FORBIDDEN)
    letters = (c for c in composed if unicodedata.category(c)[0] != "C")
    name = "".join(letters).strip().rstrip(". ")
    device = name.split(".")[0].strip().upper()
    return f"_{name}" if device in RESERVED or not name else name


def numbered(path: Path) -> Iterator[Path]:
    """Yield name, name-2, name-3, ..., with the stem cut to `LONGEST_NAME`."""
    yield path
    for number in range(2, MOST_NAMES + 1):
        stem, end = path.stem, f"-{number}"
        while stem and len(os.fsencode(stem + end + path.suffix)) > LONGEST_NAME:
            stem = stem[:-1]
        yield path.with_stem(stem + end)


FULL = N_("{path} cannot be written: the disk is full. Make room on it and try again.")

REASONS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: N_("{path} cannot be written: the disk can only be read."),
    errno.EACCES: N_(
        "{path} cannot be written: this user may not write there, or it is open in "
        "another program."
    ),
    errno.EPERM: N_("{path} cannot be written: this user may not write there."),
    errno.ENOENT: N_("{path} cannot be written: there is no such folder."),
    errno.ENOTDIR: N_("{path} cannot be written: there is no such folder."),
    errno.EEXIST: N_(
        "{path} cannot be written: something else of this name is there. Give it "
        "another name, or move it away."
    ),
    errno.EIO: N_(
        "{path} cannot be written: the disk, or the connection to it, does not work. "
        "Check it and try again."
    ),
    errno.ENAMETOOLONG: N_("{path} cannot be written: its name is too long."),
}
"""Why a file cannot be written, by ``errno``."""


def make_folder(path: Path) -> None:
    """Make a folder, and those it lies in, unless they are there already.

    Raises
    ------
    OutputError
        If it cannot be made.
    """
    with explained(path):
        path.mkdir(parents=True, exist_ok=True)


def reason_text(error: OSError, path: Path) -> str:
    """Return the message that a file or folder cannot be written, and why."""
    known = REASONS.get(error.errno or 0)
    text = _(known) if known else _("{path} cannot be written: {reason}")
    if isinstance(error, PermissionError) and path.with_name(LOCK + path.name).exists():
        text = _("{path} is open in Excel. Close it there, and save once more.")
    return text.format(path=path, reason=error.strerror or error)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an `OSError` into an `OutputError` that says why a file is not written."""
    try:
        yield
    except OSError as error:
        raise OutputError(reason_text(error, path)) from error


class Rescued(NamedTuple):
    """Where a file was written.

    Attributes
    ----------
    refused
        Why it could not be written where it should be; empty if it could.
    """

    path: Path
    refused: str = ""


def rescued(write: Callable[[Path], Path], path: Path) -> Rescued:
    """Write a file to its path, or else to the home folder or a temporary folder.

    Raises
    ------
    OutputError
        If it can be written nowhere.
    """
    try:
        return Rescued(write(path))
    except OutputError as error:
        for folder in _elsewhere():
            with suppress(OutputError):
                # Under a free name: a file that is there is not this command's.
                return Rescued(write(free_name(folder / path.name)), str(error))
        raise


def elsewhere_text(path: Path) -> str:
    """Return the message that a file was written elsewhere."""
    text = _("So that it is not lost, it was written elsewhere: {path}")
    return text.format(path=path)


def _elsewhere() -> Iterator[Path]:
    with suppress(RuntimeError):
        yield Path.home()
    with suppress(OSError):
        # A folder only the user can read, as the temporary folder itself is shared.
        folder = Path(tempfile.mkdtemp(prefix="shotaki-"))
        try:
            yield folder
        finally:
            # Fails, as intended, if the file was written to it.
            folder.rmdir()
