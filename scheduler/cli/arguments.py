"""Paths and periods named on the command line, looked at before any work is done."""

from __future__ import annotations

import calendar
import datetime as dt
import os
from typing import TYPE_CHECKING

from scheduler.cli.failures import WrongUse
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.period import Period


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


def read_period(month: str | None, first: str | None, last: str | None) -> Period:
    """Read ``--month``, or ``--from`` and ``--to``, with the public holidays in it.

    Raises
    ------
    WrongUse
        If they name no period of 1 to 31 dates, or more than one.
    """
    from pydantic import ValidationError

    from scheduler.domain.period import Period
    from scheduler.files.holidays_jp import public_holidays

    if (month is None) == (first is None) or (first is None) != (last is None):
        raise WrongUse(
            _("Give --month 2026-12, or --from 2026-12-21 and --to 2027-01-20.")
        )
    if month is not None:
        begin, end = _month(month)
    else:
        begin, end = _date(first or ""), _date(last or "")
    try:
        return Period(first=begin, last=end, holidays=public_holidays(begin, end))
    except ValidationError as error:
        raise WrongUse(_("A period has 1 to 31 dates, first to last.")) from error


def _month(text: str) -> tuple[dt.date, dt.date]:
    first = _parsed(text, "%Y-%m", "2026-12")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _date(text: str) -> dt.date:
    return _parsed(text, "%Y-%m-%d", "2026-12-21")


def _parsed(text: str, form: str, example: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, form).date()
    except ValueError as error:
        message = _("“{text}” is no date; write it like {example}.")
        raise WrongUse(message.format(text=text, example=example)) from error
