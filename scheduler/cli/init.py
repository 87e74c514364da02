"""``shotaki init``: an input workbook to start from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.failures import WrongUse
from scheduler.cli.paths import checked_output
from scheduler.cli.periods import read_period
from scheduler.wording.translation import _

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
            metavar="FILE", help=_("Workbook to write; in inputs/ if not given.")
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
            help=_("A filled-in office instead: sakura, small, tight or short."),
        ),
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar="ROSTER",
            help=_(
                "Last month's roster as it was worked: staff, settings, tail and "
                "ledger are taken over, by default for the period right after."
            ),
        ),
    ] = None,
) -> None:
    """Write an input workbook."""
    session: Session = context.obj
    if previous is not None:
        _after(previous, path, month, first, last, sample, session)
        return
    period = _period(month, first, last, sample)
    content = period if sample is None else _sample(sample, period)
    office = sample or _("office")
    target = _free(path, f"{office}-{period.first:%Y-%m}.xlsx")
    _write(content, target)
    session.say(_("Written: {path}").format(path=target))
    session.give({"exit": 0, "path": str(target)})


def _after(
    previous: Path,
    path: Path | None,
    month: str | None,
    first: str | None,
    last: str | None,
    sample: str | None,
    session: Session,
) -> None:
    """Write the workbook of the month after a finished roster."""
    from scheduler.cli.previous import account, succeed

    if sample is not None:
        raise WrongUse(_("Give either --sample or --previous."))
    period = read_period(month, first, last) if month or first or last else None
    found = succeed(previous, period)
    target = _free(path, found.name)
    _write(found.problem, target)
    session.say(_("Written: {path}").format(path=target))
    for line in account(found):
        session.say(line)
    dates = found.problem.period
    session.give(
        {
            "exit": 0,
            "path": str(target),
            "period": {"first": str(dates.first), "last": str(dates.last)},
            "changed": len(found.file.changed),
        }
    )


def _free(path: Path | None, name: str) -> Path:
    """Return where to write; a file that is there stays."""
    from scheduler.files.saving import is_there

    target = checked_output(path, default=INPUTS / name)
    if os.path.lexists(target):
        raise WrongUse(is_there(target))
    return target


def _period(
    month: str | None, first: str | None, last: str | None, sample: str | None
) -> Period:
    from scheduler.files.samples import SAMPLE_MONTH

    if sample is not None and not (month or first or last):
        return SAMPLE_MONTH
    return read_period(month, first, last)


def _sample(name: str, period: Period) -> Problem:
    from scheduler.files.samples import SAMPLES

    if name not in SAMPLES:
        message = _("There is no sample {name}; there are: {names}.")
        raise WrongUse(message.format(name=name, names=", ".join(SAMPLES)))
    return SAMPLES[name](period)


def _write(content: Problem | Period, target: Path) -> None:
    from scheduler.domain.period import Period
    from scheduler.files.problems import WORKBOOK, json_writer
    from scheduler.files.saving import save_new
    from scheduler.files.workbook.write_input import input_writer

    if target.suffix.lower() == WORKBOOK:
        save_new(input_writer(content), target)
    elif isinstance(content, Period):
        raise WrongUse(_("An empty office can only be written as a workbook (.xlsx)."))
    else:
        save_new(json_writer(content), target)
