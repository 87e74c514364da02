"""Accept a plan: it replaces the roster, whose previous version is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.audit.consistency.report import text_mistakes
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.plan import Plan
from scheduler.domain.revision import Revision
from scheduler.domain.scenario import Scenario
from scheduler.files.rosters import path_of_version, read_roster, replace_roster
from scheduler.files.saving import held
from scheduler.solver.standing.edits import with_pins

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterFile, RosterRecord
    from scheduler.domain.revision import Proposal
    from scheduler.files.workbook.roster.carrying import CarriedOver

WHY = "--why"
"""The option that gives the reason; mistakes in it are reported there."""


@dataclass(frozen=True)
class Accepted:
    """The result of accepting a plan.

    Attributes
    ----------
    problem, roster
        As the roster's file now has them.
    findings
        Findings of the roster's audit.
    by_hand
        Number of the plan's cells that were edited by hand before it was accepted.
    kept
        Path of the previous version.
    typed
        Other cells typed into the roster or the plan: carried over or lost.
    """

    problem: Problem
    roster: RosterRecord
    findings: tuple[Finding, ...]
    by_hand: int
    kept: Path
    typed: CarriedOver

    @property
    def revision(self) -> Revision:
        """The revision that accepting the plan has added."""
        return self.roster.revisions[-1]


def accept(source: Path, chosen: Path, when: dt.datetime, why: str = "") -> Accepted:
    """Replace a roster by a plan, keeping what was typed by hand into either.

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
    with held(source):
        return _accepted(source, chosen, when, why)


def _accepted(source: Path, chosen: Path, when: dt.datetime, why: str) -> Accepted:
    standing, planned = read_roster(source), _read_plan(chosen)
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
    version = standing.plan.version
    revision = Revision(
        version=version + 1,
        accepted_at=when,
        scenario=plan.scenario,
        why=why,
        changes=plan.changes,
        asked=plan.disturbed,
    )
    roster = planned.roster.model_copy(
        update={
            "revisions": (*standing.plan.revisions, revision),
            "proposal": None,
            # No proof of the search is about the roster with its hand edits.
            "provenance": None,
        }
    )
    as_made = replace(plan, problem=planned.problem, roster=planned.plan)
    kept, typed = replace_roster(
        source,
        problem,
        roster,
        findings,
        path_of_version(source, version),
        edited=((source, standing, ()), (chosen, planned, (as_made,))),
    )
    return Accepted(problem, roster, findings, len(planned.changed), kept, typed)


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
    facts: dict[str, int | str] = {"plan": chosen.name, "roster": source.name}
    if proposal is None:
        raise InputError([Mistake(code="not_a_plan", facts=facts)])
    if (
        planned.plan.revisions != standing.plan.revisions
        or proposal.before != standing.roster.fingerprint
    ):
        raise InputError([Mistake(code="plan_outdated", facts=facts)])
    return proposal


def _with_edits(planned: RosterFile, scenario: Scenario) -> Problem:
    """Return the plan's problem with the cells edited by hand in the plan pinned."""
    nothing = Scenario(now=scenario.now)
    return with_pins(planned.problem, planned.plan, planned.roster, nothing)
