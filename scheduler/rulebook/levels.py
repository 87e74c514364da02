"""What each level of the objective is worth, by the findings of one roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.finding import LEVELS, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.finding import Finding
    from scheduler.rulebook import Rulebook


def level_totals(rulebook: Rulebook, findings: Iterable[Finding]) -> dict[Stance, int]:
    """Return what each level of the objective is worth: weight x amount, summed.

    Facets that only the audit knows are no part of a level.
    """
    totals = dict.fromkeys(LEVELS, 0)
    for finding in findings:
        facet = rulebook[finding.rule].facet[finding.facet]
        if finding.stance in totals and not facet.audit_only:
            totals[finding.stance] += facet.weight * finding.amount
    return totals
