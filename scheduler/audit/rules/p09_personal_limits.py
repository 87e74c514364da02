"""P-09: how often one person has something, in the month or in each week.

Breach, two late shifts a month at least::

    A 遅日休

Correct::

    A 遅日遅

An hour at an event leaves a planning day one: what counts is the role of its segments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scheduler.audit.case import Findings, RuleCase, Where
from scheduler.audit.stints import Stint
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Counted, Per, PersonalLimit
from scheduler.domain.shifts import Role, ShiftKind

KINDS = {
    Counted.EARLY: ShiftKind.EARLY,
    Counted.DAY: ShiftKind.DAY,
    Counted.LATE: ShiftKind.LATE,
    Counted.NIGHT: ShiftKind.NIGHT,
}
ROLES = {
    Counted.CARE_DAY: {Role.CARE, Role.NURSE},
    Counted.PLANNING_DAY: {Role.PLANNER},
    Counted.MANAGING_DAY: {Role.MANAGER},
}


def check(case: RuleCase) -> Findings:
    """Find counts of a month or a week outside a person's limits."""
    for limit in case.problem.personal_limits:
        if limit.counted is Counted.DAYS_IN_A_ROW:
            continue
        dates = _dates(case, limit)
        by_week = limit.per is Per.WEEK
        for stretch in case.problem.weeks if by_week else (case.dates,):
            yield from _outside(case, limit, dates, stretch)


def _outside(
    case: RuleCase,
    limit: PersonalLimit,
    dates: set[dt.date],
    stretch: Sequence[dt.date],
) -> Findings:
    """Find the count of a stretch of dates outside the limits."""
    period, held = case.period, Stance.as_set(must=limit.must)
    is_week = limit.per is Per.WEEK
    side = "week_{}_{}" if is_week else "{}_{}"
    actual = len(dates.intersection(stretch))
    name = str(limit.counted or limit.shift)
    where: Where = case.within(stretch) if is_week else {}
    where["facts"] = {"name": name, "counted": name}
    if limit.at_most is not None:
        facet = side.format("most", held)
        yield from case.above(facet, limit.at_most, actual, limit.staff, **where)
    employed = case.problem.member_by_name[limit.staff].employed
    is_whole = all(day in period and day in employed for day in stretch)
    if limit.at_least is not None and (is_whole or not is_week):
        facet = side.format("least", held)
        yield from case.below(facet, limit.at_least, actual, limit.staff, **where)


def _dates(case: RuleCase, limit: PersonalLimit) -> set[dt.date]:
    """Return the dates, the tail's too, on which the person has what is counted."""
    name = limit.staff
    if limit.counted is Counted.ON_CALL:
        return {date for date, who in case.timeline.nights.items() if who == name}
    own = case.timeline.stints[name]
    if limit.counted is Counted.EARLY_AFTER_LATE:
        late = {one.date for one in own if one.shift.kind is ShiftKind.LATE}
        early = {one.date for one in own if one.shift.kind is ShiftKind.EARLY}
        return {date for date in early if date - ONE_DAY in late}
    return {one.date for one in own if _is_counted(one, case.problem, limit)}


def _is_counted(stint: Stint, problem: Problem, limit: PersonalLimit) -> bool:
    if limit.counted is None:
        return stint.shift.symbol == limit.shift
    if limit.counted in KINDS:
        return stint.shift.kind is KINDS[limit.counted]
    if limit.counted in ROLES:
        return all(role in ROLES[limit.counted] for _, role in stint.assigned)
    until = stint.offset + problem.office.settings.half_day_at
    morning = [role for piece, role in stint.assigned if piece.start < until]
    return bool(morning) and all(role is Role.PLANNER for role in morning)
