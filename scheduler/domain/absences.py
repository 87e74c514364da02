"""Absences: their outcomes, the reserve against them, and possible substitutes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.fields import unset
from scheduler.domain.finding import Finding
from scheduler.domain.ledger import Burden
from scheduler.domain.requests import Request
from scheduler.domain.roster import Change
from scheduler.domain.shifts import Duty, OffKind


class Outcome(StrEnum):
    """What follows when somebody drops out on a date, the best first."""

    COVERED = "covered"
    """No law, must or contract is broken more than before, and nobody is asked."""
    REPAIRABLE = "repairable"
    """None is broken more than before once some cells of others are changed."""
    STRAINED = "strained"
    """Law and musts can be kept, but somebody's contract cannot."""
    UNDECIDED = "undecided"
    """No repair was found in time, though there may be one; or it could not be judged
    (`Dropout.fault`)."""
    FATAL = "fatal"
    """Whatever changes from that date on, law or a must is broken."""


class Dropout(Frozen):
    """One person's absence on one date of work or a night on call, and its outcome."""

    staff: StaffId
    date: dt.date
    shift: ShiftId | None = None
    """``None`` if the person was on call only."""
    on_call: bool = False
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    """Changes of the repair that asks fewest people, then changes fewest cells; the
    absence itself is not among them."""
    asked: tuple[StaffId, ...] = ()
    """People whose cells that repair changes."""
    is_least: bool = True
    """Whether it is proven that no repair asks fewer people."""
    breaches: tuple[Finding, ...] = ()
    """Law, musts and contracts that the absence alone breaks more than before."""
    remaining: tuple[Finding, ...] = ()
    """What stays broken after the repair: contracts if strained; if fatal, the breaches
    of the repair that breaks least law, if one was found."""
    fault: str = ""
    """Why it could not be judged: model and audit disagree, which is our bug."""


@dataclass(frozen=True)
class Resilience:
    """The outcome of every single absence of a month (the absence map)."""

    dropouts: tuple[Dropout, ...]
    """One for each person and date with work or a night on call, in the order of the
    staff list, then of dates."""

    @cached_property
    def by_cell(self) -> dict[tuple[StaffId, dt.date], Dropout]:
        """Dropouts by person and date."""
        return {(one.staff, one.date): one for one in self.dropouts}

    def of(self, staff: StaffId) -> Resilience:
        """Return the absences of one person."""
        return Resilience(tuple(one for one in self.dropouts if one.staff == staff))

    def on(self, date: dt.date) -> Resilience:
        """Return the absences on one date."""
        return Resilience(tuple(one for one in self.dropouts if one.date == date))

    def count(self, *outcomes: Outcome) -> int:
        """Return how many absences have one of the outcomes."""
        return sum(one.outcome in outcomes for one in self.dropouts)

    @property
    def faults(self) -> tuple[str, ...]:
        """Why absences could not be judged: one text for each of these."""
        return tuple(one.fault for one in self.dropouts if one.fault)

    @property
    def score(self) -> float:
        """Percentage of absences after which law and musts can still be kept.

        100 if nobody works; undecided absences count as broken.
        """
        kept = self.count(Outcome.COVERED, Outcome.REPAIRABLE, Outcome.STRAINED)
        return 100 * kept / len(self.dropouts) if self.dropouts else 100.0

    @cached_property
    def single_points(self) -> tuple[Dropout, ...]:
        """The absences that no change can repair: the single points of failure."""
        return tuple(one for one in self.dropouts if one.outcome is Outcome.FATAL)


class ReserveGapKind(StrEnum):
    """The kind of work for which nobody is in reserve."""

    PLANNING = "planning"
    """Planning hours that the month, or a part of it, could not make up."""
    MANAGING = "managing"
    """Management hours, likewise."""
    NIGHT = "night"
    """Nobody is in reserve for the night."""
    ON_CALL = "on_call"
    """Nobody is in reserve for the night on call."""
    DAY = "day"
    """Nobody is in reserve by day."""


WEIGHTS = {
    ReserveGapKind.PLANNING: 100,
    ReserveGapKind.MANAGING: 100,
    ReserveGapKind.NIGHT: 10,
    ReserveGapKind.ON_CALL: 10,
    ReserveGapKind.DAY: 1,
}
"""Penalty of each kind of gap in the reserve.

Hours that cannot be made up break a must for good; a night, awake or on call, is harder
to repair than a day.
"""


class ReserveGap(Frozen):
    """A date on which an absence would find nobody in reserve."""

    date: dt.date
    kind: ReserveGapKind
    house: str = Field(default="", exclude_if=unset)
    """Name of the house, where several are planned together."""


def cost(lacks: Iterable[ReserveGap]) -> int:
    """Return the total of `WEIGHTS` over the dates without a reserve."""
    return sum(WEIGHTS[lack.kind] for lack in lacks)


class Reserve(Frozen):
    """The result of a search for a roster with more people in reserve.

    Every level of the objective keeps its value.
    """

    before: tuple[ReserveGap, ...]
    """Dates without a reserve in the roster that the search began with."""
    after: tuple[ReserveGap, ...]
    bound: int
    """Lower bound on `cost` over all rosters with the same level values."""
    seconds: float

    def of_house(self, name: str) -> Reserve:
        """Return what was gained in one of several houses.

        The bound is as far below the house's cost as that of all is below theirs.
        """
        before, after = (
            tuple(
                lack.model_copy(update={"house": ""})
                for lack in lacks
                if lack.house == name
            )
            for lacks in (self.before, self.after)
        )
        slack = cost(self.after) - self.bound
        bound = max(0, cost(after) - slack)
        given = {"before": before, "after": after, "bound": bound}
        return self.model_copy(update=given)

    @property
    def is_best(self) -> bool:
        """Whether the bound shows that no roster of the same value has a lower cost."""
        return cost(self.after) == self.bound

    @property
    def counts(self) -> dict[ReserveGapKind, tuple[int, int]]:
        """Numbers of dates without a reserve, before and after, by kind."""
        before = Counter(lack.kind for lack in self.before)
        after = Counter(lack.kind for lack in self.after)
        return {
            kind: (before[kind], after[kind])
            for kind in ReserveGapKind
            if before[kind] or after[kind]
        }


class Vacancy(Frozen):
    """A shift, or a night on call, for which a substitute is wanted.

    Names and dates are checked by `scheduler.whatif.gaps.find_gap`.
    """

    date: dt.date
    shift: ShiftId | None = None
    """``None`` for the night on call."""
    instead_of: StaffId | None = None
    """The person released from it, who gets a day off; ``None``: one more is wanted."""


class Ability(StrEnum):
    """Whether a person can take a shift, the best first."""

    AS_IS = "as_is"
    """Nothing else has to change."""
    WITH_CHANGES = "with_changes"
    """Some other cells have to change as well."""
    UNDECIDED = "undecided"
    """No solution was found in time, though there may be one."""
    STOPPED = "stopped"
    """Proven: whatever else changes from now on, a rule is broken."""
    NEVER = "never"
    """Ruled out by contract, law or the person's own duty, without a search."""


class Bearing(Frozen):
    """A person's share of a burden before and after taking the shift (M-01)."""

    burden: Burden
    before: int
    """Amount beyond the fair share, in thousandths of a time; negative for less."""
    after: int


class Substitute(Frozen):
    """Whether one person can take a shift, and what that requires."""

    staff: StaffId
    verdict: Ability
    own: tuple[Change, ...] = ()
    """Cells of the person that the shift itself fills: its date, and 明."""
    changes: tuple[Change, ...] = ()
    """Knock-on changes, in order of time; the person's other cells included."""
    breaks: tuple[Duty, ...] = Field(default=(), exclude_if=lambda moved: not moved)
    """Duties, of anybody, of which only the breaks have to move."""
    is_least: bool = True
    """Whether it is proven that no solution disturbs fewer people and cells; whoever is
    released is asked to change other days only where nobody else is enough."""
    stopped_by: tuple[Finding, ...] = ()
    """Law, musts, pins and contracts that the shift alone would newly break."""
    leave: OffKind | None = None
    """The person's leave or absence on the date, which is why they are not asked."""
    has_it: bool = False
    """Whether the person has the same shift on the date already."""
    not_of: str = Field(default="", exclude_if=lambda name: not name)
    """Name of the shift's house, of several, if the person does not work there."""
    rest_before: int | None = None
    """Minutes of rest since the work before; ``None`` where none is known, and for a
    night on call that is not work."""
    rest_after: int | None = None
    """Minutes of rest until the work after; ``None`` where none is planned."""
    minutes: int = 0
    """Credited minutes of the month with the shift, as the contract counts (L-03)."""
    bearings: tuple[Bearing, ...] = ()
    wishes_lost: tuple[Request, ...] = ()
    """Wishes, of anybody, that would no longer be granted."""

    @property
    def can(self) -> bool:
        """Whether a solution was found that breaks nothing new."""
        return self.verdict in (Ability.AS_IS, Ability.WITH_CHANGES)

    @property
    def asked(self) -> tuple[StaffId, ...]:
        """The other people to be asked, in order of their first change."""
        names = dict.fromkeys(change.staff for change in self.changes)
        return tuple(name for name in names if name != self.staff)
