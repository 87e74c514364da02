"""Scopes: where a rule states a limit, without knowing whether it is enforced."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import CpModel, LinearExpr

from scheduler.domain.stance import LEVELS, Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ortools.sat.python.cp_model import IntVar

    from scheduler.modelling.linear import LinearSum
    from scheduler.rulebook import Rule

FacetKey = tuple[str, str]
"""Rule id and facet."""


class Penalties:
    """Every slack that was charged, on its level and on its facet."""

    def __init__(self) -> None:
        self._levels: dict[Stance, list[tuple[IntVar, int]]] = defaultdict(list)
        self._facets: dict[FacetKey, list[tuple[IntVar, int]]] = defaultdict(list)
        self.inherited: set[FacetKey] = set()
        """Enforced limits that the tail alone breaks."""

    def charge(
        self, stance: Stance, key: FacetKey, slack: IntVar, times: int, weight: int
    ) -> None:
        """Put a slack on its level's objective and on its facet's amount."""
        if stance in LEVELS:
            self._levels[stance].append((slack, times * weight))
            self._facets[key].append((slack, times))

    def objective(self, level: Stance) -> LinearExpr | None:
        """Return the sum of weight x amount of a level; ``None`` if it has no limit."""
        charged = self._levels[level]
        if not charged:
            return None
        return LinearExpr.weighted_sum(
            [slack for slack, _ in charged], [weight for _, weight in charged]
        )

    def value(self, level: Stance, values: Sequence[int]) -> int:
        """Return a level's objective at variable values, by index."""
        return sum(values[s.index] * weight for s, weight in self._levels[level])

    def amounts(self, value: Callable[[IntVar], int]) -> dict[FacetKey, int]:
        """Return the amount on every soft limit, by rule and facet."""
        return {
            key: sum(value(slack) * times for slack, times in slacks)
            for key, slacks in self._facets.items()
        }


class Scope:
    """One limit of one rule, for as many people, dates or moments as it has.

    Rules see no weight, level or slack here beyond asking for one that several
    statements share: how strictly the limit is held is the record's business.
    """

    def __init__(
        self, cp: CpModel, penalties: Penalties, rule: Rule, facet: str
    ) -> None:
        self._cp = cp
        self._penalties = penalties
        self._key = (rule.id, facet)
        self._stance = rule.facet[facet].stance
        self._weight = rule.facet[facet].weight

    def slack(self, most: int, times: int = 1) -> IntVar | None:
        """Return a slack that several statements may share, or none if enforced.

        Parameters
        ----------
        most
            Largest amount it can be needed for.
        times
            Units of the facet that one step of the slack stands for.
        """
        if self._stance is Stance.ENFORCED:
            return None
        slack = self._cp.new_int_var(0, most, "/".join(self._key))
        self.charge(slack, times)
        return slack

    def charge(self, slack: IntVar, times: int) -> None:
        """Charge a slack of another limit once more, ``times`` units a step."""
        self._penalties.charge(self._stance, self._key, slack, times, self._weight)

    def at_least(
        self,
        total: LinearSum,
        bound: int,
        *,
        times: int = 1,
        slack: IntVar | None = None,
        reachable: int | None = None,
    ) -> None:
        """Ask that ``total >= bound``, up to the slack.

        ``reachable`` is the most that the tail leaves possible; where an enforced
        limit lies above it, only so much is asked and the limit noted as inherited.
        """
        enforced = self._stance is Stance.ENFORCED
        if enforced and reachable is not None and reachable < bound:
            self._penalties.inherited.add(self._key)
            bound = reachable
        short = bound - total.lowest
        if short > 0:
            if slack is None:
                slack = self.slack(short, times)
            self._cp.add(expression(total, slack, 1) >= bound)

    def at_most(
        self,
        total: LinearSum,
        bound: int,
        *,
        times: int = 1,
        slack: IntVar | None = None,
    ) -> None:
        """Ask that ``total <= bound``, up to the slack.

        An enforced limit that the tail alone passes is noted as inherited and asks
        that nothing be added to it.
        """
        if self._stance is Stance.ENFORCED and total.lowest > bound:
            self._penalties.inherited.add(self._key)
            bound = total.lowest
        over = total.highest - bound
        if over > 0:
            if slack is None:
                slack = self.slack(over, times)
            self._cp.add(expression(total, slack, -1) <= bound)


def expression(
    total: LinearSum, slack: IntVar | None = None, sign: int = 1
) -> LinearExpr:
    """Return ``total + sign * slack`` as the solver's expression."""
    variables = [variable for variable, _ in total.terms]
    coefficients = [coefficient for _, coefficient in total.terms]
    if slack is not None:
        variables.append(slack)
        coefficients.append(sign)
    return LinearExpr.weighted_sum(variables, coefficients) + total.constant
