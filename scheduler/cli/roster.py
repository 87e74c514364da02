"""The command `roster`: makes the month's roster from an input."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from scheduler.audit.changes.plans import compare
from scheduler.audit.figures.summary import summarise
from scheduler.cli import options
from scheduler.cli.advice import advice_data, advice_text
from scheduler.cli.arguments import OUTPUTS, checked_output, path_of_candidate
from scheduler.cli.failures import WrongUse
from scheduler.cli.neighbours import make_month, named_offices
from scheduler.cli.options import OtherRosters, RosterExtras, RosterLimits
from scheduler.cli.overview import comparison, overview
from scheduler.cli.precheck import precheck_text, read_input
from scheduler.cli.printed import Printed, write_printed
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.files.rosters import write_roster
from scheduler.files.saving import check_name
from scheduler.rulebook import rules_of
from scheduler.solver.solve import Solution
from scheduler.wording.command_line import of_roster
from scheduler.wording.translation import _
from scheduler.wording.verdict import verdict_text


def make_roster(
    session: Session,
    source: Path,
    satellites: options.Satellites = None,
    output: options.Output = None,
    neighbours: OtherRosters = OtherRosters(),
    limits: RosterLimits = RosterLimits(300.0),
    extras: RosterExtras = RosterExtras(),
    printed: Printed = Printed(),
) -> Exit:
    """Make the roster of an input, write it, and print its summary."""
    if satellites and neighbours.main is not None:
        raise WrongUse(_("Name either the satellites or the main office's roster."))
    if satellites:
        from scheduler.cli.houses import make_rosters

        given = limits, extras, printed, neighbours
        return make_rosters(session, [source, *satellites], output, *given)
    problem, counted = read_input(session, source, neighbours.main)
    offices = named_offices(neighbours, problem)
    session.note(precheck_text(counted, short=True))
    target = checked_output(output, default=OUTPUTS / f"{source.stem}.xlsx", of=source)
    for number in range(2, extras.candidates + 1):
        check_name(path_of_candidate(target, number))
    solutions = make_month(session, problem, offices, limits, extras)
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
    beside = _printed(session, printed, problem, first, paths[0])
    compared = compare(problem, [one.roster for one in solutions])
    if len(solutions) > 1:
        session.say("")
        session.say(comparison(compared, [path.name for path in paths]))
    if len(solutions) < extras.candidates and not session.stopping.wish.is_set():
        session.say(_few_text(len(solutions), extras.candidates))
    session.give(
        exit=code,
        path=paths[0],
        **beside,
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
