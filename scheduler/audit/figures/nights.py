"""Each night by itself: guests, who is awake, who is on call (A-06, A-07)."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.audit.figures.presence import (
    Stretch,
    duties_between,
    on_call_nights,
    stretches,
)
from scheduler.audit.figures.users import guests, night_is_needed
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.rulebook import load

if TYPE_CHECKING:
    from scheduler.domain.clock import Interval
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


class Night(Frozen):
    """The night band that begins on ``date``; durations are minutes."""

    date: dt.date
    guests: int
    needed: bool
    """Whether it needs staff: guests stay, or there is no contact system."""
    awake: tuple[StaffId, ...]
    """Everybody present in care or nurse for some of the night."""
    least_awake: int
    """Fewest people present at one moment."""
    awake_missing: int
    """Minutes below the number of people required awake."""
    on_call: StaffId | None
    on_call_missing: int
    """Minutes without a person on call who is not at work at that moment."""
    lone_break: int
    """Minutes in which everybody present is on a break (U-11)."""

    @property
    def is_short(self) -> bool:
        """Whether a needed night lacks somebody at some moment (C-03)."""
        return self.awake_missing > 0 or self.on_call_missing > 0


def nights(problem: Problem, roster: Roster) -> tuple[Night, ...]:
    """Return the nights that begin in the period, in order."""
    return tuple(night(problem, roster, date) for date in problem.period.dates)


def night(problem: Problem, roster: Roster, date: dt.date) -> Night:
    """Return the night that begins on ``date``.

    The eve of the period may be asked for too, as far as last month's tail tells.
    """
    rule = load(problem.period)["A-06"]
    needed = night_is_needed(problem, date)
    band = problem.office.night_band.shifted(problem.period.offset(date))
    duties = duties_between(problem, roster, date - ONE_DAY, date + ONE_DAY)
    here = [s for s in stretches(problem, duties) if s.interval.overlaps(band)]
    on_call = on_call_nights(problem, roster).get(date)
    least = len(here)
    awake_missing = on_call_missing = lone_break = 0
    for moment in _moments(band, here):
        at = [s for s in here if s.interval.overlaps(moment)]
        awake = [s for s in at if s.present_in_pool]
        people = {s.staff for s in awake}
        least = min(least, len(people))
        if needed:
            short = rule.int("awake_min") - len(people)
            awake_missing += max(0, short) * moment.minutes
            lone_break += bool(awake) * all(s.on_break for s in awake) * moment.minutes
            ready = on_call is not None and on_call not in {s.staff for s in at}
            on_call_missing += max(0, rule.int("on_call_min") - ready) * moment.minutes
    return Night(
        date=date,
        guests=guests(problem, date),
        needed=needed,
        awake=tuple(dict.fromkeys(s.staff for s in here if s.present_in_pool)),
        least_awake=least,
        awake_missing=awake_missing,
        on_call=on_call,
        on_call_missing=on_call_missing,
        lone_break=lone_break,
    )


def _moments(band: Interval, here: list[Stretch]) -> list[Interval]:
    edges = {*band, *(minute for s in here for minute in s.interval)}
    inside = sorted(edge for edge in edges if band.start <= edge <= band.end)
    return [type(band)(begin, end) for begin, end in pairwise(inside)]
