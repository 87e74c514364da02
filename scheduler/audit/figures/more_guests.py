"""How many more guests a roster carries with nobody's days changed.

No solver: each number is what an audit says of the month with so many guests more, of
the rules that read the forecast.  No other rule can find anything else: their checks do
not know what is expected.  Those of evenness and comfort, and what is only shown (M-01,
N-01, A-07), know the nights and are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit import CHECKS
from scheduler.audit.findings import without_agreed
from scheduler.audit.rules.a06_night import check_night
from scheduler.audit.rules.d_capacity import places
from scheduler.audit.rules.k01_house_ratio import check_date
from scheduler.audit.standard import Standard
from scheduler.audit.timeline import Timeline
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Stance
from scheduler.domain.office import HouseRatio
from scheduler.domain.room import Room, Service
from scheduler.rulebook import load

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Iterator

    from scheduler.domain.finding import Finding
    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.rulebook import Rule, Rulebook

    CheckDate = Callable[[Timeline, Problem, Rule, dt.date], Iterator[Finding]]


MOST_COUNTED = 9
"""More visits than so many are not counted: no capacity ends them."""


def expected(problem: Problem, rulebook: Rulebook, date: dt.date, of: Service) -> int:
    """Return how many guests are expected; those not known as the rules count them."""
    number: int | None = getattr(problem.forecast_by_date[date], of)
    return rulebook["A-06"].int("stay_when_unknown") if number is None else number


def most(problem: Problem, rulebook: Rulebook, date: dt.date, of: Service) -> int:
    """Return how many guests there are places for, whatever the roster says."""
    limit = places(problem, rulebook["D"])
    match of:
        case Service.DAY_USE:
            return limit.day_use
        case Service.OVERNIGHT:
            return limit.overnight
        case Service.VISIT:
            return expected(problem, rulebook, date, of) + MOST_COUNTED


def other_day(problem: Problem, date: dt.date, of: Service, number: int) -> ForecastDay:
    """Return what is expected on a date with another number of guests."""
    return problem.forecast_by_date[date].model_copy(update={of.value: number})


def with_day(problem: Problem, day: ForecastDay) -> Problem:
    """Return the month with another day in place of the one expected."""
    return problem.model_copy(update={"forecast": problem.forecast.with_days([day])})


READ_BY: dict[str, tuple[str, ...]] = {
    "day_users": ("A-03", "D", "K-01"),
    "overnight": ("A-06", "C-03", "D", "K-01"),
    "visits": ("K-01",),
}
"""By field of `ForecastDay`, the rules on law, musts and contracts that read it."""

BY_DATE: dict[str, CheckDate] = {"A-06": check_night, "K-01": check_date}
"""Rules of which a date's findings depend on that date and the night before alone."""

_CHECKS = dict(CHECKS)


def check_other_day(
    timeline: Timeline, problem: Problem, field: str, date: dt.date
) -> tuple[Finding, ...]:
    """Return all that is found at the spots that the other day can change.

    Parameters
    ----------
    timeline
        Of the roster; it does not depend on what is expected.
    problem
        The month with the other day in it.
    field
        What of the day is other.
    date
        Of the day.

    Returns
    -------
    tuple of Finding
        At each of their spots all that a whole audit would find there.
    """
    found = [
        finding
        for rule_id in READ_BY[field]
        for finding in _check(timeline, problem, rule_id, date)
    ]
    return tuple(without_agreed(found, problem.agreements, timeline.rulebook))


def _check(
    timeline: Timeline, problem: Problem, rule_id: str, date: dt.date
) -> Iterator[Finding]:
    rule = timeline.rulebook[rule_id]
    of_date = BY_DATE.get(rule_id)
    if of_date is None:
        yield from _CHECKS[rule_id](timeline, problem, rule)
        return
    for one in (date, date + ONE_DAY):
        if one in problem.period:
            yield from of_date(timeline, problem, rule, one)


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
