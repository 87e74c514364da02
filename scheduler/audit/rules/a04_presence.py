"""A-04: by day the house is never without somebody of the care pool.

Breach: nobody after 18:00, and nobody over the break that both take::

    A 早
    B 日

Correct: early from 6:00 and late to 21:00, with breaks apart::

    A 早
    B 遅
"""

from __future__ import annotations

from scheduler.audit.bands import Level, day_band, pool, stretches_below, sweep
from scheduler.audit.case import Findings, RuleCase


def check(case: RuleCase) -> Findings:
    """Find the minutes of the day bands in which the pool is empty."""
    required = case.rule.int("present_min")
    for date in case.dates:
        band = day_band(case.problem, date)
        levels = (
            Level(piece, required, len(people))
            for piece, people in sweep(band, pool(case.timeline, band))
        )
        yield from stretches_below(case, "presence", levels, date)
