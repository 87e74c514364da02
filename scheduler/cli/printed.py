"""Sheets to print that a command writes beside a roster, if asked to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.domain.errors import OutputError
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.rosters import proof_path, write_proof
from scheduler.files.wall_prints import libre_office, write_wall_prints
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.cli.option_groups import Printed
    from scheduler.cli.session import Session
    from scheduler.domain.finding import Finding
    from scheduler.domain.record import RosterFile


def write_printed(
    session: Session,
    wanted: Printed,
    file: RosterFile,
    findings: Sequence[Finding],
    path: Path,
) -> dict[str, Any]:
    """Write what is wanted beside a roster, say where, and return the paths.

    Parameters
    ----------
    file, findings
        The roster as it stands, and its findings.
    path
        The roster's file.
    """
    given: dict[str, Any] = {}
    if wanted.proof:
        name = proof_path(path)
        data = file.problem, file.roster, findings
        given["proof"] = session.keep(lambda place: write_proof(place, *data), name)
        session.say_written(_("Proof written: {path}"), given["proof"], name)
    if wanted.wall_pdf:
        given["wall"] = _walls(session, file, path)
    return given


def _walls(session: Session, file: RosterFile, path: Path) -> tuple[Path, ...]:
    """Write the wall sheets as PDF, or say why there are none."""
    program = libre_office()
    if program is None:
        session.say(
            _(
                "No PDF of the wall sheet: LibreOffice was not found on this computer. "
                "Open the workbook and print its first sheet; it is set up for A3, and "
                "on A4 it fits one page as well."
            )
        )
        return ()
    try:
        month = roster_as_worked(path, file)
        written = write_wall_prints(file, path, program, month)
    except OutputError as error:
        session.say(str(error))
        return ()
    for one in written:
        session.say(_("Wall sheet written: {path}").format(path=one))
    return written
