"""How many more guests a roster carries with nobody's days changed.

No solver: each number is what an audit says of the month with so many guests more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.other_day import check_other_day
from scheduler.audit.standard import Standard
from scheduler.audit.timeline import Timeline
from scheduler.domain.room import Room, Service
from scheduler.room.other_days import expected, most, other_day, with_day
from scheduler.rulebook import load

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


def as_it_stands(
    problem: Problem,
    roster: Roster,
    findings: Iterable[Finding],
    dates: Collection[dt.date] | None = None,
) -> tuple[Room, ...]:
    """Return the room for guests of each date and service, in this order.

    Parameters
    ----------
    problem, roster
        The month, and its roster as it stands.
    findings
        All that the audit found in it.
    dates
        Those wanted; all of the period if not given.
    """
    asking = _Asking(problem, roster, findings)
    return tuple(
        asking.room(date, service)
        for date in problem.period.dates
        if dates is None or date in dates
        for service in Service
    )


class _Asking:
    """One roster, laid out in time once for all questions."""

    def __init__(
        self, problem: Problem, roster: Roster, findings: Iterable[Finding]
    ) -> None:
        self._problem = problem
        self._rulebook = load(problem.period)
        self._timeline = Timeline(problem, roster, self._rulebook)
        self._standard = Standard(self._rulebook, findings)

    def room(self, date: dt.date, service: Service) -> Room:
        """Let guests come one by one, until one breaks something or there is no place.

        A number is not tried beyond one that breaks something, though some would break
        less: departures are rounded down, so that two users may be in the house for
        shorter than one.
        """
        known = expected(self._problem, self._rulebook, date, service)
        end = most(self._problem, self._rulebook, date, service)
        stopped_by: tuple[Finding, ...] = ()
        more = 0
        while known + more < end and not stopped_by:
            stopped_by = self._broken(date, service, known + more + 1)
            more += not stopped_by
        return Room(
            date=date,
            service=service,
            expected=known,
            as_it_stands=more,
            full=not stopped_by and service is not Service.VISIT,
            stopped_by=stopped_by,
        )

    def _broken(
        self, date: dt.date, service: Service, number: int
    ) -> tuple[Finding, ...]:
        """Return what so many guests break that was not broken as far before."""
        changed = with_day(
            self._problem, other_day(self._problem, date, service, number)
        )
        found = check_other_day(self._timeline, changed, service.value, date)
        return self._standard.beyond(found)
