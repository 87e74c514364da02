"""How many more guests a roster carries with nobody's days changed.

No solver: each number is what an audit says of the month with so many guests more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.other_days import expected, most, other_day, with_day
from scheduler.audit.other_day import check_other_day
from scheduler.audit.standard import Standard
from scheduler.audit.timeline import Timeline
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Stance
from scheduler.domain.office import HouseRatio
from scheduler.domain.room import Room, Service
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
        usual = _passed(self._found(date, service, known), date)
        more, guided, is_guided = 0, 0, True
        while known + more < end and not stopped_by:
            found = self._found(date, service, known + more + 1)
            stopped_by = self._standard.beyond(found)
            if not stopped_by:
                more += 1
                is_guided = is_guided and _passed(found, date) <= usual
                guided = more if is_guided else guided
        return Room(
            date=date,
            service=service,
            expected=known,
            as_it_stands=more,
            until_guideline=guided if self._has_guideline else None,
            full=not stopped_by and service is not Service.VISIT,
            stopped_by=stopped_by,
        )

    @property
    def _has_guideline(self) -> bool:
        """Whether the office takes the ratio by the clock as a guideline (K-01)."""
        reading = self._problem.office.settings.house_ratio
        return reading is HouseRatio.GUIDELINE

    def _found(
        self, date: dt.date, service: Service, number: int
    ) -> tuple[Finding, ...]:
        """Return what is found with so many guests where it depends on them."""
        changed = with_day(
            self._problem, other_day(self._problem, date, service, number)
        )
        return check_other_day(self._timeline, changed, service.value, date)


def _passed(found: Iterable[Finding], date: dt.date) -> int:
    """Return the minutes of people below a guideline, on a date and the next morning.

    What the next date asks for depends on the night before, and on nothing else.
    """
    dates = (date, date + ONE_DAY)
    return sum(
        finding.amount
        for finding in found
        if finding.stance is Stance.GUIDELINE and finding.date in dates
    )
