"""Commands of the desk: checks, papers, wishes, worked months, reference.

As in `scheduler.cli.commands`, each imports what it needs only when it is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import file_arguments, options
from scheduler.cli.option_groups import Printed, Stamping
from scheduler.cli.options import Document
from scheduler.cli.session import Session
from scheduler.wording.translation import N_, _


def check(
    session: Session,
    source: Annotated[Path, options.roster_file()],
    satellites: Annotated[list[Path] | None, file_arguments.satellites()] = None,
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
    if satellites:
        from scheduler.cli.houses import check_rosters

        return check_rosters(session, [source, *satellites], as_of, printed)
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
    from scheduler.cli.papers import take_wishes, write_wish_form

    if answers is not None:
        return take_wishes(session, source, answers)
    return write_wish_form(session, source, closing, output)


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
    from scheduler.cli.actual import write_for_pay

    return write_for_pay(session, source, output, as_planned=plan)


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
