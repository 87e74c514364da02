"""Which inputs are meant, and where each one's roster goes."""

from __future__ import annotations

import glob
import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

WORKBOOK = ".xlsx"
LOCK = "~$"
"""How Excel names the file that it lays beside one that is open."""


def inputs(given: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that are meant, each once.

    Patterns are filled in, for the shell of Windows leaves that to the program; one
    that fits nothing stays as it is.  Files that Excel lays beside open ones are none
    of the user's.
    """
    found: dict[str, Path] = {}
    for path in given:
        for one in _filled_in(path):
            if not one.name.startswith(LOCK):
                found.setdefault(os.path.realpath(one), one)
    return tuple(found.values())


def targets(
    sources: Sequence[Path], folder: Path, taken: Collection[str]
) -> tuple[Path, ...]:
    """Return for each input the workbook that its roster is written to.

    It is named after the input; of inputs in several folders that have the same name,
    those after the first are numbered.

    Parameters
    ----------
    taken
        Names that no roster may have.
    """
    seen = {_plain(name) for name in taken}
    paths = []
    for source in sources:
        stem = source.stem
        number = 1
        while _plain(f"{stem}{WORKBOOK}") in seen:
            number += 1
            stem = f"{source.stem} ({number})"
        seen.add(_plain(f"{stem}{WORKBOOK}"))
        paths.append(folder / f"{stem}{WORKBOOK}")
    return tuple(paths)


def _filled_in(path: Path) -> Iterator[Path]:
    if os.path.exists(path):
        yield path
        return
    matches = sorted(glob.glob(str(path)))
    yield from map(Path, matches or [str(path)])


def _plain(name: str) -> str:
    """Return a name as file systems compare it that ignore case and composition."""
    return unicodedata.normalize("NFC", name).casefold()
