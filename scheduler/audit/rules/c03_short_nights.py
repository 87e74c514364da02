"""C-03: short nights, in a row or too many in the month.

A night is short if one of the two people it needs (A-06) is missing for a minute or
more.  The night before the period counts in a row if last month's tail has its date.

Breach: nobody on call in the first two nights::

    A 夜明休夜明
    B 休夜明休夜
    C 休休夜明休
    宿 --ABC

Correct: the same number of short nights, apart::

    A 夜明休夜明
    B 休夜明休夜
    C 休休夜明休
    宿 -C-BC
"""

from __future__ import annotations

import datetime as dt

from scheduler.audit.bands import Level, night_band
from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.rules.a06_night import awake, on_call
from scheduler.audit.timeline import Timeline
from scheduler.audit.users import night_is_needed, on_call_is_needed
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem


def check(case: RuleCase) -> Findings:
    """Find each short night that makes too many, in a row or in the month."""
    eve = case.period.first - ONE_DAY
    given = case.timeline, case.problem
    run = int(eve in case.problem.history.dates and is_short(*given, eve))
    number = 0
    for date in case.dates:
        short = is_short(*given, date)
        run = run + 1 if short else 0
        number += short
        for facet, threshold, actual in (
            ("row", case.rule.int("in_a_row"), run),
            ("beyond", case.rule.int("in_month"), number if short else 0),
        ):
            yield from case.above(facet, threshold - 1, actual, amount=1, date=date)


def is_short(timeline: Timeline, problem: Problem, date: dt.date) -> bool:
    """Tell whether somebody whom the night needs is missing for a minute or more."""
    band = night_band(problem, date)
    levels: list[Level] = []
    if night_is_needed(problem, date):
        levels += awake(timeline, band)
    if on_call_is_needed(problem, date):
        levels += on_call(timeline, band, date)
    return any(level.missing for level in levels)
