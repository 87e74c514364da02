"""Paths named on the command line, looked at before any work is done."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from scheduler.cli.failures import WrongUse
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from pathlib import Path

JSON = ".json"
FORMATS = (".xlsx", JSON)


def checked_output(given: Path | None, default: Path, of: Path | None = None) -> Path:
    """Return where to write, or say at once that nothing can be written there.

    The folder of ``default`` is made if it is missing, a folder that the user named
    is not.

    Parameters
    ----------
    given
        The path on the command line, if there is one.
    of
        The input, which the output may not replace.

    Raises
    ------
    WrongUse
        If the path has another format, no folder, or is the input itself.
    OutputError
        If no file can be written there, or another process is writing it.
    """
    from scheduler.files.saving import prepare

    path = given or default
    if given is None:
        _make(default.parent)
    if path.suffix.lower() not in FORMATS:
        message = _("{path}: write to a file that ends in .xlsx or .json.")
    elif os.path.isdir(path):
        message = _("{path} is a folder; name a file in it.")
    elif not os.path.isdir(path.parent):
        message = _("{path}: there is no such folder; make it first.")
    elif of is not None and os.path.realpath(path) == os.path.realpath(of):
        message = _("{path} is the input itself; choose another name.")
    else:
        prepare(path)
        return path
    raise WrongUse(message.format(path=path))


def checked_folder(given: Path | None, default: Path) -> Path:
    """Return the folder to write into, made if only it itself is missing.

    ``default`` is made with all above it.

    Raises
    ------
    WrongUse
        If it is a file, or its parent is missing, or it cannot be made.
    """
    folder = given or default
    if os.path.exists(folder) and not os.path.isdir(folder):
        message = _("{path} is a file; name a folder.")
    elif given is not None and not os.path.isdir(folder.absolute().parent):
        message = _("{path}: there is no such folder; make it first.")
    else:
        _make(folder)
        return folder
    raise WrongUse(message.format(path=folder))


def path_of_candidate(first: Path, number: int) -> Path:
    """Return where a candidate is written: beside the first, numbered from 1."""
    if number == 1:
        return first
    if first.suffix.lower() == JSON:
        return first.with_stem(f"{first.stem}-{number}")
    return first.with_stem(
        _("{name}-plan{number}").format(name=first.stem, number=number)
    )


def _make(folder: Path) -> None:
    """Make a folder with all above it, or say that it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("{path} cannot be made here.")
        raise WrongUse(message.format(path=folder)) from error
