"""C-03: short nights, neither in a row nor too many in the month.

A night is short if somebody whom A-06 requires is missing for a minute or more. Two in
a row, or four in the month, cut the fee of all users; so two apart are better than two
together.

Breach: nobody on call on the 3rd and the 4th. Correct: on the 3rd and the 5th.

Source: from memory; to be confirmed with the municipality.
"""

from __future__ import annotations

import datetime as dt

from scheduler.constraints.demand import (
    needed_at_night,
    numbers_at_work,
    on_call_needed,
)
from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.selectors import in_pool, one_of
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require a covered night in every row, and limit short ones in the month."""
    first = problem.period.first
    month = [_covered(model, problem, date) for date in problem.period.dates]
    nights = list(month)
    if first - ONE_DAY in problem.history.dates:
        nights.insert(0, _covered(model, problem, first - ONE_DAY))
    length = rule.int("in_a_row")
    row = model.scope(rule, "row")
    for start in range(len(nights) - length + 1):
        row.at_least(LinearSum.total(nights[start : start + length]), 1)
    short = LinearSum.total(LinearSum(1) - covered for covered in month)
    model.scope(rule, "beyond").at_most(short, rule.int("in_month") - 1)


def _covered(model: RosterModel, problem: Problem, date: dt.date) -> LinearSum:
    """Return a sum that is one only if nobody whom the night needs is ever missing."""
    rule = model.rulebook["A-06"]
    needed = needed_at_night(model, date)
    called = on_call_needed(model, date)
    if not called.highest:
        return LinearSum(1)
    # `all_of` needs each condition to be at least one: spare people + 1.
    enough = LinearSum(1)
    awake = needed * rule.int("awake_min")
    on_call = called * rule.int("on_call_min")
    conditions = [_ready(model, problem, date) - on_call + enough]
    band = problem.office.night_band
    there = numbers_at_work(model, date, band, in_pool, breaks_count=True)
    conditions += [present - awake + enough for present, _minutes in there]
    return model.all_of(conditions)


def _ready(model: RosterModel, problem: Problem, date: dt.date) -> LinearSum:
    """Return the number of people on call who are not on a shift during the night."""
    band = problem.office.night_band.shifted(problem.period.offset(date))
    free = [m for m in problem.staff if not _was_on_shift(model, m, date)]
    return model.called(free, [date]) - model.doubles.on_call(date, band)


def _was_on_shift(model: RosterModel, member: StaffMember, date: dt.date) -> bool:
    """Tell whether a shift of last month's tail overlaps the night.

    For shifts of the period A-15 excludes it, but for the baseline of a changed month.
    """
    problem = model.problem
    for days in (0, 1):
        band = problem.office.night_band.shifted(days * DAY)
        inside = one_of([s for s in problem.all_shifts if s.interval.overlaps(band)])
        if model.starts(member, date - days * ONE_DAY, inside).lowest:
            return True
    return False
