"""Check a scenario: unknown people, dates past or outside, contradictions.

People are named in full, or by a beginning that only one has.  What law or the rest of
the month forbids is not a mistake here: the plans show it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from scheduler.domain.forecast import HouseDay
from scheduler.domain.homes import at_number
from scheduler.domain.house_symbols import MAIN
from scheduler.domain.likeness import begun
from scheduler.domain.problem import Pins

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Scenario


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
    staff = (*problem.staff, *scenario.joining)
    for found in people_mistakes(problem.model_copy(update={"staff": staff})):
        _, index, *rest = found.loc
        place = int(index) - len(problem.staff)
        if place >= 0:
            yield found.model_copy(update={"loc": ("joining", place, *rest)})


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


def named(text: str, staff: Iterable[StaffId]) -> tuple[StaffId, ...]:
    """Return the people whom a text may mean; exactly one if it is clear.

    Parameters
    ----------
    text
        A name, or its beginning such as the surname; spaces and width do not count.
    staff
        Names to choose from.
    """
    return begun(text, staff)


def name_mistake(text: str, staff: Iterable[StaffId]) -> Mistake:
    """Return the mistake of a text that names nobody, or several people."""
    names = tuple(staff)
    found = named(text, names)
    if found:
        return mistake("name_unclear", (), value=text, known="、".join(found))
    return mistake("unknown_person", (), **unknown_facts(text, names))
