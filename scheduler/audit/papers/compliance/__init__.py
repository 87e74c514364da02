"""The compliance page: every limit in force, its tightest moment, and the verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from scheduler.audit.figures.limits import is_in_force
from scheduler.audit.papers.compliance.measures import (
    MeasuredMonth,
    Strictest,
    strictest,
)
from scheduler.domain.base import Frozen
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rulebook import Facet, Rule

__all__ = ["ComplianceLine", "LimitVerdict", "Strictest", "compliance"]


class LimitVerdict(StrEnum):
    """Whether the audit finds a limit met, missed or broken."""

    MET = "met"
    NOTICE = "notice"
    """Missed without a breach: contract, wish, evenness, comfort, or only reported."""
    BREACH = "breach"


class ComplianceLine(Frozen):
    """One facet of a rule: its tightest moment and the verdict."""

    rule: str
    facet: str
    stance: Stance
    strictest: Strictest | None
    """``None`` for facets that do not compare two numbers, or have no limit set."""
    findings: int
    """Number of the audit's findings on it."""
    amount: int
    """Their sum, in the unit of the facet."""
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
        All findings of the audit in it, from which the verdicts follow.
    """
    month = MeasuredMonth.of(problem, roster)
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.rule, finding.facet].append(finding)
    return tuple(
        _line(month, rule, name, facet, found[rule.id, name])
        for rule in month.rulebook.rules
        if "check" in rule.sides and rule.is_for(month.rulebook.kind)
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
