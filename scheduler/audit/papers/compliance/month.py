"""The figures that measures read, and the value they return."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from scheduler.audit.figures.bands import (
    DayHours,
    MonthHours,
    Night,
    day_hours,
    month_hours,
    nights,
)
from scheduler.audit.figures.day_curve import Moment, day_curve
from scheduler.audit.figures.people import PersonMonth, people
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import Clock
from scheduler.domain.finding import Unit
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rulebook import Rulebook, rules_of


class Strictest(Frozen):
    """Required and planned numbers where a limit is tightest in the month."""

    unit: Unit
    required: int
    planned: int
    at_most: bool = False
    """Whether ``required`` is an upper limit; if not, a lower one."""
    date: dt.date | None = None
    begin: Clock | None = None
    end: Clock | None = None
    people: tuple[StaffId, ...] = ()

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
    month_hours: MonthHours
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
                for date in problem.period.dates
                for moment in day_curve(problem, roster, date)
            ),
            nights=nights(problem, roster),
            hours=day_hours(problem, roster),
            month_hours=month_hours(problem, roster),
            people=people(problem, roster),
        )
