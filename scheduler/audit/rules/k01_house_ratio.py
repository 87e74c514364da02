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
from collections.abc import Iterable, Iterator

from scheduler.audit.bands import (
    Level,
    Piece,
    anybody_out,
    day_band,
    in_the_house,
    narrowest,
    pieces_with,
    pool,
    stretches_below,
)
from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.users import (
    movement_minutes,
    night_is_needed,
    staff_on_visits,
    users_in_house,
)
from scheduler.domain.clock import ONE_DAY, Interval
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule
from scheduler.rulebook import rules_of


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
        out = (task for task, _ in tasks)
        needed = needed_by_day(case.problem, date, piece.start - offset, out)
        yield narrowest(piece, needed, people, tasks)._replace(people=())


def needed_by_day(
    problem: Problem, date: dt.date, minute: int, tasks: Iterable[CoverRule]
) -> int:
    """Return the people for users and visits at a clock minute, those for tasks aside.

    Parameters
    ----------
    tasks
        Those under way, which may take people out of the house.
    """
    rule = rules_of(problem)["K-01"]
    visits = staff_on_visits(problem, date, minute)
    users = users_in_house(problem, date, minute)
    staying = -(-users // rule.int("kayoi_ratio"))
    if visits or anybody_out(tasks):
        staying = max(staying, rule.int("stay_min"))
    return staying + visits


def needed_by_night(
    problem: Problem, night: dt.date, date: dt.date, minute: int
) -> int:
    """Return the people for visits at a clock minute, and whoever stays beside them."""
    stays = night_is_needed(problem, night)
    staying = rules_of(problem)["K-01"].int("stay_min") if stays else 0
    return staying + staff_on_visits(problem, date, minute)


def _at_night(case: RuleCase, date: dt.date) -> Iterator[Level]:
    """Yield the levels in pieces of the date's night hours with visits or tasks."""
    offset = case.period.offset(date)
    day = day_band(case.problem, date)
    whole = case.period.day(date)
    for night, part in (
        (date - ONE_DAY, Interval(whole.start, day.start)),
        (date, Interval(day.end, whole.end)),
    ):
        for piece, people, tasks in _pieces(case, date, part, by_day=False):
            minute = piece.start - offset
            if tasks or staff_on_visits(case.problem, date, minute):
                needed = needed_by_night(case.problem, night, date, minute)
                yield narrowest(piece, needed, people, tasks)._replace(people=())


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
