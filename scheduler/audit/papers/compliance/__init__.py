"""The compliance page: every limit, its strictest moment, and the verdict."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.audit.figures.limits import is_in_force
from scheduler.audit.papers.compliance.measures import strictest
from scheduler.audit.papers.compliance.month import MeasuredMonth, Strictest
from scheduler.domain.base import Frozen
from scheduler.domain.finding import Stance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.rulebook import Facet, Rule

__all__ = ["ComplianceLine", "Strictest", "Verdict", "compliance"]


class LimitVerdict(StrEnum):
    """What the audit says of a limit."""

    MET = "met"
    NOTICE = "notice"
    """Missed, but no breach: contract, wish, evenness, comfort, or shown only."""
    BREACH = "breach"


class ComplianceLine(Frozen):
    """One limit of one rule (a facet): its strictest moment and the verdict."""

    rule: str
    facet: str
    stance: Stance
    strictest: Strictest | None
    """``None`` for limits that compare no two numbers, or have no limit set."""
    findings: int
    """How many findings of the audit break it."""
    amount: int
    """By how much in all, in the unit of the facet."""
    verdict: LimitVerdict
    to_be_confirmed: bool
    """Whether users are told to confirm the rule (要確認)."""


def compliance(
    problem: Problem, roster: Roster, findings: Iterable[Finding]
) -> tuple[ComplianceLine, ...]:
    """Return a line for every limit that is in force, in the order of the rulebook.

    Parameters
    ----------
    problem, roster
        The month.
    findings
        All the audit found in it; the verdicts are the audit's.
    """
    month = MeasuredMonth.of(problem, roster)
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.rule, finding.facet].append(finding)
    return tuple(
        _line(month, rule, name, facet, found[rule.id, name])
        for rule in month.rulebook.rules
        if "check" in rule.sides
        for name, facet in rule.facet.items()
        if not facet.computed and is_in_force(facet, problem)
    )


def _line(
    month: MeasuredMonth, rule: Rule, name: str, facet: Facet, found: list[Finding]
) -> ComplianceLine:
    return ComplianceLine(
        rule=rule.id,
        facet=name,
        stance=facet.stance,
        strictest=strictest(month, rule, name),
        findings=len(found),
        amount=sum(finding.amount for finding in found),
        verdict=_verdict(found),
        to_be_confirmed=rule.is_to_be_confirmed(name),
    )


def _verdict(found: list[Finding]) -> LimitVerdict:
    if any(finding.stance.is_hard for finding in found):
        return LimitVerdict.BREACH
    return LimitVerdict.NOTICE if found else LimitVerdict.MET
