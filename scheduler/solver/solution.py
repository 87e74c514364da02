"""Turn the solver's values into an audited roster with its provenance.

The audit recomputes every level from clock times; a roster on which model and audit
differ is refused.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata

from scheduler.audit import audit
from scheduler.constraints.language.roster_model import RosterModel
from scheduler.domain.absences import Reserve
from scheduler.domain.errors import Disagreement
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.problem import Problem
from scheduler.domain.record import LevelOutcome, Provenance, RosterRecord
from scheduler.solver.search import Search

DECISIVE = (Stance.PINNED, Stance.STATUTORY, Stance.MUST)
"""Levels on which a positive bound means that no legal roster exists."""


@dataclass(frozen=True)
class Solution:
    """A finished search: the roster, and the findings of its audit."""

    roster: RosterRecord
    findings: tuple[Finding, ...]

    @property
    def outcomes(self) -> tuple[LevelOutcome, ...]:
        """Value and bound reached on each level."""
        return self.roster.outcomes

    @property
    def is_legal(self) -> bool:
        """Whether no law and no must of the office is broken."""
        return not any(finding.stance.is_hard for finding in self.findings)

    @property
    def is_proven(self) -> bool:
        """Whether the breaches that remain are proven to be the least possible."""
        return all(o.is_proven for o in self.outcomes if o.level in DECISIVE)


@dataclass(frozen=True)
class Reached:
    """The solver's value and bound of a level, before the audit.

    ``seconds`` includes the confirming search.
    """

    value: int
    bound: int
    seconds: float = 0.0
    confirmed: bool = False


def conclude(
    problem: Problem,
    model: RosterModel,
    values: Sequence[int],
    reached: Mapping[Stance, Reached],
    search: Search,
    reserve: Reserve | None = None,
    begun_from: str | None = None,
) -> Solution:
    """Return the roster of variable values, audited and compared with the model.

    Parameters
    ----------
    values
        By variable index.
    reached
        The solver's value and bound of each level, in the order of the levels.
    search
        The search whose set-up and time are recorded as provenance.
    reserve
        Result of the search for a reserve, if there was one.
    begun_from
        `Roster.fingerprint` of the roster from which the search began, if from one.

    Raises
    ------
    Disagreement
        If model and audit differ on a level.  Our bug.
    """
    roster = model.read(values)
    findings = audit(problem, roster, model.rulebook)
    limits = search.limits
    provenance = Provenance(
        made_at=dt.datetime.now().replace(microsecond=0),
        input_sha256=fingerprint(problem),
        rulebook_sha256=model.rulebook.sha256,
        shotaki_version=metadata.version("shotaki"),
        ortools_version=metadata.version("ortools"),
        seed=limits.seed,
        workers=limits.workers,
        repeatable=limits.repeatable,
        seconds=round(search.seconds, 3),
        outcomes=tuple(_outcomes(model.rulebook.level_totals(findings), reached)),
        reserve=reserve,
        begun_from=begun_from,
    )
    told = roster.model_copy(update={"provenance": provenance})
    return Solution(told, findings)


def no_less_charged(
    model: RosterModel,
    values: Sequence[int],
    totals: Mapping[Stance, int],
    levels: Sequence[Stance] = LEVELS,
) -> None:
    """Check that the audit's totals are no larger than the model's penalties.

    Raises
    ------
    Disagreement
        If the audit's total of a level is larger.  Our bug.
    """
    for level in levels:
        claimed = model.penalty_at(level, values)
        if totals[level] > claimed:
            raise Disagreement(f"{level}: {claimed}, audit {totals[level]}")


def _outcomes(
    totals: Mapping[Stance, int], reached: Mapping[Stance, Reached]
) -> Iterator[LevelOutcome]:
    """Yield the outcome of each level, with the audit's total as its value.

    If a level was stopped early, a slack may be larger than needed; then the audit's
    total is smaller than the model's penalty, and it is the one reported.
    """
    for level, claim in reached.items():
        audited = totals.get(level, 0)
        if not claim.bound <= audited <= claim.value:
            raise Disagreement(f"{level}: {claim}, audit {audited}")
        yield LevelOutcome(
            level=level,
            value=audited,
            bound=claim.bound,
            seconds=round(claim.seconds, 3),
            confirmed=claim.confirmed,
        )


def fingerprint(problem: Problem) -> str:
    """Return the SHA-256 of a problem's JSON."""
    return hashlib.sha256(problem.model_dump_json().encode()).hexdigest()
