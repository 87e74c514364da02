"""Wall sheets as PDF, on A3 and A4, by the LibreOffice of this computer."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from scheduler.domain.errors import OutputError
from scheduler.files.saving import Unsaved, save_all
from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.roster.write import build_wall_print
from scheduler.files.workbook.styles import OURS, PAPER_A3, PAPER_A4
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.actual import AsWorked
    from scheduler.domain.record import RosterFile

PAPERS = {"A3": PAPER_A3, "A4": PAPER_A4}

PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    *(
        os.path.join(os.environ.get(name, ""), "LibreOffice/program/soffice.com")
        for name in ("ProgramFiles", "ProgramFiles(x86)")
    ),
)
"""Where LibreOffice is installed without being on the path."""

SECONDS = 180
"""Most seconds for LibreOffice; the first start on a slow computer takes one minute."""

_AUTHOR = OURS.encode("utf-16-be").hex().encode()
"""Our name as it stands among a PDF's properties: as UTF-16, in hexadecimal."""


def libre_office() -> str | None:
    """Return the program of LibreOffice, or ``None`` if there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in PLACES if os.path.isfile(place)), None)


def wall_path(path: Path, paper: str) -> Path:
    """Return the name of the PDF of a roster's wall sheet, beside the roster."""
    word = _("Wall sheet")
    return path.with_name(f"{path.stem}-{word}{paper}.pdf")


def write_wall_prints(
    file: RosterFile, path: Path, program: str, month: AsWorked | None = None
) -> tuple[Path, ...]:
    """Write the wall sheet of a roster, hand edits included, as PDF on A3 and A4.

    Parameters
    ----------
    file
        The roster.
    path
        The roster's file, beside which they are written.
    program
        The program of LibreOffice.
    month
        The month as it was worked, where it has begun.

    Raises
    ------
    OutputError
        If LibreOffice fails, or a file cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="shotaki-") as folder:
        made = list(_made(file, Path(folder), program, month))
    return save_all(
        [
            Unsaved(partial(_put, data), wall_path(path, paper), _is_ours)
            for paper, data in zip(PAPERS, made, strict=True)
        ]
    )


def _made(
    file: RosterFile, folder: Path, program: str, month: AsWorked | None
) -> Iterator[bytes]:
    """Yield the PDF of each paper."""
    names = []
    for paper, size in PAPERS.items():
        workbook = build_wall_print(file, size, month)
        workbook.properties.creator = OURS
        with (folder / f"{paper}.xlsx").open("wb") as book:
            writer_of(workbook)(book)
        names.append(f"{paper}.xlsx")
    # A profile of its own: with the user's, a LibreOffice that is open would take
    # the order and end at once.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    line = [program, profile, "--headless", "--convert-to", "pdf", *names]
    failed = _("LibreOffice made no PDF of the wall sheet. Print it from the workbook.")
    try:
        subprocess.run(
            line,
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
        )
        for paper in PAPERS:
            yield (folder / f"{paper}.pdf").read_bytes()
    except (OSError, subprocess.SubprocessError) as error:
        raise OutputError(failed) from error


def _put(data: bytes, file: BinaryIO) -> None:
    file.write(data)


def _is_ours(path: Path) -> bool:
    """Tell whether a file is a PDF that this module has written."""
    data = path.read_bytes()
    return data.startswith(b"%PDF") and _AUTHOR in data.lower()
