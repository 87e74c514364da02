"""``shotaki resilience``: what if one person drops out, everybody and every date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli import options
from scheduler.cli.arguments import checked_output
from scheduler.cli.failures import WrongUse, save_bundle
from scheduler.cli.screen import LINE_COLUMNS, filled
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from scheduler.cli.session import Session
    from scheduler.domain.absences import Dropout, Resilience
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.roster import RosterFile
    from scheduler.rulebook import Rulebook
    from scheduler.solver.executors import Workers

SECONDS = 1800.0
WORKBOOK = ".xlsx"


def command(
    context: typer.Context,
    source: Annotated[Path, options.roster_file()],
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help=_("First date to look at; that of the period if not given."),
        ),
    ] = None,
    output: Annotated[Path | None, options.page_file()] = None,
    processes: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=512,
            help=_("Processes on this machine; one a core if not given."),
        ),
    ] = None,
    address: Annotated[str | None, options.dask()] = None,
    time_limit: Annotated[float, options.time_limit()] = SECONDS,
    seed: Annotated[int, options.seed()] = 0,
) -> None:
    """Read back, judge every single absence, tell the score, and write the map."""
    session: Session = context.obj
    from scheduler.cli.workers import opened
    from scheduler.files.rosters import read_roster
    from scheduler.files.workbook.resilience import write_resilience
    from scheduler.rulebook import load
    from scheduler.solver.executors import NoCluster
    from scheduler.wording.exits import of_resilience

    if address is not None and processes is not None:
        raise WrongUse(_("Give either --processes or --dask."))
    file = read_roster(source)
    first = _first(file.problem.period, start)
    path = _path(output, source)
    session.stopping.keep()
    try:
        with opened(processes, address=address) as workers:
            found = _judged(session, file, workers, first, time_limit, seed)
            if workers.is_gone:
                text = _("The Dask cluster cannot be reached any more.")
                session.note(text)
    except NoCluster as error:
        raise WrongUse(str(error)) from error
    rulebook = load(file.problem.period)
    for line in _lines(found, file.problem, rulebook):
        session.say(line)
    written = session.keep(
        lambda place: write_resilience(
            file.problem, found, place, source=source.name, first=first
        ),
        path,
    )
    session.say("")
    session.say(_("Absence map written: {path}").format(path=written))
    session.say_left(path, written)
    _tell_faults(session, found)
    code = session.code(of_resilience(found))
    session.give(
        {
            "exit": int(code),
            "path": str(written),
            "score": found.score,
            "counts": _counts(found),
            "absences": [_data(one, file.problem, rulebook) for one in found.dropouts],
        }
    )
    raise typer.Exit(code)


def _judged(
    session: Session,
    file: RosterFile,
    workers: Workers,
    first: dt.date,
    seconds: float,
    seed: int,
) -> Resilience:
    """Judge until all is done, time is up, or Ctrl-C is pressed."""
    from scheduler.whatif.resilience import resilience

    with session.stopping.within(seconds) as stop:
        return resilience(
            file.problem,
            file.plan,
            file.roster,
            workers,
            first=first,
            seed=seed,
            on_judged=_teller(session),
            stop=stop,
        )


def _teller(session: Session) -> Callable[[int, int], None]:
    """Return what shows how far it is: one changing line, or a line each time."""
    is_live = sys.stderr.isatty()
    text = _("Absences judged: {done} of {all}")

    def tell(done: int, of: int) -> None:
        told = text.format(done=done, all=of)
        if not is_live:
            session.note(told)
            return
        sys.stderr.write("\r" + filled(told, LINE_COLUMNS))
        sys.stderr.write("\n" if done == of else "")
        sys.stderr.flush()

    return tell


def _first(period: Period, start: str | None) -> dt.date:
    """Return the first date to look at, or say what is wrong with it."""
    from scheduler.audit.consistency.report import outside
    from scheduler.wording.mistakes import mistake_text
    from scheduler.wording.times import parse_date

    if start is None:
        return period.first
    date = parse_date(start, period)
    if date is None:
        message = _("“{text}” is no date; write it like {example}.")
        told = message.format(text=start, example=period.first)
        raise WrongUse(f"--from: {told}")
    wrong = [mistake_text(one) for one in outside(period, date, ())]
    if wrong:
        raise WrongUse("\n".join(wrong))
    return date


def _path(output: Path | None, source: Path) -> Path:
    name = _("{name}-absence-map").format(name=source.stem) + WORKBOOK
    path = checked_output(output, default=source.with_name(name), of=source)
    if path.suffix.lower() != WORKBOOK:
        message = _("{path}: write to a file that ends in .xlsx.")
        raise WrongUse(message.format(path=path))
    return path


def _tell_faults(session: Session, found: Resilience) -> None:
    """Say that absences could not be judged, and keep what tells why."""
    from scheduler.domain.errors import Disagreement

    if found.faults:
        text = _(
            "{count} absences could not be judged and are told as undecided. This is "
            "a fault of shotaki, not of your file. Please send this file to the "
            "people who maintain it (it holds your input, names included): {path}"
        )
        path = save_bundle(Disagreement("; ".join(sorted(set(found.faults)))), session)
        session.note(text.format(count=len(found.faults), path=path))


def _lines(found: Resilience, problem: Problem, rulebook: Rulebook) -> Iterator[str]:
    from scheduler.wording.resilience import (
        able_text,
        breach_text,
        case_text,
        counts_text,
        score_definition,
        score_text,
        singles_text,
        what_breaks,
    )

    yield score_text(found)
    yield score_definition()
    yield counts_text(found)
    yield ""
    yield singles_text(found)
    for one in found.single_points:
        yield f"× {case_text(one, problem)}"
        for finding in what_breaks(one):
            yield f"    {breach_text(finding, rulebook)}"
            others = able_text(finding, one, problem, rulebook)
            if others:
                yield "    " + _("who else may do it: {names}").format(names=others)


def _counts(found: Resilience) -> dict[str, int]:
    from scheduler.domain.absences import Outcome

    return {outcome.value: found.count(outcome) for outcome in Outcome}


def _data(one: Dropout, problem: Problem, rulebook: Rulebook) -> dict[str, Any]:
    from scheduler.domain.absences import Outcome
    from scheduler.wording.resilience import (
        breach_text,
        outcome_name,
        request_texts,
        what_breaks,
    )

    broken = what_breaks(one) if one.outcome is Outcome.FATAL else ()
    return {
        **one.model_dump(mode="json"),
        "text": outcome_name(one.outcome),
        "asks": list(request_texts(one, problem)),
        "breaks": [breach_text(finding, rulebook) for finding in broken],
    }
