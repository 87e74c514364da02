"""The finished month, and how good it is known to be."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cached_property
from typing import Self

from pydantic import model_validator

from scheduler.domain.absences import Reserve
from scheduler.domain.advice import Advice, Obstacle, Reason
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import Stance
from scheduler.domain.problem import SCHEMA
from scheduler.domain.revision import FIRST, Proposal, Revision
from scheduler.domain.shifts import Duty, OnCall


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


class Roster(Frozen):
    """One duty for every person and date, and who is on call each night."""

    schema_version: int = SCHEMA
    duties: tuple[Duty, ...]
    on_call: tuple[OnCall, ...] = ()
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

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        cells = [(duty.staff, duty.date) for duty in self.duties]
        if len(set(cells)) != len(cells):
            raise ValueError("two duties for one person and date")
        if len({on_call.date for on_call in self.on_call}) != len(self.on_call):
            raise ValueError("two people on call in one night")
        return self

    @cached_property
    def by_cell(self) -> dict[tuple[StaffId, dt.date], Duty]:
        """Duties by person and date."""
        return {(duty.staff, duty.date): duty for duty in self.duties}

    @cached_property
    def on_call_by_date(self) -> dict[dt.date, StaffId]:
        """Who is on call in the night that begins on a date."""
        return {on_call.date: on_call.staff for on_call in self.on_call}

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

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of who does what, breaks included, and who is on call."""
        duties = sorted(self.duties, key=lambda duty: (duty.date, duty.staff))
        nights = sorted(self.on_call, key=lambda night: night.date)
        texts = (entry.model_dump_json() for entry in (*duties, *nights))
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()
