"""Prechecks: what counting alone shows about a month, before any search.

Each line compares what is required with what is possible.  Possible is an upper bound:
all that a legal roster could still use counts at its most.  *Impossible* is therefore
a proof.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from scheduler.audit.figures.able import most_minutes
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.joint import JointProblem
from scheduler.domain.precheck import (
    Line,
    Mend,
    Topic,
    Verdict,
    is_tight,
    joined,
    line_of,
)
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.precheck.by_clock import once_a_reason, one_line_a_cause
from scheduler.precheck.care import care, hours_of_date, needed_minutes
from scheduler.precheck.cells import Cells
from scheduler.precheck.contract_mends import (
    FIELDS,
    contract_mends,
    mends_for_all,
    night_mends,
)
from scheduler.precheck.contracts import contracts
from scheduler.precheck.cover import events
from scheduler.precheck.hours import (
    Most,
    hours,
    line_of_all,
    most_of_contract,
    most_work,
)
from scheduler.precheck.mends import Trials
from scheduler.precheck.nights import least_watch, needed_nights, nights
from scheduler.precheck.office import capacity, nurse_hours, qualified, visits, wishes
from scheduler.precheck.on_call import on_call
from scheduler.precheck.own_wishes import wishes_behind
from scheduler.precheck.pins import pins
from scheduler.precheck.presence import in_pool
from scheduler.precheck.work_dates import most_by_last

TOPICS = (
    *(capacity, nights, on_call, care, visits, hours, nurse_hours),
    *(qualified, events, wishes, contracts, pins),
)
"""One function a topic, in the order of the report."""


def precheck(problem: Problem) -> tuple[Line, ...]:
    """Return the sums of a problem, topic by topic.

    Parameters
    ----------
    problem
        A problem without mistakes; its agreements count.
    """
    cells = Cells(problem)
    lines = joined(line for topic in TOPICS for line in topic(cells))
    return tuple(once_a_reason(one_line_a_cause(_with_mends(cells, lines))))


def _with_mends(cells: Cells, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with what would mend them, and the wishes that make them fail."""
    short = [line for line in lines if line.code in ("hours_short", "hours_span")]
    trials = Trials(cells) if short else None
    found = []
    for line in lines:
        mends: tuple[Mend, ...] = ()
        if line.code in FIELDS and line.is_impossible:
            mends = tuple(contract_mends(cells.problem, line))
        elif line.code == "night_month" and line.is_impossible:
            mends = tuple(night_mends(cells, line))
        elif line.code == "contract_nights" and line.is_impossible:
            mends = tuple(mends_for_all(cells, line))
        elif trials is not None and line in short:
            mends = tuple(trials.mends(line, short))
        wishes = wishes_behind(cells.problem, line)
        found.append(line.model_copy(update={"mends": mends, "wishes": wishes}))
    return tuple(found)


# -- houses that are planned together --------------------------------------------------


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
