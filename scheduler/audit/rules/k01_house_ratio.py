"""K-01: at every moment of the day band, one of the pool per three users, plus visits.

While staff are out on visits, at least one other person stays in the house; at night
only if the night needs staff.  Tasks beside the need (K-02) come on top of both.

Breach: 6 users from 9:00 to 16:00 need two; over noon both are on their break::

    A 日
    B 日

Correct: C and D come at noon and are there while they eat::

    A 日
    B 日
    C 遅
    D 遅
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.audit.bands import Level, day_band, in_the_house, pool, stretches_below
from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.tasks import Piece, anybody_out, narrowest, pieces_with
from scheduler.audit.users import (
    movement_minutes,
    night_is_needed,
    staff_on_visits,
    users_in_house,
)
from scheduler.domain.clock import ONE_DAY, Interval


def check(case: RuleCase) -> Findings:
    """Find the minutes in which too few are at work by day, or awake by night."""
    for date in case.dates:
        yield from check_date(case, date)


def check_date(case: RuleCase, date: dt.date) -> Findings:
    """Find those minutes of one date.

    They depend on the forecast of the date, and on the night before's guests.
    """
    facet = case.settings.house_ratio.value
    by_day = _levels(case, date)
    by_night = _at_night(case, date)
    for levels in (by_day, by_night):
        yield from stretches_below(case, facet, levels, date)


def _levels(case: RuleCase, date: dt.date) -> Iterator[Level]:
    band = day_band(case.problem, date)
    offset = case.period.offset(date)
    for piece, people, tasks in _pieces(case, date, band, by_day=True):
        minute = piece.start - offset
        users = users_in_house(case.problem, date, minute, case.rulebook)
        visits = staff_on_visits(case.problem, date, minute)
        staying = -(-users // case.rule.int("kayoi_ratio"))
        if visits or anybody_out(task for task, _ in tasks):
            staying = max(staying, case.rule.int("stay_min"))
        yield narrowest(piece, staying + visits, people, tasks)._replace(people=())


def _at_night(case: RuleCase, date: dt.date) -> Iterator[Level]:
    """Yield the levels in pieces of the date's night hours with visits or tasks."""
    offset = case.period.offset(date)
    day = day_band(case.problem, date)
    whole = case.period.day(date)
    for night, part in (
        (date - ONE_DAY, Interval(whole.start, day.start)),
        (date, Interval(day.end, whole.end)),
    ):
        needed = night_is_needed(case.problem, night, case.rulebook)
        staying = case.rule.int("stay_min") if needed else 0
        for piece, people, tasks in _pieces(case, date, part, by_day=False):
            visits = staff_on_visits(case.problem, date, piece.start - offset)
            if visits or tasks:
                level = narrowest(piece, staying + visits, people, tasks)
                yield level._replace(people=())


def _pieces(
    case: RuleCase, date: dt.date, window: Interval, *, by_day: bool
) -> tuple[Piece, ...]:
    """Divide a window wherever people, users or tasks change.

    By night breaks count as work in the house.
    """
    problem, timeline = case.problem, case.timeline
    offset = case.period.offset(date)
    moments = frozenset(offset + minute for minute in movement_minutes(problem, date))

    def found() -> tuple[Piece, ...]:
        counted = (pool if by_day else in_the_house)(timeline, window)
        given = timeline, problem, window, counted
        pieces = pieces_with(*given, moments=moments, breaks_count=not by_day)
        return tuple(pieces)

    # Another forecast asks for other pieces only where users come and go otherwise.
    return timeline.once((_pieces, window, moments, by_day), found)
