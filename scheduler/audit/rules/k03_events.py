"""K-03: whoever is to come to an event of the office comes.

Who is off on the date, or has a night that begins later, is excused unless named; who
is on shift at that time may stay on the floor, which counts least of all.

Breach: a meeting of all full-timers at 18:00 of the second date, and A goes home from
the early shift::

    A 休早

Correct: A has that day off::

    A 日休
"""

from __future__ import annotations

import datetime as dt

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.timeline import Timeline
from scheduler.domain.events import CalendarEvent, Circle
from scheduler.domain.finding import Stance
from scheduler.domain.shifts import OffKind, Shift
from scheduler.domain.staff import StaffMember


def check(case: RuleCase) -> Findings:
    """Find who is missing at an event, and who stays on the floor."""
    for event in case.problem.events:
        for date in case.dates:
            if event.span is not None and event.is_held_on(date):
                yield from _on(case, event, date)


def _on(case: RuleCase, event: CalendarEvent, date: dt.date) -> Findings:
    assert event.span is not None
    facet = f"missing_{Stance.as_set(must=event.must)}"
    span = event.span.shifted(case.period.offset(date))
    facts = {"name": event.name}
    asked = [member for member in case.staff if asks(event, member)]
    come = [one for one in asked if comes(case.timeline, event, one, date)]
    if event.at_least is not None:
        yield from case.below(
            facet, event.at_least, len(come), date=date, span=span, facts=facts
        )
        yield from case.above(
            "surplus",
            event.at_least,
            len(come),
            *(member.name for member in come),
            date=date,
            span=span,
            facts=facts,
        )
        return
    for member in asked:
        if member in come:
            continue
        shift = case.timeline.shift(member.name, date)
        off = case.timeline.off(member.name, date)
        on_floor = stays_away(event, member, shift, off)
        if on_floor is not None:
            yield case.missing(
                "floor" if on_floor else facet,
                member.name,
                date=date,
                span=span,
                facts=facts,
            )


def asks(event: CalendarEvent, member: StaffMember) -> bool:
    """Tell whether an event asks a person to come."""
    return (
        event.circle is Circle.EVERYBODY
        or (event.circle is Circle.FULL_TIMERS and member.contract.full_time)
        or (event.group is not None and event.group in member.groups)
        or member.name in event.people
    )


def comes(
    timeline: Timeline, event: CalendarEvent, member: StaffMember, date: dt.date
) -> bool:
    """Tell whether a person begins a shift on a date and comes to an event."""
    duty = timeline.duty(member.name, date)
    return (
        duty is not None
        and timeline.shift(member.name, date) is not None
        and event.name in duty.events
    )


def stays_away(
    event: CalendarEvent,
    member: StaffMember,
    shift: Shift | None,
    off: OffKind | None,
) -> bool | None:
    """Return whether somebody who does not come is on the floor; ``None``: excused."""
    assert event.span is not None
    by_name = member.name in event.people
    if shift is None:
        at_home = off in (OffKind.DAY_OFF, OffKind.AFTER_NIGHT)
        return False if at_home and (by_name or event.days_off) else None
    shared = shift.interval.intersection(event.span).minutes
    if shift.half_leave and shared < event.span.minutes:
        return None
    if shared:
        if not shift.counts:
            return None
        return not by_name
    is_later = shift.is_night
    return None if is_later and not (by_name or event.days_off) else False
