"""A roster at a glance: what a manager asks first."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.audit.figures.people import PersonMonth, people
from scheduler.audit.findings import in_order_of_time
from scheduler.audit.papers.shortage import Shortage, shortage
from scheduler.domain.absences import Reserve
from scheduler.domain.advice import Obstacle, Reason
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.errors import Exit, Mistake
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.period import Period
from scheduler.domain.record import LevelOutcome
from scheduler.domain.requests import Request
from scheduler.rulebook import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord
    from scheduler.rulebook import Rulebook


CONTRACTS = "L"
"""The family of rules that contracts set."""


class SetBy(StrEnum):
    """Who has set a limit without which a roster is not as it has to be."""

    LAW = "law"
    PIN = "pin"
    OFFICE = "office"
    WISH = "wish"
    """Something that somebody has asked for by all means."""
    CONTRACT = "contract"


class Kept(Frozen):
    """What a roster does not keep."""

    broken: dict[SetBy, int]
    """How many findings break law, pins, musts and what is always kept; none of zero.
    """
    people: tuple[StaffId, ...]
    """Whose contracts are not kept, in the order of the staff list."""

    @property
    def is_legal(self) -> bool:
        """Whether law, pins and every must of the office are kept."""
        return not self.broken


def kept(problem: Problem, findings: Iterable[Finding]) -> Kept:
    """Count what the audit found, by who has set it.

    Parameters
    ----------
    problem
        The month.
    findings
        All the audit found in a roster of it.
    """
    rulebook = load(problem.period)
    found = tuple(findings)
    hard = Counter(set_by(one, rulebook) for one in found if one.stance.is_hard)
    people = {
        name
        for one in found
        if one.rule.startswith(CONTRACTS) and _is_broken(one)
        for name in one.people
    }
    known = [member.name for member in problem.staff]
    strangers = sorted(people.difference(known))
    return Kept(
        broken={kind: hard[kind] for kind in SetBy if hard[kind]},
        people=(*(name for name in known if name in people), *strangers),
    )


def set_by(finding: Finding, rulebook: Rulebook) -> SetBy:
    """Return who has set the limit that a finding breaks."""
    if finding.stance is Stance.PINNED:
        return SetBy.PIN
    if finding.rule == "W-01":
        return SetBy.WISH
    if finding.rule.startswith(CONTRACTS):
        return SetBy.CONTRACT
    is_law = rulebook[finding.rule].is_law(finding.facet)
    return SetBy.LAW if is_law else SetBy.OFFICE


def _is_broken(finding: Finding) -> bool:
    return finding.stance.is_hard or finding.stance is Stance.CONTRACT


COUNTED = LEVELS[LEVELS.index(Stance.MUST) :]
"""Levels whose values add up what people do not add: they are told the places."""

BELOW = LEVELS[LEVELS.index(Stance.CONTRACT) + 1 :]
"""Levels on which nothing that is left is a breach."""


class Remaining(Frozen):
    """What is left on one level."""

    level: Stance
    findings: tuple[Finding, ...]
    """One for each place, in order of time; of evenness for each person and burden."""
    is_least: bool = False
    """Whether no roster is better while the levels above are kept as they are."""
    is_proven: bool = False
    """Whether that is proven."""

    @property
    def count(self) -> int:
        """Places that are left; of evenness the people, each once for a burden."""
        return len(self.findings)


def remaining(
    findings: Iterable[Finding], outcomes: Iterable[LevelOutcome]
) -> tuple[Remaining, ...]:
    """Return what is left on every level below law on which something is.

    Parameters
    ----------
    findings
        All the audit found.
    outcomes
        What the search reached; none of a roster made elsewhere.
    """
    reached = {outcome.level: outcome for outcome in outcomes}
    found = places(in_order_of_time(findings))
    left = []
    for level in COUNTED:
        own = tuple(one for one in found if one.stance is level)
        outcome = reached.get(level)
        if own:
            left.append(
                Remaining(
                    level=level,
                    findings=own,
                    is_least=outcome is not None and outcome.is_best,
                    is_proven=outcome is not None and outcome.is_proven,
                )
            )
    return tuple(left)


def places(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, of a share that is missed by several steps the first."""
    told: set[tuple[object, ...]] = set()
    first = []
    for finding in findings:
        share = _share(finding)
        if not share or share not in told:
            first.append(finding)
        told.add(share)
    return tuple(first)


def _share(finding: Finding) -> tuple[object, ...]:
    """Return whose share of which burden a finding is about; empty if of none."""
    burden, shift = finding.facts.get("burden"), finding.facts.get("shift")
    if finding.stance is not Stance.FAIR or burden is None:
        return ()
    return finding.people, burden, shift


__all__ = ["Summary", "in_order_of_time", "summarise"]


class Summary(Frozen):
    """What matters of a roster; all of it follows from problem, roster and audit."""

    legal: bool
    """Whether law and every must of the office are kept."""
    breaches: tuple[Finding, ...]
    """What is not kept: the findings whose stance is hard, in order of time."""
    contracts: tuple[Finding, ...]
    """What contracts ask for and the roster does not give, in order of time."""
    kept: Kept
    """The same in numbers: what is broken, and whose contracts."""
    shortage: Shortage
    wishes_asked: int
    wishes_granted: int
    wishes_refused: tuple[Request, ...]
    reasons: tuple[Reason, ...]
    """Why wishes were refused, as far as that was worked out."""
    obstacles: tuple[Obstacle, ...]
    """Why guidelines were missed, as far as that was worked out."""
    people: tuple[PersonMonth, ...]
    levels: tuple[LevelOutcome, ...]
    """What the search reached, level by level; empty for a roster made elsewhere."""
    remaining: tuple[Remaining, ...] = ()
    """What is left on the levels below law, on which it is."""
    reserve: Reserve | None = None
    """What was gained where it looked for people in reserve."""


def summarise(
    problem: Problem, roster: RosterRecord, findings: Iterable[Finding]
) -> Summary:
    """Sum up a roster and what its audit found."""
    months = people(problem, roster)
    wishes = [wish for month in months for wish in month.wishes]
    found = tuple(findings)
    made = roster.provenance
    hard = tuple(finding for finding in found if finding.stance.is_hard)
    return Summary(
        legal=not hard,
        breaches=in_order_of_time(hard),
        contracts=in_order_of_time(
            finding for finding in found if finding.stance is Stance.CONTRACT
        ),
        kept=kept(problem, found),
        shortage=shortage(problem, roster, found),
        wishes_asked=len(wishes),
        wishes_granted=sum(wish.granted for wish in wishes),
        wishes_refused=tuple(wish.request for wish in wishes if not wish.granted),
        reasons=roster.reasons,
        obstacles=roster.obstacles,
        people=months,
        levels=roster.outcomes,
        remaining=remaining(found, roster.outcomes),
        reserve=made.reserve if made else None,
    )


class BatchVerdict(StrEnum):
    """How an office ended."""

    LEGAL = "legal"
    """A roster keeps law and every must of the office."""
    SHORT = "short"
    """The best roster found does not."""
    BAD_INPUT = "bad_input"
    OUT_OF_TIME = "out_of_time"
    """No roster was found in the time given."""
    STOPPED = "stopped"
    """The batch was stopped before the office had a roster."""
    NOT_WRITTEN = "not_written"
    """There is a roster, and its file cannot be written."""
    LOST = "lost"
    """The cluster was gone before the office had a roster."""
    FAULT = "fault"
    """A fault of this program, or the process died each time."""


class BatchLine(Frozen):
    """One input and what became of it."""

    source: str
    """Path of the input."""
    verdict: BatchVerdict
    exit: Exit
    """What `roster` would have said of this office alone."""
    name: str = ""
    """Of the office; empty if its input could not be read."""
    period: Period | None = None
    path: str | None = None
    """Of the roster, if one was written."""
    kept: str | None = None
    """The file wanted instead, which was open or edited by hand and stayed."""
    summary: Summary | None = None
    """Of the roster, if there is one."""
    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[Mistake, ...] = ()
    """What in the input is likely not meant."""
    error: str = ""
    """In a line, what a fault was or why nothing was written."""
    report: str = ""
    """Of a fault, its traceback."""
    seconds: float = 0.0
    """Of search and advice."""
