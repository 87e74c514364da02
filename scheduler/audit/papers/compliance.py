"""The compliance page: every limit in force, its tightest moment, and the verdict.

A facet's record names its measure: one of `MEASURES`, or ``person.`` and a figure of
each person's month, which is compared with the facet's limit.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from scheduler.audit import staff_list
from scheduler.audit.figures.bands import (
    BandHours,
    DayHours,
    Night,
    day_hours,
    month_hours,
    nights,
)
from scheduler.audit.figures.calendar_months import nurse_duties
from scheduler.audit.figures.day_curve import Moment, day_curves
from scheduler.audit.figures.limits import is_in_force, limit_of
from scheduler.audit.figures.people import PersonMonth, people
from scheduler.audit.rules.a12_visit_people import there_by_day, visit_people
from scheduler.audit.rules.a19_kantaki_nurses import nurse_minutes
from scheduler.audit.timeline import timeline_of
from scheduler.domain.agreements import Spot
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import Clock
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Strength
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Role
from scheduler.rulebook import Facet, Rule, Rulebook, rules_of

LAST_DAY = 31
"""The last day that a month can have."""


class Compared(NamedTuple):
    """Required and planned numbers of one moment, date, person or month.

    They are in the unit in which the facet compares.
    """

    required: int
    planned: int
    date: dt.date | None = None
    people: tuple[StaffId, ...] = ()
    begin: Clock | None = None
    end: Clock | None = None
    at_most: bool = False
    """Whether ``required`` is an upper limit; if not, a lower one."""

    @property
    def margin(self) -> int:
        """Distance to the limit, negative if it is broken."""
        if self.at_most:
            return self.required - self.planned
        return self.planned - self.required


class MeasuredMonth(NamedTuple):
    """A problem and its roster with figures that several rules need."""

    problem: Problem
    roster: Roster
    rulebook: Rulebook
    curve: tuple[Moment, ...]
    nights: tuple[Night, ...]
    hours: tuple[DayHours, ...]
    month_hours: BandHours
    people: tuple[PersonMonth, ...]

    @classmethod
    def of(cls, problem: Problem, roster: Roster) -> MeasuredMonth:
        """Compute all figures once."""
        return cls(
            problem=problem,
            roster=roster,
            rulebook=rules_of(problem),
            curve=tuple(
                moment
                for curve in day_curves(problem, roster, problem.period.dates).values()
                for moment in curve
            ),
            nights=nights(problem, roster),
            hours=day_hours(problem, roster),
            month_hours=month_hours(problem, roster),
            people=people(problem, roster),
        )


Measure = Callable[[MeasuredMonth, int], Iterable[Compared]]
"""Returns all that a limit is compared with; nothing if there is nothing to compare.

The second argument is the limit, 0 if no single number expresses it.
"""

PERSON = "person."
"""Prefix of measures that are taken of each person."""


def strictest(month: MeasuredMonth, rule: Rule, name: str) -> Compared | None:
    """Return where a limit is tightest, the first of several such places."""
    facet = rule.facet[name]
    if not facet.measure:
        return None
    if facet.measure.startswith(PERSON):
        found = _of_people(month, rule, name, facet.measure.removeprefix(PERSON))
    else:
        limit = limit_of(Spot(rule=rule.id, facet=name), month.rulebook, month.problem)
        found = MEASURES[facet.measure](month, limit or 0)
    places = (one._replace(at_most=facet.at_most) for one in found)
    return min(places, key=attrgetter("margin"), default=None)


def _of_people(
    month: MeasuredMonth, rule: Rule, name: str, figure: str
) -> Iterable[Compared]:
    """Compare a figure of each person's month with the person's limit."""
    for own in month.people:
        spot = Spot(rule=rule.id, facet=name, staff=own.staff)
        required = limit_of(spot, month.rulebook, month.problem)
        if figure == "nights_if_any":
            planned = _nights(month, own)
        else:
            planned = getattr(own, figure)
        if required is not None and planned is not None:
            yield Compared(required, planned, people=(own.staff,))


def _nights(month: MeasuredMonth, own: PersonMonth) -> int | None:
    """Return a person's nights; ``None`` for people who have none and may do none."""
    table = month.problem.shift_by_symbol
    shifts = month.problem.member_by_name[own.staff].shifts
    can = any(table[symbol].is_night for symbol in shifts)
    return own.nights if can or own.nights else None


def _wishes(strength: Strength) -> Measure:
    def measure(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
        asked = [
            wish
            for own in month.people
            for wish in own.wishes
            if wish.request.strength is strength
        ]
        refused = [wish.request.staff for wish in asked if not wish.granted]
        if asked:
            granted, people = len(asked) - len(refused), dict.fromkeys(refused)
            yield Compared(len(asked), granted, people=tuple(people))

    return measure


def _heads(found: Callable[[Problem], list[StaffId]]) -> Measure:
    """Return a measure that counts people of a kind on the staff list."""

    def measure(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
        names = found(month.problem)
        yield Compared(limit, len(names), people=tuple(names))

    return measure


def _desk(role: Role, since: str = "", until: str = "") -> Measure:
    """Return a measure of the minutes in a role, from a day of G to a day of G."""

    def measure(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
        members, dates = month.problem.member_by_name, month.problem.period.dates
        first = month.rulebook["G"].int(since) if since else 1
        last = month.rulebook["G"].int(until) if until else LAST_DAY
        chosen = {date for date in dates if first <= date.day <= last}
        at_desk = [
            stretch
            for stint in timeline_of(month.problem, month.roster).begun
            if stint.date in chosen
            for stretch in stint.stretches
            if stretch.role is role
            and not stretch.on_break
            and staff_list.may_do(month.problem, members[stretch.staff], role)
        ]
        if chosen:
            planned = sum(stretch.interval.minutes for stretch in at_desk)
            people = dict.fromkeys(stretch.staff for stretch in at_desk)
            yield Compared(limit, planned, people=tuple(people))

    return measure


def _day_hours(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    for day in month.hours:
        yield Compared(day.required, day.planned, day.date)


def _month_hours(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    yield Compared(month.month_hours.required, month.month_hours.planned)


def _presence(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    for one in month.curve:
        if one.night is None:
            yield Compared(limit, one.planned, one.date, (), one.begin, one.end)


def _house_ratio(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    for one in month.curve:
        if one.is_house_held:
            needed, there = one.house_required, one.in_house
            yield Compared(needed, there, one.date, (), one.begin, one.end)


def _awake(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    for night in month.nights:
        if night.needed:
            yield Compared(limit, night.least_awake, night.date, night.awake)


def _on_call(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    for night in month.nights:
        if night.called and limit:
            planned = limit if night.on_call_missing == 0 else 0
            people = () if night.on_call is None else (night.on_call,)
            yield Compared(limit, planned, night.date, people)


def _contact(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    for night in month.nights:
        if not night.called and limit:
            people = () if night.on_call is None else (night.on_call,)
            yield Compared(limit, len(people), night.date, people)


def _nurse_shifts(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    begun = nurse_duties(month.problem, month.roster, month.problem.period.dates)
    people = dict.fromkeys(duty.staff for duty in begun)
    yield Compared(limit, len(begun), people=tuple(people))


def _visit_people(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    problem, timeline = month.problem, timeline_of(month.problem, month.roster)
    if month.rulebook["A-12"].int("visit_people_min"):
        for date in problem.period.dates:
            there = there_by_day(timeline, problem, date)
            yield Compared(visit_people(problem, date), len(there), date)


def _nurse_minutes(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    counted = nurse_minutes(timeline_of(month.problem, month.roster), month.problem)
    people = tuple(name for name, minutes in counted.items() if minutes)
    yield Compared(limit, sum(counted.values()), people=people)


def _of_office(figure: str) -> Measure:
    """Return a measure of a figure of the office."""
    return lambda month, limit: (
        Compared(limit, attrgetter(figure)(month.problem.office)),
    )


def _day_use(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    for day in month.problem.forecast.days:
        yield Compared(limit, day.day_users, day.date)


def _overnight(month: MeasuredMonth, limit: int) -> Iterator[Compared]:
    for night in month.nights:
        yield Compared(limit, night.guests, night.date)


MEASURES: dict[str, Measure] = {
    "day_hours": _day_hours,
    "month_hours": _month_hours,
    "presence": _presence,
    "house_ratio": _house_ratio,
    "awake": _awake,
    "on_call": _on_call,
    "contact": _contact,
    "full_timers": _heads(staff_list.full_timers),
    "nurses": _heads(staff_list.nurses),
    "nurse_shifts": _nurse_shifts,
    "planners": _heads(staff_list.planners),
    "planner_desk": _desk(Role.PLANNER),
    "planner_desk_early": _desk(Role.PLANNER, until="early_last_day"),
    "planner_desk_late": _desk(Role.PLANNER, since="late_first_day"),
    "managers": _heads(staff_list.managers),
    "manager_desk": _desk(Role.MANAGER),
    "visit_people": _visit_people,
    "full_time_nurses": _heads(staff_list.full_time_nurses),
    "nurse_minutes": _nurse_minutes,
    "registered": _of_office("registered"),
    "day_use": _day_use,
    "overnight": _overnight,
    "day_use_places": _of_office("capacity.day_use"),
    "overnight_places": _of_office("capacity.overnight"),
    "wishes_must": _wishes(Strength.MUST),
    "wishes_strong": _wishes(Strength.STRONG),
    "wishes_weak": _wishes(Strength.WEAK),
}
"""Measures by the name that a facet's record refers to."""


class LimitVerdict(StrEnum):
    """Whether the audit finds a limit met, missed or broken."""

    MET = "met"
    NOTICE = "notice"
    """Missed without a breach: contract, wish, evenness, comfort, or only reported."""
    BREACH = "breach"


class ComplianceLine(Frozen):
    """One facet of a rule: its tightest moment and the verdict."""

    rule: str
    facet: str
    stance: Stance
    strictest: Compared | None
    """``None`` for facets that do not compare two numbers, or have no limit set."""
    findings: int
    """Number of the audit's findings on it."""
    amount: int
    """Their sum, in the unit of the facet."""
    verdict: LimitVerdict
    to_be_confirmed: bool
    """Whether users are told to confirm the rule (要確認)."""


def compliance(
    problem: Problem, roster: Roster, findings: Iterable[Finding]
) -> tuple[ComplianceLine, ...]:
    """Return a line for every limit that is in force, in the order of the rulebook.

    Parameters
    ----------
    findings
        All findings of the audit in it, from which the verdicts follow.
    """
    month = MeasuredMonth.of(problem, roster)
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.rule, finding.facet].append(finding)
    return tuple(
        _line(month, rule, name, facet, found[rule.id, name])
        for rule in month.rulebook.rules
        if "check" in rule.sides and rule.is_for(month.rulebook.kind)
        for name, facet in rule.facet.items()
        if not facet.computed and is_in_force(facet, problem)
    )


def _line(
    month: MeasuredMonth, rule: Rule, name: str, facet: Facet, found: list[Finding]
) -> ComplianceLine:
    return ComplianceLine(
        rule=rule.id,
        facet=name,
        stance=facet.stance,
        strictest=strictest(month, rule, name),
        findings=len(found),
        amount=sum(finding.amount for finding in found),
        verdict=_verdict(found),
        to_be_confirmed=rule.is_to_be_confirmed(name),
    )


def _verdict(found: list[Finding]) -> LimitVerdict:
    if any(finding.stance.is_hard for finding in found):
        return LimitVerdict.BREACH
    return LimitVerdict.NOTICE if found else LimitVerdict.MET
