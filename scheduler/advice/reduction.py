"""Reduces a set of conditions, all at once, in parts or one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from scheduler.domain.agreements import Spot


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

    def leave_out(self, some: Iterable[Spot]) -> None:
        """Remove as many as possible of some conditions, halving where needed."""
        self.leave_out_sets([{one} for one in some])

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


def families(spots: Iterable[Spot]) -> list[list[Spot]]:
    """Return spots in families of the same facet, in order of the first of each."""
    families: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for one in spots:
        families[one.rule, one.facet].append(one)
    return list(families.values())


def parts_of(spots: Iterable[Spot], part: Callable[[Spot], str]) -> list[list[Spot]]:
    """Return spots in parts, in order of the first of each, without those of none."""
    parts: dict[str, list[Spot]] = defaultdict(list)
    for one in spots:
        if part(one):
            parts[part(one)].append(one)
    return list(parts.values())
