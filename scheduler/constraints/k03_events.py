"""K-03: whoever is to come to an event of the office comes.

Missing: a full-timer whose early shift ends at 16:00, and who is not at the meeting of
all full-timers at 18:00. Not missing: who is off on the date, or has a night that
begins at 21:00; who is on shift at 18:00 and stays on the floor is charged least of
all. People named are missing wherever they are, but on leave. Where a number is
enough, only fewer than that are missing.

Source: the office's sheet of events.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from scheduler.constraints.language import LinearSum, Option, RosterModel
from scheduler.constraints.language.options import is_asked
from scheduler.domain.clock import Interval
from scheduler.domain.events import CalendarEvent
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import OffKind, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Ask each person, or so many of them, to come on every date of an event."""
    for event in problem.events:
        missing = model.scope(rule, f"missing_{Stance.as_set(must=event.must)}")
        floor, surplus = model.scope(rule, "floor"), model.scope(rule, "surplus")
        asked = [member for member in problem.staff if is_asked(event, member)]
        for date in problem.period.dates:
            if event.span is None or not event.is_held_on(date):
                continue
            at_date = missing.at(date=date, name=event.name)
            if event.at_least is not None:
                come = model.begun(asked, [date], partial(_comes, event.name))
                at_date.at_least(come, event.at_least)
                surplus.at_most(come, event.at_least)
                continue
            for member in asked:
                absent, stays = _without(model, event, event.span, member, date)
                at_date.at_most(absent, 0)
                floor.at_most(stays, 0)


def _comes(event: str, shift: Shift, option: Option) -> bool:
    return event in option.events


def _without(
    model: RosterModel,
    event: CalendarEvent,
    span: Interval,
    member: StaffMember,
    date: dt.date,
) -> tuple[LinearSum, LinearSum]:
    """Return one if the person is missing, and one if they stay on the floor."""
    named = member.name in event.people

    def is_excused(shift: Shift) -> bool:
        if shift.half_leave and not shift.interval.covers(span):
            return True
        if shift.interval.overlaps(span):
            return not shift.counts
        return shift.is_night and not (named or event.days_off)

    def stays_away(shift: Shift, option: Option, *, on_floor: bool) -> bool:
        is_there = not named and shift.interval.overlaps(span)
        comes = _comes(event.name, shift, option)
        return not comes and not is_excused(shift) and is_there is on_floor

    absent = model.starts(member, date, partial(stays_away, on_floor=False))
    if named or event.days_off:
        absent += model.off(member, date, OffKind.DAY_OFF, OffKind.AFTER_NIGHT)
    return absent, model.starts(member, date, partial(stays_away, on_floor=True))
