"""``shotaki roster``: the month's roster from an input."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import options
from scheduler.cli.arguments import checked_output, path_of_candidate
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.cli.screen import Reporter
    from scheduler.cli.session import Session
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord
    from scheduler.solver.solve import Solution

SECONDS = 300.0
WORKERS = 8
OUTPUTS = Path("outputs")
MOST_CANDIDATES = 5
"""As many as a page can compare."""


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
    time_limit: Annotated[float, options.time_limit()] = SECONDS,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, help=_("Seed of the search."))
    ] = 0,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help=_("Parallel workers of the search."))
    ] = WORKERS,
    repeatable: Annotated[
        bool,
        typer.Option(
            "--repeatable",
            help=_(
                "The same input gives the same roster to the cell; takes several "
                "times as long, and the limit counts work instead of seconds."
            ),
        ),
    ] = False,
    candidates: Annotated[
        int,
        typer.Option(
            min=1,
            max=MOST_CANDIDATES,
            help=_(
                "Rosters to choose from, as good as each other, each in a file of its "
                "own: they differ in who carries what."
            ),
        ),
    ] = 1,
    advice: Annotated[
        bool,
        typer.Option(
            "--advice/--no-advice",
            help=_("Where the month cannot be legal, look for causes and repairs."),
        ),
    ] = True,
    robust: Annotated[
        bool,
        typer.Option(
            "--robust/--no-robust",
            help=_(
                "Of rosters equally good, look for one in which an absence finds "
                "somebody in reserve; 45 seconds at most, within the limit. Of "
                "several candidates, for the first alone."
            ),
        ),
    ] = False,
    one_more: Annotated[
        bool,
        typer.Option(
            "--one-more",
            help=_("Also work out what one more person would bring."),
        ),
    ] = False,
) -> None:
    """Read, solve, audit, write and sum up."""
    session: Session = context.obj
    from scheduler.advice import Wanted, make
    from scheduler.audit.changes.comparison import compare
    from scheduler.audit.figures.summary import summarise
    from scheduler.cli.advice import advice_data, advice_text
    from scheduler.cli.overview import comparison, overview
    from scheduler.cli.precheck import precheck_text
    from scheduler.cli.screen import watch
    from scheduler.files.problems import read_with_warnings
    from scheduler.files.saving import check_name
    from scheduler.precheck import precheck
    from scheduler.rulebook import load
    from scheduler.solver.search import SearchLimits
    from scheduler.wording.exits import of_roster
    from scheduler.wording.mistakes import mistake_text
    from scheduler.wording.verdict import verdict_text

    problem, warnings = read_with_warnings(source)
    for warning in warnings:
        session.note(_("Note: {text}").format(text=mistake_text(warning)))
    session.note(precheck_text(precheck(problem), short=True))
    target = checked_output(output, default=OUTPUTS / f"{source.stem}.xlsx", of=source)
    for number in range(2, candidates + 1):
        check_name(path_of_candidate(target, number))
    limits = SearchLimits(time_limit, workers, seed, repeatable)

    wanted = Wanted(advice, one_more, robust, candidates)
    stop = session.stopping.wish
    session.stopping.keep()

    def search(report: Reporter) -> tuple[Solution, ...]:
        return make(problem, limits, wanted, report, stop)

    solutions = watch(search, sys.stderr)
    solution, *others = solutions
    rosters = [one.roster for one in solutions]
    paths = []
    for number, one in enumerate(solutions, start=1):
        path = path_of_candidate(target, number)
        write = partial(_write, problem, one, rosters)
        paths.append(session.keep(write, path))
    written = paths[0]
    summary = summarise(problem, solution.roster, solution.findings)
    code = session.code(of_roster(solution.roster, solution.findings))

    rulebook = load(problem.period)
    session.say(overview(summary, rulebook))
    session.say("")
    advised = advice_text(problem, solution.roster, rulebook)
    if advised:
        session.say(advised)
        session.say("")
    session.say(_("Roster written: {path}").format(path=written))
    session.say_left(target, written)
    compared = compare(problem, rosters)
    if others:
        session.say("")
        session.say(comparison(compared, [path.name for path in paths]))
    elif candidates > 1 and not stop.is_set():
        session.say(
            _("No other roster as good was found in which others carry the burdens.")
        )
    session.give(
        {
            "exit": int(code),
            "path": str(written),
            "verdict": verdict_text(summary.kept),
            "summary": summary.model_dump(mode="json"),
            "advice": advice_data(problem, solution.roster, rulebook),
            "candidates": [
                {
                    "path": str(path),
                    "cells_changed": one.cells_changed,
                    "refused": [wish.model_dump(mode="json") for wish in one.refused],
                }
                for path, one in zip(paths, compared, strict=True)
            ],
        }
    )
    raise typer.Exit(code)


def _write(
    problem: Problem, one: Solution, candidates: Sequence[RosterRecord], path: Path
) -> Path:
    from scheduler.files.rosters import write_roster

    return write_roster(path, problem, one.roster, one.findings, candidates=candidates)
