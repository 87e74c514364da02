"""Candidates side by side: who carries what in each, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.hours import PersonMonth, people
from scheduler.domain.base import Frozen
from scheduler.domain.record import LevelOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord
    from scheduler.domain.requests import Request
    from scheduler.domain.shifts import Duty


class Candidate(Frozen):
    """One of several rosters for the same problem."""

    cells_changed: int
    """Cells, and nights on call, that the first candidate fills otherwise."""
    people: tuple[PersonMonth, ...]
    """In the order of the staff list."""
    levels: tuple[LevelOutcome, ...]
    """What the search reached, level by level; empty for a roster made elsewhere."""

    @property
    def refused(self) -> tuple[Request, ...]:
        """Wishes that are not granted, person by person."""
        return tuple(
            wish.request
            for month in self.people
            for wish in month.wishes
            if not wish.granted
        )


def compare(problem: Problem, rosters: Sequence[RosterRecord]) -> tuple[Candidate, ...]:
    """Lay candidates side by side, in the order given.

    Breaks are dealt after the search and make no difference between candidates.
    """
    return tuple(
        Candidate(
            cells_changed=_cells_changed(rosters[0], roster),
            people=people(problem, roster),
            levels=roster.provenance.outcomes if roster.provenance else (),
        )
        for roster in rosters
    )


def _cells_changed(first: RosterRecord, other: RosterRecord) -> int:
    cells = first.by_cell.keys() | other.by_cell.keys()
    nights = first.on_call_by_date.keys() | other.on_call_by_date.keys()
    changed = sum(
        _entry(first.by_cell.get(cell)) != _entry(other.by_cell.get(cell))
        for cell in cells
    )
    return changed + sum(
        first.on_call_by_date.get(night) != other.on_call_by_date.get(night)
        for night in nights
    )


def _entry(duty: Duty | None) -> tuple[object, ...]:
    return () if duty is None else (duty.shift, duty.roles, duty.off)
