"""Commands that write papers for others, with their options; see `commands`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options
from scheduler.cli.session import Session
from scheduler.wording.translation import _


def papers(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    output: Annotated[Path | None, options.page_file()] = None,
    four_weeks: Annotated[
        bool,
        typer.Option(
            "--four-weeks",
            help=_("The first four weeks instead of the calendar month."),
        ),
    ] = False,
    form: Annotated[
        Path | None,
        typer.Option(
            metavar=_("FORM"),
            help=_("The office's own copy of the form (.xlsx), to be filled instead."),
        ),
    ] = None,
    actual: Annotated[
        bool,
        typer.Option(
            "--actual",
            help=_(
                "Write the table as worked even where nothing was changed since the "
                "period began; with --form as worked instead of the plan."
            ),
        ),
    ] = False,
) -> int:
    """Write the statutory staffing table."""
    from scheduler.cli.papers import write_papers

    given = {"four_weeks": four_weeks, "actual": actual}
    return write_papers(session, source, output, form, **given)
