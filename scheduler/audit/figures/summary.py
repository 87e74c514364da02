"""A roster at a glance: what a manager asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.hours import PersonMonth, people
from scheduler.audit.figures.kept import Kept, kept
from scheduler.audit.figures.order import in_order_of_time
from scheduler.audit.figures.remaining import Remaining, remaining
from scheduler.audit.papers.shortage import Shortage, shortage
from scheduler.domain.absences import Reserve
from scheduler.domain.advice import Obstacle, Reason
from scheduler.domain.base import Frozen
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.record import LevelOutcome
from scheduler.domain.requests import Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord

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
        levels=made.outcomes if made else (),
        remaining=remaining(found, made.outcomes if made else ()),
        reserve=made.reserve if made else None,
    )
