"""Accept a plan: it replaces the roster, whose previous version is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from scheduler.audit import audit, of_houses
from scheduler.audit.consistency.report import text_mistakes
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.finding import Finding
from scheduler.domain.plan import Plan
from scheduler.domain.problem import Problem
from scheduler.domain.record import AuditedMonth, RosterFile, RosterRecord, Together
from scheduler.domain.scenario import Proposal, Revision, Scenario
from scheduler.files.houses import files_together, read_agreeing, read_together
from scheduler.files.rosters import next_version, path_of_version, read_roster
from scheduler.files.saving import (
    Replacement,
    check_replaceable,
    locked,
    replace_all,
)
from scheduler.files.workbook.roster.carrying import CarriedOver
from scheduler.solver.standing.edits import with_pins

WHY = "--why"
"""The option that gives the reason; mistakes in it are reported there."""


@dataclass(frozen=True)
class Accepted:
    """The result of accepting a plan."""

    path: Path
    """The roster's file, which was replaced."""
    problem: Problem
    roster: RosterRecord
    """As the file now has them."""
    findings: tuple[Finding, ...]
    """Findings of the roster's audit."""
    by_hand: int
    """Number of the plan's cells that were edited by hand before it was accepted."""
    kept: Path
    """Path of the previous version."""
    typed: CarriedOver
    """Other cells typed into the roster or the plan: carried over or lost."""
    others: tuple[Accepted, ...] = ()
    """The same of the other houses, where several were planned together."""

    @property
    def revision(self) -> Revision:
        """The revision that accepting the plan has added."""
        return self.roster.revisions[-1]


def accept(source: Path, chosen: Path, when: dt.datetime, why: str = "") -> Accepted:
    """Replace a roster by a plan, keeping what was typed by hand into either.

    Where several houses were planned together, the plan of one is accepted with those
    of all others, or not at all.

    Parameters
    ----------
    source
        The roster's file, which is replaced.  The previous version is kept beside it,
        under a name with its version number.
    chosen
        The plan's file, which is left unchanged.
    when
        The current local time.
    why
        The reason to record in the revision, beside the scenario.

    Raises
    ------
    InputError
        If either file cannot be read, the second is not a plan, or the roster has
        changed since the plan was made.
    OutputError
        If the roster's file cannot be replaced, or another process holds it; no file
        is then changed.
    """
    mistakes = list(_of_reason(why))
    if mistakes:
        raise InputError(mistakes)
    with locked(source):
        standing, planned = read_roster(source), _read_plan(chosen)
        if standing.plan.together is None and planned.plan.together is None:
            pair = _Pair(source, standing, chosen, planned)
            return _accepted([pair], [_prepared(pair, when, why)])[0]
        return _accepted_in_all(source, standing, chosen, planned, when, why)


class _Pair(NamedTuple):
    """A roster and the plan that is to replace it, each with its file."""

    source: Path
    standing: RosterFile
    chosen: Path
    planned: RosterFile


class _Prepared(NamedTuple):
    """What the roster's file is to hold, and the plan as it was made."""

    problem: Problem
    roster: RosterRecord
    findings: tuple[Finding, ...]
    as_made: Plan


def _accepted_in_all(
    source: Path,
    standing: RosterFile,
    chosen: Path,
    planned: RosterFile,
    when: dt.datetime,
    why: str,
) -> Accepted:
    """Accept the plans of all houses, or none."""
    rosters = files_together(source, standing)
    plans = files_together(chosen, planned)
    with ExitStack() as stack:
        for path in rosters:
            if path != source:
                stack.enter_context(locked(path))
            check_replaceable(path)
        whole, new = read_together(rosters)[0], read_agreeing(plans)
        if len(whole.houses) != len(new.houses):
            raise InputError([_not_a_plan("not_a_plan", source, chosen)])
        pairs = [
            _Pair(*one)
            for one in zip(
                whole.paths, whole.houses, new.paths, new.houses, strict=True
            )
        ]
        together = Together.of(new.roster, (path.name for path in whole.paths))
        prepared = [_prepared(pair, when, why, together) for pair in pairs]
        roster = new.plan.model_copy(update={"provenance": None})
        findings = of_houses(new.joint, [one.findings for one in prepared])
        made = AuditedMonth(new.problem, roster, findings)
        done = _accepted(pairs, prepared, made)
    (own,) = (one for one in done if one.path == source)
    return replace(own, others=tuple(one for one in done if one is not own))


def _prepared(
    pair: _Pair, when: dt.datetime, why: str, together: Together | None = None
) -> _Prepared:
    """Return what accepting a plan makes of a roster; refuse it if it does not fit."""
    source, standing, chosen, planned = pair
    proposal = _proposal(standing, planned, source, chosen)
    problem = _with_edits(planned, proposal.scenario)
    findings = audit(problem, planned.roster)
    plan = Plan(
        scenario=proposal.scenario,
        problem=problem,
        before=standing.roster,
        roster=planned.roster,
        findings=findings,
        is_least=False,
    )
    revision = Revision(
        version=standing.plan.version + 1,
        accepted_at=when,
        scenario=plan.scenario,
        why=why,
        changes=plan.changes,
        asked=plan.disturbed,
    )
    # No proof of the search is about the roster with its hand edits.
    unproven = {"provenance": None, "together": together}
    roster = planned.roster.succeeding(standing.plan, revision)
    roster = roster.model_copy(update=unproven)
    as_made = replace(plan, problem=planned.problem, roster=planned.plan)
    return _Prepared(problem, roster, findings, as_made)


def _accepted(
    pairs: Sequence[_Pair],
    prepared: Sequence[_Prepared],
    whole: AuditedMonth | None = None,
) -> list[Accepted]:
    """Replace the files of the rosters, all of them or none."""
    files, typed = [], []
    for pair, made in zip(pairs, prepared, strict=True):
        source, standing, chosen, planned = pair
        problem, roster, findings, as_made = made
        edited = ((source, standing, ()), (chosen, planned, (as_made,)))
        data, carried = next_version(source, problem, roster, findings, edited, whole)
        kept = path_of_version(source, standing.plan.version)
        files.append(Replacement(data, source, kept))
        typed.append(carried)
    return [
        Accepted(
            pair.source,
            *made[:3],
            by_hand=len(pair.planned.changed),
            kept=kept,
            typed=carried,
        )
        for pair, made, kept, carried in zip(
            pairs, prepared, replace_all(files), typed, strict=True
        )
    ]


def _of_reason(why: str) -> Iterator[Mistake]:
    for found in text_mistakes((), why):
        yield found.model_copy(update={"sheet": WHY})


def _read_plan(path: Path) -> RosterFile:
    """Read a plan; put the file's name before the sheet of each mistake."""
    try:
        return read_roster(path)
    except InputError as error:
        raise InputError(
            [
                found.model_copy(update={"sheet": f"{path.name} {found.sheet}".strip()})
                for found in error.mistakes
            ]
        ) from error


def _proposal(
    standing: RosterFile, planned: RosterFile, source: Path, chosen: Path
) -> Proposal:
    """Return the plan's proposal; refuse it if the roster has changed since."""
    proposal = planned.plan.proposal
    if proposal is None:
        raise InputError([_not_a_plan("not_a_plan", source, chosen)])
    if (
        planned.plan.revisions != standing.plan.revisions
        or proposal.before != standing.roster.fingerprint
    ):
        raise InputError([_not_a_plan("plan_outdated", source, chosen)])
    return proposal


def _not_a_plan(code: str, source: Path, chosen: Path) -> Mistake:
    facts: dict[str, int | str] = {"plan": chosen.name, "roster": source.name}
    return Mistake(code=code, facts=facts)


def _with_edits(planned: RosterFile, scenario: Scenario) -> Problem:
    """Return the plan's problem with the cells edited by hand in the plan pinned."""
    nothing = Scenario(now=scenario.now)
    return with_pins(planned.problem, planned.plan, planned.roster, nothing)
