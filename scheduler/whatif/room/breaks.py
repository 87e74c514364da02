"""Breaks that stay where they were, as far as the rules allow."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from scheduler.audit import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from scheduler.audit.standard import Standard
    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import BreakOption, Duty


def with_breaks_kept(
    problem: Problem, before: Roster, after: Roster, standard: Standard
) -> Roster:
    """Return a roster in which fewer people's breaks move than a search moved.

    Every break of an unchanged duty is as it was, or if that is too much asked, on all
    dates but those where one has to move; there breaks are dealt so that most people
    keep theirs.

    Parameters
    ----------
    problem
        What the roster after the search was made for.
    before, after
        The roster as it stood, and as the search left it, which keeps the standard.
    standard
        What must be kept.
    """
    dates = {duty.date for duty in after.duties if _moved(before, duty)}
    broken = standard.beyond(audit(problem, _restored(before, after, dates)))
    stay = dates - {finding.date for finding in broken}
    attempts = (
        _dealt(before, _restored(before, after, stay), dates - stay),
        _dealt(before, after, dates),
    )
    for some in attempts:
        if not standard.beyond(audit(problem, some)):
            return some
    return after


def _moved(before: Roster, duty: Duty) -> bool:
    known = before.by_cell.get((duty.staff, duty.date))
    return known is not None and _alike(known, duty) and known.breaks != duty.breaks


def _alike(one: Duty, other: Duty) -> bool:
    return (one.shift, one.roles) == (other.shift, other.roles)


def _restored(before: Roster, after: Roster, dates: Collection[dt.date]) -> Roster:
    """Return the roster with the breaks of some dates as they were."""
    duties = (
        before.by_cell[duty.staff, duty.date]
        if duty.date in dates and _moved(before, duty)
        else duty
        for duty in after.duties
    )
    return after.model_copy(update={"duties": tuple(duties)})


def _dealt(before: Roster, after: Roster, dates: Collection[dt.date]) -> Roster:
    """Return the roster with the same breaks on each date, which most people keep."""
    crews: dict[tuple[object, ...], list[Duty]] = defaultdict(list)
    for duty in after.duties:
        if duty.date in dates and duty.shift is not None:
            crews[duty.date, duty.shift, duty.roles].append(duty)
    dealt: dict[tuple[StaffId, dt.date], BreakOption] = {}
    for crew in crews.values():
        left = Counter(duty.breaks for duty in crew)
        waiting = []
        for duty in crew:
            cell = duty.staff, duty.date
            known = before.by_cell.get(cell)
            if known is not None and _alike(known, duty) and left[known.breaks]:
                dealt[cell] = known.breaks
                left[known.breaks] -= 1
            else:
                waiting.append(cell)
        dealt.update(zip(waiting, left.elements(), strict=True))
    duties = (
        duty.model_copy(
            update={"breaks": dealt.get((duty.staff, duty.date), duty.breaks)}
        )
        for duty in after.duties
    )
    return after.model_copy(update={"duties": tuple(duties)})
