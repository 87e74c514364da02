"""Breaks that stay: whoever keeps their shift keeps the break, too.

A search deals out all breaks anew.  They stand on people's slips, and whoever is asked
for nothing gets no new slip.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence, Set

from scheduler.audit import audit
from scheduler.audit.findings import Tolerated
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import BreakOption, Duty


def with_breaks_kept(
    problem: Problem, before: Roster, after: Roster, tolerated: Tolerated
) -> Roster:
    """Return the roster with breaks moved back that the search moved without need.

    Breaks of unchanged duties are restored on all dates where that breaks nothing new.
    On the others the same breaks are dealt out anew, so that most people keep theirs.

    Parameters
    ----------
    problem
        The month that the search solved.
    before, after
        The roster before the search, and after it; the latter breaks no more than is
        tolerated.
    tolerated
        What may be broken, and how far.
    """
    dates = {duty.date for duty in after.duties if _moved(before, duty)}

    def broken(stay: Collection[dt.date]) -> tuple[Finding, ...]:
        return tolerated.beyond(audit(problem, _restored(before, after, stay)))

    stay = _dates_that_stay(dates, broken)
    kept = _restored(before, after, stay)
    left = dates - stay
    dealt = _dealt(before, kept, left)
    if left and not tolerated.beyond(audit(problem, dealt)):
        return dealt
    return kept


def _dates_that_stay(
    dates: Set[dt.date], broken: Callable[[Set[dt.date]], Sequence[Finding]]
) -> Set[dt.date]:
    """Return dates that may all stay as they were.

    Parameters
    ----------
    broken
        Returns what is broken, more than tolerated, if some dates stay.
    """
    stay = dates
    while stay and (found := broken(stay)):
        told = {one.date for one in found if one.date}
        # What is broken on a date may come of a night that began on its eve.
        needed = stay & told or stay & {date - ONE_DAY for date in told}
        if not needed:
            # A sum of the month names no date.
            return _by_halves(sorted(stay), broken)
        stay -= needed
    return stay


def _by_halves(
    dates: Sequence[dt.date], broken: Callable[[Set[dt.date]], Sequence[Finding]]
) -> Set[dt.date]:
    """Return as many of some dates as may stay; not all of them may."""
    stay: Set[dt.date] = frozenset()
    waiting = [dates]
    while waiting:
        some = waiting.pop()
        half = len(some) // 2
        for part in (some[:half], some[half:]) if half else ():
            if not broken(stay | set(part)):
                stay |= set(part)
            else:
                waiting.append(part)
    return stay


def moved_breaks(before: Roster, after: Roster) -> tuple[Duty, ...]:
    """Return the duties of which only the breaks differ, as they are afterwards."""
    return tuple(duty for duty in after.duties if _moved(before, duty))


def _moved(before: Roster, duty: Duty) -> bool:
    known = before.by_cell.get((duty.staff, duty.date))
    return known is not None and _alike(known, duty) and known.breaks != duty.breaks


def _alike(one: Duty, other: Duty) -> bool:
    return (one.shift, one.roles) == (other.shift, other.roles)


def _restored(before: Roster, after: Roster, dates: Collection[dt.date]) -> Roster:
    """Return the roster with the breaks of some dates restored."""
    duties = (
        duty.model_copy(update={"breaks": before.by_cell[duty.staff, duty.date].breaks})
        if duty.date in dates and _moved(before, duty)
        else duty
        for duty in after.duties
    )
    return after.model_copy(update={"duties": tuple(duties)})


def _dealt(before: Roster, after: Roster, dates: Collection[dt.date]) -> Roster:
    """Return the roster with each date's breaks dealt so that most keep their own."""
    crews: dict[tuple[object, ...], list[Duty]] = defaultdict(list)
    for duty in after.duties:
        if duty.date in dates and duty.shift is not None:
            crews[duty.date, duty.shift, duty.roles].append(duty)
    dealt: dict[tuple[StaffId, dt.date], BreakOption] = {}
    for crew in crews.values():
        left = Counter(duty.breaks for duty in crew)
        # First whoever can keep their break, then the others take what is left.
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
