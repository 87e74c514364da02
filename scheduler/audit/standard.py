"""Tolerated breaches: a changed roster or day may break no limit more than before.

A limit is broken more if the findings at its spot add up to a larger amount.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scheduler.domain.finding import Stance
from scheduler.rulebook.findings import spot_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from scheduler.domain.agreements import Spot
    from scheduler.domain.finding import Finding
    from scheduler.rulebook import Rulebook

LAW = (Stance.ENFORCED, Stance.PINNED, Stance.STATUTORY, Stance.MUST)
ALL = (*LAW, Stance.CONTRACT)


class Standard:
    """Amounts by which law, musts, pins and contracts are broken already, by spot.

    Parameters
    ----------
    rulebook
        The rules in force.
    findings
        Those of the roster before the change.
    """

    def __init__(self, rulebook: Rulebook, findings: Iterable[Finding]) -> None:
        self._rulebook = rulebook
        self._known = [one for one in findings if one.stance in ALL]
        self._amounts = self._by_spot(self._known)

    def allow(self, findings: Iterable[Finding]) -> None:
        """Also tolerate these findings, by their amounts."""
        found = [one for one in findings if one.stance in ALL]
        self._known += found
        self._amounts |= self._by_spot(found)

    def allowed(self, spot: Spot) -> int:
        """Return the tolerated amount at a spot, in the unit of its facet."""
        return self._amounts[spot]

    def beyond(
        self, findings: Sequence[Finding], stances: Collection[Stance] = ALL
    ) -> tuple[Finding, ...]:
        """Return the new findings at spots that are broken more than tolerated."""
        found = [one for one in findings if one.stance in stances]
        spots = {
            spot
            for spot, amount in self._by_spot(found).items()
            if amount > self._amounts[spot]
        }
        new = [one for one in found if self._spot(one) in spots]
        return tuple(one for one in new if one not in self._known)

    def _by_spot(self, findings: Iterable[Finding]) -> Counter[Spot]:
        amounts: Counter[Spot] = Counter()
        for finding in findings:
            amounts[self._spot(finding)] += finding.amount
        return amounts

    def _spot(self, finding: Finding) -> Spot:
        return spot_of(finding, self._rulebook[finding.rule])
