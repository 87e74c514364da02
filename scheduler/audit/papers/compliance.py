"""The compliance page: every limit in force, its tightest moment, and the verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from scheduler.audit import tightest
from scheduler.audit.case import Compared
from scheduler.audit.figures.limits import is_in_force
from scheduler.domain.base import Frozen
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rulebook import rules_of


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
    strictest: Compared | None
    """``None`` for facets that do not compare two numbers, or have no limit set."""
    findings: int
    """Number of the audit's findings on it."""
    verdict: LimitVerdict
    to_be_confirmed: bool
    """Whether users are told to confirm the rule (要確認)."""


def compliance(
    problem: Problem, roster: Roster, findings: Iterable[Finding]
) -> tuple[ComplianceLine, ...]:
    """Return a line for every limit that is in force, in the order of the rulebook.

    Parameters
    ----------
    findings
        All findings of the audit in it, from which the verdicts follow.
    """
    rulebook, strictest = rules_of(problem), tightest(problem, roster)
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.rule, finding.facet].append(finding)
    return tuple(
        ComplianceLine(
            rule=rule.id,
            facet=name,
            strictest=strictest.get((rule.id, name)),
            findings=len(found[rule.id, name]),
            verdict=_verdict(found[rule.id, name]),
            to_be_confirmed=rule.is_to_be_confirmed(name),
        )
        for rule in rulebook.rules
        if "check" in rule.sides and rule.is_for(rulebook.kind)
        for name, facet in rule.facet.items()
        if not facet.computed and is_in_force(facet, problem)
    )


def _verdict(found: list[Finding]) -> LimitVerdict:
    if any(finding.stance.is_hard for finding in found):
        return LimitVerdict.BREACH
    return LimitVerdict.NOTICE if found else LimitVerdict.MET
