"""Check a scenario, and apply it to roster, pins and staff, before anything is planned.

What results is the current roster with the scenario's events and nothing else changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from math import ceil, floor

from scheduler.audit.consistency.people import people_mistakes
from scheduler.audit.consistency.report import (
    mistake,
    outside,
    repeated,
    text_mistakes,
    unknown,
    unknown_facts,
)
from scheduler.audit.consistency.wishes import pin_mistakes
from scheduler.domain.base import StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.errors import Mistake
from scheduler.domain.forecast import HouseDay
from scheduler.domain.homes import at_number, homes
from scheduler.domain.likeness import begun, look_of
from scheduler.domain.period import Period
from scheduler.domain.problem import Pins, Problem
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import Scenario
from scheduler.domain.shifts import Duty, OffKind
from scheduler.domain.staff import Contract, DateSpan, StaffMember, in_proportion
from scheduler.solver.standing.edits import (
    with_absence,
    with_duty,
    with_on_call,
    with_usual_jobs,
)

ASKED = {
    "duplicate_duties": "asked_twice",
    "pin_not_employed": "asked_not_employed",
    "pin_symbol": "asked_symbol",
    "pin_weekday": "asked_weekday",
    "pin_public_holiday": "asked_public_holiday",
    "pin_roles": "asked_roles",
}
"""Code of a mistake in a scenario's duty, by its code as a mistake in a pin."""


def mistakes(
    scenario: Scenario, problem: Problem, roster: Roster
) -> tuple[Mistake, ...]:
    """Return every mistake that makes a scenario unusable, part by part.

    Returns
    -------
    tuple of Mistake
        ``loc`` of each is the path to the value in the scenario.
    """
    return (
        *outside(problem.period, scenario.now, ("now",)),
        *_emptiness(scenario),
        *_absences(scenario, problem),
        *_days(scenario, problem),
        *_duties(scenario, problem, roster),
        *_joining(scenario, problem),
        *_leaving(scenario, problem),
    )


def _emptiness(scenario: Scenario) -> Iterator[Mistake]:
    parts = (
        scenario.absences,
        scenario.days,
        scenario.duties,
        scenario.joining,
        scenario.leaving,
    )
    if not any(parts):
        yield mistake("scenario_empty", ())


def _past(scenario: Scenario, date: dt.date, loc: tuple[str | int, ...]) -> Mistake:
    return mistake("date_past", loc, date=date, now=scenario.now)


def _absences(scenario: Scenario, problem: Problem) -> Iterator[Mistake]:
    """Report unknown people, dates outside, absences already over, and duplicates."""
    seen: set[tuple[str, dt.date]] = set()
    for i, absence in enumerate(scenario.absences):
        loc = ("absences", i)
        yield from unknown(
            "unknown_person", absence.staff, problem.member_by_name, (*loc, "staff")
        )
        for end in sorted({absence.first, absence.last}):
            yield from outside(problem.period, end, (*loc, "first"))
        if absence.last < scenario.now and absence.last in problem.period:
            yield _past(scenario, absence.last, (*loc, "last"))
        cells = {(absence.staff, d) for d in problem.period.dates if d in absence}
        if cells & seen:
            yield mistake("absence_twice", loc, name=absence.staff)
        seen |= cells
        member = problem.member_by_name.get(absence.staff)
        if member and cells and not any(d in member.employed for _, d in cells):
            yield mistake("asked_not_employed", loc, name=member.name)


def _days(scenario: Scenario, problem: Problem) -> Iterator[Mistake]:
    """Report dates outside, past and duplicate, and unknown day profiles."""
    for i, day in enumerate(scenario.days):
        loc = ("days", i)
        yield from outside(problem.period, day.date, (*loc, "date"))
        if day.date in problem.period and day.date < scenario.now:
            yield _past(scenario, day.date, (*loc, "date"))
        house = day.house if isinstance(day, HouseDay) else MAIN
        profiles = at_number(problem, house).problem.profile_by_name
        yield from unknown("unknown_profile", day.profile, profiles, (*loc, "profile"))
    yield from repeated(
        "duplicate_date",
        [(("days", i, "date"), day.date) for i, day in enumerate(scenario.days)],
    )


def _duties(scenario: Scenario, problem: Problem, roster: Roster) -> Iterator[Mistake]:
    """Report what is wrong with duties as pins, past ones, and those of absentees."""
    # Unknown people are reported by `_absences`; they have no cells to be absent from.
    known = [one for one in scenario.absences if one.staff in problem.member_by_name]
    applied = scenario.model_copy(update={"absences": tuple(known)}).applied_to(
        problem, roster
    )
    asked = applied.model_copy(update={"pins": Pins(duties=scenario.duties)})
    for found in pin_mistakes(asked):
        code = ASKED.get(found.code, found.code)
        yield found.model_copy(update={"code": code, "loc": found.loc[1:]})
    for i, duty in enumerate(scenario.duties):
        if duty.date in problem.period and duty.date < scenario.now:
            yield _past(scenario, duty.date, ("duties", i, "date"))
        if any(a.staff == duty.staff and duty.date in a for a in scenario.absences):
            yield mistake("asked_while_absent", ("duties", i), name=duty.staff)


def _joining(scenario: Scenario, problem: Problem) -> Iterator[Mistake]:
    """Report what `consistency.people` finds in the new staff, and duplicate names."""
    for i, member in enumerate(scenario.joining):
        yield from text_mistakes(("joining", i, "name"), member.name)
    # A name is taken if it stands in any house, and a person has one line at home.
    names = [(("staff", i, "name"), one.name) for i, one in enumerate(problem.staff)]
    names += [
        (("joining", i, "name"), one.name)
        for i, one in enumerate(scenario.joining)
        if not one.home
    ]
    for found in repeated("duplicate_name", names, look_of):
        if found.loc[0] == "joining":
            yield found
    for home in homes(problem):
        lines = [(i, one) for i, one in enumerate(scenario.joining) if home.has(one)]
        own = home.problem.staff
        staff = (*own, *(member for _i, member in lines))
        for found in people_mistakes(home.problem.model_copy(update={"staff": staff})):
            _, index, *rest = found.loc
            place = int(index) - len(own)
            if place >= 0 and found.code != "duplicate_name":
                loc = ("joining", lines[place][0], *rest)
                yield found.model_copy(update={"loc": loc})


def _leaving(scenario: Scenario, problem: Problem) -> Iterator[Mistake]:
    """Report unknown people, last dates outside or past, and people gone by then."""
    for i, one in enumerate(scenario.leaving):
        loc = ("leaving", i)
        yield from unknown(
            "unknown_person", one.staff, problem.member_by_name, (*loc, "staff")
        )
        yield from outside(problem.period, one.last, (*loc, "last"))
        member = problem.member_by_name.get(one.staff)
        if member and one.last in problem.period and one.last not in member.employed:
            yield mistake("asked_not_employed", loc, name=member.name)
        if one.last in problem.period and (scenario.now - one.last).days > 1:
            yield _past(scenario, one.last, (*loc, "last"))
    names = [one.staff for one in scenario.leaving]
    for i, name in enumerate(names):
        if name in names[:i]:
            yield mistake("person_twice", ("leaving", i), name=name)


def name_mistake(text: str, staff: Iterable[StaffId]) -> Mistake:
    """Return the mistake of a text that names nobody, or several people."""
    names = tuple(staff)
    found = begun(text, names)
    if found:
        return mistake("name_unclear", (), value=text, known="、".join(found))
    return mistake("unknown_person", (), **unknown_facts(text, names))


def apply_scenario(problem: Problem, roster: Roster, scenario: Scenario) -> Roster:
    """Return the roster with absences, leavers and duties of the scenario applied.

    Parameters
    ----------
    problem
        The month with the scenario applied.
    """
    dates = [date for date in problem.period.dates if date >= scenario.now]
    for absence in scenario.absences:
        for date in dates:
            if date in absence:
                roster = with_absence(problem, roster, absence.staff, date)
    for one in scenario.leaving:
        if one.last >= scenario.now:
            roster = _without_last_night(problem, roster, one.staff, one.last)
    for duty in scenario.duties:
        roster = with_duty(problem, roster, with_usual_jobs(problem, duty))
    for member in problem.staff:
        for date in dates:
            roster = _with_standing(problem, roster, member.name, date)
    return roster


def _without_last_night(
    problem: Problem, roster: Roster, name: StaffId, last: dt.date
) -> Roster:
    """Return the roster without a night that would end after somebody's last day."""
    member = problem.member_by_name[name]
    band = problem.office.on_call_band
    if roster.on_call_by_date.get(last) == name and not member.is_employed_through(
        last, band
    ):
        roster = with_on_call(roster, last, None)
    shift = problem.shift_of(roster.by_cell.get((name, last)))
    if shift and not member.is_employed_through(last, shift.interval):
        day_off = Duty(staff=name, date=last, off=OffKind.DAY_OFF)
        roster = with_duty(problem, roster, day_off)
    return roster


def _with_standing(
    problem: Problem, roster: Roster, name: StaffId, date: dt.date
) -> Roster:
    """Return the roster with a person's cell filled as their employment asks."""
    duty = roster.by_cell.get((name, date))
    is_employed = date in problem.member_by_name[name].employed
    if not is_employed and roster.on_call_by_date.get(date) == name:
        roster = with_on_call(roster, date, None)
    if is_employed and duty is None:
        return with_duty(
            problem, roster, Duty(staff=name, date=date, off=OffKind.DAY_OFF)
        )
    if not is_employed and (duty is None or duty.off is not OffKind.AWAY):
        rest = [d for d in roster.duties if (d.staff, d.date) != (name, date)]
        away = Duty(staff=name, date=date, off=OffKind.AWAY)
        return roster.model_copy(update={"duties": (*rest, away)})
    return roster


def without_changed_pins(usual: Problem, problem: Problem) -> Problem:
    """Return the month as it was, without the pins that the scenario changes."""
    kept = set(problem.pins.duties)
    pins = tuple(pin for pin in usual.pins.duties if pin in kept)
    return usual.model_copy(
        update={"pins": usual.pins.model_copy(update={"duties": pins})}
    )


def with_days_of(
    names: Collection[StaffId], roster: Roster, happened: Roster
) -> Roster:
    """Return the roster with some people's days taken from the roster ``happened``."""
    duties = [duty for duty in roster.duties if duty.staff not in names]
    duties += [duty for duty in happened.duties if duty.staff in names]
    nights = [night for night in roster.on_call if night.staff not in names]
    nights += [night for night in happened.on_call if night.staff in names]
    return roster.model_copy(update={"duties": tuple(duties), "on_call": tuple(nights)})


def dates_changed(
    problem: Problem, usual: Problem, roster: Roster, scenario: Scenario
) -> Iterator[dt.date]:
    """Yield the dates on which the scenario departs from what was planned."""
    for date in problem.period.dates:
        if date < scenario.now:
            continue
        pins = (pin for pin in problem.pins.duties if pin.date == date)
        changed = problem.forecast_by_date[date] != usual.forecast_by_date[date]
        moved = any(
            (known := roster.by_cell.get((pin.staff, date))) is None
            or (known.shift, known.off) != (pin.shift, pin.off)
            for pin in pins
        )
        left = any(
            one.last < date
            and (d := roster.by_cell.get((one.staff, date))) is not None
            and d.shift is not None
            for one in scenario.leaving
        )
        if changed or moved or left:
            yield date


def newcomer(
    name: StaffId, first: dt.date, like: StaffMember, period: Period
) -> StaffMember:
    """Return a new member who works as another person does, from a date on.

    Parameters
    ----------
    first
        First date of employment.
    like
        Whose contract, roles, qualifications, groups and shifts are copied.
    period
        The contract's hours, days off and nights are scaled to the part of it that the
        newcomer works; least nights are rounded down, most nights up.
    """
    employed = DateSpan(first=first)
    theirs, whole = (
        sum(date in span for date in period.dates) for span in (employed, like.employed)
    )
    ratio = min(Fraction(1), Fraction(theirs, whole or period.days))
    return like.model_copy(
        update={
            "name": name,
            "employed": employed,
            "contract": _of_the_part(like.contract, ratio),
        }
    )


def _of_the_part(contract: Contract, ratio: Fraction) -> Contract:
    if ratio == 1:
        return contract
    least, most = contract.nights_min, contract.nights_max
    return in_proportion(contract, ratio).model_copy(
        update={
            "nights_min": None if least is None else floor(least * ratio),
            "nights_max": None if most is None else ceil(most * ratio),
        }
    )
