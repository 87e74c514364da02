"""Commands that check a finished roster and write papers of it; see `commands`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options
from scheduler.cli.print_options import Printed
from scheduler.cli.session import Session
from scheduler.wording.translation import N_, _


def check(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    as_of: Annotated[
        str | None,
        options.date(
            _(
                "Also tell what the roster would break of law that may hold by this "
                "month, such as 2027-04. None of it is decided."
            ),
            "--as-of",
            N_("MONTH"),
        ),
    ] = None,
    printed: Printed = Printed(),
) -> int:
    """Read back, audit, list every breach and every change."""
    from scheduler.cli.check import check_roster

    return check_roster(session, source, as_of, printed)


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
