"""How a roster stands it that somebody does not come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.plan import Change


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
