"""Scopes: how rules post limits without knowing whether they are hard or soft."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from scheduler.constraints.language.linear import LinearSum, Sums, expression
from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.office import Hold
from scheduler.domain.problem import Problem
from scheduler.rulebook import Facet, Rule, rules_of

FacetKey = tuple[str, str]
"""Rule id and facet."""

Terms = list[tuple[IntVar, int]]
"""Slacks, each with the number of the facet's units that one step of it is worth."""


def no_relaxation(spot: Spot) -> int:
    """Return 0: no limit may be exceeded."""
    return 0


class Scope:
    """One limit (facet) of one rule, and the methods that post it on the model.

    How strictly the limit is held is set by the rule's record: a scope adds a slack for
    a soft limit and none for an enforced one.  Rules see no weights or levels, and a
    slack only where several constraints share it.
    """

    def __init__(
        self, model: Objectives, rule: Rule, facet: str, spot: Spot | None = None
    ) -> None:
        self._model = model
        self._cp = model.cp
        self._rule = rule
        self._name = facet
        self._facet = rule.facet[facet]
        self._spot = spot or Spot(rule=rule.id, facet=facet)

    def at(
        self, *, staff: str = "", date: dt.date | None = None, name: str = ""
    ) -> Scope:
        """Return the scope of the limit for one person, date or cover rule.

        Only the arguments named in the facet's ``about`` become part of the spot.
        """
        about = self._facet.about
        spot = Spot(
            rule=self._rule.id,
            facet=self._name,
            staff=StaffId(staff if "staff" in about else ""),
            date=date if "date" in about else None,
            name=name if "name" in about else "",
        )
        return Scope(self._model, self._rule, self._name, spot)

    def slack(self, most: int, times: int = 1) -> IntVar | None:
        """Return a slack that several constraints may share; ``None`` if enforced.

        Parameters
        ----------
        most
            Largest value that the slack can need, in its own steps.
        times
            Units of the facet that one step of the slack is worth.
        """
        if self._facet.stance is Stance.ENFORCED:
            most = min(most, self._model.allowance(self._spot) // times)
            if most <= 0:
                return None
        slack = self._cp.new_int_var(0, most, "/".join(self._key))
        self.charge(slack, times)
        return slack

    @property
    def _key(self) -> FacetKey:
        return self._rule.id, self._name

    def charge(self, slack: IntVar, times: int) -> None:
        """Charge an existing slack to this limit, ``times`` units a step."""
        if self._facet.stance is not Stance.REPORT:
            self._model.charge(self._spot, self._facet, slack, times)

    def at_least(
        self,
        total: LinearSum,
        bound: int,
        *,
        times: int = 1,
        slack: IntVar | None = None,
        reachable: int | None = None,
    ) -> None:
        """Post ``total + slack >= bound``, a slack of its own in the sum's own steps.

        Hours that come in shifts of four cannot be short by one: a bound of solvers is
        then rounded up to the next shift.

        ``reachable`` is the largest total that the tail leaves possible.  If an
        enforced bound is above it, the bound is lowered to it and the limit is recorded
        as inherited, so that a broken tail does not make the model infeasible.
        """
        enforced = self._facet.stance is Stance.ENFORCED
        if enforced and reachable is not None and reachable < bound:
            self._inherit((bound - reachable) * times)
            bound = reachable
        if slack is None:
            total, bound, step = total.in_steps(bound)
            times *= step
        short = bound - total.lowest
        if short > 0:
            if slack is None:
                slack = self.slack(short, times)
            self._cp.add(expression(total, slack, 1) >= bound)

    def all_at_least(self, totals: Sequence[LinearSum], times: int = 1) -> None:
        """Post ``total >= 0`` for each sum; one slack takes the largest shortfall."""
        most = max(-total.lowest for total in totals)
        slack = self.slack(most, times) if most > 0 else None
        for total in totals:
            self.at_least(total, 0, times=times, slack=slack)

    def all_at_most(self, totals: Iterable[LinearSum], bound: int) -> None:
        """Post ``total <= bound`` for each sum; breaches by one, of any, count once."""
        over = [total for total in totals if total.highest > bound]
        slack = self.slack(1) if over else None
        for total in over:
            self.at_most(total, bound, slack=slack)

    def always_at_most(self, total: LinearSum, bound: int) -> None:
        """Post ``total <= bound`` as a hard constraint, without agreements or slack."""
        if total.highest > bound:
            self._cp.add(expression(total) <= bound)

    def _inherit(self, amount: int) -> None:
        """Record that the tail alone breaks the limit.

        Where the limit may be exceeded at this spot, the amount is charged as a
        constant.
        """
        self._model.inherited.add(self._key)
        if self._model.relaxation(self._spot):
            self.charge(self._cp.new_constant(1), amount)

    def at_most(
        self,
        total: LinearSum,
        bound: int,
        *,
        times: int = 1,
        slack: IntVar | None = None,
    ) -> None:
        """Post ``total - slack <= bound``, a slack of its own in the sum's own steps.

        If the tail alone exceeds an enforced bound, the limit is recorded as inherited
        and the bound raised, so that only further excess is forbidden.
        """
        if self._facet.stance is Stance.ENFORCED and total.lowest > bound:
            agreed = self._model.agreed(self._spot)
            if total.lowest > bound + agreed:
                self._inherit((total.lowest - agreed - bound) * times)
            bound = max(bound, total.lowest - agreed)
        if slack is None:
            total, bound, step = total.in_steps(bound)
            times *= step
        over = total.highest - bound
        if over > 0:
            if slack is None:
                slack = self.slack(over, times)
            self._cp.add(expression(total, slack, -1) <= bound)


class Objectives(Sums):
    """A CP-SAT model with the slacks of all limits, by spot, and objectives of them.

    Parameters
    ----------
    agreed
        By spot, the amount by which its limit may be exceeded free of charge.
    relaxation
        Returns how much further an enforced limit may be exceeded at a spot.

    Attributes
    ----------
    inherited
        Enforced limits that the tail alone breaks, by rule and facet.
    """

    def __init__(
        self,
        cp: CpModel,
        agreed: Mapping[Spot, int],
        relaxation: Callable[[Spot], int] = no_relaxation,
    ) -> None:
        super().__init__(cp)
        self.relaxation = relaxation
        self._agreed = agreed
        self._facets: dict[FacetKey, Facet] = {}
        self._spots: dict[Spot, Terms] = defaultdict(list)
        self._levels: dict[Stance, Terms] = defaultdict(list)
        self.inherited: set[FacetKey] = set()

    def scope(self, rule: Rule, facet: str) -> Scope:
        """Return the scope of one limit of a rule."""
        return Scope(self, rule, facet)

    def held(self, rule: Rule, hold: Hold, facet: str = "") -> Scope | None:
        """Return the scope of a limit as the office holds it; ``None``: not at all."""
        return None if hold is Hold.OFF else self.scope(rule, facet + hold.value)

    def agreed(self, spot: Spot) -> int:
        """Return the agreed amount at a spot, which is free of charge."""
        return self._agreed.get(spot, 0)

    def allowance(self, spot: Spot) -> int:
        """Return how far an enforced limit may be exceeded in all."""
        return self.agreed(spot) + self.relaxation(spot)

    def charge(self, spot: Spot, facet: Facet, slack: IntVar, times: int) -> None:
        """Add a slack to the penalty of its spot, ``times`` units a step."""
        self._facets[spot.rule, spot.facet] = facet
        self._spots[spot].append((slack, times))

    def settle(self) -> None:
        """Subtract agreed amounts from the penalties; call once, after all rules."""
        for spot, agreed in self._agreed.items():
            terms = self._spots.get(spot)
            if terms:
                facet = self._facets[spot.rule, spot.facet]
                is_enforced = facet.stance is Stance.ENFORCED
                most = self.allowance(spot) if is_enforced else None
                # The agreed amount is free: only what lies beyond it is charged.
                self._spots[spot] = excess(self.cp, terms, agreed, most).terms
        for _spot, facet, terms in self.spots():
            if facet.stance in LEVELS:
                weighed = ((slack, times * facet.weight) for slack, times in terms)
                self._levels[facet.stance].extend(weighed)

    def take(self, other: Objectives, house: str) -> None:
        """Take over the settled penalties of one house on the same CP-SAT model."""
        self._facets.update(other._facets)
        self.inherited |= other.inherited
        for spot, terms in other._spots.items():
            self._spots[spot.model_copy(update={"house": house})] = terms
        for level, terms in other._levels.items():
            self._levels[level].extend(terms)

    def aim(self, penalty: LinearExpr | None, start: Sequence[int] = ()) -> None:
        """Set the objective to a penalty, and the hints to the values of a roster."""
        self.cp.clear_objective()  # type: ignore[no-untyped-call]
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        if penalty is not None:
            self.cp.minimize(penalty)
        for index, value in enumerate(start):
            self.cp.add_hint(self.variable(index), value)

    def penalty(self, level: Stance) -> LinearExpr | None:
        """Return a level's sum of weight x amount; ``None`` if it has no limit."""
        charged = self._levels[level]
        return total_of(charged) if charged else None

    def highest(self, level: Stance) -> int:
        """Return the most that a level's objective can come to, by its domains."""
        return sum(slack.domain.max() * weight for slack, weight in self._levels[level])

    def penalty_at(self, level: Stance, values: Sequence[int]) -> int:
        """Return the value of a level's objective, given variable values by index."""
        return sum(values[s.index] * weight for s, weight in self._levels[level])

    def spots(self) -> Iterator[tuple[Spot, Facet, Terms]]:
        """Yield each spot with its facet and slacks, those of enforced limits too."""
        for spot, terms in self._spots.items():
            yield spot, self._facets[spot.rule, spot.facet], terms

    def hint(self, cp: CpModel, values: Mapping[int, int]) -> None:
        """Add values, by variable index, as hints to a clone of the model."""
        size = len(self.cp.proto.variables)
        for index, value in values.items():
            # The values may come from a clone with variables of its own.
            if index < size:
                cp.add_hint(self.variable(index), value)

    def variable(self, index: int) -> IntVar:
        """Return the variable with an index."""
        return self.cp.get_int_var_from_proto_index(index)


def total_of(terms: Terms) -> LinearExpr:
    """Return the sum of slacks, each times its units a step."""
    return LinearExpr.weighted_sum([slack for slack, _ in terms], [n for _, n in terms])


def excess(
    cp: CpModel, terms: Terms, allowed: int, most: int | None = None
) -> LinearSum:
    """Return a variable of at least what slacks come to beyond what is allowed.

    Only this lower bound is posted: for amounts that a search wants small.

    Parameters
    ----------
    most
        The most that the slacks come to; by default what their domains allow.
    """
    if most is None:
        most = sum(slack.domain.max() * times for slack, times in terms)
    most = max(0, most - allowed)
    beyond = cp.new_int_var(0, most, "beyond")
    cp.add(total_of(terms) - beyond <= allowed)
    return LinearSum.of([beyond], upper=most)


def agreed_amounts(problem: Problem) -> Counter[Spot]:
    """Return the agreed amount at each spot where the facet allows agreements."""
    rulebook, agreed = rules_of(problem), Counter[Spot]()
    for agreement in problem.agreements:
        spot = agreement.spot
        if rulebook.facet_of(spot).yields is not None:
            agreed[spot] += agreement.amount
    return agreed
