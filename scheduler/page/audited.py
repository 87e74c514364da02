"""A roster with its audit, and what is read off both."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.audit.figures.day_curve import day_curve
from scheduler.audit.figures.people import people
from scheduler.domain.clock import ONE_DAY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.audit.figures.people import PersonMonth
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord
    from scheduler.page.all_houses import AllHouses


class AuditedRoster:
    """A roster with the findings of its audit, and what is read off it.

    Parameters
    ----------
    before
        One that differs in few cells, of whose figures those of other dates are kept.
    houses
        All houses, where the roster is that of one of several.
    """

    def __init__(
        self,
        problem: Problem,
        roster: RosterRecord,
        before: AuditedRoster | None = None,
        houses: AllHouses | None = None,
    ) -> None:
        self.problem = problem
        self.roster = roster
        self.houses = houses
        self.margins = dict(self._margins(before))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Of its audit; that of all houses, where they are planned together."""
        if self.houses is not None:
            return self.houses.own
        return audit(self.problem, self.roster)

    @cached_property
    def abroad(self) -> tuple[Finding, ...]:
        """Findings of other houses that name people of this one."""
        houses, own = self.houses, self.problem.office.name
        known = self.problem.member_by_name
        return tuple(
            one
            for one in (houses.findings if houses else ())
            if one.house != own and any(name in known for name in one.people)
        )

    @cached_property
    def months(self) -> tuple[PersonMonth, ...]:
        """Every person's month, in the order of the staff list."""
        return people(self.problem, self.roster)

    def _margins(self, before: AuditedRoster | None) -> Iterator[tuple[dt.date, int]]:
        """Yield for each date the people beyond those needed, at the scarcest time."""
        for date in self.problem.period.dates:
            if before is not None and self.parts_of(date) == before.parts_of(date):
                yield date, before.margins[date]
            else:
                curve = day_curve(self.problem, self.roster, date)
                yield date, min(moment.margin for moment in curve)

    def parts_of(self, date: dt.date) -> list[object]:
        """Return what the figures of a date are made of, the night before included."""
        cells, nights = self.roster.by_cell, self.roster.on_call_by_date
        forecast = self.problem.forecast_by_date
        known: list[object] = []
        for day in (date - ONE_DAY, date):
            # Cells that were not typed are the same objects as before.
            known += [id(cells.get((one.name, day))) for one in self.problem.staff]
            known += [nights.get(day), forecast.get(day)]
        return known
