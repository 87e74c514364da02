"""What the record of a rule says of a finding: whose limit it breaks, and its level."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.rulebook import Rule, Rulebook


def spot_of(finding: Finding, rule: Rule) -> Spot:
    """Return the spot whose limit a finding breaks.

    Parameters
    ----------
    finding
        A finding of the audit; its first person is the one the limit applies to.
    rule
        The finding's rule; its facet says which of person, date and name identify
        the limit (`about`).

    Raises
    ------
    KeyError
        If the rule has no such facet.
    """
    about = rule.facet[finding.facet].about
    return Spot(
        rule=finding.rule,
        facet=finding.facet,
        staff=finding.people[0] if "staff" in about else StaffId(""),
        date=finding.date if "date" in about else None,
        name=str(finding.facts["name"]) if "name" in about else "",
        house=finding.house,
    )


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
