"""P-08: a limit on how often a shift, or a kind of shift, is worked in a row.

Breach: 早早早 with two at most; 夜明夜明夜 too, for 明 is passed over. Correct:
早早日早; 早早休早. Last month's tail counts.

Source: shift table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.selectors import one_of
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit the runs of each shift that has a limit, as strictly as set."""
    for shift in problem.shifts:
        most, scope = shift.in_a_row_most, model.held(rule, shift.in_a_row_held)
        if most is None or scope is None:
            continue
        alike = [
            one
            for one in problem.shifts
            if one is shift or (shift.in_a_row_by_kind and one.kind is shift.kind)
        ]
        for member in problem.staff:
            for date in problem.period.dates:
                if model.starts(member, date, one_of(alike)).terms:
                    at = scope.at(staff=member.name, date=date, name=shift.symbol)
                    at.all_at_most(_runs(model, member, date, alike, most), most)


def _runs(
    model: RosterModel,
    member: StaffMember,
    last: dt.date,
    alike: list[Shift],
    most: int,
) -> Iterator[LinearSum]:
    """Yield the sum of each run of shifts ending on ``last`` that is one too long.

    A shift begins one date after the one before it, or two if that passes midnight.
    """
    past_midnight = [one for one in alike if one.passes_midnight]
    by_step = {1: alike, 2: past_midnight} if past_midnight else {1: alike}
    for steps in product(by_step, repeat=most):
        run = [model.starts(member, last, one_of(alike))]
        date = last
        for step in steps:
            date -= dt.timedelta(days=step)
            run.append(model.starts(member, date, one_of(by_step[step])))
        yield LinearSum.total(run)
