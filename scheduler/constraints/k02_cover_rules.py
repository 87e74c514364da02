"""K-02: the office's own cover rules: least and most people of a kind at a time.

Breach: "one driver from 9:00 to 10:00" and the only driver begins at 9:30. Correct: one
who begins at 8:30 and has no break before 10:00.  A rule that comes on top counts
nobody whom a task above it needs, and one of those present nobody who is out.

Source: the office's sheet of cover rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from scheduler.constraints.demand import (
    Tasks,
    alike,
    elementary_intervals,
    in_the_way,
    or_able,
    people_for,
    sets_of,
)
from scheduler.constraints.language import LinearSum, Option, RosterModel
from scheduler.constraints.selectors import selected
from scheduler.domain.clock import Interval
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule
from scheduler.domain.shifts import Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit the matching people at work in the band, or the shifts that begin."""
    for cover in problem.cover_rules:
        form = "count" if cover.band is None else "band"
        scope = model.scope(rule, f"{form}_{Stance.as_set(must=cover.must)}")
        for date in filter(cover.applies_on, problem.period.dates):
            at_date = scope.at(date=date, name=cover.name)
            for sums, times in _counted(model, problem, cover, date):
                if cover.at_least is not None:
                    least = LinearSum(cover.at_least)
                    at_date.all_at_least([one - least for one in sums], times)
                if cover.at_most is not None:
                    at_date.at_most(sums[0], cover.at_most, times=times)


def _counted(
    model: RosterModel, problem: Problem, cover: CoverRule, date: dt.date
) -> Iterator[tuple[Sequence[LinearSum], int]]:
    """Yield the people whom the rule counts, and how often; the band by its minutes.

    After them, for each set of tasks in the way, those who are left with it.
    """
    if cover.band is None:
        yield [_beginning(model, problem, cover, date)], 1
        return
    yield from alike(
        (
            [
                _present(model, cover, interval, some) - LinearSum(people_for(some))
                for some in sets_of(in_the_way(problem, cover, interval.start))
            ],
            interval,
        )
        for interval in elementary_intervals(model, date, cover.band)
    )


def _beginning(
    model: RosterModel, problem: Problem, cover: CoverRule, date: dt.date
) -> LinearSum:
    return LinearSum.total(
        model.starts(member, date, partial(_selects, cover, member))
        for member in problem.staff
    )


def _selects(
    cover: CoverRule, member: StaffMember, shift: Shift, option: Option
) -> bool:
    return selected(cover, member, option.roles, shift)


def _present(
    model: RosterModel, cover: CoverRule, interval: Interval, tasks: Tasks
) -> LinearSum:
    """Return the people at work whom the rule counts, or who could do a task."""

    def counts(member: StaffMember, role: Role, shift: Shift) -> bool:
        return selected(cover, member, (role,), shift)

    return model.at_work(interval, or_able(counts, tasks))
