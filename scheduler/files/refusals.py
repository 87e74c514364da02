"""Why files and folders cannot be written, in words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scheduler.domain.errors import OutputError
from scheduler.files.validation import LOCK
from scheduler.wording.translation import N_, _

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
    with told(path):
        path.mkdir(parents=True, exist_ok=True)


def reason_text(error: OSError, path: Path) -> str:
    """Return the message that a file or folder cannot be written, and why."""
    known = REASONS.get(error.errno or 0)
    text = _(known) if known else _("{path} cannot be written: {reason}")
    if isinstance(error, PermissionError) and path.with_name(LOCK + path.name).exists():
        text = _("{path} is open in Excel. Close it there, and save once more.")
    return text.format(path=path, reason=error.strerror or error)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn an `OSError` into an `OutputError` that says why a file is not written."""
    try:
        yield
    except OSError as error:
        raise OutputError(reason_text(error, path)) from error
