"""What can be counted of houses that are planned together: each, and all as one.

Of a house by itself everybody on its staff list counts with all they could do there.
Together a person counts once, however many houses they work in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.audit.figures.able import most_minutes
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.joint import JointProblem
from scheduler.domain.precheck import Line, Topic, Verdict, is_tight, line_of
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.precheck import precheck
from scheduler.precheck.care import hours_of_date, needed_minutes
from scheduler.precheck.cells import Cells
from scheduler.precheck.chains import most_by_last
from scheduler.precheck.hours import (
    Most,
    hours,
    line_of_all,
    most_of_contract,
    most_work,
)
from scheduler.precheck.nights import least_watch, needed_nights
from scheduler.precheck.presence import in_pool


def precheck_houses(joint: JointProblem) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return the precheck of each house by its name, and, without one, that of all."""
    return (
        *((house.office.name, precheck(alone(joint, house))) for house in joint.houses),
        ("", tuple(_Pool(joint).lines())),
    )


def counted(problem: Problem) -> Iterator[Line]:
    """Yield the sums of a month; of several houses those of each, and of all."""
    if isinstance(problem, JointProblem):
        for name, lines in precheck_houses(problem):
            yield from (line.model_copy(update={"house": name}) for line in lines)
    else:
        yield from precheck(problem)


def alone(joint: JointProblem, house: Problem) -> Problem:
    """Return a house without what its people could as well do in another one.

    Who works in several houses may reach least hours and nights there.
    """
    others = [one for one in joint.houses if one is not house]
    free = {"minutes_min": None, "nights_min": None}
    staff = (
        member.model_copy(update={"contract": member.contract.model_copy(update=free)})
        if any(member.name in one.member_by_name for one in others)
        else member
        for member in house.staff
    )
    return house.model_copy(update={"staff": tuple(staff)})


class _Pool:
    """The people of all houses, each with what they could do in each."""

    def __init__(self, joint: JointProblem) -> None:
        self._joint = joint
        self._cells = [Cells(alone(joint, house)) for house in joint.houses]

    def lines(self) -> Iterator[Line]:
        """Yield the sums of hours and nights of the month, and of dates too short."""
        yield self._hours()
        nights = self._nights()
        if nights is not None:
            yield nights
        for date in self._joint.period.dates:
            line = self._care(date)
            if line.verdict is not Verdict.FINE:
                yield line

    def _rows(self, name: StaffId) -> Iterator[tuple[Cells, StaffMember]]:
        """Yield the houses in which a person works, with their row there."""
        for cells in self._cells:
            row = cells.problem.member_by_name.get(name)
            if row is not None:
                yield cells, row

    def _home(self, name: StaffId) -> tuple[Cells, StaffMember]:
        cells = self._cells[self._joint.home_of[name]]
        return cells, cells.problem.member_by_name[name]

    def _hours(self) -> Line:
        """Compare the hours that all houses need with the most that people may work."""
        needed = [next(hours(cells)) for cells in self._cells]
        care, night, desk, tail = (
            sum(int(line.facts[name]) for line in needed)
            for name in ("care", "night", "desk", "tail")
        )
        of_all: dict[StaffId, Most] = {}
        for name in self._joint.home_of:
            most = [most_work(cells, row) for cells, row in self._rows(name)]
            cells, row = self._home(name)
            cap = cells.month_cap(row)
            agreed = min(cap, most_of_contract(cells, row))
            of_all[name] = Most(
                min(cap, sum(one.law for one in most)),
                min(agreed, sum(one.contract for one in most)),
            )
        return line_of_all({"care": care, "night": night, "desk": desk}, tail, of_all)

    def _nights(self) -> Line | None:
        """Compare the nights of all houses with the most that people could pass."""
        watches = [(cells, least_watch(cells)) for cells in self._cells]
        found = [(cells, *one) for cells, one in watches if one is not None]
        if not found:
            return None
        caps: dict[StaffId, int] = {}
        for name in self._joint.home_of:
            rooms = [of_all[name] for _cells, _at, of_all in found if name in of_all]
            most = sum(most_by_last(room)[-1] for room in rooms)
            dates = [any(able) for able in zip(*(r.able for r in rooms), strict=True)]
            same = len({at.begins for _cells, at, _of_all in found}) == 1
            caps[name] = min(most, sum(dates)) if same else most
            cells, row = self._home(name)
            limit = cells.nights_limit(row)
            if limit is not None and all(at.is_of_nights for _cells, at, _ in found):
                # Whoever passes it by a shift of the tail passes no night of theirs.
                reached = sum(at.begins < 0 for _cells, at, _of_all in found)
                caps[name] = min(caps[name], limit + reached)
        needed = sum(len(needed_nights(cells)) for cells, _at, _of_all in found)
        possible = sum(caps.values())
        return line_of(
            Topic.NIGHTS,
            "night_month",
            needed,
            possible,
            tight=is_tight(needed, possible),
            shares={name: most for name, most in caps.items() if most},
            facts={"minute": found[0][1].minute, "apart": 0},
        )

    def _care(self, date: dt.date) -> Line:
        """Compare the hours of care by day, to which nobody comes in two houses."""
        brings = {name: self._reach(name, date) for name in self._joint.home_of}
        required = sum(needed_minutes(cells, date) for cells in self._cells)
        return hours_of_date(date, required, brings)

    def _reach(self, name: StaffId, date: dt.date) -> int:
        """Return the most care by day that a person could bring, wherever it is."""
        before, today = (
            [
                working.stint(in_pool)
                for cells, row in self._rows(name)
                for working in cells.working(row, begins)
            ]
            for begins in (date - ONE_DAY, date)
        )
        offices = [cells.problem.office for cells in self._cells]
        day = Interval(
            min(office.night_band.end for office in offices) - DAY,
            max(office.night_band.start for office in offices),
        )
        rest = min(office.settings.rest_least for office in offices)
        return most_minutes([None, *before], [None, *today], day, rest)
