"""Atomic saving of files; a file that may not be replaced is kept."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from scheduler.domain.errors import OutputError
from scheduler.files import cleanup
from scheduler.files.locks import claimed, draft_of
from scheduler.files.paths import explained, numbered
from scheduler.files.validation import patiently
from scheduler.wording.translation import _

PATIENCE = 60.0
"""Seconds in which another process has saved its workbook, on a slow disk too."""


class Unsaved(NamedTuple):
    """A file to be saved.

    Attributes
    ----------
    may_replace
        Tells whether an existing file may be overwritten.  If it may not, or is
        protected or open in another program, the next free name is used.
    """

    data: bytes
    path: Path
    may_replace: Callable[[Path], bool] = lambda there: True


def save(
    data: bytes, path: Path, may_replace: Callable[[Path], bool] = lambda there: True
) -> Path:
    """Save a file and return its path; parameters as in `Unsaved`.

    If ``path`` is a symbolic link, its target is written.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    return save_all([Unsaved(data, path, may_replace)])[0]


def save_all(files: Sequence[Unsaved]) -> tuple[Path, ...]:
    """Save files that belong together, and return the path of each.

    All are written as drafts before the first takes its name.

    Raises
    ------
    OutputError
        If a file cannot be written; the text names those that were saved before.
    """
    with ExitStack() as stack:
        written = [stack.enter_context(_written(file)) for file in files]
        names: list[Path] = []
        with cleanup.NAMING:
            for file, (draft, place) in zip(files, written, strict=True):
                try:
                    name = _named(draft, place, file.may_replace)
                except OutputError as error:
                    raise _naming_saved(error, names) from error
                names.append(file.path if name == place else name)
                cleanup.note_complete(names[-1])
        return tuple(names)


def save_new(data: bytes, path: Path, mode: int | None = None) -> None:
    """Save a file under a name that is not in use.

    Parameters
    ----------
    mode
        Its permission bits, if not the default.

    Raises
    ------
    OutputError
        If a file of this name exists, or none can be written.
    """
    with _naming(data, path, mode) as (draft, place):
        try:
            _take(draft, place)
        except FileExistsError as error:
            raise OutputError(is_there(path)) from error
        cleanup.note_complete(path)


def overwrite(data: bytes, path: Path) -> Path:
    """Save a file under this name and no other, and return the path.

    Under another name it would be a file that nobody reads; `replace_file` also keeps
    the old one.

    Raises
    ------
    OutputError
        If it cannot be written, for example because it is protected or open in another
        program.  A file that is there is left as it is.
    """
    with _naming(data, path) as (draft, place):
        if os.path.lexists(place) and is_protected(place):
            raise OutputError(_protected(path))
        _replace(draft, place)
        cleanup.note_complete(path)
    return path


class Replacement(NamedTuple):
    """A file that is to take the place of another.

    Attributes
    ----------
    kept
        The name wanted for the old file; if it is in use, the next free one.
    """

    data: bytes
    path: Path
    kept: Path


def replace_file(data: bytes, path: Path, kept: Path) -> Path:
    """Replace a file as `replace_all`, and return where the old one is kept."""
    return replace_all([Replacement(data, path, kept)])[0]


def replace_all(files: Sequence[Replacement]) -> list[Path]:
    """Replace files that belong together, and return where the old ones are kept.

    Each path holds a complete file at every moment.  Nothing is left to do but to
    rename when the first of them is replaced: whoever ends the process waits for that.

    Raises
    ------
    OutputError
        If a file cannot be replaced, for example because it is protected or open
        in another program.  Nothing is changed then.
    """
    with ExitStack() as stack:
        drafts = [stack.enter_context(_written(Unsaved(*one[:2]))) for one in files]
        olds = []
        for one, (_draft, place) in zip(files, drafts, strict=True):
            if is_protected(place):
                raise OutputError(_protected(one.path))
            with explained(one.path):
                copy = Unsaved(place.read_bytes(), one.kept)
            olds.append(stack.enter_context(_written(copy)))
        replaced: list[tuple[Path, Path]] = []
        with cleanup.NAMING:
            try:
                for one, new, old in zip(files, drafts, olds, strict=True):
                    with explained(one.path):
                        replaced.append((new[1], _exchanged(*new, *old)))
            except OutputError:
                for place, kept in reversed(replaced):
                    with explained(place):
                        _replace(kept, place)
                raise
            names = [kept for _place, kept in replaced]
            for name in (*names, *(one.path for one in files)):
                cleanup.note_complete(name)
            return names


def _exchanged(draft: Path, place: Path, copy: Path, wanted: Path) -> Path:
    """Put a draft in the place of a file; return the name that its copy has taken."""
    kept = _named(copy, wanted, lambda there: False)
    try:
        shutil.copystat(place, kept)
        _replace(draft, place)
    except OSError:
        kept.unlink(missing_ok=True)
        raise
    return kept


def prepare(path: Path) -> None:
    """Check, before a long computation, that its result can be written to a path.

    The name is locked against other processes until the command ends; all threads of
    this one may write there.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    place = _place(path)
    with explained(path):
        _check_name(place)
        cleanup.hold_to_the_end(claimed(place, for_all=True))
        draft = draft_of(place)
        with cleanup.deleted_after(draft):
            draft.touch()


def prepare_replacing(path: Path) -> None:
    """Check, before a long computation, that its result can replace a file.

    The name is locked as in `prepare`.

    Raises
    ------
    OutputError
        If it cannot be replaced.
    """
    check_replaceable(path)
    prepare(path)


def check_replaceable(path: Path) -> None:
    """Raise `OutputError` if a file is protected."""
    if is_protected(_place(path)):
        raise OutputError(_protected(path))


@contextmanager
def locked(path: Path, patience: float = 0.0) -> Iterator[None]:
    """Lock a file against others, from reading it to replacing it (`claimed`).

    Raises
    ------
    OutputError
        If somebody else holds the lock, or the folder cannot be written to.
    """
    with ExitStack() as stack:
        with explained(path):
            stack.enter_context(claimed(_place(path), patience))
        yield


def check_name(path: Path) -> None:
    """Raise `OutputError` if the system allows no file of this name."""
    with explained(path):
        _check_name(path)


def is_protected(path: Path) -> bool:
    """Tell whether a file is read-only, or a link without a target."""
    writable = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    try:
        mode = path.stat().st_mode
    except OSError:
        return True
    return not (mode & writable and os.access(path, os.W_OK))


def is_there(path: Path) -> str:
    """Return the message that a file of this name exists already."""
    text = _("{path} is there already and is left as it is; name another file.")
    return text.format(path=path)


@contextmanager
def _naming(
    data: bytes, path: Path, mode: int | None = None
) -> Iterator[tuple[Path, Path]]:
    """Write a draft as `_written`; it takes its name inside the context."""
    draft = _written(Unsaved(data, path), mode)
    with draft as written, cleanup.NAMING, explained(path):
        yield written


@contextmanager
def _written(file: Unsaved, mode: int | None = None) -> Iterator[tuple[Path, Path]]:
    """Write a file to a draft; yield the draft and the path it is for.

    The draft is deleted on leaving the context, unless it was renamed.
    """
    place = _place(file.path)
    with ExitStack() as stack:
        with explained(file.path):
            _check_name(place)
            stack.enter_context(claimed(place))
            draft = draft_of(place)
            stack.enter_context(cleanup.deleted_after(draft))
            if mode is not None:
                draft.touch(mode)
            with draft.open("wb") as opened:
                opened.write(file.data)
                opened.flush()
                os.fsync(opened.fileno())
        yield draft, place


def _named(draft: Path, place: Path, may_replace: Callable[[Path], bool]) -> Path:
    """Rename a draft to the first name it may have, and return that name."""
    with explained(place):
        for name in numbered(place):
            try:
                if not os.path.lexists(name):
                    _take(draft, name)
                elif is_protected(name) or not may_replace(name):
                    continue
                else:
                    _replace(draft, name)
            except (FileExistsError, PermissionError, IsADirectoryError):
                # Another process has just used the name, or has the file open.
                continue
            return name
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _take(draft: Path, name: Path) -> None:
    """Rename a draft to an unused name; raise `FileExistsError` if it is in use.

    A hard link is made, as a rename would silently overwrite a file on POSIX.
    """
    if os.name == "nt":
        patiently(lambda: draft.rename(name))
        return
    try:
        name.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: reserve the name first, then overwrite.
        os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        draft.replace(name)
    else:
        draft.unlink()


def _replace(draft: Path, name: Path) -> None:
    """Put a draft in the place of a file, with that file's permission bits."""
    with suppress(OSError):
        shutil.copymode(name, draft)
    patiently(lambda: draft.replace(name))


def _place(path: Path) -> Path:
    """Return the file that a path means: the target if it is a symbolic link."""
    return Path(os.path.realpath(path)) if os.path.islink(path) else path


def _check_name(place: Path) -> None:
    """Raise `OSError` if the system allows no file of this name."""
    with suppress(FileNotFoundError):
        place.lstat()


def _protected(path: Path) -> str:
    text = _("{path} is protected against writing and is left as it is.")
    return text.format(path=path)


def _naming_saved(error: OutputError, names: Sequence[Path]) -> OutputError:
    if not names:
        return error
    text = _("{error} These files were written before and stand: {paths}")
    return OutputError(text.format(error=error, paths="、".join(map(str, names))))
