"""The spot a finding speaks of, as the record of its facet says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId

if TYPE_CHECKING:
    from scheduler.domain.finding import Finding
    from scheduler.rulebook import Rule


def spot_of(finding: Finding, rule: Rule) -> Spot:
    """Return the limit that a finding says is broken.

    Parameters
    ----------
    finding
        What an audit found; its first person is the one the limit speaks of.
    rule
        The finding's rule, whose facet says what its limits speak of (`about`).

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
    )
