"""Accepting a plan: it becomes the roster, and the version before is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.audit.consistency.report import text_mistakes
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.plan import Plan
from scheduler.domain.revision import Revision
from scheduler.domain.scenario import Scenario
from scheduler.files.rosters import read_roster, replace_roster
from scheduler.files.saving import held
from scheduler.solver.standing.edits import with_pins
from scheduler.wording.translation import _

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
"""Where on the line a reason stands."""


@dataclass(frozen=True)
class Accepted:
    """A plan that is the roster now.

    Attributes
    ----------
    problem, roster
        As they stand in the file now.
    findings
        What the audit finds in it.
    by_hand
        How many cells of the plan were changed by hand before it was accepted.
    kept
        Where the version before stands.
    typed
        What became of what else was typed into the roster, and into the plan.
    """

    problem: Problem
    roster: RosterRecord
    findings: tuple[Finding, ...]
    by_hand: int
    kept: Path
    typed: CarriedOver

    @property
    def revision(self) -> Revision:
        """What was accepted."""
        return self.roster.revisions[-1]


def accept(source: Path, chosen: Path, when: dt.datetime, why: str = "") -> Accepted:
    """Make a plan the roster, with all that was changed or typed in both by hand.

    Parameters
    ----------
    source
        The roster's file, which becomes the plan; what it held is kept beside it,
        under a name with its version.
    chosen
        The plan's file, which stays as it is.
    when
        The local time now.
    why
        What is to be remembered of it, beside what has happened.

    Raises
    ------
    InputError
        If either cannot be read, the second is no plan, or it was made for a roster
        that has changed since.
    OutputError
        If the roster's file cannot be replaced, or another process is at it; everything
        is then as it was.
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
            # What the search proved was not proved of it.
            "provenance": None,
        }
    )
    as_made = replace(plan, problem=planned.problem, roster=planned.plan)
    kept, typed = replace_roster(
        source,
        problem,
        roster,
        findings,
        _kept(source, version),
        edited=((source, standing, ()), (chosen, planned, (as_made,))),
    )
    return Accepted(problem, roster, findings, len(planned.changed), kept, typed)


def _of_reason(why: str) -> Iterator[Mistake]:
    for found in text_mistakes((), why):
        yield found.model_copy(update={"sheet": WHY})


def _read_plan(path: Path) -> RosterFile:
    """Read a plan, and tell of mistakes in its cells that they are the plan's."""
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
    """Return what a plan is a plan for, if it is one for the roster as it stands."""
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
    """Return the plan's problem, with what was changed in the plan by hand pinned."""
    nothing = Scenario(now=scenario.now)
    return with_pins(planned.problem, planned.plan, planned.roster, nothing)


def _kept(source: Path, version: int) -> Path:
    name = _("{name}-version{version}").format(name=source.stem, version=version)
    return source.with_name(name + source.suffix)
