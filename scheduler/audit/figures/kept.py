"""What is not kept, counted by who has set it, and whose contracts are not kept."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import Stance
from scheduler.rulebook import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
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
