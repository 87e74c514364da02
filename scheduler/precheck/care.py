"""Sums of care by day and visits by night, in people and hours (A-03, K-01)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from scheduler.audit.bands import day_clock, heads, under_way
from scheduler.audit.figures.able import most_minutes
from scheduler.audit.rules.a03_day_hours import required_on
from scheduler.audit.rules.k01_house_ratio import needed_by_day, needed_by_night
from scheduler.audit.users import (
    movement_minutes,
    staff_on_visits,
)
from scheduler.constraints.language.crew import could_count
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.office import HouseRatio, StaffingReading
from scheduler.domain.precheck import Line, Topic, Verdict, is_tight, line_of
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import StaffMember
from scheduler.precheck.by_clock import (
    ClockPiece,
    Moments,
    by_clock,
    by_month,
    day_of,
    join_pieces,
)
from scheduler.precheck.cells import Cells
from scheduler.precheck.presence import (
    Crowd,
    band_edges,
    in_pool,
    not_beginning,
    not_there,
    pieces_of,
    there,
)
from scheduler.precheck.settled import once


def care(cells: Cells) -> Iterator[Line]:
    """Yield dates and hours that are short or tight, or else those nearest to it."""
    hours = hours_by_date(cells)
    telling = [line for line in hours if line.verdict is not Verdict.FINE]
    yield from telling or [max(hours, key=lambda line: line.missing)]
    yield from care_by_clock(cells)


def hours_by_date(cells: Cells) -> list[Line]:
    """Return for each date the hours that it needs and those that could be had."""
    return [_hours(cells, date) for date in cells.problem.period.dates]


def care_by_clock(cells: Cells) -> Iterator[Line]:
    """Yield the lines on hours by the clock, and on visits at night."""
    moments = moments_by_date(cells)
    yield from by_clock(cells, moments)
    yield from by_month(cells, moments)
    yield from night_visits(cells)


def moments_by_date(cells: Cells) -> Moments:
    """Return the pieces of each date: people needed, and who could be there."""
    return {date: pieces_on(cells, date) for date in cells.problem.period.dates}


@once()
def pieces_on(cells: Cells, date: dt.date) -> list[ClockPiece]:
    """Return the pieces of a date: people needed, and who could be there."""
    return day_of(cells, date, wanted_on(cells, date))


@once()
def reach(cells: Cells, member: StaffMember, date: dt.date) -> int:
    """Return the most day-band care minutes that a person could bring to a date."""
    before = [one.stint(in_pool) for one in cells.working(member, date - ONE_DAY)]
    today = [one.stint(in_pool) for one in cells.working(member, date)]
    certain = date == cells.first and bool(before)
    return most_minutes(
        before if certain else [None, *before],
        [None, *today],
        day_clock(cells.problem),
        cells.problem.office.settings.rest_least,
    )


@once()
def needed_minutes(cells: Cells, date: dt.date) -> int:
    """Return the day-band care minutes that a date needs by all rules in force."""
    by_law = 0
    reading = cells.problem.office.settings.staffing_reading
    if reading is StaffingReading.DAILY:
        by_law = required_on(cells.problem, date)
    by_clock = sum(piece.minutes * people for piece, people in wanted_on(cells, date))
    return max(by_law, by_clock)


def _hours(cells: Cells, date: dt.date) -> Line:
    """Compare the hours that a date needs with those that people could bring."""
    brings = {member.name: reach(cells, member, date) for member in cells.problem.staff}
    line = hours_of_date(date, needed_minutes(cells, date), brings)

    def shifts_of(member: StaffMember) -> tuple[Shift, ...]:
        in_care = any(map(in_pool, member.roles))
        return tuple(s for s in cells.own_shifts(member) if in_care and s.counts)

    if line.verdict is Verdict.FINE:
        return line
    obstacles = not_beginning(cells, date, line.people, shifts_of)
    return line.model_copy(update={"obstacles": obstacles})


def hours_of_date(date: dt.date, required: int, brings: Mapping[StaffId, int]) -> Line:
    """Compare the hours that a date needs with those that each person could bring."""
    possible = sum(brings.values())
    return line_of(
        Topic.CARE,
        "care_hours",
        required,
        possible,
        tight=is_tight(required, possible),
        dates=(date,),
        people=tuple(name for name, minutes in brings.items() if minutes),
    )


def _is_held(cells: Cells, date: dt.date) -> bool:
    """Tell whether the house ratio is a must without an agreed exception."""
    is_must = cells.problem.office.settings.house_ratio is HouseRatio.MUST
    return is_must and not cells.agreed("K-01", "must", date=date)


@once()
def wanted_on(cells: Cells, date: dt.date) -> list[tuple[Interval, int]]:
    """Return the people of the care pool that each piece of the day band needs."""
    problem = cells.problem
    present, held = cells.rulebook["A-04"].int("present_min"), _is_held(cells, date)
    edges = movement_minutes(cells.problem, date) | band_edges(problem)
    wanted = []
    for piece in pieces_of(problem, day_clock(cells.problem), edges):
        by_ratio = 0
        if held:
            tasks = under_way(problem, problem.period.offset(date) + piece.start)
            by_ratio = needed_by_day(problem, date, piece.start, tasks)
            # Whoever does a task may be outside the pool; then it asks nothing of it.
            by_ratio += heads(one for one in tasks if _takes_pool(problem, one))
        wanted.append((piece, max(present, by_ratio)))
    return wanted


def _takes_pool(problem: Problem, task: CoverRule) -> bool:
    """Tell whether only people at work in the care pool could do a task."""
    if task.role is not None:
        return in_pool(task.role)
    able = (member for member in problem.staff if could_count(task, member))
    return all(in_pool(role) for member in able for role in member.roles)


# -- visits in the night band, for which a second person must be awake -----------------


def night_visits(cells: Cells) -> Iterator[Line]:
    """Yield visits at night for which too few could be awake, dates alike in a line."""
    found: dict[tuple[Interval, int, tuple[StaffId, ...]], list[dt.date]]
    found = defaultdict(list)
    for date in cells.problem.period.dates:
        short = [one for one in _at_night(cells, date) if one.missing > 0]
        for one, _ in join_pieces([(moment, None) for moment in short]):
            found[one.span, one.wanted, one.people].append(date)
    for (span, wanted, able), dates in found.items():
        yield line_of(
            Topic.CARE,
            "care_people",
            wanted,
            len(able),
            dates=tuple(dates),
            people=able,
            obstacles=not_there(cells, dates[0], span.start, able),
            facts={"begin": span.start, "end": span.end},
        )


def _at_night(cells: Cells, date: dt.date) -> Iterator[ClockPiece]:
    """Yield the pieces of a date's night hours in which visits are under way."""
    if not _is_held(cells, date):
        return
    problem, band = cells.problem, cells.problem.office.night_band
    for night, part in (
        (date - ONE_DAY, Interval(0, band.end - DAY)),
        (date, Interval(band.start, DAY)),
    ):
        for piece in pieces_of(problem, part, movement_minutes(cells.problem, date)):
            if staff_on_visits(problem, date, piece.start):
                able = there(cells, date, piece.start)
                needed = needed_by_night(problem, night, date, piece.start)
                yield ClockPiece(date, piece, needed, able, Crowd(len(able)))
