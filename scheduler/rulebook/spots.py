"""The spot of a finding: the place whose limit it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId

if TYPE_CHECKING:
    from scheduler.domain.finding import Finding
    from scheduler.rulebook import Rule


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
    )
