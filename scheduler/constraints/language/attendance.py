"""Attendance at events: what it adds to a shift, and what it takes from it.

Whoever comes to an event works, and is off the floor.  A part of it outside the shift
makes the day longer; breaks that would fall into it are no choice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from scheduler.domain.clock import Interval, joined, total_minutes, without
from scheduler.domain.events import CalendarEvent, Circle
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import BreakOption, Role, Shift
from scheduler.domain.staff import StaffMember


def spans_of(problem: Problem, events: Iterable[str]) -> tuple[Interval, ...]:
    """Return the clock times of events by name, in order, overlaps joined."""
    known = (problem.event_by_name.get(name) for name in events)
    return tuple(joined(one.span for one in known if one and one.span))


def hull(problem: Problem, shift: Shift, events: Iterable[str]) -> Interval:
    """Return the clock minutes from the first work to the last, gaps included."""
    spans = (shift.interval, *spans_of(problem, events))
    return Interval(min(s.start for s in spans), max(s.end for s in spans))


def on_floor(
    shift: Shift, roles: Iterable[Role], away: Sequence[Interval]
) -> Iterator[tuple[Interval, Role]]:
    """Yield the pieces of a shift, each with its role, that are not spent ``away``."""
    for segment, role in zip(shift.segments, roles, strict=False):
        for piece in without(segment, away):
            yield piece, role


def outside(problem: Problem, shift: Shift, events: Iterable[str]) -> int:
    """Return the minutes of events that lie outside the shift."""
    return sum(
        span.minutes - span.intersection(shift.interval).minutes
        for span in spans_of(problem, events)
    )


def gap(problem: Problem, shift: Shift, events: Iterable[str]) -> int:
    """Return the free minutes between the shift and events outside it."""
    worked = joined((shift.interval, *spans_of(problem, events)))
    return hull(problem, shift, events).minutes - total_minutes(worked)


def breaks_beside(
    problem: Problem, shift: Shift, events: Iterable[str]
) -> tuple[BreakOption, ...]:
    """Return the break options of a shift that leave the events alone."""
    spans = spans_of(problem, events)
    return tuple(
        option
        for option in shift.break_options
        if not any(pause.overlaps(span) for pause in option for span in spans)
    )


def is_asked(event: CalendarEvent, member: StaffMember) -> bool:
    """Tell whether an event asks a person to come."""
    match event.circle:
        case Circle.EVERYBODY:
            return True
        case Circle.FULL_TIMERS if member.contract.full_time:
            return True
    return member.name in event.people or event.group in member.groups


def attendances(
    problem: Problem, member: StaffMember, date: dt.date, shift: Shift
) -> Iterator[tuple[str, ...]]:
    """Yield the sets of events that a person could come to beside a shift.

    The empty one is not among them.
    """
    asked = [
        event
        for event in problem.events
        if event.is_held_on(date)
        and is_asked(event, member)
        and _can_come(event, member, shift)
    ]
    for size in range(1, len(asked) + 1):
        for some in combinations(asked, size):
            spans = [event.span for event in some if event.span]
            apart = all(not a.overlaps(b) for a, b in combinations(spans, 2))
            names = tuple(event.name for event in some)
            if apart and breaks_beside(problem, shift, names):
                yield names


def _can_come(event: CalendarEvent, member: StaffMember, shift: Shift) -> bool:
    """Tell whether somebody on a shift could come to an event.

    Not from half a day of leave, not from other work away from the floor, and not
    before a night that begins later, unless they are asked on days off as well.
    """
    if event.span is None:
        return False
    if shift.half_leave:
        return shift.interval.covers(event.span)
    if shift.interval.overlaps(event.span):
        return shift.counts
    asked = event.days_off or member.name in event.people
    return asked or not shift.is_night
