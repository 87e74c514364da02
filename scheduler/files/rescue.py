"""Saving a result elsewhere if it cannot be written where the user asked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from scheduler.domain.errors import OutputError
from scheduler.files.file_names import free_name
from scheduler.wording.translation import _


class Rescued(NamedTuple):
    """Where a file was written.

    Attributes
    ----------
    path
        The file.
    refused
        Why it could not be written where it should be; empty if it could.
    """

    path: Path
    refused: str = ""


def kept(write: Callable[[Path], Path], path: Path) -> Rescued:
    """Write a file to its path, or else to the home folder or a temporary folder.

    Parameters
    ----------
    write
        Writes the file and returns where it was written.

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
