"""Names that a process writes under, held against every other process.

A claim is a lock on a hidden file in the same folder, so that it holds between the
computers of an office that share one.  It ends with its process, however that ends; its
file goes with it, or when the next claim in the folder finds it left behind.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.domain.errors import OutputError
from scheduler.files import leftovers
from scheduler.wording.translation import _

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = ".shotaki-"
LOCK = ".lock"
DRAFT = ".tmp"

HIDDEN = 2
"""FILE_ATTRIBUTE_HIDDEN of Windows."""

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
"""What a lock that another process holds answers."""

_held: set[Path] = set()


class InUse(OutputError):
    """Another process writes under the name right now."""


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """Hold a name; within the same process it may be held more than once.

    Parameters
    ----------
    path
        The file itself, no link to it; it need not be there.

    Raises
    ------
    InUse
        If another process holds it.
    OSError
        If the folder takes no file.
    """
    # One file has one lock, however the way to its folder is written.
    lock = Path(os.path.realpath(_hidden(path, LOCK)))
    if lock in _held:
        yield
        return
    file = _locked(lock)
    if file is None:
        text = _(
            "{path} is being written by another shotaki right now. Wait until it is "
            "done, or name another file."
        )
        raise InUse(text.format(path=path))
    _held.add(lock)
    try:
        with leftovers.cleared_at_once(lock):
            _sweep(lock.parent)
            yield
    finally:
        _held.discard(lock)
        _unlock(lock, file)


def draft_of(path: Path) -> Path:
    """Return where a file is written before it takes its name.

    It belongs to whoever has claimed the name, and is short whatever the name.
    """
    return _hidden(path, DRAFT)


def _hidden(path: Path, suffix: str) -> Path:
    digest = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]
    return path.with_name(f"{PREFIX}{digest}{suffix}")


def _sweep(folder: Path) -> None:
    """Take away what processes that are no more have left in a folder."""
    found = folder.glob(f"{PREFIX}*")
    left = {path.with_suffix(LOCK) for path in found if path.suffix in (LOCK, DRAFT)}
    for lock in left - _held:
        with suppress(OSError):
            file = _locked(lock)
            if file is not None:
                lock.with_suffix(DRAFT).unlink(missing_ok=True)
                _unlock(lock, file)


def _locked(lock: Path) -> int | None:
    """Open and lock a file; nothing if another process has locked it."""
    while True:
        file = _opened(lock)
        if not _take(file):
            os.close(file)
            return None
        if _is_still(lock, file):
            _hide(lock)
            return file
        # Whoever had it has taken it away meanwhile: the name is another file's now.
        os.close(file)


def _opened(lock: Path) -> int:
    """Open a lock's file; one that somebody else has left can perhaps only be read."""
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        if not os.path.exists(lock):
            raise
        return os.open(lock, os.O_RDONLY)


def _take(file: int) -> bool:
    """Lock an open file; a file system without locks lets everybody through."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    return True


def _is_still(lock: Path, file: int) -> bool:
    try:
        return os.path.samestat(os.stat(lock), os.fstat(file))
    except FileNotFoundError:
        return False


def _unlock(lock: Path, file: int) -> None:
    """Take a lock's file away, and let go of it.

    In this order, lest somebody locks a file that is going; Windows removes no file
    that is open, and refuses where somebody has it by now.
    """
    if sys.platform == "win32":
        os.close(file)
    with suppress(OSError):
        lock.unlink(missing_ok=True)
    if sys.platform != "win32":
        os.close(file)


def _hide(path: Path) -> None:
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetFileAttributesW(str(path), HIDDEN)
