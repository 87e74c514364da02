"""LibreOffice without a screen: what it makes of workbooks."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.support.programs import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

SOFFICE = shutil.which("soffice")

needed = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        SOFFICE is None, reason="LibreOffice (soffice) is not installed"
    ),
]
"""Marks of tests that need it."""


def converted(*paths: Path, to: str = "xlsx") -> tuple[Path, ...]:
    """Have LibreOffice load workbooks, work out every formula and save them anew.

    Of one folder, in one start: most of the time is that of the start.

    Returns
    -------
    tuple of Path
        The new files, beside each other in a folder of their own.
    """
    folder = paths[0].parent
    subprocess.run(
        [
            str(SOFFICE),
            # Its own profile: of two at once with the same one, one does nothing.
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(folder / "converted"),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    suffix = to.partition(":")[0]
    return tuple(folder / "converted" / f"{path.stem}.{suffix}" for path in paths)


def recalculated(*paths: Path) -> tuple[Workbook, ...]:
    """Return workbooks with the values of all formulas as LibreOffice finds them."""
    return tuple(load_workbook(path, data_only=True) for path in converted(*paths))
