"""A roster with what is known of it: where it comes from, and what was said of it."""

from __future__ import annotations

import datetime as dt

from pydantic import ConfigDict

from scheduler.domain.absences import Reserve
from scheduler.domain.advice import Advice, Obstacle, Reason
from scheduler.domain.base import Frozen
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Problem
from scheduler.domain.revision import FIRST, Proposal, Revision
from scheduler.domain.roster import Roster


class LevelOutcome(Frozen):
    """What the search reached on one level.

    ``value`` is the penalty of the roster and ``bound`` what no roster can go below
    once the levels above are held; they are equal where the best is found.
    """

    level: Stance
    value: int
    bound: int
    seconds: float
    confirmed: bool = False
    """A second search, set up otherwise, found nothing below the bound either."""

    @property
    def is_best(self) -> bool:
        """Whether the bound shows that no roster is better on this level."""
        return self.value == self.bound

    @property
    def is_proven(self) -> bool:
        """Whether that was confirmed."""
        return self.is_best and self.is_certain

    @property
    def is_certain(self) -> bool:
        """Whether the bound may be called proven; one of zero always may."""
        return self.confirmed or self.bound == 0


class Provenance(Frozen):
    """Where a roster comes from."""

    made_at: dt.datetime
    input_sha256: str
    rulebook_sha256: str
    shotaki_version: str
    ortools_version: str
    seed: int
    workers: int
    repeatable: bool = False
    """Whether the same input and settings give this roster again, cell by cell."""
    seconds: float
    outcomes: tuple[LevelOutcome, ...]
    reserve: Reserve | None = None
    """What was gained where the search looked for people in reserve."""


class RosterRecord(Roster):
    """One duty for every person and date, and who is on call each night.

    With what is known of it; in JSON a single flat object, called a roster.
    """

    model_config = ConfigDict(title="Roster")

    reasons: tuple[Reason, ...] = ()
    """Why wishes were refused."""
    obstacles: tuple[Obstacle, ...] = ()
    """Why guidelines are missed, as far as that was searched."""
    advice: Advice | None = None
    """Causes and repairs, where the month cannot be legal."""
    revisions: tuple[Revision, ...] = ()
    """What was accepted since the roster was first made, in order."""
    proposal: Proposal | None = None
    """What it is a plan for, as long as nobody has accepted it."""
    provenance: Provenance | None = None

    @classmethod
    def of(cls, roster: Roster) -> RosterRecord:
        """Return a roster as a record; one that is none yet knows nothing of itself."""
        if isinstance(roster, RosterRecord):
            return roster
        return cls(duties=roster.duties, on_call=roster.on_call)

    @property
    def outcomes(self) -> tuple[LevelOutcome, ...]:
        """What the search reached, level by level; empty if made elsewhere."""
        return self.provenance.outcomes if self.provenance else ()

    @property
    def version(self) -> int:
        """How often it was made: 1 at first, and one more for each plan accepted."""
        return self.revisions[-1].version if self.revisions else FIRST

    @property
    def made_at(self) -> dt.datetime | None:
        """When it became what it is, by the local clock; ``None`` if nobody knows."""
        if self.provenance is not None:
            return self.provenance.made_at
        return self.revisions[-1].accepted_at if self.revisions else None


class CellEdit(Frozen):
    """A cell that no longer says what the plan said."""

    sheet: str
    cell: str
    staff: str
    """Whose cell; the label of the on-call row for its cells."""
    date: dt.date
    before: str
    after: str


class RosterFile(Frozen):
    """A roster as its cells stand, the plan it was made as, and the difference.

    A roster with changes has no provenance: nothing is known of its quality until
    it is audited.
    """

    problem: Problem
    roster: RosterRecord
    plan: RosterRecord
    changed: tuple[CellEdit, ...] = ()
