"""The command `roster`: makes the month's roster from an input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from scheduler.advice import Wanted, make
from scheduler.audit.changes.plans import compare
from scheduler.audit.figures.summary import summarise
from scheduler.cli.advice import advice_data, advice_text
from scheduler.cli.arguments import OUTPUTS, checked_output, path_of_candidate
from scheduler.cli.file_arguments import OtherRosters
from scheduler.cli.neighbours import AskedOffices, named_offices
from scheduler.cli.option_groups import Printed
from scheduler.cli.options import RosterExtras
from scheduler.cli.overview import comparison, overview
from scheduler.cli.precheck import precheck_text, read_input
from scheduler.cli.screen import Reporter, watch
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.files.rosters import write_roster
from scheduler.files.saving import check_name
from scheduler.rulebook import rules_of
from scheduler.solver.search import SearchLimits
from scheduler.solver.solve import Solution
from scheduler.wording.command_line import of_roster
from scheduler.wording.translation import _
from scheduler.wording.verdict import verdict_text


def make_roster(
    session: Session,
    source: Path,
    output: Path | None,
    limits: SearchLimits,
    extras: RosterExtras,
    wanted: Printed,
    others: OtherRosters,
) -> Exit:
    """Make the roster of an input, write it, and print its summary.

    Parameters
    ----------
    source
        The input file.
    output
        The file to write; in ``outputs/`` if not given.
    limits
        Limits of the search.
    extras
        Candidates, advice and reserve to look for as well.
    wanted
        What to write beside it, of the first candidate.
    others
        Other offices, asked for people where some are missing, and the main office,
        beside whose finished roster a satellite is planned.
    """
    problem, counted = read_input(session, source, others.main)
    neighbours = named_offices(others, problem)
    session.note(precheck_text(counted, short=True))
    target = checked_output(output, default=OUTPUTS / f"{source.stem}.xlsx", of=source)
    for number in range(2, extras.candidates + 1):
        check_name(path_of_candidate(target, number))
    stop = session.stopping.wish
    session.begin_search()
    asking = AskedOffices(session, neighbours, limits)

    def search(report: Reporter) -> tuple[Solution, ...]:
        return make(problem, asking.limits, Wanted(**asdict(extras)), report, stop)

    seconds = None if limits.repeatable else asking.limits.seconds
    first, *rest = watch(search, sys.stderr, seconds)
    advised = asking.asked(problem, first.roster)
    solutions = (replace(first, roster=advised), *rest)
    paths = _written(session, problem, solutions, target)
    first = solutions[0]
    summary = summarise(problem, first.roster, first.findings)
    code = session.code(of_roster(first.roster, first.findings))

    rulebook = rules_of(problem)
    session.say(overview(summary, rulebook))
    session.say("")
    told = advice_text(problem, first.roster, rulebook)
    if told:
        session.say(told)
        session.say("")
    session.say_written(_("Roster written: {path}"), paths[0], target)
    printed = _printed(session, wanted, problem, first, paths[0])
    compared = compare(problem, [one.roster for one in solutions])
    if len(solutions) > 1:
        session.say("")
        session.say(comparison(compared, [path.name for path in paths]))
    if len(solutions) < extras.candidates and not stop.is_set():
        session.say(_few_text(len(solutions), extras.candidates))
    session.give(
        exit=code,
        path=paths[0],
        **printed,
        verdict=verdict_text(summary.kept),
        summary=summary,
        advice=advice_data(problem, first.roster, rulebook),
        candidates=[
            {"path": path, "cells_changed": one.cells_changed, "refused": one.refused}
            for path, one in zip(paths, compared, strict=True)
        ],
    )
    return code


def _few_text(found: int, wanted: int) -> str:
    """Say that fewer candidates than wanted were found in the time for them."""
    text = _(
        "{found} of {wanted} proposals: in the time for it, no other roster as good "
        "was found in which others carry the burdens."
    )
    return text.format(found=found, wanted=wanted)


def _printed(
    session: Session, wanted: Printed, problem: Problem, made: Solution, path: Path
) -> dict[str, Any]:
    """Write what is wanted beside the roster, and return the paths."""
    from scheduler.cli.option_groups import write_printed

    roster = RosterRecord.of(made.roster)
    file = RosterFile(problem=problem, roster=roster, plan=roster)
    return write_printed(session, wanted, file, made.findings, path)


def _written(
    session: Session, problem: Problem, solutions: Sequence[Solution], target: Path
) -> list[Path]:
    """Write each candidate to a file of its own, and return the paths."""
    rosters = [one.roster for one in solutions]
    paths = []
    for number, one in enumerate(solutions, start=1):
        given: dict[str, Any] = {"roster": one.roster, "findings": one.findings}
        write = partial(write_roster, problem=problem, candidates=rosters, **given)
        paths.append(session.keep(write, path_of_candidate(target, number)))
    return paths
