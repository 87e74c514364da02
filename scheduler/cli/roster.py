"""``shotaki roster``: the month's roster from an input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.paths import checked_output
from scheduler.i18n import _

if TYPE_CHECKING:
    from scheduler.cli.session import Session

SECONDS = 300.0
WORKERS = 8
OUTPUTS = Path("outputs")


def command(
    context: typer.Context,
    source: Annotated[
        Path,
        typer.Argument(metavar="INPUT", help=_("Input workbook (.xlsx) or .json.")),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=_("Roster to write, .xlsx or .json; in outputs/ if not given."),
        ),
    ] = None,
    time_limit: Annotated[
        float, typer.Option(min=1, max=86400, help=_("Seconds the search may take."))
    ] = SECONDS,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, help=_("Seed of the search."))
    ] = 0,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help=_("Parallel workers of the search."))
    ] = WORKERS,
) -> None:
    """Read, solve, audit, write and sum up."""
    session: Session = context.obj
    from scheduler import api
    from scheduler.cli.overview import overview
    from scheduler.cli.progress import watch
    from scheduler.exits import of_roster
    from scheduler.files import read_with_warnings
    from scheduler.reports.summary import summarise
    from scheduler.rulebook import load
    from scheduler.wording import mistake_text

    problem, warnings = read_with_warnings(source)
    for warning in warnings:
        session.note(_("Note: {text}").format(text=mistake_text(warning)))
    target = checked_output(output, default=OUTPUTS / f"{source.stem}.xlsx", of=source)
    limits = api.SearchLimits(seconds=time_limit, workers=workers, seed=seed)
    solution = watch(
        lambda report, stop: api.solve(problem, limits, on_progress=report, stop=stop),
        sys.stderr,
    )
    written = api.write(target, problem, solution.roster, solution.findings)
    summary = summarise(problem, solution.roster, solution.findings)
    code = of_roster(solution.roster, solution.findings)

    session.say(overview(summary, load(problem.period)))
    session.say("")
    session.say(_("Roster written: {path}").format(path=written))
    if written != target:
        message = _("({path} was open or edited by hand, and was left as it is.)")
        session.say(message.format(path=target))
    session.give(
        {
            "exit": int(code),
            "path": str(written),
            "summary": summary.model_dump(mode="json"),
        }
    )
    raise typer.Exit(code)
