"""``shotaki whatif``: the rest of a month once something has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.paths import checked_output, path_of_candidate
from scheduler.i18n import _

if TYPE_CHECKING:
    from scheduler.cli.session import Session
    from scheduler.domain.plan import Plan

SECONDS = 60.0
WORKERS = 8
PLANS = 3
MOST_PLANS = 9


def command(
    context: typer.Context,
    source: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER", help=_("Roster workbook (.xlsx), or .json from `roster`.")
        ),
    ],
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
    plans: Annotated[
        int,
        typer.Option(
            min=1,
            max=MOST_PLANS,
            help=_("Plans to choose from; each spares somebody the others ask."),
        ),
    ] = PLANS,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=_("First plan to write; beside the roster if not given."),
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
    """Read back, plan the rest again, tell whom to call, write a file for each plan."""
    session: Session = context.obj
    from scheduler.cli.plans import plan_data, plan_text, scenario_text
    from scheduler.cli.scenario import Told, read_scenario
    from scheduler.exits import of_plans
    from scheduler.roster_files import read_roster, write_roster
    from scheduler.rulebook import load
    from scheduler.search import SearchLimits
    from scheduler.whatif.finished import plans_of

    file = read_roster(source)
    told = Told(
        absent=absent or (),
        leave=leave or (),
        shift=shift or (),
        overnight=overnight or (),
        day_users=day_users or (),
        visits=visits or (),
        start=start or "",
    )
    scenario = read_scenario(told, file.problem, file.roster)
    default = source.with_name(_plan_file(source.stem, 1))
    first = checked_output(output, default=default, of=source)
    rulebook = load(file.problem.period)
    session.say(scenario_text(scenario, file.problem))
    if file.changed:
        message = _("Cells edited by hand since the plan, which stay: {count}")
        session.say(message.format(count=len(file.changed)))
    found: list[Plan] = []
    limits = SearchLimits(time_limit, workers, seed)
    for plan in plans_of(file, scenario, limits, plans):
        found.append(plan)
        session.say("")
        session.say(plan_text(plan, len(found), rulebook))
    paths = []
    session.say("")
    for number, plan in enumerate(found, start=1):
        path = path_of_candidate(first, number)
        if output is None:
            path = source.with_name(_plan_file(source.stem, number))
        written = write_roster(
            path, plan.problem, plan.roster, plan.findings, plans=found
        )
        paths.append(written)
        session.say(_("Plan written: {path}").format(path=written))
        if written != path:
            message = _("({path} was open or edited by hand, and was left as it is.)")
            session.say(message.format(path=path))
    if len(found) < plans:
        session.say(_("There is no further plan that spares somebody of each."))
    code = of_plans(found)
    session.give(
        {
            "exit": int(code),
            "scenario": scenario.model_dump(mode="json"),
            "plans": [
                {"path": str(path), **plan_data(plan, number, rulebook)}
                for number, (path, plan) in enumerate(
                    zip(paths, found, strict=True), start=1
                )
            ],
        }
    )
    raise typer.Exit(code)


def _plan_file(stem: str, number: int) -> str:
    return _("{name}-plan{number}").format(name=stem, number=number) + ".xlsx"
