"""Causes: irreducible sets of conditions that force a limit to be broken.

Deletion tests on the soft model: the limit is required to be kept, every condition on
its level and above is held at its amount in the best roster, and conditions are removed
as long as the model stays infeasible (divided as in QuickXplain, Junker 2004).  Every
roster found on the way is kept as a witness: the conditions that it violates cannot all
be removed, so many tests need no search.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from ortools.sat.python.cp_model import CpModel

from scheduler.advice.offers import Offers, to_be_mended
from scheduler.constraints.language.scope import Terms, total_of
from scheduler.domain.advice import Cause
from scheduler.domain.agreements import Concession, Spot
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.rulebook import Rulebook
from scheduler.solver.search import Search
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.standing.widening import widen

ANY = 100_000
"""More than any limit can be exceeded."""


class _Charged(NamedTuple):
    """The stance of a limit at a spot, and its slacks."""

    stance: Stance
    terms: Terms


class Causes:
    """Finds the causes of the limits that the best roster of a month breaks.

    Parameters
    ----------
    short
        Stances for whose breaches causes are looked for; all if not given.
    known
        Whether the cause of a limit is known already, so that none is looked for.
    proven
        Levels of which a search has proven, and another confirmed, that something must
        be broken while the levels above keep their values.

    Attributes
    ----------
    unexplained
        Broken limits for which no cause was found in time.
    """

    def __init__(
        self,
        month: StandingMonth,
        findings: Sequence[Finding],
        search: Search,
        short: Collection[Stance] | None = None,
        known: Callable[[Spot], bool] = lambda _spot: False,
        proven: Collection[Stance] = (),
    ) -> None:
        broken = month.tolerated.beyond(to_be_mended(findings))
        self._search = search
        self._budget = search.budgets.causes
        self._rulebook = month.rulebook
        relaxation = _relaxation(
            Offers(month.problem, broken, month.since), self._rulebook
        )
        self._baseline = month.varied(month.problem, relaxation, pins_may_go=True)
        self._model = self._baseline.model
        self._held = self._amounts(to_be_mended(findings))
        self._charged = {
            spot: _Charged(facet.stance, terms)
            for spot, facet, terms in self._model.spots()
            if not month.settled.covers(spot)
        }
        # Once the month has begun there is time only for what is not legal.
        hard = month.since is not None
        asked = self._amounts(
            one
            for one in broken
            if (one.stance.is_hard or not hard)
            and (short is None or one.stance in short)
        )
        self._broken = [
            spot for spot in asked if spot in self._charged and not known(spot)
        ]
        self._proven = proven
        self.unexplained: list[Spot] = []

    def find(self) -> Iterator[Cause]:
        """Yield the causes of all broken limits; limits may share a cause."""
        waiting = sorted(self._broken, key=self._rank)
        while waiting and not self._search.is_stopped:
            spot = waiting.pop(0)
            cause = self._of_many(spot)
            if cause is None and not self._search.is_over:
                cause = self._cause(spot)
            if cause is None:
                cause = self._of_level(spot)
            if cause is not None and len(cause.spots) > 1:
                yield cause
                waiting = [one for one in waiting if one not in cause.spots]
                continue
            if cause is None:
                self.unexplained.append(spot)
                continue
            alike = [one for one in waiting if self._is_of(cause, one)]
            waiting = [one for one in waiting if one not in alike]
            yield cause.model_copy(update={"spots": (spot, *alike)})
        self.unexplained.extend(waiting)

    def _amounts(self, broken: Iterable[Finding]) -> Counter[Spot]:
        """Return the total amount broken at each spot."""
        amounts: Counter[Spot] = Counter()
        for finding in broken:
            amounts[self._rulebook.spot_of(finding)] += finding.amount
        return amounts

    def _rank(self, spot: Spot) -> tuple[int, int]:
        """Return a sort key: the strictest level first, then the largest amount."""
        return _STANCES.index(self._charged[spot].stance), -self._held[spot]

    def _is_of(self, cause: Cause, spot: Spot) -> bool:
        """Return whether a cause forces another limit to be broken as well."""
        conditions = {*cause.spots, *cause.conditions} - {spot}
        cp = self._asked((spot,), conditions)
        return self._search.run(
            cp, min(self._budget.first_look, self._search.left)
        ).is_impossible

    # -- one cause -----------------------------------------------------------------

    def _cause(self, spot: Spot) -> Cause | None:
        """Return the cause of a broken limit, or None if none is confirmed."""
        conditions = self._conditions((spot,))
        if self._test((spot,), set(conditions)) is not None:
            return None
        reduction = Reduction(partial(self._violated, (spot,)), set(conditions))
        far = {
            one
            for one in conditions
            if _distance(spot, one) > self._budget.mostly_within
        }
        reduction.leave_out_sets([far])
        far_first = sorted(conditions, key=partial(_distance, spot), reverse=True)
        for family in parts_of(far_first, _limit):
            reduction.leave_out_sets([{one} for one in family])
        cp = self._asked((spot,), reduction.left)
        if not self._search.confirm(cp, self._budget.last_look).is_impossible:
            return None
        return Cause(
            spots=(spot,),
            conditions=tuple(one for one in conditions if one in reduction.left),
            irreducible=reduction.is_complete,
        )

    def _level_of(self, spot: Spot) -> list[Spot]:
        """Return all broken limits of a limit's level."""
        stance = self._charged[spot].stance
        return [one for one in self._broken if self._charged[one].stance is stance]

    def _of_many(self, spot: Spot) -> Cause | None:
        """Return why not all broken limits of a level can be kept, if they are many.

        That one of them could be kept with the others as they are is as hard to refute
        as a better roster; that all could is mostly refuted in a second.
        """
        level = self._level_of(spot)
        if len(level) <= self._budget.few or self._search.is_over:
            return None
        conditions = self._conditions(level)
        if self._test(level, set(conditions), is_brief=True) is not None:
            return None
        return self._cause_of_all(level, conditions)

    def _of_level(self, spot: Spot) -> Cause | None:
        """Return why not all broken limits of a level that is proven short can be kept.

        That is proven with everything held, where no test of a single limit ends in
        time.
        """
        if self._charged[spot].stance not in self._proven:
            return None
        level = self._level_of(spot)
        return self._cause_of_all(level, self._conditions(level))

    def _cause_of_all(
        self, spots: Sequence[Spot], conditions: Sequence[Spot]
    ) -> Cause | None:
        """Return a part of conditions that forces one of some limits to be broken.

        Whole families of conditions are left out, then all that is said of a person,
        then of a week; what is left is perhaps not all needed.  If that is not
        confirmed, all of them do of a level that is proven short, else ``None``.
        """
        violated = partial(self._violated, spots, is_brief=True)
        reduction = Reduction(violated, set(conditions))
        unlike_first = sorted(
            parts_of(conditions, _limit), key=partial(_is_alike, spots)
        )
        reduction.leave_out_sets(unlike_first)
        for part in (attrgetter("staff"), _week):
            held = (one for one in conditions if one in reduction.left)
            reduction.leave_out_sets(parts_of(held, part))
        told = tuple(one for one in conditions if one in reduction.left)
        is_proven = self._charged[spots[0]].stance in self._proven
        if len(told) < len(conditions) or not is_proven:
            cp = self._asked(spots, reduction.left)
            most = max(self._budget.last_look, self._search.left / 2)
            if not self._search.confirm(cp, most).is_impossible:
                if not is_proven:
                    return None
                told = tuple(conditions)
        return Cause(spots=tuple(spots), conditions=told, irreducible=False)

    def _conditions(self, spots: Collection[Spot]) -> list[Spot]:
        """Return the other limits of the same level and above."""
        level = max(_STANCES.index(self._charged[spot].stance) for spot in spots)
        return [
            other
            for other, charged in self._charged.items()
            if other not in spots and charged.stance in _STANCES[: level + 1]
        ]

    def _violated(
        self, spots: Collection[Spot], held: set[Spot], *, is_brief: bool = False
    ) -> frozenset[Spot] | None:
        """Return what a roster violates that keeps limits and holds conditions.

        ``None`` if no such roster exists.

        Raises
        ------
        TimeoutError
            If time is up before either is known.
        """
        if self._search.left < self._budget.kept:
            raise TimeoutError
        values = self._test(spots, held, is_brief=is_brief)
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

    def _asked(self, spots: Collection[Spot], conditions: set[Spot]) -> CpModel:
        """Return the model with limits kept and conditions held at their amounts."""
        cp = self._model.cp.clone()
        for one in conditions.union(spots):
            most = 0 if one in spots else self._held[one]
            cp.add(total_of(self._charged[one].terms) <= most)
        return cp

    def _test(
        self, spots: Collection[Spot], conditions: set[Spot], *, is_brief: bool = False
    ) -> Sequence[int] | None:
        """Return a roster that keeps limits under conditions, ``None`` if none exists.

        Values by variable index; empty if time is up before either is known.  Presolve
        proves most infeasible cases, and a roster is mostly found near the current one.
        A brief test is a single search.
        """
        cp = self._asked(spots, conditions)
        budget = self._budget
        most = budget.last_look if is_brief else budget.first_look
        found = self._search.run(cp, min(most, self._search.left))
        if found.is_impossible:
            return None
        if found.values or is_brief or self._search.is_over:
            return found.values
        around = {spot.date for spot in spots if spot.date is not None}
        for near in widen(self._baseline, cp, around, budget.around, self._search):
            if near.values:
                return near.values
        self._model.hint(cp, self._baseline.values)
        found = self._search.run(cp, min(budget.last_look, self._search.left))
        return None if found.is_impossible else found.values


_STANCES = (Stance.ENFORCED, *LEVELS)


def _is_alike(spots: Iterable[Spot], family: Sequence[Spot]) -> bool:
    """Return whether the rule of a family is of the kind of one of some limits.

    Contracts are mostly against contracts, and law against law.
    """
    return family[0].rule[0] in {spot.rule[0] for spot in spots}


def _limit(spot: Spot) -> str:
    return f"{spot.rule} {spot.facet}"


def _week(spot: Spot) -> str:
    """Return the week of a spot's date, by its number; empty if it has no date."""
    return "" if spot.date is None else f"{spot.date:%G-%V}"


def _distance(spot: Spot, other: Spot) -> int:
    """Return the days between two spots; 0 if one has no date."""
    if spot.date is None or other.date is None:
        return 0
    return abs((spot.date - other.date).days)


def _relaxation(offers: Offers, rulebook: Rulebook) -> Callable[[Spot], int]:
    """Return a function that lets limits with a concession be exceeded at will.

    Kinds of duty (L-01) are left enforced: who is able to do what is no condition.
    """

    def relaxation(spot: Spot) -> int:
        yields = rulebook.facet_of(spot).yields
        if spot.facet == "duty" or yields is None:
            return 0
        is_given = yields is Concession.OVERTIME_HOUR or offers.relaxation(spot)
        return ANY if is_given else 0

    return relaxation


class Reduction:
    """Reduces a set of conditions that forces a limit to be broken.

    Parameters
    ----------
    violated
        Returns what a roster that holds the given conditions violates; ``None`` if no
        such roster exists.
    conditions
        The conditions, which together force it.

    Attributes
    ----------
    left
        The conditions that remain: needed, or not tested.
    is_complete
        Whether each of them was tested, so that the set is irreducible.
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

    def leave_out_sets(self, sets: Sequence[Collection[Spot]]) -> None:
        """Remove as many as possible of some sets, each whole, halving where needed."""
        some = {one for part in sets for one in part}
        if not some:
            return
        if self._can_go(some):
            self.left -= some
        elif len(sets) > 1:
            half = len(sets) // 2
            self.leave_out_sets(sets[:half])
            self.leave_out_sets(sets[half:])

    def _can_go(self, some: set[Spot]) -> bool:
        """Return whether the other conditions still force it."""
        held = self.left - some
        # A witness that violates none of the held conditions shows feasibility.
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


def parts_of(spots: Iterable[Spot], part: Callable[[Spot], str]) -> list[list[Spot]]:
    """Return spots in parts, in order of the first of each, without those of none."""
    parts: dict[str, list[Spot]] = defaultdict(list)
    for one in spots:
        if part(one):
            parts[part(one)].append(one)
    return list(parts.values())
