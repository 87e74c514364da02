"""What a changed roster is held against, also by a model in which it may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit import standard
from scheduler.audit.standard import ALL, LAW
from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.scope import total_of
from scheduler.domain.finding import Stance

if TYPE_CHECKING:
    from collections.abc import Collection

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.roster_model import RosterModel

__all__ = ["ALL", "LAW", "PRICES", "Standard"]

PRICES = {
    Stance.PINNED: 1_000_000_000,
    Stance.STATUTORY: 1_000_000,
    Stance.MUST: 100,
    Stance.CONTRACT: 1,
}
"""What it costs to break a limit more than it was, by unit and weight of its facet: a
minute of law more than any must, a must more than any contract."""


class Standard(standard.Standard):
    """How far limits are broken by the audit, to be kept by a model."""

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
            allowed = self.allowed(spot)
            if facet.stance in stances:
                cp.add(total_of(terms) <= allowed)
            elif facet.stance in PRICES:
                most = sum(slack.domain.max() * times for slack, times in terms)
                beyond = cp.new_int_var(0, max(0, most - allowed), "beyond standard")
                cp.add(total_of(terms) - beyond <= allowed)
                each = PRICES[facet.stance] * facet.weight
                price += LinearSum.of([beyond], each, upper=max(0, most - allowed))
        return price
