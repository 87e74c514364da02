"""Opening a workbook that somebody else made."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from scheduler.domain.errors import InputError, Mistake

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook


def open_workbook(path: Path, *, formulas: bool) -> Workbook:
    """Open a workbook for reading, sheet by sheet; the caller closes it.

    Parameters
    ----------
    path
        The file.
    formulas
        Whether cells give their formulas, or else the values last worked out.

    Raises
    ------
    InputError
        If there is no such file, or it is no workbook.
    """
    try:
        return load_workbook(path, read_only=True, data_only=not formulas)
    except FileNotFoundError:
        code = "file_missing"
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, ParseError):
        code = "not_a_workbook"
    except OSError:
        code = "file_unreadable"
    raise InputError([Mistake(code=code, facts={"path": str(path)})])
