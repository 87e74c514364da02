"""File locks: at most one process, and one thread of it, writes under a name at a time.

A claim is a lock on a hidden file in the same folder, so that it also holds between
computers that share the folder.  The lock ends with its process, however that ends; its
file is removed then, or by the next claim in the folder.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scheduler.domain.errors import OutputError
from scheduler.files import cleanup
from scheduler.wording.translation import _

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl


PREFIX = ".shotaki-"
LOCK = ".lock"
DRAFT = ".tmp"

HIDDEN = 2
"""FILE_ATTRIBUTE_HIDDEN of Windows."""

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
"""Error numbers of locking a file that another process has locked."""

TICK = 0.1
"""Seconds between two tries for a lock that another process has."""

ANY_THREAD = 0
"""Stands for every thread of this process; no thread has this number."""

_held: dict[Path, int] = {}
"""The locks of this process, each with the thread that has it."""


class InUse(OutputError):
    """Another process is writing under the name."""


@contextmanager
def claimed(
    path: Path, patience: float = 0.0, *, for_all: bool = False
) -> Iterator[None]:
    """Lock a name against other processes and threads; reentrant within this one.

    Parameters
    ----------
    path
        The file itself, not a link to it; it need not exist.
    patience
        Seconds to wait for whoever else holds the lock.
    for_all
        Whether all threads of this process may enter: a command that is stopped saves
        its best roster in another thread than the one that began.

    Raises
    ------
    InUse
        If somebody else holds the lock, and for longer than that.
    OSError
        If no file can be made in the folder.
    """
    # Resolved, so that two spellings of the folder's path share one lock.
    lock = Path(os.path.realpath(_hidden(path, LOCK)))
    if _held.get(lock) in (ANY_THREAD, threading.get_ident()):
        yield
        return
    file = _locked_within(lock, patience)
    if file is None:
        text = _(
            "{path} is being written by another shotaki right now. Wait until it is "
            "done, or name another file."
        )
        raise InUse(text.format(path=path))
    _held[lock] = ANY_THREAD if for_all else threading.get_ident()
    try:
        with cleanup.deleted_if_stopped(lock):
            _sweep(lock.parent)
            yield
    finally:
        del _held[lock]
        _unlock(lock, file)


def draft_of(path: Path) -> Path:
    """Return the path of the draft that is written before it takes its name.

    The draft belongs to whoever has claimed the name.  Its own name is a digest, so
    that it never becomes too long.
    """
    return _hidden(path, DRAFT)


def _hidden(path: Path, suffix: str) -> Path:
    digest = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]
    return path.with_name(f"{PREFIX}{digest}{suffix}")


def _sweep(folder: Path) -> None:
    """Delete the locks and drafts that ended processes have left in a folder."""
    found = folder.glob(f"{PREFIX}*")
    left = {path.with_suffix(LOCK) for path in found if path.suffix in (LOCK, DRAFT)}
    for lock in left - _held.keys():
        with suppress(OSError):
            file = _locked(lock)
            if file is not None:
                lock.with_suffix(DRAFT).unlink(missing_ok=True)
                _unlock(lock, file)


def _locked_within(lock: Path, patience: float) -> int | None:
    """Open and lock a file as soon as nobody else has; ``None`` if somebody stays."""
    until = time.monotonic() + patience
    while (file := _locked(lock)) is None and time.monotonic() < until:
        time.sleep(TICK)
    return file


def _locked(lock: Path) -> int | None:
    """Open and lock a file; return ``None`` if another process has locked it."""
    while True:
        file = _opened(lock)
        if not _take(file):
            os.close(file)
            return None
        if _is_still(lock, file):
            _hide(lock)
            return file
        # The holder deleted it between our open and our lock: what we have locked is
        # no longer the file of this name, so try again.
        os.close(file)


def _opened(lock: Path) -> int:
    """Open a lock file, read-only if it belongs to somebody else."""
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        if not os.path.exists(lock):
            raise
        return os.open(lock, os.O_RDONLY)


def _take(file: int) -> bool:
    """Lock an open file and tell whether nobody else holds it.

    On a file system without locks it always succeeds.
    """
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
    """Delete a lock file and release it.

    Deleting comes first, so that nobody locks a file that is about to vanish.  Windows
    deletes no open file, so there it is closed first; if another process has opened
    it since, the deletion fails and the file stays.
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
