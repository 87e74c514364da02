"""``shotaki whatif``: the rest of a month once something has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import options
from scheduler.cli.failures import WrongUse
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.cli.session import Session

SECONDS = 60.0
WORKERS = 8
PLANS = 4
MOST_PLANS = 9


def command(
    context: typer.Context,
    source: Annotated[Path, options.roster_file()],
    absent: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=DATES",
            help=_(
                "Somebody is ill: 佐藤=2026-12-14..16, or one date. All of these may "
                "be given several times; the beginning of a name is enough."
            ),
        ),
    ] = None,
    leave: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=DATE", help=_("Somebody leaves; the date is the last day.")
        ),
    ] = None,
    join: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=DATE:LIKE",
            help=_(
                "Somebody new comes on the date, to work as somebody of the staff "
                "does: 鈴木=2026-12-15:佐藤."
            ),
        ),
    ] = None,
    shift: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=DATE:SYMBOL",
            help=_("A cell is to say this: 佐藤=2026-12-14:日, also 休 or 有."),
        ),
    ] = None,
    overnight: Annotated[
        list[str] | None,
        typer.Option(metavar="DATE=N", help=_("So many guests stay that night.")),
    ] = None,
    day_users: Annotated[
        list[str] | None,
        typer.Option(metavar="DATE=N", help=_("So many day users come.")),
    ] = None,
    visits: Annotated[
        list[str] | None,
        typer.Option(metavar="DATE=N", help=_("So many visits are made.")),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help=_("First date that may change; the first that does if not given."),
        ),
    ] = None,
    scenarios: Annotated[
        bool,
        typer.Option(
            "--scenarios",
            help=_(
                "Plan every what-if of the roster's sheet もしも, and compare them in "
                "a workbook."
            ),
        ),
    ] = False,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--scenarios-from",
            metavar="FILE",
            help=_("The same with the sheet of another workbook."),
        ),
    ] = None,
    plans: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=MOST_PLANS,
            help=_(
                "Plans to choose from; each spares somebody the others ask. If not "
                "given four, or one of each what-if."
            ),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=_(
                "First plan, or comparison of what-ifs; beside the roster if not given."
            ),
        ),
    ] = None,
    accept: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=1,
            max=MOST_PLANS,
            help=_(
                "Make this plan the roster, and keep the version before beside it. If "
                "nothing is said to have happened, the plan's file is taken as it is."
            ),
        ),
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help=_("With --accept: what is to be remembered of it."),
        ),
    ] = None,
    advice: Annotated[
        bool,
        typer.Option(
            "--advice/--no-advice",
            help=_("Where no plan is legal, look for causes and repairs."),
        ),
    ] = True,
    time_limit: Annotated[float, options.time_limit()] = SECONDS,
    seed: Annotated[int, options.seed()] = 0,
    workers: Annotated[int, options.threads()] = WORKERS,
) -> None:
    """Read back, plan the rest again, tell whom to call, write a file for each plan."""
    session: Session = context.obj
    from scheduler.cli.accepting import accept_written
    from scheduler.cli.planning import plan_rest
    from scheduler.cli.scenario import Told, start_of
    from scheduler.cli.scenarios import plan_scenarios
    from scheduler.solver.search import SearchLimits

    if why is not None and accept is None:
        raise WrongUse(_("--why says why a plan is accepted; add --accept."))
    told = Told(
        absent=absent or (),
        leave=leave or (),
        join=join or (),
        shift=shift or (),
        overnight=overnight or (),
        day_users=day_users or (),
        visits=visits or (),
        start=start or "",
    )
    limits = SearchLimits(time_limit, workers, seed)
    if scenarios or sheet is not None:
        if not told.is_empty or accept is not None:
            message = _(
                "--scenarios reads from the sheet what happens; it goes with neither "
                "--accept nor what is told on the line."
            )
            raise WrongUse(message)
        code = plan_scenarios(
            session,
            source,
            sheet=sheet or source,
            output=output,
            start=start_of(told),
            plans=plans or 1,
            limits=limits,
        )
    elif accept is not None and told.is_empty:
        code = accept_written(session, source, output, accept, why or "")
    else:
        code = plan_rest(
            session,
            source,
            told,
            output=output,
            plans=plans or PLANS,
            limits=limits,
            accept=accept,
            why=why or "",
            advice=advice,
        )
    raise typer.Exit(code)
