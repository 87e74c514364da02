"""Grades of add-ons: which one a month reaches, by how much, what the next one lacks.

Conditions that no roster shows (training plans, years of service, users' states) stand
in `checklists`; a grade is never more than reached as far as the roster goes.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.audit.figures.closing import staffing
from scheduler.audit.figures.fte import TENTHS, full_time_equivalents
from scheduler.audit.papers.addons import PERCENT, AddOn, Averaged, addons
from scheduler.audit.papers.deductions import month_after
from scheduler.domain.base import Frozen
from scheduler.domain.shifts import Role
from scheduler.domain.year import APRIL, fiscal_year
from scheduler.rulebook import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

SHARES = {
    "certified_1": ("certified", "care"),
    "certified_2": ("certified", "care"),
    "certified_3": ("certified", "care"),
    "full_time_3": ("full_time", "pool"),
}
"""Conditions that are a share of staff: what is counted, and of what."""

NURSE_FTE = ("nurse_fte", "nurse_fte_form")


class GradeCondition(Frozen):
    """One condition, with its distance."""

    line: AddOn
    lacking: int | None = None
    """Minutes of work by people who count that a share or full-time equivalent lacks;
    ``None`` where the figures themselves say it."""

    @property
    def margin(self) -> int:
        """Distance to what is required, in the unit of the facet; negative if short."""
        return self.line.actual - self.line.required


class Grade(Frozen):
    """One grade of an add-on."""

    rule: str
    name: str
    """Ⅰ, Ⅱ, Ⅲ; empty if the add-on has only one."""
    ways: tuple[tuple[GradeCondition, ...], ...]
    """Any one of them is enough, with all of its conditions."""
    units: int
    """Fee units for each month and registrant."""
    yen: int
    """Of a month, all registrants, at the least price of a unit."""
    acts_on: dt.date
    """First date of the month from which it may be claimed by these figures."""
    to_be_confirmed: bool

    @property
    def met(self) -> bool:
        """Whether one way is met as far as the roster shows."""
        return any(all(one.line.met for one in way) for way in self.ways)

    @property
    def is_open(self) -> bool:
        """Whether it depends on the reading: of several figures one is enough."""
        return not self.met and any(
            any(one.line.met for one in way) and _is_reading(way) for way in self.ways
        )


def _is_reading(way: Sequence[GradeCondition]) -> bool:
    """Tell whether conditions are two readings of one figure."""
    return all(one.line.facet in NURSE_FTE for one in way)


def grades(problem: Problem, roster: Roster) -> tuple[Grade, ...]:
    """Return every grade that a roster says something of, the highest first."""
    return tuple(_grades(problem, roster))


def _grades(problem: Problem, roster: Roster) -> Iterator[Grade]:
    rulebook = rules_of(problem)
    lines = {(one.rule, one.facet): one for one in addons(problem, roster)}
    lacking = _lacking(problem, roster, tuple(lines.values()))
    for rule in dict.fromkeys(rule for rule, _facet in lines):
        record = rulebook[rule]
        for name, ways in record.values["grades"].items():
            conditions = tuple(
                tuple(
                    GradeCondition(
                        line=lines[rule, facet], lacking=lacking.get((rule, facet))
                    )
                    for facet in way
                )
                for way in ways
            )
            known = [one.line for way in conditions for one in way]
            price = rulebook["E-01"].int("yen_per_unit")
            yield Grade(
                rule=rule,
                name=name,
                ways=conditions,
                units=known[0].units,
                yen=known[0].units * problem.office.registered * price,
                acts_on=_acts_on(problem, known[0]),
                to_be_confirmed=any(one.to_be_confirmed for one in known),
            )


def _acts_on(problem: Problem, line: AddOn) -> dt.date:
    """Return the month from which figures count: E-01 by the year, others at once.

    The shares of April to February count in the fiscal year after them; those of three
    months from the month after that in which they are reported.
    """
    last = problem.period.last
    if line.rule != "E-01" or line.averaged is Averaged.THREE_MONTHS:
        return month_after(last, int(line.rule == "E-01"))
    year = fiscal_year(problem.period.first)
    return dt.date(year + (line.averaged is None), APRIL, 1)


def _lacking(
    problem: Problem, roster: Roster, lines: Sequence[AddOn]
) -> dict[tuple[str, str], int]:
    """Return the minutes that shares and full-time equivalents lack.

    A share lacks the hours of people already there who would have to count; for an
    average of months gone by nothing can be made good any more.
    """
    fte = full_time_equivalents(problem, roster)
    shares = staffing(problem, fte)
    nurses = sum(job.minutes for job in fte.jobs if job.role is Role.NURSE)
    found = {}
    for line in lines:
        if line.met or line.averaged:
            continue
        if line.facet in SHARES:
            part, whole = (getattr(shares, name) for name in SHARES[line.facet])
            found[line.rule, line.facet] = -(-line.required * whole // PERCENT) - part
        elif line.facet == "nurse_fte":
            month = fte.denominators.minutes
            found[line.rule, line.facet] = -(-line.required * month // TENTHS) - nurses
    return found


def reached(found: Sequence[Grade], rule: str) -> Grade | None:
    """Return the highest grade of an add-on that is reached; ``None`` if none is."""
    return next((one for one in found if one.rule == rule and one.met), None)


def next_grade(found: Sequence[Grade], rule: str) -> Grade | None:
    """Return the grade above the one reached; ``None`` if it is the highest."""
    above = None
    for one in found:
        if one.rule == rule:
            if one.met:
                return above
            above = one
    return above
