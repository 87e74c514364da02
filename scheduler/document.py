"""The JSON form of a finished roster: everything about it in one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.reports.summary import Summary, summarise

if TYPE_CHECKING:
    from collections.abc import Iterable


class RosterDocument(Frozen):
    """A roster with the problem it answers, its audit and its summary."""

    problem: Problem
    roster: Roster
    findings: tuple[Finding, ...]
    summary: Summary


def document(
    problem: Problem, roster: Roster, findings: Iterable[Finding]
) -> RosterDocument:
    """Put a roster and its audit into one document."""
    found = tuple(findings)
    return RosterDocument(
        problem=problem,
        roster=roster,
        findings=found,
        summary=summarise(problem, roster, found),
    )
