"""Check requests, cover rules, pins, and agreements on limits.

A pin that law or the rest of the month forbids is no mistake: the roster then breaks
the pin, and the audit reports it (W-02).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from scheduler.audit.consistency.history import of_duty, repeated_cells
from scheduler.audit.consistency.report import (
    Loc,
    all_outside,
    foreign,
    listed,
    mistake,
    repeated_lines,
    repeated_names,
    reversed_limits,
    unknown,
    unknown_facts,
)
from scheduler.audit.figures.able import pile_ups
from scheduler.audit.figures.limits import is_in_force, limit_of
from scheduler.audit.figures.stretches import stretches
from scheduler.audit.rules.k03_events import asks
from scheduler.domain.agreements import ON_CALL, Agreement, Concession, Spot
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Mistake
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule, Strength, Want
from scheduler.domain.shifts import Duty, OffKind, OnCall
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of, yielding


def request_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find unknown people and shifts, dates outside the period, reversed limits."""
    yield from foreign(problem, ("requests",), problem.requests)
    yield from repeated_lines(
        "duplicate_request",
        ("requests",),
        problem.requests,
        lambda one: (one.staff, one.date, one.want, one.shifts),
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
    yield from repeated_names("duplicate_event", ("events",), problem.events)
    for i, event in enumerate(problem.events):
        for j, person in enumerate(event.people):
            loc = ("events", i, "people", j)
            yield from unknown("unknown_person", person, problem.member_by_name, loc)


def event_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find events that ask for nobody there is, and those whose dates are others."""
    for i, event in enumerate(problem.events):
        if not event.weekdays and not any(map(event.is_held_on, problem.period.dates)):
            facts = {"event": event.name, "dates": listed(event.dates)}
            yield mistake("event_dates_outside", ("events", i, "dates"), **facts)
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
    yield from repeated_names("duplicate_rule", ("cover_rules",), problem.cover_rules)


def _cover(i: int, rule: CoverRule, problem: Problem) -> Iterator[Mistake]:
    loc = ("cover_rules", i)
    if rule.shift is not None:
        shifts = problem.shift_by_symbol
        yield from unknown("unknown_shift", rule.shift, shifts, (*loc, "shift"))
    yield from reversed_limits((*loc, "at_least"), rule.at_least, rule.at_most)


def pin_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find unknown people, outside dates, repeated cells, pins against a contract."""
    pins = problem.pins
    for part in ("duties", "on_call"):
        yield from foreign(problem, ("pins", part), getattr(pins, part))
    yield from repeated_cells("pins", pins.duties, pins.on_call)
    for i, duty in enumerate(pins.duties):
        yield from _of_pin(i, duty, problem)
    for i, night in enumerate(pins.on_call):
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
    shift = problem.shift_of(duty)
    if shift is None:
        return ""
    contract = member.contract
    holiday = duty.date in problem.period.holiday_names
    able = set(member.roles) & set(shift.roles or member.roles)
    reasons = {
        "pin_symbol": shift.symbol not in member.shifts and not shift.own_kind,
        "pin_weekday": duty.date.weekday() not in contract.weekdays,
        "pin_public_holiday": holiday and not contract.public_holidays,
        "pin_other_house": not member.may_begin_in(shift.elsewhere, duty.date),
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


def agreement_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find agreements on limits that never give way, wrong spots, excessive amounts."""
    for i, agreement in enumerate(problem.agreements):
        loc: Loc = ("agreements", i)
        spot = agreement.spot
        facet = yielding().get((spot.rule, spot.facet))
        if facet is None:
            place = f"{spot.rule} {spot.facet}"
            yield mistake("never_gives_way", (*loc, "spot", "facet"), value=place)
            continue
        for part in ("staff", "date", "name"):
            needed, given = part in facet.about, bool(getattr(spot, part))
            if needed != given:
                code = "agreement_needs" if needed else "agreement_without"
                yield mistake(f"{code}_{part}", (*loc, "spot", part))
            elif given:
                yield from _of_part(part, spot, problem, (*loc, "spot", part))
        if agreement.until and (spot.date or agreement.until < problem.period.first):
            code = "agreement_dated" if spot.date else "agreement_ended"
            facts = {"date": agreement.until, "first": problem.period.first}
            yield mistake(code, (*loc, "until"), **facts)
        if facet.yields is Concession.OVERTIME_HOUR:
            yield from _overtime(agreement, problem, (*loc, "amount"))
    yield from all_outside(
        problem.period,
        [
            (("agreements", i, "spot", "date"), one.spot.date)
            for i, one in enumerate(problem.agreements)
            if one.spot.date and "date" in _about(one.spot)
        ],
    )
    yield from repeated_lines(
        "duplicate_agreement",
        ("agreements",),
        problem.agreements,
        lambda one: one.spot,
    )


def _about(spot: Spot) -> frozenset[str]:
    """Return the parts of a spot that its facet needs; none if it cannot give way."""
    facet = yielding().get((spot.rule, spot.facet))
    return frozenset(facet.about) if facet else frozenset()


def agreement_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find agreements on limits that are not in force, so that they have no effect."""
    for i, agreement in enumerate(problem.agreements):
        if not _holds(agreement.spot, problem):
            yield mistake("agreement_idle", ("agreements", i, "spot", "facet"))


def _of_part(part: str, spot: Spot, problem: Problem, loc: Loc) -> Iterator[Mistake]:
    """Find an unknown person, cover rule or shift, or a date that does not fit."""
    if part == "staff":
        yield from unknown("unknown_person", spot.staff, problem.member_by_name, loc)
    elif part == "date":
        yield from _of_date(spot, problem, loc)
    elif spot.rule == "K-02":
        with_band = spot.facet.startswith("band")
        known = [
            rule.name
            for rule in problem.cover_rules
            if rule.must and (rule.band is not None) == with_band
        ]
        yield from unknown("unknown_cover_rule", spot.name, known, loc)
    elif spot.rule == "P-09":
        known = [one.name for one in problem.personal_limits if one.staff == spot.staff]
        yield from unknown("unknown_counted", spot.name, known, loc)
    elif spot.rule == "K-03":
        known = [one.name for one in problem.events if one.must and one.asks_somebody]
        yield from unknown("unknown_event", spot.name, known, loc)
    elif spot.rule == "G":
        known = [one.name for one in stretches(problem, must=True)]
        yield from unknown("unknown_stretch", spot.name, known, loc)
    elif spot.name != ON_CALL:
        yield from unknown("unknown_shift", spot.name, problem.shift_by_symbol, loc)


def _of_date(spot: Spot, problem: Problem, loc: Loc) -> Iterator[Mistake]:
    date, member = spot.date, problem.member_by_name.get(spot.staff)
    if date is None or date not in problem.period:
        return
    if spot.rule == "L-01" and member and date not in member.employed:
        yield mistake("agreement_not_employed", loc, name=member.name)
    first_weekday = problem.office.settings.week_starts_on
    first = problem.period.week_in_period(date, first_weekday)[0]
    if yielding()[spot.rule, spot.facet].weekly and date != first:
        yield mistake("agreement_in_week", loc, first=first)


def _overtime(agreement: Agreement, problem: Problem, loc: Loc) -> Iterator[Mistake]:
    """Find overtime above the article 36 agreement, or without one (F-08)."""
    most = problem.office.settings.overtime_most
    if most is None:
        yield mistake("overtime_unknown", loc)
    elif agreement.amount > most:
        yield mistake("overtime_above", loc, agreed=agreement.amount, allowed=most)


def _holds(spot: Spot, problem: Problem) -> bool:
    """Tell whether the limit at a spot is in force in this problem."""
    facet = yielding().get((spot.rule, spot.facet))
    if facet is None:
        return True
    member = problem.member_by_name.get(spot.staff)
    is_known = member is not None or "staff" not in facet.about
    is_set = limit_of(spot, rules_of(problem), problem) is not None
    if facet.limit and is_known and not is_set:
        return False
    if not is_in_force(facet, problem, spot):
        return False
    if spot.date is None:
        return True
    if member is None:
        return _applies(spot.date, spot.name, problem)
    return _holds_on(spot.date, spot, problem, member)


def _applies(date: dt.date, name: str, problem: Problem) -> bool:
    """Tell whether a cover rule of the name applies on the date, or none has it."""
    rules = [rule for rule in problem.cover_rules if rule.name == name]
    return not rules or any(rule.applies_on(date) for rule in rules)


def _holds_on(date: dt.date, spot: Spot, problem: Problem, member: StaffMember) -> bool:
    """Tell whether there is a limit, a wish or a pin for a person on a date."""
    match spot.rule, spot.facet:
        case ("L-01", "available"):
            return not member.contract.allows(date, problem.period)
        case ("L-01", _):
            done = (ON_CALL,) if member.on_call else ()
            return spot.name not in (*member.shifts, *done)
        case ("W-01", _):
            requests = problem.requests_by_cell.get((member.name, date), ())
            return any(one.strength is Strength.MUST for one in requests)
        case ("W-02", "duty"):
            return (member.name, date) in problem.pin_by_cell
        case ("W-02", _):
            nights = ((night.staff, night.date) for night in problem.pins.on_call)
            return (member.name, date) in nights
    return True
