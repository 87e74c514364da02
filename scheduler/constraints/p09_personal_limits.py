"""P-09: how often one person has something, in the month or in each week.

Breach: at most two nights on call a month, and three given; two planning days a week,
and a week with one, the other date split between planning and care. Correct: two
nights; two dates of which every segment is planning, an event in one of them or not.

Source: the office's sheet of personal limits. Days in a row are F-13's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from scheduler.constraints.language import LinearSum, Option, RosterModel, Wanted
from scheduler.constraints.selectors import is_early, of_kind
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Counted, Per, PersonalLimit
from scheduler.domain.shifts import Role, Shift, ShiftKind
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit each person's count in the month or in each week, the tail included."""
    for limit in problem.personal_limits:
        if limit.counted is Counted.DAYS_IN_A_ROW:
            continue
        member = problem.member_by_name[limit.staff]
        if limit.per is Per.MONTH:
            dates = problem.period.dates
            _post(model, problem, rule, limit, dates, whole=True)
            continue
        for week in problem.weeks:
            inside = all(date in problem.period for date in week)
            whole = inside and all(date in member.employed for date in week)
            known = [date for date in week if date <= problem.period.last]
            _post(model, problem, rule, limit, known, whole=whole)


def _post(
    model: RosterModel,
    problem: Problem,
    rule: Rule,
    limit: PersonalLimit,
    dates: Collection[dt.date],
    *,
    whole: bool,
) -> None:
    """Post the limits on some dates; at least only if they are a ``whole`` stretch."""
    member = problem.member_by_name[limit.staff]
    times = LinearSum.total(_on(model, member, limit, date) for date in dates)
    week = "week_" if limit.per is Per.WEEK else ""
    hold = Stance.as_set(must=limit.must)
    begins = max(min(dates), problem.period.first)
    name = limit.counted or str(limit.shift)
    if limit.at_most is not None:
        scope = model.scope(rule, f"{week}most_{hold}")
        at = scope.at(staff=limit.staff, date=begins, name=name)
        at.at_most(times, limit.at_most)
    if limit.at_least is not None and whole:
        scope = model.scope(rule, f"{week}least_{hold}")
        at = scope.at(staff=limit.staff, date=begins, name=name)
        at.at_least(times, limit.at_least)


def _on(
    model: RosterModel, member: StaffMember, limit: PersonalLimit, date: dt.date
) -> LinearSum:
    """Return one if the person has what is counted on the date."""
    if limit.counted is Counted.ON_CALL:
        return model.on_call(member, date)
    if limit.counted is Counted.EARLY_AFTER_LATE:
        late = model.starts(member, date - ONE_DAY, of_kind(ShiftKind.LATE))
        return model.if_all_of([late, model.starts(member, date, is_early)])
    if limit.counted is None:
        return model.starts(member, date, lambda shift, _: shift.symbol == limit.shift)
    if limit.counted is Counted.PLANNING_MORNING:
        noon = model.problem.office.settings.half_day_at
        return model.starts(member, date, _planning_until(noon))
    return model.starts(member, date, _SHIFTS[limit.counted])


def _all_in(fits: Callable[[Role], bool]) -> Wanted:
    """Return a predicate: the shift counts, and every segment is in such a role."""

    def wanted(shift: Shift, option: Option) -> bool:
        full = len(option.roles) == len(shift.segments)
        return shift.counts and full and all(map(fits, option.roles))

    return wanted


def _planning_until(noon: int) -> Wanted:
    def wanted(shift: Shift, option: Option) -> bool:
        before = sum(segment.start < noon for segment in shift.segments)
        roles = option.roles[:before]
        in_planning = [role is Role.PLANNER for role in roles]
        return shift.counts and before > 0 and in_planning == [True] * before

    return wanted


_SHIFTS: dict[Counted, Wanted] = {
    Counted.EARLY: is_early,
    Counted.DAY: of_kind(ShiftKind.DAY),
    Counted.LATE: of_kind(ShiftKind.LATE),
    Counted.NIGHT: of_kind(ShiftKind.NIGHT),
    Counted.CARE_DAY: _all_in(lambda role: role.in_care_pool),
    Counted.PLANNING_DAY: _all_in(lambda role: role is Role.PLANNER),
    Counted.MANAGING_DAY: _all_in(lambda role: role is Role.MANAGER),
}
