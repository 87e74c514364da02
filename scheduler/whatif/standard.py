"""What a changed roster is held against: no limit may be broken more than it was."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scheduler.domain.stance import Stance
from scheduler.modelling.linear import LinearSum
from scheduler.modelling.scope import total_of
from scheduler.rulebook.spots import spot_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.domain.agreements import Spot
    from scheduler.domain.finding import Finding
    from scheduler.model import RosterModel
    from scheduler.rulebook import Rulebook

PRICES = {
    Stance.PINNED: 1_000_000_000,
    Stance.STATUTORY: 1_000_000,
    Stance.MUST: 100,
    Stance.CONTRACT: 1,
}
"""What it costs to break a limit more than it was, by unit and weight of its facet: a
minute of law more than any must, a must more than any contract."""

LAW = (Stance.ENFORCED, Stance.PINNED, Stance.STATUTORY, Stance.MUST)
ALL = (*LAW, Stance.CONTRACT)


class Standard:
    """How far law, musts, pins and contracts are broken, spot by spot.

    Parameters
    ----------
    rulebook
        The rules in force.
    findings
        Of the roster as it stood.
    """

    def __init__(self, rulebook: Rulebook, findings: Iterable[Finding]) -> None:
        self._rulebook = rulebook
        self._known = [one for one in findings if one.stance in ALL]
        self._amounts = self._by_spot(self._known)

    def allow(self, findings: Iterable[Finding]) -> None:
        """Let what is found be broken as far too."""
        found = [one for one in findings if one.stance in ALL]
        self._known += found
        self._amounts |= self._by_spot(found)

    def allowed(self, spot: Spot) -> int:
        """Return how far a limit may be broken, in the unit of its facet."""
        return self._amounts[spot]

    def beyond(
        self, findings: Sequence[Finding], stances: Collection[Stance] = ALL
    ) -> tuple[Finding, ...]:
        """Return the findings of limits that are broken more than they may be."""
        found = [one for one in findings if one.stance in stances]
        spots = {
            spot
            for spot, amount in self._by_spot(found).items()
            if amount > self._amounts[spot]
        }
        new = [one for one in found if self._spot(one) in spots]
        unknown = [one for one in new if one not in self._known]
        return tuple(unknown)

    def hold(
        self, model: RosterModel, cp: CpModel, stances: Collection[Stance] = ALL
    ) -> LinearSum:
        """Ask a model, or a clone of it, to keep to this.

        Parameters
        ----------
        stances
            Whose limits are held.  Those of the others may be broken, which costs.

        Returns
        -------
        LinearSum
            What that costs (`PRICES`).
        """
        price = LinearSum()
        for spot, facet, terms in model.spots():
            allowed = self._amounts[spot]
            if facet.stance in stances:
                cp.add(total_of(terms) <= allowed)
            elif facet.stance in PRICES:
                most = sum(slack.domain.max() * times for slack, times in terms)
                beyond = cp.new_int_var(0, max(0, most - allowed), "beyond standard")
                cp.add(total_of(terms) - beyond <= allowed)
                each = PRICES[facet.stance] * facet.weight
                price += LinearSum.of([beyond], each, upper=max(0, most - allowed))
        return price

    def _by_spot(self, findings: Iterable[Finding]) -> Counter[Spot]:
        amounts: Counter[Spot] = Counter()
        for finding in findings:
            amounts[self._spot(finding)] += finding.amount
        return amounts

    def _spot(self, finding: Finding) -> Spot:
        return spot_of(finding, self._rulebook[finding.rule])
