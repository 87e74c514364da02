"""The value of each level of the objective, computed from a roster's findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.finding import LEVELS, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.finding import Finding
    from scheduler.rulebook import Rulebook


def level_totals(rulebook: Rulebook, findings: Iterable[Finding]) -> dict[Stance, int]:
    """Return the value of each level of the objective: the sum of weight x amount.

    Facets that only the audit checks belong to no level.
    """
    totals = dict.fromkeys(LEVELS, 0)
    for finding in findings:
        facet = rulebook[finding.rule].facet[finding.facet]
        if finding.stance in totals and not facet.audit_only:
            totals[finding.stance] += facet.weight * finding.amount
    return totals
