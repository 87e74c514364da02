"""What a roster is short of: by place, by rule and by level, with the proven least."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from scheduler.audit.findings import in_order_of_time
from scheduler.audit.papers.deductions import (
    Cost,
    Deduction,
    deduction_cost,
    deductions,
)
from scheduler.audit.timeline import timeline_of
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.rulebook import Rulebook, Severity, rules_of

STATED = LEVELS[: LEVELS.index(Stance.CONTRACT) + 1]
"""Levels that the shortage reports: pins, law, musts and contracts."""


class BrokenLimit(Frozen):
    """One place at which a limit is broken, adjacent intervals joined."""

    finding: Finding
    """Its amount is the sum; required and actual are those of the worst interval."""
    there: tuple[StaffId, ...] = ()
    """Who is in the house at some minute of it, in order of arrival."""


class RuleTotal(Frozen):
    """The sum of all gaps of one facet."""

    rule: str
    facet: str
    stance: Stance
    gaps: int
    amount: int
    """In the unit of the facet."""


class LevelTotal(Frozen):
    """The value of one level of the objective: weight x amount, summed."""

    level: Stance
    value: int
    """Value of this roster."""
    least: int | None
    """Lower bound while the levels above keep their values; ``None`` if the level was
    not searched."""
    is_certain: bool
    """Whether the bound is confirmed by a second search, or 0."""
    above: tuple[Stance, ...]
    """The levels above that were searched and held, first to last."""

    @property
    def is_least(self) -> bool:
        """Whether it is proven that no roster is better on this level."""
        return self.value == self.least and self.is_certain


class Shortage(Frozen):
    """What a roster is short of; empty if it is legal and keeps all contracts."""

    gaps: tuple[BrokenLimit, ...]
    """Breaches of law, pins and the office's musts, in order of time."""
    contracts: tuple[BrokenLimit, ...]
    """Breaches of contracts, in order of time."""
    totals: tuple[RuleTotal, ...]
    """In the order of the levels, then of the rulebook."""
    levels: tuple[LevelTotal, ...]
    """Levels with a value above 0."""
    beyond_rosters: tuple[Finding, ...]
    """Hard findings that no roster can mend, as the input alone decides them."""
    deductions: tuple[Deduction, ...]
    """Deduction lines of broken standards: deducted, or below the threshold."""
    cost: Cost | None
    """What the deductions cost; ``None`` if nothing is deducted."""

    @property
    def breaks_standard(self) -> bool:
        """Whether the law's staffing or capacity is broken somewhere."""
        return any(gap.finding.stance is Stance.STATUTORY for gap in self.gaps)

    @property
    def dates(self) -> frozenset[dt.date]:
        """Dates on which law, a pin or a must of the office is broken."""
        found = (gap.finding.date for gap in self.gaps)
        return frozenset(date for date in found if date is not None)


def shortage(
    problem: Problem, roster: RosterRecord, findings: Iterable[Finding]
) -> Shortage:
    """Return what a roster is short of."""
    rulebook = rules_of(problem)
    found = tuple(findings)
    hard = [one for one in found if one.stance.is_hard]
    contracts = [one for one in found if one.stance is Stance.CONTRACT]
    lines = [
        line
        for line in deductions(problem, roster)
        if rulebook[line.rule].severity is Severity.DEDUCT and line.outlook.is_broken
    ]
    return Shortage(
        gaps=_gaps(problem, roster, hard),
        contracts=_gaps(problem, roster, contracts),
        totals=tuple(_totals(rulebook, joined([*hard, *contracts]))),
        levels=tuple(_levels(rulebook, roster, found)),
        beyond_rosters=tuple(one for one in hard if rulebook.facet_of(one).audit_only),
        deductions=tuple(lines),
        cost=deduction_cost(problem, lines),
    )


def _gaps(
    problem: Problem, roster: RosterRecord, findings: Iterable[Finding]
) -> tuple[BrokenLimit, ...]:
    timeline = timeline_of(problem, roster)
    return tuple(
        BrokenLimit(
            finding=one,
            there=() if one.people else timeline.there_between(one.begin, one.end),
        )
        for one in in_order_of_time(joined(findings))
    )


def joined(findings: Iterable[Finding]) -> list[Finding]:
    """Join adjacent findings of one limit, even if different numbers are missing."""

    def limit(finding: Finding) -> tuple[str, ...]:
        date = finding.date.isoformat() if finding.date else ""
        name = str(finding.facts.get("name", ""))
        way = "under" if finding.actual < finding.required else "over"
        return finding.rule, finding.facet, date, name, way, *finding.people

    ordered = in_order_of_time(findings)
    timed = sorted((one for one in ordered if one.begin and one.date), key=limit)
    joined = [one for one in ordered if not (one.begin and one.date)]
    for _limit, pieces in groupby(timed, key=limit):
        run: list[Finding] = []
        for piece in pieces:
            if run and run[-1].end != piece.begin:
                joined.append(_one(run))
                run = []
            run.append(piece)
        joined.append(_one(run))
    return joined


def _one(run: Sequence[Finding]) -> Finding:
    worst = max(run, key=lambda piece: abs(piece.required - piece.actual))
    return worst.model_copy(
        update={
            "amount": sum(piece.amount for piece in run),
            "begin": run[0].begin,
            "end": run[-1].end,
        }
    )


def _totals(rulebook: Rulebook, findings: Iterable[Finding]) -> Iterator[RuleTotal]:
    stances = tuple(Stance)
    order = {
        (rule.id, facet): index
        for index, (rule, facet) in enumerate(
            (rule, facet) for rule in rulebook.rules for facet in rule.facet
        )
    }

    def place(finding: Finding) -> tuple[int, int]:
        return stances.index(finding.stance), order[finding.rule, finding.facet]

    for _place, group in groupby(sorted(findings, key=place), key=place):
        own = list(group)
        yield RuleTotal(
            rule=own[0].rule,
            facet=own[0].facet,
            stance=own[0].stance,
            gaps=len(own),
            amount=sum(finding.amount for finding in own),
        )


def _levels(
    rulebook: Rulebook, roster: RosterRecord, findings: Iterable[Finding]
) -> Iterator[LevelTotal]:
    values = rulebook.level_totals(findings)
    outcomes = {outcome.level: outcome for outcome in roster.outcomes}
    for level in STATED:
        if values[level]:
            outcome = outcomes.get(level)
            above = (one for one in outcomes if LEVELS.index(one) < LEVELS.index(level))
            yield LevelTotal(
                level=level,
                value=values[level],
                least=None if outcome is None else outcome.bound,
                is_certain=outcome is not None and outcome.is_certain,
                above=tuple(above) if outcome else (),
            )
