"""K-02: the office's own cover rules: least and most people of a kind at a time.

Breach: "one driver from 9:00 to 10:00" and the only driver begins at 9:30. Correct: one
who begins at 8:30 and has no break before 10:00.  A rule that comes on top counts
nobody whom a task above it needs, and one of those present nobody who is out.

Source: the office's sheet of cover rules.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from scheduler.constraints.demand import (
    Tasks,
    elementary_intervals,
    in_the_way,
    or_able,
    people_for,
    sets_of,
)
from scheduler.constraints.language import LinearSum, Option, RosterModel, Scope
from scheduler.constraints.selectors import selected
from scheduler.domain.clock import Interval
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule
from scheduler.domain.shifts import Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit the matching people at work in the band, or the shifts that begin."""
    for cover in problem.cover_rules:
        strength = "must" if cover.must else "guideline"
        form = "count" if cover.band is None else "band"
        scope = model.scope(rule, f"{form}_{strength}")
        for date in problem.period.dates:
            if not cover.applies_on(date):
                continue
            at_date = scope.at(date=date, name=cover.name)
            if cover.band is None:
                _limit(at_date, cover, _beginning(model, problem, cover, date), 1)
                continue
            for interval in elementary_intervals(model, date, cover.band):
                present = _present(model, cover, interval)
                beside = in_the_way(problem, cover, interval.start)
                if not beside or cover.at_least is None:
                    _limit(at_date, cover, present, interval.minutes)
                    continue
                spares = [
                    _present(model, cover, interval, some)
                    - LinearSum(cover.at_least + people_for(some))
                    for some in sets_of(beside)
                ]
                at_date.all_at_least(spares, interval.minutes)
                if cover.at_most is not None:
                    at_date.at_most(present, cover.at_most, times=interval.minutes)


def _limit(scope: Scope, cover: CoverRule, people: LinearSum, times: int) -> None:
    if cover.at_least is not None:
        scope.at_least(people, cover.at_least, times=times)
    if cover.at_most is not None:
        scope.at_most(people, cover.at_most, times=times)


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
    model: RosterModel, cover: CoverRule, interval: Interval, tasks: Tasks = ()
) -> LinearSum:
    """Return the people at work whom the rule counts, or who could do a task."""

    def counts(member: StaffMember, role: Role, shift: Shift) -> bool:
        return selected(cover, member, (role,), shift)

    return model.at_work(interval, or_able(counts, tasks))
