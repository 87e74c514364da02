"""The command `roster`: makes a month's roster from an input, of houses from theirs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from scheduler.audit.changes.plans import compare
from scheduler.audit.figures.summary import Summary, summarise
from scheduler.audit.houses import houses_of
from scheduler.cli import options
from scheduler.cli.advice import advice_data, advice_text
from scheduler.cli.arguments import OUTPUTS, checked_output, path_of_candidate
from scheduler.cli.failures import WrongUse
from scheduler.cli.neighbours import make_month, named_offices
from scheduler.cli.options import OtherRosters, RosterExtras, RosterLimits
from scheduler.cli.overview import comparison, overview
from scheduler.cli.precheck import houses_texts, precheck_text, read_input
from scheduler.cli.printed import Printed, write_printed
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from scheduler.domain.problem import Problem
from scheduler.domain.record import AuditedMonth, RosterFile
from scheduler.domain.roster import Roster
from scheduler.files.houses import read_houses, rosters_on_hand
from scheduler.files.problems import WORKBOOK
from scheduler.files.rosters import write_roster
from scheduler.files.saving import check_name
from scheduler.files.wall_of_all import wall_of_all_path, write_wall_of_all
from scheduler.precheck import precheck_houses
from scheduler.rulebook import rules_of
from scheduler.wording.command_line import of_roster
from scheduler.wording.names import begun_from_text
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
        given = limits, extras, printed, neighbours
        return _make_rosters(session, [source, *satellites], output, *given)
    problem, counted = read_input(session, source, neighbours.main)
    offices = named_offices(neighbours, problem)
    session.note(precheck_text(counted, short=True))
    target = checked_output(output, default=OUTPUTS / f"{source.stem}.xlsx", of=source)
    for number in range(2, extras.candidates + 1):
        check_name(path_of_candidate(target, number))
    on_hand = _on_hand(session, problem, neighbours.former, limits, target)
    solutions = make_month(session, problem, offices, limits, extras, on_hand)
    months = [AuditedMonth(problem, one.roster, one.findings) for one in solutions]
    paths = _written(session, months, target)
    first, rulebook = months[0], rules_of(problem)
    summary = summarise(*first)
    session.say(overview(summary, rulebook))
    session.say("")
    told = advice_text(problem, first.roster, rulebook)
    if told:
        session.say(told)
        session.say("")
    session.say_written(_("Roster written: {path}"), paths[0], target)
    beside = _printed(session, printed, first, paths[0])
    compared = compare(problem, [one.roster for one in months])
    if len(months) > 1:
        session.say("")
        session.say(comparison(compared, [path.name for path in paths]))
    if len(months) < extras.candidates and not session.stopping.wish.is_set():
        text = _(
            "{found} of {wanted} proposals: in the time for it, no other roster as "
            "good was found in which others carry the burdens."
        )
        session.say(text.format(found=len(months), wanted=extras.candidates))
    return session.end(
        of_roster(first.roster, first.findings),
        **_told(paths[0], beside, summary),
        advice=advice_data(problem, first.roster, rulebook),
        candidates=[
            {"path": path, "cells_changed": one.cells_changed, "refused": one.refused}
            for path, one in zip(paths, compared, strict=True)
        ],
    )


def _make_rosters(
    session: Session,
    sources: Sequence[Path],
    output: Path | None,
    limits: RosterLimits,
    extras: RosterExtras,
    printed: Printed,
    others: OtherRosters,
) -> Exit:
    """Make the rosters of houses in one search, write each, and one wall sheet of all.

    ``output`` is the main office's roster; those of the satellites go beside it.
    """
    problem, paths, warnings = read_houses(sources)
    neighbours = named_offices(others, problem)
    session.note_warnings(warnings)
    for text in houses_texts(precheck_houses(problem), short=True):
        session.note(text)
    targets = _targets(paths, output)
    on_hand = _on_hand(session, problem, others.former, limits, targets[0])
    solutions = make_month(session, problem, neighbours, limits, extras, on_hand)
    wholes = [
        AuditedMonth(
            problem,
            one.roster.in_files(path_of_candidate(path, n).name for path in targets),
            one.findings,
        )
        for n, one in enumerate(solutions, start=1)
    ]
    first, rulebook = wholes[0], rules_of(problem)
    told = []
    parts = zip(*(houses_of(problem, one.roster) for one in wholes), strict=True)
    for target, own in zip(targets, parts, strict=True):
        written = _written(session, own, target, wholes)
        house = own[0]
        summary = summarise(*house)
        session.say(f"== {house.problem.office.name} ==")
        session.say(overview(summary, rules_of(house.problem)))
        session.say_written(_("Roster written: {path}"), written[0], target)
        beside = _printed(session, printed, house, written[0])
        session.say("")
        several = {} if len(written) == 1 else {"candidates": written}
        told.append({**_told(written[0], beside, summary), **several})
    wanted = wall_of_all_path(targets[0])
    write = partial(write_wall_of_all, problem=problem, roster=first.roster)
    wall = session.keep(write, wanted)
    session.say_written(_("Wall sheet of all houses written: {path}"), wall, wanted)
    advised = advice_text(problem, first.roster, rulebook)
    if advised:
        session.say_all(["", advised])
    if len(wholes) > 1:
        compared = compare(problem, [one.roster for one in wholes])
        names = [path_of_candidate(targets[0], n + 1).name for n in range(len(wholes))]
        session.say_all(["", comparison(compared, names)])
    advice = advice_data(problem, first.roster, rulebook)
    code = of_roster(first.roster, first.findings)
    return session.end(code, wall=wall, houses=told, advice=advice)


def _on_hand(
    session: Session,
    problem: Problem,
    named: Path | None,
    limits: RosterLimits,
    target: Path,
) -> tuple[Roster, ...]:
    """Return the rosters to begin from: of a file named, or else of the target.

    Not of the target where the search is to be repeatable: run once more, the command
    would find another roster there.
    """
    if named is None and limits.repeatable:
        return ()
    start = named or target
    found = rosters_on_hand(start, problem)
    if named is not None and not found:
        text = _("{path} has no roster of this office and month to begin from.")
        raise WrongUse(text.format(path=named))
    if found:
        session.note(begun_from_text(start))
    return found


def _targets(paths: Sequence[Path], output: Path | None) -> list[Path]:
    """Return the file of each house's roster, checked."""
    first = checked_output(output, OUTPUTS / f"{paths[0].stem}{WORKBOOK}", of=paths[0])
    others = (
        checked_output(first.with_name(path.stem + first.suffix), first, of=path)
        for path in paths[1:]
    )
    targets = [first, *others]
    if len(set(targets)) < len(targets):
        message = _("{path}: two houses would be written to one file; rename an input.")
        raise WrongUse(message.format(path=first))
    return targets


def _written(
    session: Session,
    months: Sequence[AuditedMonth],
    target: Path,
    wholes: Sequence[AuditedMonth] = (),
) -> list[Path]:
    """Write each candidate to a file of its own, and return the paths.

    ``wholes`` are those of all houses, where the months are of one of several.
    """
    rosters = [one.roster for one in months]
    paths = []
    for number, month in enumerate(months, start=1):
        given: dict[str, Any] = {**month._asdict(), "candidates": rosters}
        if wholes:
            given["whole"] = wholes[number - 1]
        write = partial(write_roster, **given)
        paths.append(session.keep(write, path_of_candidate(target, number)))
    return paths


def _printed(
    session: Session, wanted: Printed, made: AuditedMonth, path: Path
) -> dict[str, Any]:
    """Write what is wanted beside a roster, and return the paths."""
    file = RosterFile(problem=made.problem, roster=made.roster, plan=made.roster)
    return write_printed(session, wanted, file, made.findings, path)


def _told(path: Path, beside: dict[str, Any], summary: Summary) -> dict[str, Any]:
    """Return what is given of a roster that was made, as JSON data."""
    verdict = verdict_text(summary.kept)
    return {"path": path, **beside, "verdict": verdict, "summary": summary}
