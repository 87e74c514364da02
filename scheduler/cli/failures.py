"""Errors as messages and exit codes; nobody ever sees a traceback."""

from __future__ import annotations

import datetime as dt
import platform
import tempfile
import traceback
import zipfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler import __version__
from scheduler.i18n import _

if TYPE_CHECKING:
    from scheduler.cli.session import Session
    from scheduler.domain.errors import InputError
    from scheduler.exits import Exit


class WrongUse(Exception):
    """The line asks for what cannot be done; the text says what could."""


def report_failure(error: Exception, session: Session) -> Exit:
    """Say what went wrong and what to do, and return the exit code for it."""
    from scheduler.domain.errors import GaveUp, InputError, OutputError
    from scheduler.exits import Exit
    from scheduler.rulebook import RulebookError

    match error:
        case InputError():
            code = Exit.BAD_INPUT
            _list_mistakes(error, session)
        case RulebookError():
            code = Exit.BAD_INPUT
            message = _("The rulebook does not hold for this period (rule {rule}).")
            session.note(message.format(rule=error))
        case OutputError() | WrongUse():
            code = Exit.WRONG_USE
            session.note(str(error))
        case GaveUp():
            code = Exit.OUT_OF_TIME
            session.note(
                _(
                    "No roster was found in the time given. Nothing was written; try "
                    "a longer --time-limit."
                )
            )
        case _:
            code = Exit.BUG
            message = _(
                "This is a fault of shotaki, not of your file. No workbook was "
                "written. Please send this file to the people who maintain it (it "
                "holds your input, names included): {path}"
            )
            session.note(message.format(path=save_bundle(error, session)))
    if not isinstance(error, InputError):
        session.give({"exit": int(code), "error": type(error).__name__})
    return code


def save_bundle(error: Exception, session: Session) -> Path:
    """Save all that is needed to find a fault in one zip file.

    It lies in the current folder, or in the folder for temporary files where that
    one takes no file.  Holds versions, the arguments, the traceback, what the error
    itself carries, and the input files named on the line.
    """
    name = f"shotaki-report-{dt.datetime.now():%Y%m%d-%H%M%S}.zip"
    for folder in (Path.cwd(), Path(tempfile.gettempdir())):
        path = folder / name
        try:
            with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as bundle:
                bundle.writestr("report.txt", _report(error, session))
                for file in _files_named(session):
                    bundle.write(file, file.name)
        except OSError:
            continue
        return path
    return Path("-")


def _list_mistakes(error: InputError, session: Session) -> None:
    from scheduler.exits import Exit
    from scheduler.wording import mistake_text, mistake_texts
    from scheduler.wording.mistakes import MOST_MISTAKES

    head = _("The input cannot be used. Mistakes found: {count}")
    session.note(head.format(count=len(error.mistakes)))
    for text in mistake_texts(error.mistakes):
        session.note(f"- {text}")
    listed = error.mistakes[:MOST_MISTAKES]
    session.give(
        {
            "exit": int(Exit.BAD_INPUT),
            "error": type(error).__name__,
            "mistakes": [
                {**mistake.model_dump(mode="json"), "text": mistake_text(mistake)}
                for mistake in listed
            ],
            "more": len(error.mistakes) - len(listed),
        }
    )


def _report(error: Exception, session: Session) -> str:
    packages = ("ortools", "pydantic", "openpyxl")
    lines = [
        f"shotaki {__version__}",
        f"python {platform.python_version()} on {platform.platform()}",
        *(f"{name} {metadata.version(name)}" for name in packages),
        f"arguments: {session.arguments}",
        f"error: {vars(error)}",
        "",
        *traceback.format_exception(error),
    ]
    return "\n".join(lines)


def _files_named(session: Session) -> list[Path]:
    paths = [Path(argument) for argument in session.arguments]
    return [
        path for path in paths if path.suffix in (".xlsx", ".json") and path.is_file()
    ]
