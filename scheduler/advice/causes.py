"""Why a limit cannot be kept: the conditions that together force it to be broken.

Deletion tests on the soft model: the limit is asked to be kept, everything on its
level and above is held as well as the best roster holds it, and conditions are left out
as long as still no roster exists (QuickXplain's division, after Junker 2004).  Every
roster found on the way is remembered: it shows that what it violates cannot all be
left out, so many tests need no search.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from scheduler.advice.offers import Offers, to_be_mended
from scheduler.constraints.language.scope import total_of
from scheduler.domain.advice import Cause
from scheduler.domain.agreements import Concession, Spot
from scheduler.domain.finding import LEVELS, Stance
from scheduler.rulebook.spots import spot_of
from scheduler.solver.standing.widening import widen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.scope import Terms
    from scheduler.domain.finding import Finding
    from scheduler.rulebook import Rulebook
    from scheduler.solver.search import Search
    from scheduler.solver.standing.month import StandingMonth

ANY = 100_000
"""More than any limit can give way."""


class _Charged(NamedTuple):
    """How a limit is held, and the slacks charged to it."""

    stance: Stance
    terms: Terms


class Causes:
    """The causes of what the best roster of a month breaks.

    Parameters
    ----------
    month
        The month, its best roster, and what of it can change.
    findings
        What the audit found in the roster.
    search
        Clock and set-up of its own.

    Attributes
    ----------
    unexplained
        Broken limits for which no cause was found in time.
    """

    def __init__(
        self, month: StandingMonth, findings: Sequence[Finding], search: Search
    ) -> None:
        broken = month.tolerated.beyond(to_be_mended(findings))
        self._search = search
        self._budget = search.budgets.causes
        self._rulebook = month.rulebook
        gives = _gives(Offers(month.problem, broken, month.since), self._rulebook)
        self._baseline = month.varied(month.problem, gives, pins_may_go=True)
        self._model = self._baseline.model
        self._held = self._amounts(to_be_mended(findings))
        self._charged = {
            spot: _Charged(facet.stance, terms)
            for spot, facet, terms in self._model.spots()
            if not month.settled.covers(spot)
        }
        # With people on the phone only what is not legal is worth the time.
        hard = month.since is not None
        asked = self._amounts(f for f in broken if f.stance.is_hard or not hard)
        self._broken = [spot for spot in asked if spot in self._charged]
        self.unexplained: list[Spot] = []

    def find(self) -> Iterator[Cause]:
        """Yield a cause for every broken limit, those of one cause together."""
        waiting = sorted(self._broken, key=self._rank)
        while waiting and not self._search.is_over:
            spot = waiting.pop(0)
            cause = self._cause(spot)
            if cause is None:
                self.unexplained.append(spot)
                continue
            alike = [one for one in waiting if self._is_of(cause, one)]
            waiting = [one for one in waiting if one not in alike]
            yield cause.model_copy(update={"spots": (spot, *alike)})
        self.unexplained.extend(waiting)

    def _amounts(self, broken: Iterable[Finding]) -> Counter[Spot]:
        amounts: Counter[Spot] = Counter()
        for finding in broken:
            amounts[spot_of(finding, self._rulebook[finding.rule])] += finding.amount
        return amounts

    def _rank(self, spot: Spot) -> tuple[int, int]:
        return _STANCES.index(self._charged[spot].stance), -self._held[spot]

    def _is_of(self, cause: Cause, spot: Spot) -> bool:
        """Return whether the same conditions force another limit to be broken as well."""
        conditions = {*cause.spots, *cause.conditions} - {spot}
        cp = self._asked(spot, conditions)
        return self._search.run(
            cp, min(self._budget.first_look, self._search.left)
        ).is_impossible

    # -- one cause -----------------------------------------------------------------

    def _cause(self, spot: Spot) -> Cause | None:
        """Reduce all conditions to those that are needed, and confirm the rest."""
        level = _STANCES.index(self._charged[spot].stance)
        conditions = [
            other
            for other, charged in self._charged.items()
            if other != spot and charged.stance in _STANCES[: level + 1]
        ]
        if self._test(spot, set(conditions)) is not None:
            return None
        reduction = _Reduction(partial(self._violated, spot), set(conditions))
        far = {
            one
            for one in conditions
            if _distance(spot, one) > self._budget.mostly_within
        }
        reduction.leave_out_all(far)
        families: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        for one in sorted(conditions, key=partial(_distance, spot), reverse=True):
            families[one.rule, one.facet].append(one)
        for family in families.values():
            reduction.leave_out(family)
        cp = self._asked(spot, reduction.left)
        if not self._search.confirm(cp, self._budget.last_look).is_impossible:
            return None
        return Cause(
            spots=(spot,),
            conditions=tuple(one for one in conditions if one in reduction.left),
            irreducible=reduction.is_complete,
        )

    def _violated(self, spot: Spot, held: set[Spot]) -> frozenset[Spot] | None:
        """Return what a roster breaks that holds conditions; ``None`` if none exists.

        Raises
        ------
        TimeoutError
            If neither is known in time.
        """
        if self._search.left < self._budget.kept:
            raise TimeoutError
        values = self._test(spot, held)
        if values is None:
            return None
        if not values:
            raise TimeoutError
        return frozenset(
            one
            for one, charged in self._charged.items()
            if sum(values[slack.index] * n for slack, n in charged.terms)
            > self._held[one]
        )

    def _asked(self, spot: Spot, conditions: set[Spot]) -> CpModel:
        """Ask that a limit be kept, and that conditions be held."""
        cp = self._model.cp.clone()
        for one in conditions | {spot}:
            most = 0 if one == spot else self._held[one]
            cp.add(total_of(self._charged[one].terms) <= most)
        return cp

    def _test(self, spot: Spot, conditions: set[Spot]) -> Sequence[int] | None:
        """Return a roster that keeps a limit under conditions, ``None`` if none exists.

        Empty where neither is known in time.  Presolve settles most of the impossible
        ones, and a roster is mostly found near the one made.
        """
        cp = self._asked(spot, conditions)
        found = self._search.run(cp, min(self._budget.first_look, self._search.left))
        if found.is_impossible:
            return None
        if found.values or self._search.is_over:
            return found.values
        around = () if spot.date is None else (spot.date,)
        reaches = self._budget.around
        for near in widen(self._baseline, cp, around, reaches, self._search):
            if near.values:
                return near.values
        self._model.hint(cp, self._baseline.values)
        found = self._search.run(cp, min(self._budget.last_look, self._search.left))
        return None if found.is_impossible else found.values


class _Reduction:
    """Conditions that force something, reduced as far as they go.

    Parameters
    ----------
    violated
        What a roster breaks that holds some conditions; ``None`` if none exists.
    conditions
        They force it, all together.

    Attributes
    ----------
    left
        Those that are needed, or not known not to be.
    is_complete
        Whether each of them was tested.
    """

    def __init__(
        self,
        violated: Callable[[set[Spot]], frozenset[Spot] | None],
        conditions: set[Spot],
    ) -> None:
        self._violated = violated
        self._witnesses: list[frozenset[Spot]] = []
        self.left = conditions
        self.is_complete = True

    def leave_out_all(self, some: set[Spot]) -> None:
        """Leave out some conditions, or none of them."""
        if some and self._can_go(some):
            self.left -= some

    def leave_out(self, some: Sequence[Spot]) -> None:
        """Leave out as many as possible of some conditions, halving where needed."""
        if self._can_go(set(some)):
            self.left -= set(some)
        elif len(some) > 1:
            half = len(some) // 2
            self.leave_out(some[:half])
            self.leave_out(some[half:])

    def _can_go(self, some: set[Spot]) -> bool:
        """Return whether the others still force it."""
        held = self.left - some
        if any(broken.isdisjoint(held) for broken in self._witnesses):
            return False
        try:
            broken = self._violated(held)
        except TimeoutError:
            self.is_complete = False
            return False
        if broken is not None:
            self._witnesses.append(broken)
        return broken is None


_STANCES = (Stance.ENFORCED, *LEVELS)


def _distance(spot: Spot, other: Spot) -> int:
    """Return the dates between two limits; none where one has no date."""
    if spot.date is None or other.date is None:
        return 0
    return abs((spot.date - other.date).days)


def _gives(offers: Offers, rulebook: Rulebook) -> Callable[[Spot], int]:
    """Let every limit that could give way do so, as far as it may be needed.

    What kinds of duty a person does is no condition: it is told as who is able at all.
    """

    def gives(spot: Spot) -> int:
        yields = rulebook[spot.rule].facet[spot.facet].yields
        if spot.facet == "duty" or yields is None:
            return 0
        if yields is Concession.OVERTIME_HOUR or offers.gives(spot):
            return ANY
        return 0

    return gives
