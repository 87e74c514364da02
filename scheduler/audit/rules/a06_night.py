"""A-06: through the whole night one person awake and another on call.

Neither is needed if nobody stays and the office has a contact system (A-07); an unknown
number of guests counts as one.  A lone night worker's break counts as covered and is
always reported.  A main office whose person on call serves a satellite with
guests needs one, whoever stays with it.

Breach: with a guest, nobody is on call in the second night::

    A 夜明休
    B 休夜明
    C 休休夜
    宿 B-A

Correct: two different people in every night::

    A 夜明休
    B 休夜明
    C 休休夜
    宿 BCA
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.audit.bands import (
    Level,
    heads_in_the_house,
    in_the_house,
    night_band,
    pool,
    stretches_below,
    sweep,
)
from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.timeline import Timeline
from scheduler.audit.users import night_is_needed, on_call_is_needed
from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval

Piece = tuple[Interval, int, tuple[StaffId, ...]]
"""A piece of a night, how many there are, and some people."""


def check(case: RuleCase) -> Findings:
    """Find minutes of needed nights with nobody awake or on call, and lone breaks."""
    for date in case.dates:
        yield from check_night(case, date)


def check_night(case: RuleCase, date: dt.date) -> Findings:
    """Find those minutes in the night that begins on a date, if it needs staff."""
    band = night_band(case.problem, date)
    if night_is_needed(case.problem, date):
        levels = awake(case.timeline, band)
        yield from stretches_below(case, "awake", levels, date)
    if on_call_is_needed(case.problem, date):
        levels, person = on_call(case.timeline, band, date), case.timeline.on_call(date)
        there = () if person is None else (person,)
        yield from stretches_below(case, "on_call", levels, date, there)
    if night_is_needed(case.problem, date):
        levels = lone_breaks(case.timeline, band)
        yield from stretches_below(case, "lone_break", levels, date)


def awake(timeline: Timeline, band: Interval) -> Iterator[Level]:
    """Yield the number of people awake in the house, piece by piece of a night."""
    required = timeline.rulebook["A-06"].int("awake_min")
    for piece, people in heads_in_the_house(timeline, band):
        yield Level(piece, required, people)


def on_call(timeline: Timeline, band: Interval, date: dt.date) -> Iterator[Level]:
    """Yield whether somebody is on call and not on a shift, by pieces of a night."""
    required = timeline.rulebook["A-06"].int("on_call_min")
    person = timeline.on_call(date)

    def found() -> tuple[Piece, ...]:
        busy = (
            (stint.span, stint.person)
            for stint in timeline.around(band)
            if stint.person == person
        )
        return tuple(
            (piece, int(person is not None and person not in at_work), tuple(at_work))
            for piece, at_work in sweep(band, busy)
        )

    for piece, free, at_work in timeline.once((on_call, band, date), found):
        yield Level(piece, required, free, at_work)


def lone_breaks(timeline: Timeline, band: Interval) -> Iterator[Level]:
    """Yield the people not on a break, piece by piece of a night.

    Pieces with nobody of the pool in the house are left out.
    """
    required = timeline.rulebook["A-06"].int("awake_min")
    for piece, working, resting in timeline.once(
        (lone_breaks, band), lambda: tuple(_resting(timeline, band))
    ):
        yield Level(piece, required, min(working, required), resting)


def _resting(timeline: Timeline, band: Interval) -> Iterator[Piece]:
    """Yield how many of the people in the house work in it, and who is on a break."""
    there = [(span, (name, False)) for span, name in in_the_house(timeline, band)]
    at_work = [(piece, (name, True)) for piece, name in pool(timeline, band)]
    for piece, marks in sweep(band, [*there, *at_work]):
        if marks:
            working = {name for name, works in marks if works}
            resting = {name for name, _ in marks} - working
            yield piece, len(working), tuple(sorted(resting))
