"""What was found and cannot be written where it should be is kept somewhere else."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.errors import OutputError
from scheduler.files.saving import free_name
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Rescued(NamedTuple):
    """Where a file stands.

    Attributes
    ----------
    path
        The file.
    refused
        Why it does not stand where it should; empty if it does.
    """

    path: Path
    refused: str = ""


def kept(write: Callable[[Path], Path], path: Path) -> Rescued:
    """Write a file where it should be, or else where it can be.

    That is the user's own folder, or a new one among the temporary files.

    Parameters
    ----------
    write
        Writes the file and returns where it stands.

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
                # What lies there is not of this command, whoever wrote it.
                return Rescued(write(free_name(folder / path.name)), str(error))
        raise


def elsewhere_text(path: Path) -> str:
    """Say where a file was written instead."""
    text = _("So that it is not lost, it was written elsewhere: {path}")
    return text.format(path=path)


def _elsewhere() -> Iterator[Path]:
    with suppress(RuntimeError):
        yield Path.home()
    with suppress(OSError):
        # Of one's own, for others can look into the folder above.
        folder = Path(tempfile.mkdtemp(prefix="shotaki-"))
        try:
            yield folder
        finally:
            # Unless something lies in it.
            folder.rmdir()
