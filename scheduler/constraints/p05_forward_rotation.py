"""P-05: a shift begins no earlier by the clock than the one of the date before.

Breach: late from 12:00, and early from 7:00 on the next date. Correct: early, day,
late, a day off, early.

Source: settings of the office; JNA guideline on night and shift work.
"""

from __future__ import annotations

from functools import partial

from scheduler.constraints.language import Option, RosterModel
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require that no shift begins earlier by the clock than the date before's."""
    scope = model.held(rule, problem.office.settings.forward_rotation)
    if scope is None:
        return
    starts = sorted({shift.start for shift in problem.all_shifts})
    for member in problem.staff:
        for date in problem.period.dates:
            # A bound for each threshold replaces one for each pair of shifts.
            turns = (
                model.starts(member, date - ONE_DAY, partial(_after, minute))
                + model.starts(member, date, partial(_until, minute))
                for minute in starts[:-1]
            )
            scope.at(staff=member.name, date=date).all_at_most(turns, 1)


def _after(minute: int, shift: Shift, option: Option) -> bool:
    return shift.start > minute


def _until(minute: int, shift: Shift, option: Option) -> bool:
    return shift.start <= minute
