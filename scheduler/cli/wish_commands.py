"""The command for wishes, with its options; see `commands`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options
from scheduler.cli.session import Session
from scheduler.wording.translation import N_, _


def wishes(
    session: Session,
    source: Annotated[Path, options.input_file()],
    answers: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar=_("FILE"),
            help=_(
                "Wishes to enter into the workbook (CSV, such as a web form exports); "
                "without it, an empty form is written."
            ),
        ),
    ] = None,
    closing: Annotated[
        str | None,
        options.date(
            _("Closing date that stands on the form."), "--closing", N_("YYYY-MM-DD")
        ),
    ] = None,
    output: Annotated[
        Path | None,
        options.output(_("Form to write; beside the input if not given.")),
    ] = None,
) -> int:
    """Write the form, or take wishes in."""
    from scheduler.cli.wishes import take_wishes, write_form

    if answers is not None:
        return take_wishes(session, source, answers)
    return write_form(session, source, closing, output)
