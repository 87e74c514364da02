"""What is written beside a roster to be printed: proof, and wall sheet as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.cli.session import Session
from scheduler.domain.errors import OutputError
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.finding import Finding
    from scheduler.domain.record import RosterFile


@dataclass(frozen=True)
class Printed:
    """What is written beside a roster to be printed."""

    proof: bool = False
    wall_pdf: bool = False


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
        from scheduler.files.rosters import proof_path, write_proof

        name = proof_path(path)
        data = file.problem, file.roster, findings
        given["proof"] = session.keep(lambda place: write_proof(place, *data), name)
        session.say_written(_("Proof written: {path}"), given["proof"], name)
    if wanted.wall_pdf:
        given["wall"] = _walls(session, file, path)
    return given


def _walls(session: Session, file: RosterFile, path: Path) -> tuple[Path, ...]:
    """Write the wall sheets as PDF, or say why there are none."""
    from scheduler.files.actual.record import roster_as_worked
    from scheduler.files.papers import libre_office, write_wall_prints

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
