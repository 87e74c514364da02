"""Room for guests of a roster as it is: how many more it carries, without a solver.

Guests are added one by one, and the rules that read the forecast are audited again.
The other rules' findings cannot change, but for M-01, N-01 and A-07, which depend on
the nights needed; they concern evenness and comfort, or are only shown, and are left
out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator

from scheduler.audit import CHECKS
from scheduler.audit.case import RuleCase
from scheduler.audit.findings import Tolerated, without_agreed
from scheduler.audit.rules.a06_night import check_night
from scheduler.audit.rules.d_capacity import places
from scheduler.audit.rules.k01_house_ratio import check_date
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.forecast import ForecastDay, HouseDay, Service
from scheduler.domain.joint import JointProblem
from scheduler.domain.office import HouseRatio
from scheduler.domain.plan import Room
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rulebook import Rulebook, rules_of

CheckDate = Callable[[RuleCase, dt.date], Iterator[Finding]]


MOST_COUNTED = 9
"""Most additional visits tried, as no capacity limits them."""


def expected(problem: Problem, rulebook: Rulebook, date: dt.date, of: Service) -> int:
    """Return the expected guests of a service; unknown ones as A-06 counts them."""
    number: int | None = getattr(problem.forecast_by_date[date], of)
    return rulebook["A-06"].int("stay_when_unknown") if number is None else number


def most(problem: Problem, rulebook: Rulebook, date: dt.date, of: Service) -> int:
    """Return the most guests to try: the places, or for visits `MOST_COUNTED` more."""
    limit = places(problem)
    match of:
        case Service.DAY_USE:
            return limit.day_use
        case Service.OVERNIGHT:
            return limit.overnight
        case Service.VISIT:
            return expected(problem, rulebook, date, of) + MOST_COUNTED


def house_of_room(problem: Problem, room: Room) -> Problem:
    """Return the house of a room; an office by itself is its own."""
    if isinstance(problem, JointProblem):
        return problem.houses[_number(problem, room)]
    return problem


def _number(problem: JointProblem, room: Room) -> int:
    names = [house.office.name for house in problem.houses]
    return names.index(room.house)


def other_day(problem: Problem, room: Room, number: int) -> ForecastDay:
    """Return the forecast of a room's date with another number of guests."""
    known = house_of_room(problem, room).forecast_by_date[room.date]
    update = {room.service.value: number}
    if isinstance(problem, JointProblem):
        fields = {name: getattr(known, name) for name in type(known).model_fields}
        given = {**fields, **update, "house": _number(problem, room)}
        return HouseDay.model_construct(**given)
    return known.model_copy(update=update)


READ_BY: dict[str, tuple[str, ...]] = {
    "day_users": ("A-03", "A-12", "D", "K-01"),
    "overnight": ("A-06", "C-03", "D", "K-01"),
    "visits": ("K-01",),
}
"""The rules on law, musts and contracts that read a field of `ForecastDay`."""

BY_DATE: dict[str, CheckDate] = {"A-06": check_night, "K-01": check_date}
"""Checks by date, of rules that read only a date's forecast and the night before's."""


def check_other_day(
    timeline: Timeline, problem: Problem, field: str, date: dt.date
) -> tuple[Finding, ...]:
    """Return all findings at the spots that a changed forecast of a date can affect.

    Parameters
    ----------
    timeline
        That of the roster; it does not depend on the forecast.

    Returns
    -------
    tuple of Finding
        At each spot the same findings as a whole audit.
    """
    # Guests who sleep are also in the house the next morning.
    is_next = field == Service.OVERNIGHT.value
    dates = (date, date + ONE_DAY) if is_next else (date,)
    found = [
        finding
        for rule_id in READ_BY[field]
        for finding in _check(timeline, problem, rule_id, dates)
    ]
    return tuple(without_agreed(found, problem.agreements, timeline.rulebook))


def _check(
    timeline: Timeline, problem: Problem, rule_id: str, dates: Iterable[dt.date]
) -> Iterator[Finding]:
    case = RuleCase(timeline, problem, timeline.rulebook[rule_id])
    of_date = BY_DATE.get(rule_id)
    if of_date is None:
        yield from CHECKS[rule_id](case)
        return
    for one in dates:
        if one in problem.period:
            yield from of_date(case, one)


def as_it_stands(
    problem: Problem,
    roster: Roster,
    findings: Iterable[Finding],
    dates: Collection[dt.date] | None = None,
) -> tuple[Room, ...]:
    """Return the room for guests by date, then service, with the roster unchanged.

    Returns
    -------
    tuple of Room
        Of several houses that are planned together, one house after the other.
    """
    if isinstance(problem, JointProblem):
        return tuple(_in_houses(problem, roster, findings, dates))
    asking = _Answers(problem, roster, findings)
    return tuple(
        asking.room(date, service)
        for date in problem.period.dates
        if dates is None or date in dates
        for service in Service
    )


def _in_houses(
    joint: JointProblem,
    roster: Roster,
    findings: Iterable[Finding],
    dates: Collection[dt.date] | None,
) -> Iterator[Room]:
    """Yield the rooms of each house.

    Guests who stay in a satellite are also guests for whom its main has somebody on
    call.
    """
    known = tuple(findings)
    main: _Answers | None = None
    for number, house in enumerate(joint.houses):
        name = house.office.name
        own = (
            one.model_copy(update={"house": ""}) for one in known if one.house == name
        )
        asking = _Answers(house, joint.of_house(roster, number), own, main)
        main = main or asking
        for date in house.period.dates:
            for service in Service if dates is None or date in dates else ():
                room = asking.room(date, service)
                changed = {"house": name, "stopped_by": _named(name, room.stopped_by)}
                yield room.model_copy(update=changed)


def _named(name: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with the house's name, where they have none."""
    return tuple(
        one if one.house else one.model_copy(update={"house": name}) for one in findings
    )


class _Answers:
    """Answers for one roster, whose timeline is computed once."""

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        findings: Iterable[Finding],
        main: _Answers | None = None,
    ) -> None:
        self._problem = problem
        self._main = main
        self._rulebook = rules_of(problem)
        self._timeline = timeline_of(problem, roster)
        self._tolerated = Tolerated(self._rulebook, findings)

    def room(self, date: dt.date, service: Service) -> Room:
        """Add guests one by one until a limit is broken or there is no place left.

        Larger numbers are not tried after that, though one might break nothing: as
        departures are rounded down, two users may stay for a shorter time than one.
        """
        known = expected(self._problem, self._rulebook, date, service)
        end = most(self._problem, self._rulebook, date, service)
        stopped_by: tuple[Finding, ...] = ()
        usual = _passed(self._found(date, service, known), date)
        more, guided, is_guided = 0, 0, True
        while known + more < end and not stopped_by:
            found = self._found(date, service, known + more + 1)
            stopped_by = self._tolerated.beyond(found)
            if self._main is not None and service is Service.OVERNIGHT:
                stopped_by += self._main.with_guests_there(date, more + 1)
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

    def with_guests_there(self, date: dt.date, more: int) -> tuple[Finding, ...]:
        """Return what a main office breaks if more guests stay in its satellite."""
        day = self._problem.forecast_by_date[date]
        guests = {"satellite_overnight": day.satellite_overnight + more}
        changed = self._problem.with_more(days=[day.model_copy(update=guests)])
        found = check_other_day(self._timeline, changed, Service.OVERNIGHT.value, date)
        beyond = self._tolerated.beyond(found)
        return _named(self._problem.office.name, beyond)

    @property
    def _has_guideline(self) -> bool:
        """Whether the office holds K-01 as a guideline."""
        reading = self._problem.office.settings.house_ratio
        return reading is HouseRatio.GUIDELINE

    def _found(
        self, date: dt.date, service: Service, number: int
    ) -> tuple[Finding, ...]:
        """Return the findings that depend on the number of guests, for ``number``."""
        day = self._problem.forecast_by_date[date]
        other = day.model_copy(update={service.value: number})
        changed = self._problem.with_more(days=[other])
        return check_other_day(self._timeline, changed, service.value, date)


def _passed(found: Iterable[Finding], date: dt.date) -> int:
    """Return the amount below guidelines on a date and the next one.

    The next date's requirement depends on this date through its overnight guests.
    """
    dates = (date, date + ONE_DAY)
    return sum(
        finding.amount
        for finding in found
        if finding.stance is Stance.GUIDELINE and finding.date in dates
    )
