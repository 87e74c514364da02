"""F-13, long nights: the distance between two, and a day off after the 明.

Breach, nights being from 16:00 to 9:00::

    A 夜明夜明日

Correct::

    A 夜明休夜明休日
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.audit.findings import once
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import Hold
from scheduler.domain.shifts import OffKind, ShiftKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


def in_a_row(
    timeline: Timeline, problem: Problem, rule: Rule, person: StaffId
) -> Iterator[Finding]:
    """Find long nights one or two dates after another."""
    hold = problem.office.settings.long_nights_apart
    if hold is Hold.OFF:
        return
    nights = _long_nights(timeline, rule, person)
    chain = 0
    for number, date in enumerate(nights):
        near = number and (date - nights[number - 1]).days <= 2
        chain = chain + 1 if near else 1
        if chain > 1 and date in problem.period:
            yield once(
                problem,
                rule,
                f"long_apart_{hold.value}",
                person,
                required=1,
                actual=chain,
                date=date,
            )


def without_a_day_off(
    timeline: Timeline, problem: Problem, rule: Rule, person: StaffId
) -> Iterator[Finding]:
    """Find shifts that begin on the date after the 明 of a long night."""
    hold = problem.office.settings.day_off_after_long_night
    if hold is Hold.OFF:
        return
    for night in _long_nights(timeline, rule, person):
        morning, next_date = night + ONE_DAY, night + timedelta(days=2)
        if next_date not in problem.period:
            continue
        is_morning = timeline.off(person, morning) is OffKind.AFTER_NIGHT
        if is_morning and timeline.shift(person, next_date) is not None:
            yield once(
                problem, rule, f"day_off_after_{hold.value}", person, date=next_date
            )


def _long_nights(timeline: Timeline, rule: Rule, person: StaffId) -> list[dt.date]:
    """Return the dates on which a person's long nights begin, in order."""
    least = rule.int("long_night")
    return [
        stint.date
        for stint in timeline.stints[person]
        if stint.shift.kind is ShiftKind.NIGHT
        and stint.shift.end - stint.shift.start >= least
    ]
