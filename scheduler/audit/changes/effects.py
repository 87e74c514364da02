"""What one roster changes against another: wishes, cells, evenness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.fairness import fairness
from scheduler.audit.figures.hours import wish_granted
from scheduler.domain.advice import Effects

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.base import StaffId
    from scheduler.domain.ledger import Burden
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Request
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty


def effects(problem: Problem, before: Roster, after: Roster) -> Effects:
    """Hold one roster of a month against another.

    Parameters
    ----------
    problem
        Whose people, requests and shifts are looked at; people of a roster that it
        does not know are passed over.
    """
    known = problem.member_by_name
    kept = {
        "duties": tuple(duty for duty in after.duties if duty.staff in known),
        "on_call": tuple(call for call in after.on_call if call.staff in known),
    }
    own = after.model_copy(update=kept)
    lost, won = _refused(problem, own), _refused(problem, before)
    sizes_before = largest_deviations(problem, before)
    sizes = largest_deviations(problem, own)
    return Effects(
        wishes_lost=tuple(one for one in lost if one not in won),
        wishes_won=tuple(one for one in won if one not in lost),
        duties=tuple(
            duty
            for duty in own.duties
            if _differs(before.by_cell.get(_cell(duty)), duty)
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


def _cell(duty: Duty) -> tuple[StaffId, dt.date]:
    return duty.staff, duty.date


def _differs(before: Duty | None, after: Duty) -> bool:
    """Whether a person would notice: another shift, another role, another day off."""
    if before is None:
        return True
    return (before.shift, before.roles, before.off) != (
        after.shift,
        after.roles,
        after.off,
    )


def _refused(problem: Problem, roster: Roster) -> tuple[Request, ...]:
    return tuple(
        request
        for request in problem.requests
        if not wish_granted(problem, roster, request)
    )


def largest_deviations(problem: Problem, roster: Roster) -> dict[Burden, int]:
    """Return the largest deviation from a fair share, by burden."""
    largest: dict[Burden, int] = {}
    for sharing in fairness(problem, roster):
        sizes = [abs(standing.deviation) for standing in sharing.standings]
        size = max(sizes, default=0)
        largest[sharing.burden] = max(largest.get(sharing.burden, 0), size)
    return largest
