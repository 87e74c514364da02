"""LibreOffice without a screen: what it makes of a workbook."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

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


def saved_anew(path: Path) -> Path:
    """Have LibreOffice load a workbook, work out every formula and save it anew."""
    folder = path.parent / "recalculated"
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder / path.name


def recalculated(path: Path) -> Workbook:
    """Return a workbook with the values of all formulas as LibreOffice finds them."""
    return load_workbook(saved_anew(path), data_only=True)
