"""Scopes: where a rule states a limit, without knowing whether it is enforced."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import CpModel, LinearExpr

from scheduler.constraints.language.linear import LinearSum, Sums, expression
from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.finding import LEVELS, Stance

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ortools.sat.python.cp_model import IntVar

    from scheduler.rulebook import Facet, Rule

FacetKey = tuple[str, str]
"""Rule id and facet."""

Terms = list[tuple["IntVar", int]]
"""Slacks, each with the units of the facet that one step of it stands for."""


def nothing(spot: Spot) -> int:
    """Let no limit give way."""
    return 0


class Penalties:
    """Every slack, by the spot it belongs to.

    Parameters
    ----------
    agreed
        By spot, the amount that breaks nothing.
    gives
        How much more an enforced limit may give way at a spot.
    """

    def __init__(
        self, agreed: Mapping[Spot, int], gives: Callable[[Spot], int]
    ) -> None:
        self._agreed = agreed
        self._gives = gives
        self._facets: dict[FacetKey, Facet] = {}
        self._spots: dict[Spot, Terms] = defaultdict(list)
        self._levels: dict[Stance, Terms] = defaultdict(list)
        self.inherited: set[FacetKey] = set()
        """Enforced limits that the tail alone breaks."""

    def agreed(self, spot: Spot) -> int:
        """Return the amount that breaks nothing."""
        return self._agreed.get(spot, 0)

    def gives(self, spot: Spot) -> int:
        """Return how much more than agreed an enforced limit may give way."""
        return self._gives(spot)

    def room(self, spot: Spot) -> int:
        """Return how far an enforced limit may be passed."""
        return self.agreed(spot) + self._gives(spot)

    def charge(self, spot: Spot, facet: Facet, slack: IntVar, times: int) -> None:
        """Charge a slack to its spot."""
        self._facets[spot.rule, spot.facet] = facet
        self._spots[spot].append((slack, times))

    def settle(self, cp: CpModel) -> None:
        """Subtract agreed amounts from the penalties; call once, after all rules."""
        for spot, agreed in self._agreed.items():
            terms = self._spots.get(spot)
            if terms:
                most = sum(slack.domain.max() * times for slack, times in terms)
                facet = self._facets[spot.rule, spot.facet]
                if facet.stance is Stance.ENFORCED:
                    most = self.room(spot)
                beyond = cp.new_int_var(0, max(0, most - agreed), "beyond agreement")
                cp.add(total_of(terms) - beyond <= agreed)
                self._spots[spot] = [(beyond, 1)]
        for spot, terms in self._spots.items():
            facet = self._facets[spot.rule, spot.facet]
            if facet.stance in LEVELS:
                weighed = ((slack, times * facet.weight) for slack, times in terms)
                self._levels[facet.stance].extend(weighed)

    def objective(self, level: Stance) -> LinearExpr | None:
        """Return the sum of weight x amount of a level; ``None`` if it has no limit."""
        charged = self._levels[level]
        return total_of(charged) if charged else None

    def value(self, level: Stance, values: Sequence[int]) -> int:
        """Return a level's objective at variable values, by index."""
        return sum(values[s.index] * weight for s, weight in self._levels[level])

    def spots(self) -> Iterator[tuple[Spot, Facet, Terms]]:
        """Yield what is charged at each spot, of enforced limits too."""
        for spot, terms in self._spots.items():
            yield spot, self._facets[spot.rule, spot.facet], terms

    def amounts(self, value: Callable[[IntVar], int]) -> dict[FacetKey, int]:
        """Return the amount on every soft limit, by rule and facet."""
        amounts: dict[FacetKey, int] = defaultdict(int)
        for spot, facet, terms in self.spots():
            if facet.stance in LEVELS:
                amounts[spot.rule, spot.facet] += sum(value(s) * n for s, n in terms)
        return dict(amounts)


class Scope:
    """One limit of one rule, for as many people, dates or moments as it has.

    Rules see no weight, level or slack here beyond asking for one that several
    statements share: how strictly the limit is held is the record's business.
    """

    def __init__(
        self,
        cp: CpModel,
        penalties: Penalties,
        rule: Rule,
        facet: str,
        spot: Spot | None = None,
    ) -> None:
        self._cp = cp
        self._penalties = penalties
        self._rule = rule
        self._name = facet
        self._facet = rule.facet[facet]
        self._spot = spot or Spot(rule=rule.id, facet=facet)

    def at(
        self, *, staff: str = "", date: dt.date | None = None, name: str = ""
    ) -> Scope:
        """Return the scope of the limit at one person, date or cover rule.

        Of what is given, the record's ``about`` says what makes a spot.
        """
        about = self._facet.about
        spot = Spot(
            rule=self._rule.id,
            facet=self._name,
            staff=StaffId(staff if "staff" in about else ""),
            date=date if "date" in about else None,
            name=name if "name" in about else "",
        )
        return Scope(self._cp, self._penalties, self._rule, self._name, spot)

    def slack(self, most: int, times: int = 1) -> IntVar | None:
        """Return a slack that several statements may share, or none if enforced.

        Parameters
        ----------
        most
            Largest amount it can be needed for.
        times
            Units of the facet that one step of the slack stands for.
        """
        if self._facet.stance is Stance.ENFORCED:
            most = min(most, self._penalties.room(self._spot) // times)
            if most <= 0:
                return None
        slack = self._cp.new_int_var(0, most, "/".join(self._key))
        self.charge(slack, times)
        return slack

    @property
    def _key(self) -> FacetKey:
        return self._rule.id, self._name

    def charge(self, slack: IntVar, times: int) -> None:
        """Charge a slack of another limit once more, ``times`` units a step."""
        if self._facet.stance is not Stance.REPORT:
            self._penalties.charge(self._spot, self._facet, slack, times)

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
        enforced = self._facet.stance is Stance.ENFORCED
        if enforced and reachable is not None and reachable < bound:
            self._inherit((bound - reachable) * times)
            bound = reachable
        short = bound - total.lowest
        if short > 0:
            if slack is None:
                slack = self.slack(short, times)
            self._cp.add(expression(total, slack, 1) >= bound)

    def always_at_most(self, total: LinearSum, bound: int) -> None:
        """Ask that ``total <= bound``, whatever is agreed on or stands."""
        if total.highest > bound:
            self._cp.add(expression(total) <= bound)

    def _inherit(self, amount: int) -> None:
        """Note that the tail alone breaks the limit.

        Where the spot gives way for what stands, that is part of what stands.
        """
        self._penalties.inherited.add(self._key)
        if self._penalties.gives(self._spot):
            self.charge(self._cp.new_constant(1), amount)

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
        if self._facet.stance is Stance.ENFORCED and total.lowest > bound:
            agreed = self._penalties.agreed(self._spot)
            if total.lowest > bound + agreed:
                self._inherit((total.lowest - agreed - bound) * times)
            bound = max(bound, total.lowest - agreed)
        over = total.highest - bound
        if over > 0:
            if slack is None:
                slack = self.slack(over, times)
            self._cp.add(expression(total, slack, -1) <= bound)


class Objectives(Sums):
    """A model with the penalties of its levels, and what aims a search at them.

    Parameters
    ----------
    cp
        The solver's model.
    agreed
        By spot, the amount that breaks nothing.
    gives
        How much more an enforced limit may give way at a spot.
    """

    def __init__(
        self,
        cp: CpModel,
        agreed: Mapping[Spot, int],
        gives: Callable[[Spot], int] = nothing,
    ) -> None:
        super().__init__(cp)
        self._penalties = Penalties(agreed, gives)

    def scope(self, rule: Rule, facet: str) -> Scope:
        """Open the scope of one limit of a rule."""
        return Scope(self.cp, self._penalties, rule, facet)

    @property
    def inherited(self) -> frozenset[FacetKey]:
        """Enforced limits that the tail alone breaks, by rule and facet."""
        return frozenset(self._penalties.inherited)

    def aim(self, penalty: LinearExpr | None, start: Sequence[int] = ()) -> None:
        """Make a penalty the objective, and a roster's values the hint."""
        self.cp.clear_objective()  # type: ignore[no-untyped-call]
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        if penalty is not None:
            self.cp.minimize(penalty)
        for index, value in enumerate(start):
            self.cp.add_hint(self.variable(index), value)

    def penalty(self, level: Stance) -> LinearExpr | None:
        """Return a level's objective; ``None`` if nothing is charged on it."""
        return self._penalties.objective(level)

    def penalty_at(self, level: Stance, values: Sequence[int]) -> int:
        """Return a level's objective at variable values, by index."""
        return self._penalties.value(level, values)

    def spots(self) -> Iterator[tuple[Spot, Facet, Terms]]:
        """Yield what is charged at each spot, of enforced limits that give way too."""
        return self._penalties.spots()

    def amounts(self, value: Callable[[IntVar], int]) -> dict[FacetKey, int]:
        """Return the amount on every soft limit, by rule and facet."""
        return self._penalties.amounts(value)

    def hint(self, cp: CpModel, values: Mapping[int, int]) -> None:
        """Begin a search of a clone at values, by variable index."""
        size = len(self.cp.proto.variables)
        for index, value in values.items():
            if index < size:
                cp.add_hint(self.variable(index), value)

    def variable(self, index: int) -> IntVar:
        """Return the variable of an index."""
        return self.cp.get_int_var_from_proto_index(index)


def total_of(terms: Terms) -> LinearExpr:
    """Return what slacks amount to."""
    return LinearExpr.weighted_sum([slack for slack, _ in terms], [n for _, n in terms])
