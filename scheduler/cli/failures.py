"""Errors turned into messages and exit codes; users never see a traceback."""

from __future__ import annotations

import datetime as dt
import io
import os
import platform
import tempfile
import traceback
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler import __version__
from scheduler.cli.session import Session, worded_mistakes
from scheduler.files import cleanup
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.errors import InputError


NO_RUNTIME = "DLL load failed"
"""Windows' error text where libraries that a library depends on are missing."""

RUNTIME = "https://aka.ms/vs/17/release/vc_redist.x64.exe"
"""Microsoft's C++ runtime, which the solver needs and its package does not contain."""

OWN = 0o600
"""Permissions of an error report: it contains names, and others may read the folder."""


class WrongUse(Exception):
    """The command line asks for something impossible; the text says what to do."""


def report_failure(error: Exception, session: Session) -> int:
    """Print what went wrong and what to do, and return the exit code."""
    from scheduler.domain.errors import Exit, GaveUp, InputError, OutputError
    from scheduler.rulebook import RulebookError

    match error:
        case InputError():
            code = Exit.BAD_INPUT
            _list_mistakes(error, session)
        case RulebookError():
            code = Exit.BAD_INPUT
            session.note(_("The rulebook does not hold for this period."))
        case OutputError() | WrongUse():
            code = Exit.WRONG_USE
            session.note(str(error))
        case ImportError() if NO_RUNTIME in str(error):
            code = Exit.WRONG_USE
            text = _(
                "Windows lacks a part that the calculation needs: install the Visual "
                "C++ Redistributable from {address} and try again."
            )
            session.note(text.format(address=RUNTIME))
        case GaveUp() if session.stopping.wish.is_set():
            session.tell_end(session.stopping.code, cleanup.complete_files())
            return session.stopping.code
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
            session.note(_fault_text(error, session))
    if not isinstance(error, InputError):
        session.give(exit=code, error=type(error).__name__)
    return code


def save_bundle(error: Exception, session: Session) -> Path | None:
    """Save an error report as a zip file; return its path, ``None`` if that fails.

    The report contains versions, the arguments, the traceback, the error's attributes,
    and the input files named on the command line.  It is written to the current folder,
    or else to the folder for temporary files, and only its owner can read it.
    """
    from scheduler.domain.errors import OutputError
    from scheduler.files.saving import save_new

    name = f"shotaki-report-{dt.datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.zip"
    data = _bundle(error, session)
    for folder in (os.getcwd, tempfile.gettempdir):
        # Asked for only here: where none can be written to, asking fails.
        with suppress(OutputError, OSError):
            path = Path(folder()) / name
            save_new(data, path, mode=OWN)
            return path
    return None


def unprinted_text(standing: Sequence[Path]) -> str:
    """Return the message that results could not be printed, with the files written."""
    lost = _("The result could not be printed: the disk is full, or nobody reads it.")
    if not standing:
        return lost
    text = _("Written all the same: {paths}")
    return f"{lost} {text.format(paths='、'.join(map(str, standing)))}"


def _fault_text(error: Exception, session: Session) -> str:
    """Save an error report and return the message about an unexpected error.

    The message lists the files that the command has written and the report.
    """
    # Taken before the report is saved, which is not a file of the command.
    standing = cleanup.complete_files()
    path = save_bundle(error, session)
    lines = [_("This is a fault of shotaki, not of your file.")]
    if standing:
        text = _("Written before: {paths}")
        lines.append(text.format(paths="、".join(map(str, standing))))
    else:
        lines.append(_("No file was written."))
    if path is None:
        text = _("A report could not be saved: {error}")
        lines.append(text.format(error=repr(error)))
    else:
        text = _(
            "Please send this file to the people who maintain it (it holds your input, "
            "names included): {path}"
        )
        lines.append(text.format(path=path))
    return "\n".join(lines)


def _bundle(error: Exception, session: Session) -> bytes:
    """Return the report, with the files named on the line that can be read."""
    missing, data = [], io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path in _files_named(session):
            try:
                bundle.writestr(path.name, path.read_bytes())
            except OSError as refused:
                missing.append(f"not readable: {path}: {refused}")
        bundle.writestr("report.txt", "\n".join([_report(error, session), *missing]))
    return data.getvalue()


def _list_mistakes(error: InputError, session: Session) -> None:
    from scheduler.domain.errors import Exit
    from scheduler.wording.mistakes import MOST_MISTAKES, mistake_texts

    head = _("The input cannot be used. Mistakes found: {count}")
    session.note(head.format(count=len(error.mistakes)))
    for text in mistake_texts(error.mistakes):
        session.note(f"- {text}")
    listed = error.mistakes[:MOST_MISTAKES]
    session.give(
        exit=Exit.BAD_INPUT,
        error=type(error).__name__,
        mistakes=worded_mistakes(listed),
        more=len(error.mistakes) - len(listed),
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
        path
        for path in paths
        if path.suffix in (".xlsx", ".json") and os.path.isfile(path)
    ]
