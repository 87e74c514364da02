"""Absences: what each would do to a roster, who is in reserve, who could step in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.ledger import Burden
from scheduler.domain.requests import Request
from scheduler.domain.revision import Change
from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    from collections.abc import Iterable


class Outcome(StrEnum):
    """What follows when somebody drops out on a date, the best first."""

    COVERED = "covered"
    """No law, must or contract is broken more than before, and nobody is asked."""
    REPAIRABLE = "repairable"
    """None is broken more than before once others have other days."""
    STRAINED = "strained"
    """Law and musts can be kept, but somebody's contract cannot."""
    UNDECIDED = "undecided"
    """No way was found in time, which does not mean that there is none; or it could not
    be judged."""
    FATAL = "fatal"
    """Whatever changes from that date on, law or a must is broken."""


class Dropout(Frozen):
    """Somebody who was to work on a date, or be on call in its night, does not come."""

    staff: StaffId
    date: dt.date
    shift: ShiftId | None = None
    """``None`` if they were on call and nothing else."""
    on_call: bool = False
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    """Of the way that asks fewest people and then changes fewest cells; the absence
    itself is not among them."""
    asked: tuple[StaffId, ...] = ()
    """Who has other days in that way."""
    is_least: bool = True
    """Whether it is proven that no way asks fewer people."""
    breaches: tuple[Finding, ...] = ()
    """What the absence alone breaks more than before: law, musts and contracts."""
    remaining: tuple[Finding, ...] = ()
    """What of that stays broken: contracts if strained; if fatal, all of the way that
    breaks least law, as far as one was found."""
    fault: str = ""
    """Why it could not be judged, which is our bug: where model and audit differ."""


@dataclass(frozen=True)
class Resilience:
    """What every single absence of a month would do.

    Attributes
    ----------
    dropouts
        One for each person and date with work or a night on call, in order of the
        staff list, then of dates.
    """

    dropouts: tuple[Dropout, ...]

    @cached_property
    def by_cell(self) -> dict[tuple[StaffId, dt.date], Dropout]:
        """Dropouts by person and date."""
        return {(one.staff, one.date): one for one in self.dropouts}

    def of(self, staff: StaffId) -> Resilience:
        """Return the absences of a person alone."""
        return Resilience(tuple(one for one in self.dropouts if one.staff == staff))

    def on(self, date: dt.date) -> Resilience:
        """Return the absences on a date alone."""
        return Resilience(tuple(one for one in self.dropouts if one.date == date))

    def count(self, *outcomes: Outcome) -> int:
        """Return how many absences end in one of the outcomes."""
        return sum(one.outcome in outcomes for one in self.dropouts)

    @property
    def faults(self) -> tuple[str, ...]:
        """Return why absences could not be judged, one text each that was not."""
        return tuple(one.fault for one in self.dropouts if one.fault)

    @property
    def score(self) -> float:
        """Return the share of absences after which law and musts can be kept.

        From 0 to 100; 100 if nobody works.  What is undecided counts as broken.
        """
        kept = self.count(Outcome.COVERED, Outcome.REPAIRABLE, Outcome.STRAINED)
        return 100 * kept / len(self.dropouts) if self.dropouts else 100.0

    @cached_property
    def single_points(self) -> tuple[Dropout, ...]:
        """Return the absences that nothing can mend: the single points of failure."""
        return tuple(one for one in self.dropouts if one.outcome is Outcome.FATAL)


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


class Vacancy(Frozen):
    """A shift, or a night on call, that somebody is to take.

    Names and dates are checked by `scheduler.whatif.gaps.find_gap`.
    """

    date: dt.date
    shift: ShiftId | None = None
    """``None`` for the night on call."""
    instead_of: StaffId | None = None
    """Who is released from it and gets a day off; ``None``: one more person."""


class Ability(StrEnum):
    """Whether a person can take a shift, the best first."""

    AS_IS = "as_is"
    """Nothing else has to change."""
    WITH_CHANGES = "with_changes"
    """Some other cells have to change as well."""
    UNDECIDED = "undecided"
    """No way was found in time, which does not mean that there is none."""
    STOPPED = "stopped"
    """Whatever else changes from now on, a rule is broken: proven."""
    NEVER = "never"
    """Contract, law or what the person does on the date leaves no question."""


class Bearing(Frozen):
    """How a burden that the shift is would then lie on the person (M-01)."""

    burden: Burden
    before: int
    """Borne beyond the fair share, in thousandths of a time; negative for less."""
    after: int


class Substitute(Frozen):
    """One person, held against a shift that somebody is to take."""

    staff: StaffId
    verdict: Ability
    own: tuple[Change, ...] = ()
    """Cells of the person that the shift itself takes: its date, and 明."""
    changes: tuple[Change, ...] = ()
    """Knock-on changes, in order of time; of the person's own cells too."""
    is_least: bool = True
    """Whether it is proven that no other way disturbs fewer people and cells; whoever
    is released is asked for other days only where nobody else is enough."""
    stopped_by: tuple[Finding, ...] = ()
    """What the shift alone would newly break: law, musts, pins and contracts."""
    leave: OffKind | None = None
    """Leave or absence that it would take, which nobody asks for."""
    has_it: bool = False
    """Whether the person has the same shift on the date anyway."""
    rest_before: int | None = None
    """Minutes from the work before; ``None`` where none is known, and of a night on
    call that is no work."""
    rest_after: int | None = None
    """Minutes to the work after; ``None`` where none is planned."""
    minutes: int = 0
    """Hours of the month with the shift, as the contract counts them (L-03)."""
    bearings: tuple[Bearing, ...] = ()
    wishes_lost: tuple[Request, ...] = ()
    """Wishes, anybody's, that would be granted no more."""

    @property
    def can(self) -> bool:
        """Whether a way was found that keeps what was kept before."""
        return self.verdict in (Ability.AS_IS, Ability.WITH_CHANGES)

    @property
    def asked(self) -> tuple[StaffId, ...]:
        """Whom else to ask, in order of their first change."""
        names = dict.fromkeys(change.staff for change in self.changes)
        return tuple(name for name in names if name != self.staff)
