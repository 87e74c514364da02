"""Independent checks of a finished roster: each rule a second time, one file a rule.

No solver is used.  Everything is recomputed from the clock times of one roster; shared
with the model are only the domain's types and the rules' records, nothing derived.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from scheduler.audit import rules
from scheduler.audit.case import Check, Compared, RuleCase
from scheduler.audit.findings import without_agreed
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.joint import JointProblem
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rulebook import Rulebook, modules_of, rules_of

__all__ = ["CHECKS", "audit", "of_houses", "tightest"]

CHECKS: dict[str, Check] = {
    rule: module.check for rule, module in modules_of(rules).items()
}
"""The check of each rule, one module a rule; a module's name gives the id."""

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
        parts = (
            audit(house, problem.of_house(roster, number), only=only)
            for number, house in enumerate(problem.houses)
        )
        return of_houses(problem, parts)
    timeline = (
        timeline_of(problem, roster)
        if rulebook is None
        else Timeline(problem, roster, rulebook)
    )
    cases = _cases(timeline, problem)
    found = [
        finding
        for check, case in cases
        if only is None or case.rule.id in only
        for finding in check(case)
    ]
    rest = without_agreed(found, problem.agreements, timeline.rulebook)
    return tuple(sorted(rest, key=_rank))


def tightest(problem: Problem, roster: Roster) -> dict[tuple[str, str], Compared]:
    """Return where each limit is tightest, by rule and facet, broken or not.

    A facet whose check compares no two numbers, or had nothing to compare, is left out.
    Where a check names nobody, the people are those who are there at that time.
    """
    found: dict[tuple[str, str], Compared] = {}
    timeline = timeline_of(problem, roster)
    for check, case in _cases(timeline, problem):
        own: dict[str, Compared] = {}
        for _finding in check(case._replace(tightest=own)):
            pass
        for facet, one in own.items():
            people = one.people or timeline.there_between(one.begin, one.end)
            found[case.rule.id, facet] = one._replace(people=people)
    return found


def _cases(timeline: Timeline, problem: Problem) -> Iterator[tuple[Check, RuleCase]]:
    """Yield the checks of the rules for the kind of office, with what they judge."""
    rulebook = timeline.rulebook
    for rule_id, check in CHECKS.items():
        rule = rulebook[rule_id]
        if rule.is_for(rulebook.kind):
            yield check, RuleCase(timeline, problem.judged_by(rule.of), rule)


def of_houses(
    joint: JointProblem, parts: Iterable[Sequence[Finding]]
) -> tuple[Finding, ...]:
    """Return the findings of the houses as those of all, each with its house's name.

    Where the houses see the same breach, some limits are told by the first alone.

    Parameters
    ----------
    parts
        The findings of each house by itself, in the order of the houses.
    """
    found: list[Finding] = []
    seen: set[str] = set()
    for house, own in zip(joint.houses, parts, strict=True):
        rulebook = rules_of(house)
        for finding in own:
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
