"""`roster` and `check` for a main office together with its satellites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from scheduler.audit import audit
from scheduler.audit.changes.plans import compare
from scheduler.audit.figures.summary import summarise
from scheduler.audit.houses import houses_of
from scheduler.audit.papers.to_come import law_to_come
from scheduler.cli.advice import advice_data, advice_text
from scheduler.cli.arguments import (
    OUTPUTS,
    checked_output,
    month_from,
    path_of_candidate,
)
from scheduler.cli.failures import WrongUse
from scheduler.cli.neighbours import make_month, named_offices
from scheduler.cli.options import OtherOffices, RosterExtras, RosterLimits
from scheduler.cli.overview import (
    breaches_to_come,
    by_stance,
    comparison,
    overview,
    to_come_texts,
)
from scheduler.cli.precheck import houses_texts
from scheduler.cli.printed import Printed, write_printed
from scheduler.cli.session import Session, worded
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Finding
from scheduler.domain.record import AuditedMonth, RosterFile, RosterRecord
from scheduler.files.houses import (
    read_houses,
    read_together,
    wall_of_all_path,
    write_wall_of_all,
)
from scheduler.files.problems import WORKBOOK
from scheduler.files.rosters import write_roster
from scheduler.precheck import precheck_houses
from scheduler.rulebook import rules_of
from scheduler.wording.command_line import of_check, of_roster
from scheduler.wording.findings import finding_text
from scheduler.wording.mistakes import contradiction_texts
from scheduler.wording.translation import _
from scheduler.wording.verdict import summary_texts, verdict_text


def make_rosters(
    session: Session,
    sources: Sequence[Path],
    output: Path | None,
    limits: RosterLimits,
    extras: RosterExtras,
    printed: Printed,
    others: OtherOffices,
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
    solutions = make_month(session, problem, neighbours, limits, extras)
    first = solutions[0]
    rosters = [
        RosterRecord.of(one.roster).in_files(
            path_of_candidate(path, number).name for path in targets
        )
        for number, one in enumerate(solutions, start=1)
    ]
    candidates = [list(houses_of(problem, one)) for one in rosters]
    told = []
    wholes = [
        AuditedMonth(problem, record, solution.findings)
        for record, solution in zip(rosters, solutions, strict=True)
    ]
    for number, target in enumerate(targets):
        every = [houses[number] for houses in candidates]
        told.append(_written(session, every, target, printed, wholes))
    wanted = wall_of_all_path(targets[0])
    write = partial(write_wall_of_all, problem=problem, roster=first.roster)
    wall = session.keep(write, wanted)
    session.say_written(_("Wall sheet of all houses written: {path}"), wall, wanted)
    code = session.code(of_roster(first.roster, first.findings))
    rulebook = rules_of(problem)
    advised = advice_text(problem, first.roster, rulebook)
    if advised:
        session.say_all(["", advised])
    if len(solutions) > 1:
        compared = compare(problem, [one.roster for one in solutions])
        names = [path_of_candidate(targets[0], n + 1).name for n in range(len(rosters))]
        session.say_all(["", comparison(compared, names)])
    advice = advice_data(problem, first.roster, rulebook)
    session.give(exit=code, wall=wall, houses=told, advice=advice)
    return code


def _written(
    session: Session,
    candidates: Sequence[AuditedMonth],
    target: Path,
    printed: Printed,
    wholes: Sequence[AuditedMonth],
) -> dict[str, Any]:
    """Write the rosters of a house, and say how the first one is."""
    paths = []
    for number, house in enumerate(candidates, start=1):
        given: dict[str, Any] = {**house._asdict(), "whole": wholes[number - 1]}
        if len(candidates) > 1:
            given["candidates"] = [one.roster for one in candidates]
        path = path_of_candidate(target, number)
        paths.append(session.keep(partial(write_roster, **given), path))
    house = candidates[0]
    summary = summarise(*house)
    session.say(f"== {house.problem.office.name} ==")
    session.say(overview(summary, rules_of(house.problem)))
    session.say_written(_("Roster written: {path}"), paths[0], target)
    beside = write_printed(session, printed, _as_file(house), house.findings, paths[0])
    session.say("")
    verdict = verdict_text(summary.kept)
    told = {"path": paths[0], **beside, "verdict": verdict, "summary": summary}
    return told if len(paths) == 1 else {**told, "candidates": paths}


def _as_file(house: AuditedMonth) -> RosterFile:
    roster = house.roster
    return RosterFile(problem=house.problem, roster=roster, plan=roster)


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


def check_rosters(
    session: Session,
    sources: Sequence[Path],
    as_of: str | None = None,
    printed: Printed = Printed(),
) -> Exit:
    """Audit the rosters of houses together; tell where they contradict each other."""
    asked = None if as_of is None else month_from(as_of)
    file, contradictions = read_together(sources)
    problem, roster = file.joint, file.roster
    findings, rulebook = audit(problem, roster), rules_of(problem)
    to_come: list[dict[str, Any]] = []
    beside: list[dict[str, Any]] = []
    for number, house in enumerate(houses_of(problem, roster)):
        name = house.problem.office.name
        session.say(f"== {name} ==")
        session.say_all(summary_texts(summarise(*house)))
        own = rules_of(house.problem)
        session.say_all(by_stance(_told_of(name, findings), own))
        if asked is not None:
            laws = law_to_come(house.problem, house.roster, asked)
            session.say_all(to_come_texts(laws, own, asked))
            told = breaches_to_come(laws, own)
            to_come.append({"house": name, "laws": told})
        if printed != Printed():
            data = file.houses[number], house.findings, file.paths[number]
            beside.append({"house": name, **write_printed(session, printed, *data)})
        session.say("")
    if not contradictions:
        session.say(
            _("The workbooks say the same of everybody who works in several houses.")
        )
    session.say_all(contradiction_texts(problem, contradictions))
    code = Exit.BREACHES if contradictions else of_check(findings)
    session.give(
        exit=code,
        **({} if asked is None else {"to_come": to_come}),
        **({"printed": beside} if beside else {}),
        contradictions=len(contradictions),
        findings=[worded(f, text=finding_text(f, rulebook)) for f in findings],
    )
    return code


def _told_of(house: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings told of a house, as it tells them itself."""
    own = (one for one in findings if one.house == house)
    return tuple(one.model_copy(update={"house": ""}) for one in own)
