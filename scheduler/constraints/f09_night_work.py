"""F-09: no work between 22:00 and 5:00 on the dates on which somebody is exempt.

Breach: exempt from the 16th on, and a night from the 15th to 9:30; on call as work in
the night of the 16th. Correct: a late shift to 22:00, and a night from the date after
the last exempt one.

Source: Labour Standards Act art. 61, 66; Childcare and Family Care Leave Act 19, 20.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.constraints.language import CellFilter, LinearSum, RosterModel, Start
from scheduler.constraints.selectors import one_of
from scheduler.domain.clock import DAY, ONE_DAY, Interval, joined
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Charge exempt minutes of last month's last night, and nights on call.

    Nights on call only if they are not work; all else is excluded beforehand.
    """
    scope, on_call = model.scope(rule, "night_work"), model.scope(rule, "on_call")
    eve = problem.period.first - ONE_DAY
    band = problem.office.on_call_band
    is_work = problem.office.settings.standby.is_work
    for member in problem.staff:
        morning = [one for one in _protected(rule, member, eve) if one.start >= DAY]
        begun = [
            shift.interval
            for shift in problem.all_shifts
            if model.starts(member, eve, one_of((shift,))).constant
        ]
        if is_work and model.on_call(member, eve).constant:
            begun.append(band)
        # Joined, so that a minute both on a shift and on call counts once.
        reached = sum(_shared(duty, morning) for duty in joined(begun))
        first = problem.period.first
        scope.at(staff=member.name, date=first).at_most(LinearSum(reached), 0)
        for date in problem.period.dates:
            if not is_work and _shared(band, _protected(rule, member, date)):
                on_call.at_most(model.on_call(member, date), 0)


def excludes_shift(cells: CellFilter, rule: Rule, start: Start) -> bool:
    """Tell whether the shift overlaps night hours for which the person is exempt."""
    hours = _protected(rule, start.member, start.date)
    return _shared(start.shift.interval, hours) > 0


def excludes_on_call(
    cells: CellFilter, rule: Rule, member: StaffMember, date: dt.date
) -> bool:
    """Tell whether a night on call is work and overlaps exempt night hours."""
    office = cells.problem.office
    hours = _protected(rule, member, date)
    return office.settings.standby.is_work and _shared(office.on_call_band, hours) > 0


def _protected(rule: Rule, member: StaffMember, date: dt.date) -> Iterator[Interval]:
    """Yield the night hours for which a person is exempt, in clock minutes of a date.

    Those of the next date follow past 1440; no duty reaches further.
    """
    for days in (0, 1):
        if member.no_night and date + dt.timedelta(days=days) in member.no_night:
            yield Interval(0, rule.int("night_end")).shifted(days * DAY)
            yield Interval(rule.int("night_start"), DAY).shifted(days * DAY)


def _shared(duty: Interval, hours: Iterator[Interval] | list[Interval]) -> int:
    return sum(duty.intersection(one).minutes for one in hours)
