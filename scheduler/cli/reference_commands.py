"""Commands that print reference, with their options; see `commands`."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli import options
from scheduler.cli.options import Document
from scheduler.cli.session import Session
from scheduler.wording.translation import N_, _


def schema(
    session: Session,
    kind: Annotated[
        Document,
        typer.Argument(
            help=_(
                "The input, the roster alone, one finding of the audit, or the "
                "document with all of them that `roster` writes."
            )
        ),
    ] = Document.PROBLEM,
) -> int:
    """Print one JSON Schema."""
    from scheduler.cli.reference import print_schema

    return print_schema(kind)


def rules(
    session: Session,
    month: Annotated[
        str | None,
        options.date(
            _("Month whose law is shown; this one if not given."),
            "--month",
            N_("YYYY-MM"),
        ),
    ] = None,
) -> int:
    """Print every rule in force in a month."""
    from scheduler.cli.reference import list_rules

    return list_rules(session, month)
