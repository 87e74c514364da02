"""``shotaki init``: an input workbook to start from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.paths import checked_output
from scheduler.cli.periods import read_period
from scheduler.i18n import _

if TYPE_CHECKING:
    from scheduler.cli.session import Session
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem

INPUTS = Path("inputs")


def command(
    context: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help=_("Workbook to write; in inputs/ if not given.")
        ),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", help=_("The calendar month to plan.")),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="YYYY-MM-DD", help=_("First date, for another period.")
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", metavar="YYYY-MM-DD", help=_("Last date.")),
    ] = None,
    sample: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=_("A filled-in office: sakura, small, tight or short, December 2026."),
        ),
    ] = None,
) -> None:
    """Write an input workbook."""
    session: Session = context.obj
    problem = period = None
    if sample is None:
        period = read_period(month, first, last)
        name = _("office")
        default = f"{name}-{period.first:%Y-%m}.xlsx"
    else:
        if month or first or last:
            raise typer.BadParameter(_("A sample office has its own period."))
        problem = _sample(sample)
        default = f"{sample}-{problem.period.first:%Y-%m}.xlsx"
    target = checked_output(path, default=INPUTS / default)
    if target.exists():
        message = _("{path} is there already and is left as it is; name another file.")
        raise typer.BadParameter(message.format(path=target))
    if problem is not None:
        _write_problem(target, problem)
    else:
        _write_empty(target, period)
    session.say(_("Written: {path}").format(path=target))
    session.give({"exit": 0, "path": str(target)})


def _sample(name: str) -> Problem:
    from scheduler.samples import SAMPLES

    if name not in SAMPLES:
        message = _("There is no sample {name}; there are: {names}.")
        raise typer.BadParameter(message.format(name=name, names=", ".join(SAMPLES)))
    return SAMPLES[name]()
