"""Temporary workers (応援・派遣): who is on offer, and who is asked to come.

They are offered for a date or for the whole month; of those in a way out each is asked
for their own duties and for no more.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from scheduler.audit.staff_list import is_nurse
from scheduler.domain.advice import Helper
from scheduler.domain.agreements import Concession
from scheduler.domain.base import StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Finding, Unit
from scheduler.domain.homes import Home, as_begun, at_number
from scheduler.domain.problem import Problem
from scheduler.domain.qualifications import REGISTERED_NURSE
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, OffKind, Role, Shift
from scheduler.domain.staff import Contract, DateSpan, StaffMember
from scheduler.rulebook import rules_of
from scheduler.solver.weights import POINT

MOST = 3
"""Most temporary workers of one kind on one date."""

MOST_OF_A_MONTH = 4
"""Most temporary workers of one kind who may come on any date."""

NIGHTLY = 2
"""Fewest who share any nights: the day after a night nobody begins another."""

DAYS_A_WEEK = 5
"""Days of work of one person, by which hours that are missing are people."""


class HelpKind(StrEnum):
    """The kind of work of a temporary worker, as it appears in the name."""

    DAY = "日中"
    NIGHT = "夜勤"
    NURSE = "看護"
    ON_CALL = "宿直"


class Help(NamedTuple):
    """Temporary work of one kind in one house, on one date or on any."""

    date: dt.date | None
    kind: HelpKind
    house: int = MAIN


def help_on(
    home: Home, broken: Sequence[Finding], dates: Collection[dt.date]
) -> Iterator[tuple[Help, tuple[StaffMember, ...]]]:
    """Yield the temporary workers for some dates, as many as are missing at once.

    Nurses are offered only if a finding is about nurses.  Temporary workers have the
    groups and qualifications that the cover rules of the date ask for.  On call they
    are in the main office alone.
    """
    problem = home.problem
    nurses = any(is_about_nurses(problem, finding) for finding in broken)
    for date in dates:
        for kind in HelpKind:
            number = 1 if kind is HelpKind.ON_CALL else _missing(problem, broken, date)
            if kind is HelpKind.NURSE and not nurses:
                continue
            if kind is HelpKind.ON_CALL and home.number != MAIN:
                continue
            label = f"{home.mark}応援{date.month}/{date.day}"
            able = _able(problem, (date,), kind, label, number)
            if able:
                yield Help(date, kind, home.number), able


def help_on_any_date(
    home: Home, broken: Sequence[Finding]
) -> Iterator[tuple[Help, tuple[StaffMember, ...]]]:
    """Yield temporary workers who may come on any date, as many as could be needed.

    They work by day and by night, and are nurses only if a finding is about nurses.
    """
    problem = home.problem
    dates = problem.period.dates
    at_once = max((_missing(problem, broken, date) for date in dates), default=1)
    hours = sum(_minutes(problem, one) for one in broken)
    days = max(1, len(dates) * DAYS_A_WEEK // 7)
    by_day = -(-hours // (days * problem.office.settings.full_time_day))
    nurses = any(is_about_nurses(problem, finding) for finding in broken)
    numbers = {
        HelpKind.DAY: max(at_once, by_day),
        HelpKind.NIGHT: max(at_once, NIGHTLY),
        HelpKind.NURSE: nurses * at_once,
    }
    for kind, number in numbers.items():
        most = min(number, MOST_OF_A_MONTH)
        able = _able(problem, dates, kind, f"{home.mark}応援", most)
        if able:
            yield Help(None, kind, home.number), able


def _minutes(problem: Problem, finding: Finding) -> int:
    """Return about how many minutes of work a finding is short of, or asks too much."""
    facet = rules_of(problem).facet_of(finding)
    in_minutes = facet.unit in (Unit.MINUTES, Unit.PERSON_MINUTES)
    day = problem.office.settings.full_time_day
    return finding.amount * (1 if in_minutes else day)


def _missing(problem: Problem, broken: Sequence[Finding], date: dt.date) -> int:
    """Return how many people are missing at once on a date, from 1 to `MOST`."""
    rulebook = rules_of(problem)
    most = 1
    for finding in broken:
        if finding.date == date:
            short = abs(finding.required - finding.actual)
            facet = rulebook.facet_of(finding)
            if facet.compared_in in (Unit.MINUTES, Unit.PERSON_MINUTES):
                short = -(-short // problem.office.settings.full_time_day)
            most = max(most, short)
    return min(most, MOST)


def _able(
    problem: Problem, dates: Sequence[dt.date], kind: HelpKind, label: str, number: int
) -> tuple[StaffMember, ...]:
    """Return so many temporary workers of a kind, if there is any work for them."""
    names = (StaffId(f"{label}{kind}{n}") for n in range(1, number + 1))
    helpers = (_helper(problem, dates, kind, name) for name in names)
    return tuple(one for one in helpers if one.shifts or one.on_call)


def _helper(
    problem: Problem, dates: Sequence[dt.date], kind: HelpKind, name: StaffId
) -> StaffMember:
    """Return a temporary worker for dates in a row, as their cover rules ask for."""
    by_night = kind is HelpKind.NIGHT
    wanted = [r for r in problem.cover_rules if any(map(r.applies_on, dates))]
    groups = {rule.group for rule in wanted if rule.group}
    skills = {rule.qualification for rule in wanted if rule.qualification}
    nurse = kind is HelpKind.NURSE
    on_call = kind is HelpKind.ON_CALL
    shifts = [
        shift
        for shift in problem.shifts
        if not on_call and not shift.on_request and shift.is_night == by_night
    ]
    # A night ends on the next date, to which the worker must be employed (L-01).
    into_next = on_call or any(shift.passes_midnight for shift in shifts)
    return StaffMember(
        name=name,
        contract=Contract(full_time=False),
        roles=(Role.NURSE if nurse else Role.CARE,),
        qualifications=(
            (REGISTERED_NURSE,) if nurse else tuple(sorted(skills - {REGISTERED_NURSE}))
        ),
        groups=tuple(sorted(groups - {problem.office.settings.newcomers})),
        shifts=tuple(shift.symbol for shift in shifts),
        on_call=on_call,
        employed=DateSpan(
            first=dates[0], last=dates[-1] + dt.timedelta(days=into_next)
        ),
    )


def is_about_nurses(problem: Problem, finding: Finding) -> bool:
    """Return whether a finding asks for a nurse or names one."""
    covers = {rule.name: rule for rule in problem.cover_rules}
    cover = covers.get(str(finding.facts.get("name", "")))
    wanted = cover is not None and (
        cover.role is Role.NURSE or cover.qualification == REGISTERED_NURSE
    )
    members = (problem.member_by_name.get(name) for name in finding.people)
    asked = any(is_nurse(problem, member) for member in members if member)
    return finding.rule in ("A-10", "A-19") or wanted or asked


def who_comes(
    problem: Problem, offered: Iterable[tuple[int, StaffMember]], roster: Roster
) -> Iterator[Helper]:
    """Yield the temporary workers of a roster, by duty.

    Who was on offer for any date is asked for these duties and for no more.

    Parameters
    ----------
    problem
        The month with all of them.
    offered
        Those who could come, each with the number of their house.
    """
    by_name = {one.name: (house, one) for house, one in offered}
    duties: dict[StaffId, list[tuple[Duty, Shift]]] = defaultdict(list)
    for duty in roster.duties:
        if duty.staff in by_name and duty.shift is not None:
            member = by_name[duty.staff][1]
            shift, _row = as_begun(problem, duty.shift, member)
            duties[duty.staff].append((duty, shift))
    for name, own in duties.items():
        house, member = by_name[name]
        asked = _only(member, own)
        for duty, shift in own:
            yield Helper(
                member=asked,
                house=house,
                date=duty.date,
                role=duty.roles[0],
                shift=shift.symbol,
                begin=moment(duty.date, shift.start),
                end=moment(duty.date, shift.end),
                minutes=shift.work_minutes,
            )
    band = problem.office.night_band
    for call in roster.on_call:
        if call.staff in by_name:
            house, member = by_name[call.staff]
            yield Helper(
                member=member,
                house=house,
                date=call.date,
                role=None,
                begin=moment(call.date, band.start),
                end=moment(call.date, band.end),
                minutes=band.minutes,
            )


def price_of_help(problem: Problem, helpers: Iterable[Helper]) -> int:
    """Return the price of temporary workers together, as each house has set it."""
    return sum(
        prices.of(Concession.HELP_HOUR) * POINT // HOUR * one.minutes
        for one in helpers
        for prices in [at_number(problem, one.house).problem.office.settings.prices]
    )


def as_asked(roster: Roster, helpers: Sequence[Helper]) -> Roster:
    """Return the roster with temporary workers there only when they are asked."""
    by_name = {one.member.name: one.member for one in helpers}

    def cell(duty: Duty) -> Duty:
        member = by_name.get(duty.staff)
        if member is None or duty.date in member.employed:
            return duty
        return Duty(staff=duty.staff, date=duty.date, off=OffKind.AWAY)

    return roster.model_copy(update={"duties": tuple(map(cell, roster.duties))})


def _only(member: StaffMember, duties: Sequence[tuple[Duty, Shift]]) -> StaffMember:
    """Return a temporary worker who can do only these shifts, and no more of them."""
    shifts = [shift for _duty, shift in duties]
    dates = sorted(
        duty.date + dt.timedelta(days=days)
        for duty, shift in duties
        for days in (0, shift.passes_midnight)
    )
    asked = {
        "shifts": tuple(dict.fromkeys(shift.symbol for shift in shifts)),
        "on_call": False,
        "employed": DateSpan(first=dates[0], last=dates[-1]),
    }
    if len(duties) > 1:
        asked["contract"] = member.contract.model_copy(
            update={"minutes_max": sum(shift.work_minutes for shift in shifts)}
        )
    return member.model_copy(update=asked)


def moment(date: dt.date, minute: int) -> dt.datetime:
    """Return the moment so many minutes after a date began."""
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=minute)
