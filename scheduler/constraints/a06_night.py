"""A-06: every night somebody awake in the house and somebody else on call.

Breach: a guest stays, the night worker goes home at 5:30, the band ends at 6:00.
Correct: the shift ends at 9:30 and another person is on call; or nobody stays and the
office has a contact system (A-07).

Source: LAW34 art. 63(1), 63(5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.constraints.demand import (
    elementary_intervals,
    needed_at_night,
    numbers_at_work,
    on_call_needed,
)
from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.selectors import in_pool
from scheduler.domain.clock import Interval
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require both people throughout the band of every night that needs them.

    A lone worker's break counts as covered: the person stays in the house.
    """
    awake = model.scope(rule, "awake")
    on_call = model.scope(rule, "on_call")
    band = problem.office.night_band
    for date in problem.period.dates:
        needed = needed_at_night(model, date)
        called = on_call_needed(model, date)
        if not called.highest:
            continue
        there = numbers_at_work(model, date, band, in_pool, breaks_count=True)
        for present, minutes in there:
            spare = present - needed * rule.int("awake_min")
            awake.at(date=date).at_least(spare, 0, times=minutes)
        calls = model.called(problem.staff, [date])
        spare = calls - called * rule.int("on_call_min")
        for piece, busy in _busy(model, date):
            on_call.at(date=date).at_least(spare - busy, 0, times=piece.minutes)


def _busy(model: RosterModel, date: dt.date) -> Iterator[tuple[Interval, LinearSum]]:
    """Yield the pieces of a night, with one if whoever is on call is also on a shift.

    Only the baseline of a changed month can contain that (A-15); otherwise the night is
    one piece, with zero.
    """
    band = model.problem.office.night_band
    busy = [
        (piece, model.doubles.on_call(date, piece))
        for piece in elementary_intervals(model, date, band)
    ]
    if any(by_shift.terms for _, by_shift in busy):
        yield from busy
    else:
        yield band, LinearSum()
