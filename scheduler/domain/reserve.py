"""Who could step in for somebody who does not come, and where nobody could."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable


class LackKind(StrEnum):
    """What nobody could make up for."""

    PLANNING = "planning"
    """Planning hours that would be missing from the month, or from a part of it."""
    MANAGING = "managing"
    """The same of management hours."""
    NIGHT = "night"
    """Nobody is in reserve for the night."""
    ON_CALL = "on_call"
    """Nobody is in reserve for the night on call."""
    DAY = "day"
    """Nobody is in reserve by day."""


WEIGHTS = {
    LackKind.PLANNING: 100,
    LackKind.MANAGING: 100,
    LackKind.NIGHT: 10,
    LackKind.ON_CALL: 10,
    LackKind.DAY: 1,
}
"""What each is worth avoiding: hours that cannot be made up break a must for good, a
night, awake or on call, takes more to mend than a day."""


class Lack(Frozen):
    """A date on which an absence would find nothing in reserve."""

    date: dt.date
    kind: LackKind


def cost(lacks: Iterable[Lack]) -> int:
    """Return the sum of the weights."""
    return sum(WEIGHTS[lack.kind] for lack in lacks)


class Reserve(Frozen):
    """What a search came to that looked for rosters with more in reserve.

    Every level of such a roster is worth what it was before.
    """

    before: tuple[Lack, ...]
    """Of the roster at which the search began."""
    after: tuple[Lack, ...]
    bound: int
    """What `cost` no roster of the same worth can go below."""
    seconds: float

    @property
    def is_best(self) -> bool:
        """Whether the bound shows that no roster of the same worth lacks less."""
        return cost(self.after) == self.bound

    @property
    def counts(self) -> dict[LackKind, tuple[int, int]]:
        """Dates before and after by kind; kinds that never lacked are left out."""
        before = Counter(lack.kind for lack in self.before)
        after = Counter(lack.kind for lack in self.after)
        return {
            kind: (before[kind], after[kind])
            for kind in LackKind
            if before[kind] or after[kind]
        }
