"""Check that each agreement is about a limit that exists and can give way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import all_outside, mistake, repeated, unknown
from scheduler.audit.figures.desk import stretches
from scheduler.audit.figures.limits import is_in_force, limit_of
from scheduler.domain.agreements import ON_CALL, Concession
from scheduler.domain.requests import Strength
from scheduler.rulebook import rules_of, yielding

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.audit.consistency.report import Loc
    from scheduler.domain.agreements import Agreement, Spot
    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember


def mistakes(problem: Problem) -> Iterator[Mistake]:
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
    yield from repeated(
        "duplicate_agreement",
        [(("agreements", i), one.spot) for i, one in enumerate(problem.agreements)],
    )


def _about(spot: Spot) -> frozenset[str]:
    """Return the parts of a spot that its facet needs; none if it cannot give way."""
    facet = yielding().get((spot.rule, spot.facet))
    return frozenset(facet.about) if facet else frozenset()


def warnings(problem: Problem) -> Iterator[Mistake]:
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
    contract = member.contract
    match spot.rule, spot.facet:
        case ("L-01", "available"):
            holiday = date in problem.period.holiday_names
            works = contract.public_holidays or not holiday
            return date.weekday() not in contract.weekdays or not works
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
