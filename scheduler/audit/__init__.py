"""Independent checks of a finished roster: each rule a second time, one file a rule.

No solver is used.  Everything is recomputed from the clock times of one roster; shared
with the model are only the domain's types and the rules' records, nothing derived.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from scheduler.audit import rules
from scheduler.audit.case import Check, RuleCase
from scheduler.audit.findings import without_agreed
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.joint import JointProblem
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rulebook import Rulebook, modules_of, rules_of

__all__ = ["CHECKS", "audit"]

CHECKS: tuple[tuple[str, Check], ...] = tuple(
    (rule, module.check) for rule, module in modules_of(rules).items()
)
"""Rule ids with their checks, one module a rule; a module's name gives the id."""

_STANCES = tuple(Stance)


def audit(
    problem: Problem,
    roster: Roster,
    rulebook: Rulebook | None = None,
    only: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """Return every breach of every rule in a roster, less what was agreed on.

    Parameters
    ----------
    roster
        Any roster for it, also one that was edited by hand.

    Returns
    -------
    tuple of Finding
        Every breach and warning, the strictest stance first, then by date.  The sum
        of `Finding.amount` over a facet is its amount as docs/design.md defines it,
        less agreed amounts (`Problem.agreements`), which are only reported.

    Raises
    ------
    RulebookError
        If the rulebook cannot serve the period.
    """
    if isinstance(problem, JointProblem):
        return _of_houses(problem, roster, only)
    timeline = (
        timeline_of(problem, roster)
        if rulebook is None
        else Timeline(problem, roster, rulebook)
    )
    rulebook = timeline.rulebook
    found = [
        finding
        for rule_id, check in CHECKS
        if only is None or rule_id in only
        if (rule := rulebook[rule_id]).is_for(rulebook.kind)
        for finding in check(RuleCase(timeline, problem.judged_by(rule.of), rule))
    ]
    rest = without_agreed(found, problem.agreements, rulebook)
    return tuple(sorted(rest, key=_rank))


def _of_houses(
    joint: JointProblem, roster: Roster, only: Collection[str] | None
) -> tuple[Finding, ...]:
    """Return the breaches in each house, each with the house's name.

    Where the houses see the same breach, some limits are told by the first alone.
    """
    found: list[Finding] = []
    seen: set[str] = set()
    for number, house in enumerate(joint.houses):
        rulebook = rules_of(house)
        for finding in audit(house, joint.of_house(roster, number), only=only):
            if rulebook.facet_of(finding).told_once:
                same = finding.model_dump_json()
                if same in seen:
                    continue
                seen.add(same)
            found.append(finding.model_copy(update={"house": house.office.name}))
    return tuple(sorted(found, key=_rank))


def _rank(finding: Finding) -> tuple[int, dt.date]:
    """Return the sort key: strictness, then date, findings without a date first."""
    return _STANCES.index(finding.stance), finding.date or dt.date.min
