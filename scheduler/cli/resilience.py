"""The command `resilience`: the absence map of a roster."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from scheduler.cli import options
from scheduler.cli.arguments import DateReader, Processes, page_path
from scheduler.cli.failures import save_bundle
from scheduler.cli.options import SearchOptions
from scheduler.cli.screen import ChangingLine
from scheduler.cli.session import Session, worded
from scheduler.domain.absences import Dropout, Outcome, Resilience
from scheduler.domain.errors import Disagreement, Exit
from scheduler.domain.homes import named_for_all
from scheduler.domain.problem import Problem
from scheduler.files.houses import read_month
from scheduler.files.workbook.absence_map import write_resilience
from scheduler.rulebook import Rulebook, rules_of
from scheduler.whatif.resilience import Absences, resilience
from scheduler.wording.command_line import of_resilience
from scheduler.wording.names import name_of
from scheduler.wording.resilience import (
    able_text,
    breach_text,
    case_text,
    counts_text,
    request_texts,
    score_definition,
    score_text,
    singles_text,
    what_breaks,
)
from scheduler.wording.translation import _


def judge_absences(
    session: Session,
    source: Path,
    start: options.StartDate = None,
    output: options.Output = None,
    processes: options.Processes = None,
    address: options.Cluster = None,
    limits: SearchOptions = SearchOptions(1800.0),
) -> Exit:
    """Judge every single absence of a roster, print the score, and write the map."""
    crew = Processes(processes, address)
    file = read_month(source)
    problem = file.problem
    reader = DateReader(problem.period)
    first = reader.start(start)
    reader.check()
    path = page_path(output, source, _("{name}-absence-map"))
    session.begin_search()
    with crew.at_work() as workers:
        with session.stopping.within(limits.time_limit) as stop:
            order = Absences(
                problem=problem,
                made=file.plan,
                roster=file.roster,
                first=first,
                seed=limits.seed,
            )
            found = resilience(order, workers, on_judged=_teller(session), stop=stop)
        if workers.is_gone:
            session.note(_("The Dask cluster cannot be reached any more."))
    rulebook = rules_of(problem)
    session.say_all(_lines(found, problem, rulebook))
    write = partial(write_resilience, source=source.name, first=first)
    named = named_for_all(problem)
    written = session.keep(lambda place: write(named, found, place), path)
    session.say("")
    session.say_written(_("Absence map written: {path}"), written, path)
    _tell_faults(session, found)
    return session.end(
        of_resilience(found),
        path=written,
        score=found.score,
        counts={outcome.value: found.count(outcome) for outcome in Outcome},
        absences=[_data(one, problem, rulebook) for one in found.dropouts],
    )


def _teller(session: Session) -> Callable[[int, int], None]:
    """Return a callback that shows progress: a changing line, elsewhere the end."""
    line = ChangingLine(sys.stderr)
    text = _("Absences judged: {done} of {all}")

    def tell(done: int, of: int) -> None:
        told = text.format(done=done, all=of)
        line.count(told, is_last=done == of)
        if done == of and not line.is_live:
            session.note(told)

    return tell


def _tell_faults(session: Session, found: Resilience) -> None:
    """Save an error report if absences could not be judged, and say so."""
    if found.faults:
        text = _(
            "{count} absences could not be judged and are told as undecided. This is "
            "a fault of shotaki, not of your file. Please send this file to the "
            "people who maintain it (it holds your input, names included): {path}"
        )
        path = save_bundle(Disagreement("; ".join(sorted(set(found.faults)))), session)
        session.note(text.format(count=len(found.faults), path=path))


def _lines(found: Resilience, problem: Problem, rulebook: Rulebook) -> Iterator[str]:
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


def _data(one: Dropout, problem: Problem, rulebook: Rulebook) -> dict[str, Any]:
    broken = what_breaks(one) if one.outcome is Outcome.FATAL else ()
    return worded(
        one,
        text=name_of(one.outcome),
        asks=list(request_texts(one, problem)),
        breaks=[breach_text(finding, rulebook) for finding in broken],
    )
