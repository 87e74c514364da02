"""How many nights one person can pass among some dates, spacing and chains kept."""

from __future__ import annotations

from typing import NamedTuple

APART = 3
"""Dates between two nights from which on they are not chained (F-13)."""


class Room(NamedTuple):
    """Dates on which a person could pass a night, and what limits their number."""

    able: tuple[bool, ...]
    """Date by date."""
    most: int
    """Nights in the whole period."""
    next_day: bool
    """Whether a night may begin on the date after another one."""
    in_a_row: int | None
    """Nights that may be chained, being one or two dates apart; ``None``: any."""
    chain_before: tuple[bool, ...] = ()
    """Nights on the dates before the first, the nearest last."""

    def since(self, start: int) -> Room:
        """Return what is left from a date on; the dates before may be free."""
        before = self.chain_before if start == 0 else ()
        return self._replace(able=self.able[start:], chain_before=before)


def most_by_last(room: Room) -> tuple[int, ...]:
    """Return the most nights from the first date to each of the others.

    A state is how many dates ago the last night was, at most `APART`, and how long the
    chain that it ended; for each the largest number of nights is kept.
    """
    counts = {_state_before(room): 0}
    found = []
    for able in room.able:
        following: dict[tuple[int, int], int] = {}
        for (ago, chain), count in counts.items():
            rested = (min(ago + 1, APART), chain if ago + 1 < APART else 0)
            _keep(following, rested, count)
            longer = chain + 1 if ago < APART else 1
            fits = (ago > 1 or room.next_day) and (
                room.in_a_row is None or longer <= room.in_a_row
            )
            if able and fits and count < room.most:
                _keep(following, (1, longer), count + 1)
        counts = following
        found.append(max(counts.values()))
    return tuple(found)


def _keep(
    counts: dict[tuple[int, int], int], state: tuple[int, int], count: int
) -> None:
    counts[state] = max(count, counts.get(state, 0))


def _state_before(room: Room) -> tuple[int, int]:
    """Return how long ago the last night before was, and the chain it ended."""
    ago, chain = APART, 0
    for night in room.chain_before:
        if night:
            chain = chain + 1 if ago < APART else 1
            ago = 1
        else:
            ago = min(ago + 1, APART)
    return (ago, chain if ago < APART else 0)
