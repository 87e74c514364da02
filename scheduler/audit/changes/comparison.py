"""Compare rosters of one month: cells, wishes, evenness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.fairness import fairness
from scheduler.audit.figures.people import PersonMonth, people, refused_wishes
from scheduler.domain.advice import Effects
from scheduler.domain.base import Frozen
from scheduler.domain.record import LevelOutcome, RosterRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.ledger import Burden
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Request
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty


class Candidate(Frozen):
    """One of several rosters for the same problem."""

    cells_changed: int
    """Cells and nights on call that differ from the first candidate's."""
    people: tuple[PersonMonth, ...]
    """In the order of the staff list."""
    levels: tuple[LevelOutcome, ...]
    """The search's outcome by level; empty if the roster comes from elsewhere."""

    @property
    def refused(self) -> tuple[Request, ...]:
        """Wishes that are not granted, by person."""
        return tuple(
            wish.request
            for month in self.people
            for wish in month.wishes
            if not wish.granted
        )


def compare(problem: Problem, rosters: Sequence[RosterRecord]) -> tuple[Candidate, ...]:
    """Return the figures of each candidate, in the order given.

    Breaks are assigned after the search, so they are not counted as differences.
    """
    return tuple(
        Candidate(
            cells_changed=_cells_changed(rosters[0], roster),
            people=people(problem, roster),
            levels=roster.outcomes,
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
    return () if duty is None else duty.entry


def effects(problem: Problem, before: Roster, after: Roster) -> Effects:
    """Return what changes from one roster of a month to another.

    Parameters
    ----------
    problem
        Its people, requests and shifts count; people unknown to it are ignored.
    """
    known = problem.member_by_name
    kept = {
        "duties": tuple(duty for duty in after.duties if duty.staff in known),
        "on_call": tuple(call for call in after.on_call if call.staff in known),
    }
    own = after.model_copy(update=kept)
    lost, won = refused_wishes(problem, own), refused_wishes(problem, before)
    sizes_before = largest_deviations(problem, before)
    sizes = largest_deviations(problem, own)
    return Effects(
        wishes_lost=tuple(one for one in lost if one not in won),
        wishes_won=tuple(one for one in won if one not in lost),
        duties=tuple(
            duty
            for duty in own.duties
            if _entry(before.by_cell.get((duty.staff, duty.date))) != duty.entry
        ),
        on_call=tuple(
            call
            for call in after.on_call
            if before.on_call_by_date.get(call.date) != call.staff
        ),
        fairness=tuple(
            (burden, size, sizes[burden])
            for burden, size in sizes_before.items()
            if burden in sizes and sizes[burden] != size
        ),
    )


def largest_deviations(problem: Problem, roster: Roster) -> dict[Burden, int]:
    """Return the largest absolute deviation from a fair share, by burden."""
    largest: dict[Burden, int] = {}
    for sharing in fairness(problem, roster):
        sizes = [abs(standing.deviation) for standing in sharing.standings]
        size = max(sizes, default=0)
        largest[sharing.burden] = max(largest.get(sharing.burden, 0), size)
    return largest
