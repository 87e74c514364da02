"""Groups of options: plans, stamps, and what is printed beside a roster.

The help of every command loads it; so what prints is imported where it is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli import options
from scheduler.cli.file_arguments import OtherOffices
from scheduler.cli.session import Session
from scheduler.domain.errors import OutputError
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.domain.finding import Finding
    from scheduler.domain.record import RosterFile


@dataclass(frozen=True)
class Printed:
    """What is written beside a roster to be printed."""

    proof: Annotated[
        bool,
        typer.Option(
            "--proof",
            help=_(
                "Also write the workbook for the inspection: every rule with its "
                "article, and every date by the clock."
            ),
        ),
    ] = False
    wall_pdf: Annotated[
        bool,
        typer.Option(
            "--wall-pdf",
            help=_("Also write the wall sheet as PDF, A3 and A4 (needs LibreOffice)."),
        ),
    ] = False


@dataclass(frozen=True)
class Stamping:
    """Files of stamps, what their columns mean, and decisions on the differences."""

    clock: Annotated[
        list[str] | None,
        options.several(
            N_("FILE"),
            _("File of stamps (.csv, Shift_JIS or UTF-8); may be given several times."),
        ),
    ] = None
    column: Annotated[
        list[str] | None,
        options.several(
            N_("MEANING=HEADING"),
            _(
                "What a column means, where it was not recognised: name, number, date, "
                "in, out, break, break-from, break-to; such as in=出勤時刻. In a log "
                "of one line a stamp: stamp, kind, and the words in-word, out-word, "
                "break-word, back-word, such as in-word=1. It is kept for the office."
            ),
        ),
    ] = None
    accept: Annotated[
        list[str] | None,
        options.several(
            N_("NUMBER"),
            _("Accept the difference of this number on the page, or all."),
        ),
    ] = None
    as_planned: Annotated[
        list[str] | None,
        options.several(
            N_("NUMBER"),
            _("Leave the roster as it is there: a number, or all that is undecided."),
        ),
    ] = None
    again: Annotated[
        bool,
        typer.Option("--again", help=_("Open a month that is closed already.")),
    ] = False


@dataclass(frozen=True)
class PlansWanted(OtherOffices):
    """What is asked of a plan for the rest of a month."""

    plans: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar=_("NUMBER"),
            max=options.MOST_PLANS,
            help=_(
                "Plans to choose from; each spares somebody the others ask. Four if "
                "not given."
            ),
        ),
    ] = None
    advice: Annotated[
        bool,
        options.advice(_("Where no plan is legal, look for causes and repairs.")),
    ] = True


def _old(*names: str, **limits: Any) -> Any:
    """Return a hidden option that was replaced by a command and still works."""
    return typer.Option(*names, hidden=True, **limits)


@dataclass(frozen=True)
class OldSpelling:
    """Options of `whatif` from before `scenarios` and `accept` were commands."""

    scenarios: Annotated[bool, _old("--scenarios")] = False
    sheet: Annotated[Path | None, _old("--scenarios-from")] = None
    accept: Annotated[int | None, _old("--accept", min=1, max=options.MOST_PLANS)] = (
        None
    )
    why: Annotated[str | None, _old("--why")] = None


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
