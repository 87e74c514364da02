"""The commands of a month that has been worked.

As in `scheduler.cli.commands`, each imports what it needs only when it is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import options
from scheduler.cli.session import Session
from scheduler.cli.worked_options import Stamping
from scheduler.wording.translation import _


def actual(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    stamping: Stamping = Stamping(),
    output: Annotated[Path | None, options.page_file()] = None,
) -> int:
    """Read stamps, show differences, take decisions."""
    from scheduler.cli.actual import hold_against_stamps

    return hold_against_stamps(session, source, stamping, output)


def pay(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    output: Annotated[Path | None, options.page_file()] = None,
    plan: Annotated[
        bool,
        typer.Option("--plan", help=_("Count the plan, also of a month as worked.")),
    ] = False,
) -> int:
    """Write the sheet and the CSV for the pay office."""
    from scheduler.cli.pay import write_for_pay

    return write_for_pay(session, source, output, as_planned=plan)
