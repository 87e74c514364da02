"""F-06: a full calendar day off every week, or four in four weeks.

Breach: a night on Friday, home on Saturday morning, work on every other day of the
week: the morning after a night is no holiday, and paid leave on Sunday is none either.
Correct: a day off on Sunday.

Source: Labour Standards Act art. 35.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.domain.office import HolidayReading
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require the holidays of each week or four-week window.

    Dates of a window after the period count as holidays unless work of the period
    touches them.
    """
    scope = model.scope(rule, "holiday")
    for member in problem.staff:
        for window, least, before_tail in _windows(problem, rule, member):
            open_dates = [date for date in window if date >= problem.period.first]
            past = before_tail + sum(
                _in_tail(model, member, date)
                for date in window
                if date < problem.period.first
            )
            holidays = LinearSum.total(model.holiday(member, d) for d in open_dates)
            possible = sum(model.could_be_free(member, date) for date in open_dates)
            begins = max(window[0], problem.period.first)
            scope.at(staff=member.name, date=begins).at_least(
                holidays + LinearSum(past), least, reachable=possible + past
            )


def _windows(
    problem: Problem, rule: Rule, member: StaffMember
) -> Iterator[tuple[tuple[dt.date, ...], int, int]]:
    """Yield windows, their required holidays, and their holidays before the tail."""
    settings = problem.office.settings
    if settings.holiday_reading is HolidayReading.WEEKLY:
        for week in problem.weeks:
            yield week, rule.int("week_min"), 0
        return
    length = rule.int("four_weeks_days")
    anchor = settings.four_weeks_from or problem.period.first
    start = problem.period.first - dt.timedelta(
        (problem.period.first - anchor).days % length
    )
    while start <= problem.period.last:
        window = tuple(start + dt.timedelta(days=i) for i in range(length))
        carried = _carried(problem, member, start)
        if carried is not None:
            yield window, rule.int("four_weeks_min"), carried
        start += dt.timedelta(days=length)


def _carried(problem: Problem, member: StaffMember, start: dt.date) -> int | None:
    """Return the holidays in a window before the tail; ``None`` if unknown."""
    if start >= problem.known_since:
        return 0
    before = problem.history.days_off_before
    return next((one.days for one in before if one.staff == member.name), None)


def _in_tail(model: RosterModel, member: StaffMember, date: dt.date) -> int:
    """Return 1 if a date before the period is a holiday, else 0.

    Dates before the tail count in a week, in favour of the office; in four-week windows
    `_carried` has them.
    """
    problem = model.problem
    if date < problem.known_since:
        weekly = problem.office.settings.holiday_reading is HolidayReading.WEEKLY
        return int(weekly)
    return model.holiday(member, date).constant
