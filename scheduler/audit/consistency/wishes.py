"""Check requests, cover rules and pins: impossible ones, and too many requests.

A pin that law or the rest of the month forbids is no mistake: the roster then breaks
the pin, and the audit reports it (W-02).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scheduler.audit.consistency.history import of_duty
from scheduler.audit.consistency.report import (
    all_outside,
    foreign,
    mistake,
    repeated,
    repeated_name,
    unknown,
    unknown_facts,
)
from scheduler.audit.figures.able import pile_ups
from scheduler.audit.rules.k03_events import asks
from scheduler.domain.requests import Want
from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import CoverRule
    from scheduler.domain.shifts import Duty, OnCall
    from scheduler.domain.staff import StaffMember


def request_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find unknown people and shifts, dates outside the period, reversed limits."""
    yield from foreign(problem, ("requests",), problem.requests)
    yield from repeated(
        "duplicate_request",
        [
            (("requests", i), (r.staff, r.date, r.want, r.shifts))
            for i, r in enumerate(problem.requests)
        ],
    )
    for i, rule in enumerate(problem.cover_rules):
        yield from _cover(i, rule, problem)
    yield from all_outside(
        problem.period,
        [
            (("cover_rules", i, "dates", j), date)
            for i, rule in enumerate(problem.cover_rules)
            for j, date in enumerate(rule.dates)
        ],
    )


def event_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find unknown people, and events of the same name."""
    names = [(("events", i, "name"), one.name) for i, one in enumerate(problem.events)]
    yield from repeated_name("duplicate_event", names)
    for i, event in enumerate(problem.events):
        for j, person in enumerate(event.people):
            loc = ("events", i, "people", j)
            yield from unknown("unknown_person", person, problem.member_by_name, loc)


def event_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find events that ask for people of whom there is nobody."""
    for i, event in enumerate(problem.events):
        if event.asks_somebody and not any(asks(event, m) for m in problem.staff):
            yield mistake("event_nobody", ("events", i, "name"), event=event.name)


def request_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find cover rules with a qualification or group nobody has, or a repeated name."""
    groups = {group for member in problem.staff for group in member.groups}
    held = {one for member in problem.staff for one in member.qualifications}
    for i, rule in enumerate(problem.cover_rules):
        for field, known in (("group", groups), ("qualification", held)):
            value = getattr(rule, field)
            if value is not None and value not in known:
                loc = ("cover_rules", i, field)
                yield mistake("nobody_has", loc, **unknown_facts(value, known))
    yield from repeated_name(
        "duplicate_rule",
        [
            (("cover_rules", i, "name"), rule.name)
            for i, rule in enumerate(problem.cover_rules)
        ],
    )


def _cover(i: int, rule: CoverRule, problem: Problem) -> Iterator[Mistake]:
    loc = ("cover_rules", i)
    if rule.shift is not None:
        shifts = problem.shift_by_symbol
        yield from unknown("unknown_shift", rule.shift, shifts, (*loc, "shift"))
    least, most = rule.at_least, rule.at_most
    if least is not None and most is not None and least > most:
        yield mistake("limits_reversed", (*loc, "at_least"), least=least, most=most)


def pin_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find unknown people, outside dates, repeated cells, pins against a contract."""
    pins = problem.pins
    for part in ("duties", "on_call"):
        yield from foreign(problem, ("pins", part), getattr(pins, part))
    duties, nights = tuple(enumerate(pins.duties)), tuple(enumerate(pins.on_call))
    yield from repeated(
        "duplicate_duties",
        [(("pins", "duties", i), (duty.staff, duty.date)) for i, duty in duties],
    )
    yield from repeated(
        "duplicate_on_call", [(("pins", "on_call", i), n.date) for i, n in nights]
    )
    for i, duty in duties:
        yield from _of_pin(i, duty, problem)
    for i, night in nights:
        yield from _of_night(i, night, problem)


def _of_pin(i: int, duty: Duty, problem: Problem) -> Iterator[Mistake]:
    loc = ("pins", "duties", i)
    yield from of_duty(loc, duty, problem, roles_open=True)
    member = problem.member_by_name.get(duty.staff)
    code = _against_contract(problem, member, duty) if member else ""
    if member and code:
        yield mistake(code, loc, name=member.name, symbol=duty.shift or "")


def _against_contract(problem: Problem, member: StaffMember, duty: Duty) -> str:
    """Return the code of how a pin contradicts the contract; empty if it does not."""
    away = duty.off is OffKind.AWAY
    if (duty.date in member.employed) == away:
        return "pin_not_away" if away else "pin_not_employed"
    shift = problem.shift_by_symbol.get(duty.shift) if duty.shift else None
    if shift is None:
        return ""
    contract = member.contract
    holiday = duty.date in problem.period.holiday_names
    able = set(member.roles) & set(shift.roles or member.roles)
    reasons = {
        "pin_symbol": shift.symbol not in member.shifts and not shift.own_kind,
        "pin_weekday": duty.date.weekday() not in contract.weekdays,
        "pin_public_holiday": holiday and not contract.public_holidays,
        "pin_roles": not set(duty.roles) <= able,
    }
    return next((code for code, holds in reasons.items() if holds), "")


def _of_night(i: int, night: OnCall, problem: Problem) -> Iterator[Mistake]:
    member = problem.member_by_name.get(night.staff)
    if member is None:
        return
    loc = ("pins", "on_call", i)
    if not member.on_call:
        yield mistake("pin_on_call", loc, name=member.name)
    elif night.date not in member.employed:
        yield mistake("pin_not_employed", loc, name=member.name)


def quota_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find people and dates above the quotas of requested days off, and pile-ups.

    For the quotas, days off of any strength count; paid leave and half days do not.
    """
    yield from _over_quota(problem)
    places = {
        cell: problem.requests.index(requests[0])
        for cell, requests in problem.requests_by_cell.items()
    }
    for pile_up in pile_ups(problem):
        yield mistake(
            "pile_up",
            ("requests", places[pile_up.free[0], pile_up.date]),
            on=pile_up.date,
            count=len(pile_up.free),
            names="、".join(pile_up.free),
            others=pile_up.others,
            given=pile_up.reached,
            needed=pile_up.required,
            missing=pile_up.missing,
        )


def _over_quota(problem: Problem) -> Iterator[Mistake]:
    settings = problem.office.settings
    by_person: dict[StaffId, list[int]] = defaultdict(list)
    by_date: dict[dt.date, list[int]] = defaultdict(list)
    for i, request in enumerate(problem.requests):
        if request.want is Want.DAY_OFF:
            by_person[request.staff].append(i)
            by_date[request.date].append(i)
    limit = settings.wishes_per_person
    for name, asked in by_person.items():
        if limit is not None and len(asked) > limit:
            loc = ("requests", asked[limit])
            yield mistake("many_wishes", loc, name=name, count=len(asked), limit=limit)
    limit = settings.wishes_per_day
    for date, asked in sorted(by_date.items()):
        if limit is not None and len(asked) > limit:
            names = "、".join(problem.requests[i].staff for i in asked)
            yield mistake(
                "many_wish_date",
                ("requests", asked[limit]),
                on=date,
                count=len(asked),
                names=names,
                limit=limit,
            )
