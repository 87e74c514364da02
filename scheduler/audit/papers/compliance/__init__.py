"""The compliance page: every limit, its strictest moment, and the verdict."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.audit.papers.compliance import people, staffing
from scheduler.audit.papers.compliance.month import Month, Strictest
from scheduler.domain.base import Frozen
from scheduler.domain.finding import Stance
from scheduler.domain.office import HouseRatio, StaffingReading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.rulebook import Facet, Rule

__all__ = ["ComplianceLine", "Strictest", "Verdict", "compliance"]


class Verdict(StrEnum):
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
    verdict: Verdict
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
    month = Month.of(problem, roster)
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.rule, finding.facet].append(finding)
    return tuple(
        _line(month, rule, name, facet, found[rule.id, name])
        for rule in month.rulebook.rules
        if "check" in rule.sides
        for name, facet in rule.facet.items()
        if not facet.computed and _in_force(problem, rule.id, name)
    )


def _line(
    month: Month, rule: Rule, name: str, facet: Facet, found: list[Finding]
) -> ComplianceLine:
    key = (rule.id, name)
    measure = staffing.MEASURES.get(key) or people.MEASURES.get(key)
    return ComplianceLine(
        rule=rule.id,
        facet=name,
        stance=facet.stance,
        strictest=None if measure is None else measure(month),
        findings=len(found),
        amount=sum(finding.amount for finding in found),
        verdict=_verdict(found),
        to_be_confirmed=rule.is_to_be_confirmed(name),
    )


def _verdict(found: list[Finding]) -> Verdict:
    if any(finding.stance.is_hard for finding in found):
        return Verdict.BREACH
    return Verdict.NOTICE if found else Verdict.MET


def _in_force(problem: Problem, rule: str, facet: str) -> bool:
    settings = problem.office.settings
    daily = settings.staffing_reading is StaffingReading.DAILY
    match rule, facet:
        case "A-03", "daily" | "monthly_reported":
            return daily
        case "A-03", _:
            return not daily
        case "A-13", "nights":
            return settings.manager_nights_percent is not None
        case "K-01", _:
            return settings.house_ratio is HouseRatio(facet)
        case "F-10", _:
            return settings.standby.permission is (facet == "per_week")
        case "F-13", facet if facet.startswith(("long_apart", "day_off_after")):
            return (rule, facet) in set(_chosen(problem))
        case _ if rule == "W-02" or rule.startswith("P-"):
            return (rule, facet) in set(_chosen(problem))
        case _:
            return True


def _chosen(problem: Problem) -> Iterator[tuple[str, str]]:
    """Yield the facets that pins, pairs and settings on people choose."""
    settings = problem.office.settings
    if problem.pins.duties:
        yield "W-02", "duty"
    if problem.pins.on_call:
        yield "W-02", "on_call"
    for pair in problem.pairs:
        strength = "must" if pair.must else "guideline"
        yield "P-01", f"{pair.kind.value}_{strength}"
    if any(settings.newcomers in member.groups for member in problem.staff):
        yield "P-02", f"night_{settings.newcomer_nights.value}"
        yield "P-02", f"day_{settings.newcomer_days.value}"
    yield "F-13", f"long_apart_{settings.long_nights_apart.value}"
    yield "F-13", f"day_off_after_{settings.day_off_after_long_night.value}"
    yield "P-03", settings.days_off_together.value
    yield "P-04", settings.lone_work_day.value
    yield "P-05", settings.forward_rotation.value
    yield "P-06", settings.weekend_off.value
    yield "P-07", settings.on_call_on_days_off.value
