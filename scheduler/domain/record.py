"""A roster together with its provenance, explanations, advice and revisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple, Self

from pydantic import ConfigDict, Field

from scheduler.domain.absences import Reserve
from scheduler.domain.advice import Advice, Obstacle, Reason
from scheduler.domain.base import Frozen
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.problem import Pins, Problem
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import FIRST, Proposal, Revision
from scheduler.domain.shifts import OnCall


class LevelOutcome(Frozen):
    """The result of the search on one level.

    ``value`` is the roster's penalty and ``bound`` a lower bound on it with the levels
    above held at their values; the two are equal where the best is found.
    """

    level: Stance
    value: int
    bound: int
    seconds: float
    confirmed: bool = False
    """Whether a second search, set up otherwise, found nothing below the bound."""

    @property
    def is_best(self) -> bool:
        """Whether the bound shows that no roster is better on this level."""
        return self.value == self.bound

    @property
    def is_proven(self) -> bool:
        """Whether the value is the best, and the bound confirmed or zero."""
        return self.is_best and self.is_certain

    @property
    def is_certain(self) -> bool:
        """Whether the bound is confirmed, or zero, which needs no confirmation."""
        return self.confirmed or self.bound == 0


class Provenance(Frozen):
    """How a roster was made: input, versions, search settings and results."""

    made_at: dt.datetime
    input_sha256: str
    rulebook_sha256: str
    shotaki_version: str
    ortools_version: str
    seed: int
    workers: int
    repeatable: bool = False
    """Whether the same input and settings give exactly this roster again."""
    begun_from: str | None = Field(default=None, exclude_if=lambda one: one is None)
    """`Roster.fingerprint` of the roster on hand from which the search began."""
    seconds: float
    outcomes: tuple[LevelOutcome, ...]
    reserve: Reserve | None = None
    """The result of the search for people in reserve, if there was one."""


class Together(Frozen):
    """The files of houses that were planned together, as each of them names them."""

    files: tuple[str, ...]
    """Names of the houses' files, the main office's first."""
    whole: str
    """`Roster.fingerprint` of the roster of all houses, as it was made."""

    @classmethod
    def of(cls, whole: Roster, files: Iterable[str]) -> Together:
        """Return the mark of a roster of all houses whose parts go to files.

        Parameters
        ----------
        files
            Names of the houses' files, the main office's first.
        """
        return cls(files=tuple(files), whole=whole.fingerprint)


class RosterRecord(Roster):
    """A roster with its provenance, explanations, advice and revisions.

    In JSON all of it is a single flat object, titled Roster.
    """

    model_config = ConfigDict(title="Roster")

    reasons: tuple[Reason, ...] = ()
    """Why wishes were refused."""
    obstacles: tuple[Obstacle, ...] = ()
    """Why guidelines are missed, as far as that was worked out."""
    advice: Advice | None = None
    """Causes and repairs, where the month cannot be legal."""
    advice_of_all: Advice | None = Field(
        default=None, exclude_if=lambda one: one is None
    )
    """The same of all houses, where the roster is that of one of several."""
    revisions: tuple[Revision, ...] = ()
    """Plans accepted since the roster was first made, in order."""
    proposal: Proposal | None = None
    """What it is a plan for, if it is a plan that is not accepted yet."""
    provenance: Provenance | None = None
    together: Together | None = Field(default=None, exclude_if=lambda one: one is None)
    """The other houses' files, where the roster is that of one of several."""

    @classmethod
    def of(cls, roster: Roster) -> RosterRecord:
        """Return a roster as a record; a plain roster gets one with empty fields."""
        if isinstance(roster, RosterRecord):
            return roster
        return cls(duties=roster.duties, on_call=roster.on_call)

    def in_files(self, names: Iterable[str]) -> RosterRecord:
        """Return a roster of all houses with the files into which their parts go.

        Parameters
        ----------
        names
            As of `Together.of`.
        """
        return self.model_copy(update={"together": Together.of(self, names)})

    def succeeding(self, standing: RosterRecord, revision: Revision) -> RosterRecord:
        """Return the roster as the version after another, with what is told of it."""
        return self.model_copy(
            update={
                "revisions": (*standing.revisions, revision),
                "reasons": standing.reasons_in(self),
                "proposal": None,
            }
        )

    def reasons_in(self, roster: Roster) -> tuple[Reason, ...]:
        """Return the reasons that another version keeps: of cells that are the same.

        Why a wish was refused is asked long after the month was first made, and nobody
        searches for it again where a later version does not touch the date.
        """

        def cell(of: Roster, one: Reason) -> tuple[object, ...]:
            who, date = one.request.staff, one.request.date
            return of.by_cell.get((who, date)), of.on_call_by_date.get(date) == who

        return tuple(
            one for one in self.reasons if cell(self, one) == cell(roster, one)
        )

    def as_of(self, date: dt.date) -> Roster:
        """Return the roster as it stood when a date began.

        Plans that were accepted on the date or later are undone, the last one first.
        Revisions do not tell breaks, so that those of a cell that was changed and
        changed back may be others.
        """
        return self._without(
            takewhile(
                lambda one: one.accepted_at.date() >= date, reversed(self.revisions)
            )
        )

    def at_version(self, version: int) -> Roster:
        """Return the roster as a version had it; of breaks the same is true."""
        return self._without(
            takewhile(lambda one: one.version > version, reversed(self.revisions))
        )

    def _without(self, undone: Iterable[Revision]) -> Roster:
        """Return the roster without some revisions, the last of which comes first."""
        duties, on_call = dict(self.by_cell), dict(self.on_call_by_date)
        for revision in undone:
            for change in revision.changes:
                if change.on_call is None and change.before is not None:
                    duties[change.staff, change.date] = change.before
                elif change.on_call is None:
                    duties.pop((change.staff, change.date), None)
            gained = {c.date for c in revision.changes if c.on_call}
            lost = {c.date: c.staff for c in revision.changes if c.on_call is False}
            on_call = {d: who for d, who in on_call.items() if d not in gained} | lost
        return Roster(
            duties=tuple(duties.values()),
            on_call=tuple(OnCall(staff=who, date=d) for d, who in on_call.items()),
        )

    @property
    def outcomes(self) -> tuple[LevelOutcome, ...]:
        """The results of the search by level; empty without provenance."""
        return self.provenance.outcomes if self.provenance else ()

    @property
    def version(self) -> int:
        """The roster's version: 1 at first, and one more for each accepted plan."""
        return self.revisions[-1].version if self.revisions else FIRST

    @property
    def made_at(self) -> dt.datetime | None:
        """When it was made or last accepted, in local time; ``None`` if unknown."""
        if self.provenance is not None:
            return self.provenance.made_at
        return self.revisions[-1].accepted_at if self.revisions else None


class AuditedMonth(NamedTuple):
    """A month with its roster and the audit's findings in it."""

    problem: Problem
    roster: RosterRecord
    findings: tuple[Finding, ...]


class CellEdit(Frozen):
    """A cell of a workbook that was edited since the plan was written."""

    sheet: str
    cell: str
    staff: str
    """The person of the cell; in the on-call row, the label of the row."""
    date: dt.date
    before: str
    after: str


class RosterFile(Frozen):
    """The contents of a roster file, hand edits included."""

    problem: Problem
    """The input of the roster, with the pins that are in force now."""
    roster: RosterRecord
    """The roster as its cells read now.  Edited by hand, it has no provenance: its
    quality is unknown until it is audited."""
    plan: RosterRecord
    """The roster as it was written."""
    changed: tuple[CellEdit, ...] = ()
    """The cells in which the two differ."""
    pins: Pins | None = None
    """Those of the plan, if they may be others."""

    @classmethod
    def edited(
        cls,
        problem: Problem,
        roster: RosterRecord,
        plan: RosterRecord,
        changed: Iterable[CellEdit],
    ) -> Self:
        """Return a file whose cells were edited, given the input of its plan."""
        pins = problem.pins.in_force(plan.by_cell, roster.by_cell)
        return cls(
            problem=problem.model_copy(update={"pins": pins}),
            roster=roster,
            plan=plan,
            changed=tuple(changed),
            pins=problem.pins,
        )

    @property
    def problem_of_plan(self) -> Problem:
        """The input of the roster as it was written."""
        pins = self.pins or self.problem.pins
        return self.problem.model_copy(update={"pins": pins})
